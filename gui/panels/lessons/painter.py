"""How the rows of the list of lessons are painted: chapters, lessons with how far they were taken, and files that are broken."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.panels.lessons.buttons import scaled
from gui.panels.lessons.lines import in_lines
from gui.panels.lessons.progress import Stage
from gui.style import mix, off
from gui.theme import Theme, ThemeSource

KEY, STAGE, POINT, LEVEL, BROKEN = (Qt.ItemDataRole.UserRole + place for place in range(5))
"""What a row holds: the lesson's key (none for others), its stage, its point, its level (0 to 2); whether it is of a broken file."""
MOST_LINES, MOST_BROKEN = 4, 6
"""Of a title, and of what is wrong with a file; all of it stands in the tooltip."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft.value) | int(Qt.AlignmentFlag.AlignVCenter.value)
_RIGHT = int(Qt.AlignmentFlag.AlignRight.value) | int(Qt.AlignmentFlag.AlignVCenter.value)
_Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """A row is as high as its words need."""

    def __init__(self, theme: ThemeSource, view: QListWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """By the width of the list."""
        metrics = option.fontMetrics
        if not index.data(KEY) and not index.data(BROKEN):
            return QSize(0, scaled(metrics, 34))
        # As for the chosen row: its type is wider, and a row keeps its height.
        font = _small(option.font) if index.data(BROKEN) else _bold(option.font)
        lines = len(self._lines(index, font, metrics)) * QFontMetrics(font).lineSpacing()
        return QSize(0, max(scaled(metrics, 30), lines + scaled(metrics, 12)))

    def _lines(self, index: _Index, font: QFont, metrics: QFontMetrics) -> list[str]:
        """The words as they are broken in a list of this width; `metrics` are those of the list's own font."""
        width = self._view.viewport().width() - self._margins(index, metrics)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return in_lines(text, font, width, MOST_BROKEN if index.data(BROKEN) else MOST_LINES)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """A chapter in small muted type; a lesson with a bar at the left where it is the chosen one."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(KEY):
            self._lesson(painter, option, index)
        elif index.data(BROKEN):
            self._broken(painter, option, index)
        else:
            font = _small(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(self._theme.theme.muted))
            rect = QRectF(option.rect).adjusted(scaled(option.fontMetrics, 10), scaled(option.fontMetrics, 10), 0, 0)
            painter.drawText(rect, _LEFT, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()

    def _margins(self, index: _Index, metrics: QFontMetrics) -> int:
        """What is beside the words, at both sides."""
        return scaled(metrics, 32) + (scaled(metrics, 8) if index.data(BROKEN) else scaled(metrics, 58))

    def _lesson(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect, metrics, state = self._theme.theme, QRectF(option.rect), option.fontMetrics, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(rect.adjusted(0, 0.5, -0.5, -0.5), 6, 6)
        if selected:
            _chosen(painter, rect, theme, bool(state & QStyle.StateFlag.State_HasFocus))
        size = scaled(metrics, 12)
        _stage(
            painter, QRectF(rect.left() + scaled(metrics, 11), rect.center().y() - size / 2, size, size), index, theme
        )
        font = _bold(option.font) if selected else QFont(option.font)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        words = rect.adjusted(scaled(metrics, 32), 0, -scaled(metrics, 54), 0)
        painter.drawText(words, _LEFT, "\n".join(self._lines(index, font, metrics)))
        _level(
            painter, QPointF(rect.right() - scaled(metrics, 10), rect.center().y()), index, theme, scaled(metrics, 4)
        )
        painter.setFont(_small(option.font))
        painter.setPen(QColor(theme.muted))
        painter.drawText(rect.adjusted(0, 0, -scaled(metrics, 28), 0), _RIGHT, str(index.data(POINT) or ""))

    def _broken(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect, metrics = self._theme.theme, QRectF(option.rect), option.fontMetrics
        painter.setFont(_small(option.font))
        painter.setPen(QColor(theme.bad))
        painter.drawText(rect.adjusted(scaled(metrics, 12), 0, 0, 0), _LEFT, "✕")
        painter.setPen(QColor(theme.muted))
        words = rect.adjusted(scaled(metrics, 32), 0, -scaled(metrics, 8), 0)
        painter.drawText(words, _LEFT, "\n".join(self._lines(index, _small(option.font), metrics)))


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(max(1, round(font.pixelSize() * 11 / 13)))
    return made


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _chosen(painter: QPainter, rect: QRectF, theme: Theme, focus: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12), 1.5, 1.5)
    if focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.accent))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _stage(painter: QPainter, box: QRectF, index: _Index, theme: Theme) -> None:
    """An empty ring, one half full, or a full one with a tick."""
    stage = index.data(STAGE)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if stage == Stage.UNDERSTOOD.value:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.good))
        painter.drawEllipse(box)
        pen = QPen(QColor(theme.card), box.width() * 0.13)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        points = ((0.27, 0.53), (0.44, 0.70), (0.74, 0.34))
        painter.drawPolyline([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points])
        return
    begun = stage == Stage.ANSWERED.value
    painter.setPen(QPen(QColor(theme.accent if begun else mix(theme.line, theme.muted, 0.5)), 1.3))
    painter.drawEllipse(box.adjusted(0.7, 0.7, -0.7, -0.7))
    if begun:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawPie(box.adjusted(0.7, 0.7, -0.7, -0.7), 90 * 16, 180 * 16)


def _level(painter: QPainter, right: QPointF, index: _Index, theme: Theme, size: float) -> None:
    """Three small steps, as many of them full as the lesson is hard."""
    level = int(index.data(LEVEL) or 0)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(3):
        painter.setBrush(QColor(theme.muted if step <= level else mix(theme.line, off(theme), 0.12)))
        height = size * (0.9 + step * 0.7)
        left = right.x() - (3 - step) * size * 1.25
        painter.drawRect(QRectF(left, right.y() + size * 1.2 - height, size * 0.85, height))
