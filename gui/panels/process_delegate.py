"""Paints the cells of the process table: one question to the model a cell, where Qt's own delegate asks eight."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.panels.process_model import CELL_ROLE
from gui.theme import Theme

PADDING = 5
ROW_PADDING = 2


class CellDelegate(QStyledItemDelegate):
    """Text, colour, tint and font of a cell, as `ProcessModel` gives them under CELL_ROLE. `restyle` sets theme and font."""

    def __init__(self, theme: Theme, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.restyle(theme, font)

    def restyle(self, theme: Theme, font: QFont) -> None:
        """Take colours and font."""
        self._text = QColor(theme.text)
        self._hover = QColor(theme.hover)
        self._font = font
        self._wide = QFontMetrics(font).horizontalAdvance("m")

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        cell = index.data(CELL_ROLE)
        if cell is None:
            return
        text, color, tint, font, alignment = cell
        rect: QRect = option.rect
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, self._hover)
        if tint is not None:
            painter.fillRect(rect, tint)
        if not text:
            return
        painter.setFont(font or self._font)
        painter.setPen(color or self._text)
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        if len(text) * self._wide > room.width():  # measuring each cell would cost as much as painting it
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, alignment, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line of text."""
        return QSize(40, option.fontMetrics.height() + 2 * ROW_PADDING)
