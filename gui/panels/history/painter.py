"""How a kept run is painted in the list: what it was, how fast, when, and whether it is A or B."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.figures import tabular
from gui.theme import Theme, ThemeSource

KEY, TITLE, MORE, RIGHT, BELOW, LETTER, PINNED = (Qt.ItemDataRole.UserRole + place for place in range(7))
"""What a row holds: the id; a line of words and a smaller one; what stands at the right of both; "A", "B" or nothing; pinned or not."""
BADGE = 18
_LEFT = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight) | int(Qt.AlignmentFlag.AlignVCenter)
_Index = QModelIndex | QPersistentModelIndex


def paint_badge(painter: QPainter, box: QRectF, letter: str, theme: Theme) -> None:
    """A letter in a round box: A filled, B outlined, as their lines in the charts are drawn through and dashed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    first = letter == "A"
    pen = QPen(QColor(theme.accent if first else theme.text), 1.4)
    if not first:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QColor(theme.accent) if first else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
    painter.setPen(QColor(theme.on_accent if first else theme.text))
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


class RunPainter(QStyledItemDelegate):
    """Two lines a run."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines and some air."""
        small = QFontMetrics(tabular(option.font, 12 / 13))
        return QSize(0, option.fontMetrics.height() + small.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The row; the chosen one has a bar at its left."""
        theme, rect = self._theme.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(rect.adjusted(0, 0.5, -0.5, -0.5), 6, 6)
        if selected:
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(QColor(theme.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -1, -1), 6, 6)
            painter.fillRect(QRectF(rect.left(), rect.top() + 7, 3, rect.height() - 14), QColor(theme.accent))
        self._words(painter, option, index, rect)
        painter.restore()

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, rect: QRectF) -> None:
        theme = self._theme.theme
        first, small = tabular(option.font), tabular(option.font, 12 / 13)
        above, below = QFontMetrics(first).height(), QFontMetrics(small).height()
        badge = max(BADGE, above)
        top = rect.top() + (rect.height() - above - below) / 2
        left, right = rect.left() + 9, rect.right() - 8
        letter = str(index.data(LETTER) or "")
        painter.setFont(small)
        if letter:
            paint_badge(painter, QRectF(left, rect.center().y() - badge / 2, badge, badge), letter, theme)
        left += badge + 7
        for y, height, font, words, end, ink in (
            (top, above, first, index.data(TITLE), index.data(RIGHT), theme.text),
            (top + above, below, small, index.data(MORE), index.data(BELOW), theme.muted),
        ):
            type_ = QFont(font)
            if ink == theme.text and letter:
                type_.setWeight(QFont.Weight.DemiBold)
            painter.setFont(type_)
            metrics = QFontMetrics(type_)
            painter.setPen(QColor(ink))
            taken = metrics.horizontalAdvance(str(end))
            painter.drawText(QRectF(left, y, right - left, height), _RIGHT, str(end))
            start = left
            if ink == theme.text and index.data(PINNED):
                _paint_pin(painter, QPointF(left + 5, y + height / 2), theme)
                start += 14
            shown = metrics.elidedText(str(words), Qt.TextElideMode.ElideRight, int(right - start - taken - 10))
            painter.drawText(QRectF(start, y, right - start, height), _LEFT, shown)


def _paint_pin(painter: QPainter, middle: QPointF, theme: Theme) -> None:
    painter.save()
    painter.setPen(QPen(QColor(theme.accent), 1.4))
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(middle - QPointF(0, 2.5), 3, 3)
    painter.drawLine(middle, middle + QPointF(0, 6))
    painter.restore()
