"""The command palette: type a few letters, press Enter. Every action stands in it with its key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.actions import keys_of
from gui.controls.row import USUAL_HEIGHT
from gui.theme import ThemeSource

WIDTH, HEIGHT = 480, 400


class _Line(QStyledItemDelegate):
    """A command, with its key at the right end."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The command as the style draws it, then the key."""
        super().paint(painter, option, index)
        painter.setPen(QColor(self._theme.theme.muted))
        rect = option.rect.adjusted(0, 0, -10, 0)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, side, str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) or ""))


class CommandPalette(QFrame):
    """Lies over the window while it is open; Esc, a choice or a click elsewhere closes it."""

    def __init__(self, theme: ThemeSource, actions: Callable[[], Sequence[QAction]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commandPalette")
        self._actions = actions
        self._window = parent
        self._back: QWidget | None = None
        self.line = QLineEdit()
        self.line.setObjectName("commandFilter")
        self.line.setAccessibleName(self.tr("Filter commands"))
        self.line.setPlaceholderText(self.tr("What do you want to do?"))
        self.line.setClearButtonEnabled(False)
        self.list = QListWidget()
        self.list.setObjectName("commandList")
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setItemDelegate(_Line(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.textChanged.connect(self._filter)
        self.line.returnPressed.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.line.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it in the middle of the window, with all commands."""
        self._back = QApplication.focusWidget()
        room = self._window.rect()
        width = min(round(WIDTH * self._scale()), room.width() - 32)
        self.setGeometry((room.width() - width) // 2, 72, width, HEIGHT)
        self.line.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.line.setFocus()

    def shut(self) -> None:
        """Hide it and give the focus back."""
        if self.isVisible():
            self.hide()
            if self._back is not None and self._back.isVisible():
                self._back.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while one types; Esc belongs to the palette, not to Stop."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.shut()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.shut()
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self.list.clear()
        words = text.casefold().split()
        for action in self._actions():
            name = action.text().replace("&", "")
            if not action.isEnabled() or not all(word in name.casefold() for word in words):
                continue
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, keys_of(action))
            item.setData(Qt.ItemDataRole.UserRole, action)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.list.count()))
        most = min(round(HEIGHT * self._scale()), self._window.height() - 96)
        self.resize(self.width(), min(most, self.line.sizeHint().height() + rows + self._around()))

    def _around(self) -> int:
        """What stands above, between and below the line and the list."""
        margins = self._column.contentsMargins()
        return margins.top() + margins.bottom() + self._column.spacing() + 2 * self.list.frameWidth() + 2

    def _scale(self) -> float:
        return max(1.0, self.fontMetrics().height() / USUAL_HEIGHT)

    def _take(self, item: object = None) -> None:
        chosen = item if isinstance(item, QListWidgetItem) else self.list.currentItem()
        self.shut()
        if chosen is not None:
            chosen.data(Qt.ItemDataRole.UserRole).trigger()
