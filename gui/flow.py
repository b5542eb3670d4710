"""A row that becomes several rows where there is no room for one."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items beside each other, as wide as they want to be; those that expand share what is left of their row."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, head_alone: bool = False) -> None:
        """`head_alone`: where one row is not enough, the first item has the first row for itself."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._head_alone = gap, head_alone
        self.setContentsMargins(0, 0, 0, 0)

    # ---- what a layout must have ----------------------------------------------------------------------------------
    def addItem(self, item: QLayoutItem) -> None:
        """Put it at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place; None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take it out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as possible."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all rows."""
        heights = [_height(row) for row in self._rows(width)]
        return sum(heights) + self._gap // 2 * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:
        """One row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest item, one row high."""
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        y = rect.y()
        for row in self._rows(rect.width()):
            height = _height(row)
            widths = [min(item.sizeHint().width(), rect.width()) for item in row]
            spare = rect.width() - sum(widths) - self._gap * (len(row) - 1)
            growing = [i for i, item in enumerate(row) if item.expandingDirections() & Qt.Orientation.Horizontal]
            for i in growing:
                widths[i] += spare // len(growing)
            x = rect.x()
            for item, width in zip(row, widths, strict=True):
                own = min(height, item.sizeHint().height())
                item.setGeometry(QRect(QPoint(x, y + (height - own) // 2), QSize(width, own)))
                x += width + self._gap
            y += height + self._gap // 2

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        items = [item for item in self._items if not item.isEmpty()]
        if self._head_alone and self.sizeHint().width() > width:
            return [items[:1], *self._packed(items[1:], width)]
        return self._packed(items, width)

    def _packed(self, items: list[QLayoutItem], width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used = 0
        for item in items:
            need = item.sizeHint().width()
            if not rows or used + self._gap + need > width:
                rows.append([])
                used = -self._gap
            rows[-1].append(item)
            used += self._gap + need
        return rows


def _height(row: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)
