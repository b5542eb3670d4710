"""Paints the rows of the process table, each in one go: Qt's own way asks the model eight questions a cell."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from gui.theme import Theme

PADDING = 5
ROW_PADDING = 2


class CellDelegate(QStyledItemDelegate):
    """Text, colour, tint and font of a cell, as `ProcessModel.painted` gives them. `restyle` sets theme and font."""

    def __init__(self, theme: Theme, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.restyle(theme, font)

    def restyle(self, theme: Theme, font: QFont) -> None:
        """Take colours and font."""
        self._text = QColor(theme.text)
        self.hover = QColor(theme.hover)
        self.accent = QColor(theme.accent)
        self._font = font
        self._wide = QFontMetrics(font).horizontalAdvance("m")

    def paint_cell(self, painter: QPainter, rect: QRect, cell: tuple[Any, ...]) -> None:
        """Paint one cell into `rect`."""
        text, color, tint, font, alignment = cell
        if tint is not None:
            painter.fillRect(rect, tint)
        if not text:
            return
        painter.setFont(font or self._font)
        painter.setPen(color or self._text)
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        words: str = text
        if len(words) * self._wide > room.width():  # measuring each cell would cost as much as painting it
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, alignment, words)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line of text."""
        return QSize(40, option.fontMetrics.height() + 2 * ROW_PADDING)
