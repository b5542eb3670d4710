"""How the rows of the model list are painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.controls.row import USUAL_HEIGHT
from gui.style import off
from gui.theme import Theme, ThemeSource

KEY, REASON, FAMILY, COUNT, OPEN, NEED = (Qt.ItemDataRole.UserRole + place for place in range(6))
"""What a row holds: the model's key (none for a head), why it cannot run, its family; for heads how many models, and whether open; what it
lacks in a word or two."""
_ROW, _HEAD = 24, 23
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class RowDelegate(QStyledItemDelegate):
    """Paints heads with their fold, models, and the reasons of those that cannot run."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @staticmethod
    def height(metrics: QFontMetrics, model: bool) -> int:
        """Of a row, scaled with the font."""
        return round((_ROW if model else _HEAD) * max(1.0, metrics.height() / USUAL_HEIGHT))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Fixed heights."""
        return QSize(0, self.height(option.fontMetrics, bool(index.data(KEY))))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A head in small muted type; a model with a bar at the left where it is the chosen one."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(KEY):
            self._model(painter, option, index)
        else:
            self._head(painter, option, index)
        painter.restore()

    def _head(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = self._theme.theme, QRectF(option.rect)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        color = QColor(theme.text if hovered else theme.muted)
        small = _small(option.font)
        painter.setFont(small)
        _chevron(painter, QPointF(rect.left() + 6, rect.center().y() + 1), bool(index.data(OPEN)), color)
        painter.setPen(color)
        painter.drawText(rect.adjusted(17, 2, 0, 0), _LEFT, str(index.data(Qt.ItemDataRole.DisplayRole)))
        if not index.data(OPEN):
            painter.setPen(QColor(off(theme)))
            painter.drawText(rect.adjusted(0, 2, -8, 0), _RIGHT, str(index.data(COUNT)))

    def _model(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect, state = self._theme.theme, QRectF(option.rect), option.state
        font = QFont(option.font)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        reason = str(index.data(REASON) or "")
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(rect.adjusted(0, 0.5, -0.5, -0.5), 6, 6)
        if selected:
            font.setWeight(QFont.Weight.DemiBold)
            _choice(painter, rect, theme, bool(state & QStyle.StateFlag.State_HasFocus))
        painter.setFont(font)
        painter.setPen(QColor(off(theme) if reason else theme.text))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(rect.adjusted(17, 0, -8, 0), _LEFT, text)
        if reason:
            room = rect.adjusted(29 + painter.fontMetrics().horizontalAdvance(text), 0, -8, 0)
            painter.setFont(_small(font))
            shown = painter.fontMetrics().elidedText(
                str(index.data(NEED)), Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, _RIGHT, shown)


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(max(1, round(font.pixelSize() * 11 / 13)))
    return made


def _chevron(painter: QPainter, middle: QPointF, down: bool, color: QColor) -> None:
    painter.setPen(QPen(color, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    points = ((-3, -1.5), (0, 1.5), (3, -1.5)) if down else ((-1.5, -3), (1.5, 0), (-1.5, 3))
    painter.drawPolyline([middle + QPointF(x, y) for x, y in points])


def _choice(painter: QPainter, rect: QRectF, theme: Theme, focus: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 5, 3, rect.height() - 10), 1.5, 1.5)
    if focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.accent))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
