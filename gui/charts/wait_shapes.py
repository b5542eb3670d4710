"""The nodes of the wait-for graph, painted: each kind has a shape of its own, and what is stuck a badge and a thick line."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from gui.charts.wait_picture import MORE
from gui.charts.wait_words import WaitWords, fill_of
from gui.figures import tabular
from gui.style import mix
from gui.theme import Theme
from workers.contract.waits import WaitNode

MOST_CELLS = 8
"""Of a queue; one that may hold more is drawn with so many, filled in proportion."""
_TINT = 0.13
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_COLOURS = {"lane": "running", "lock": "lock", "queue": "queue", "result": "waiting", "task": "idle"}


@dataclass(frozen=True)
class Fonts:
    """In which the graph is written."""

    title: QFont
    small: QFont
    badge: QFont

    @classmethod
    def of(cls, font: QFont) -> "Fonts":
        """Those that go with the font of a widget."""
        return cls(
            tabular(font, 1.0, QFont.Weight.DemiBold),
            tabular(font, 12 / 13),
            tabular(font, 11 / 13, QFont.Weight.DemiBold),
        )

    @property
    def em(self) -> float:
        """The unit of all lengths."""
        return float(self.title.pixelSize())


class WaitShapes:
    """Measures and paints nodes."""

    def __init__(self, words: WaitWords, fonts: Fonts) -> None:
        self._words = words
        self.fonts = fonts

    def size(self, node: WaitNode, compact: bool = False) -> tuple[float, float]:
        """Width and height of a node. `compact`: with its title alone."""
        em = self.fonts.em
        title, line = self._texts(node, compact)
        small = QFontMetricsF(self.fonts.small)
        wide = max(QFontMetricsF(self.fonts.title).horizontalAdvance(title), small.horizontalAdvance(line))
        high = QFontMetricsF(self.fonts.title).height() + (small.height() if line else 0.0)
        if node.kind == "queue":
            cells = self._cells(node) * em + em * 0.4
            wide = wide + cells if compact else max(wide, small.horizontalAdvance(line) + cells)
        point = {"lock": 1.0, "result": 0.8}.get(node.kind, 0.55)
        return wide + 2 * em * point + (0 if compact else 0.5 * em), high + em * (0.4 if compact else 0.75)

    def _texts(self, node: WaitNode, compact: bool) -> tuple[str, str]:
        title, line = self._words.title(node), self._words.line(node)
        return (title, "") if compact else (title, line)

    def _cells(self, node: WaitNode) -> int:
        fill = fill_of(node)
        return min(MOST_CELLS, max(1, fill[1])) if fill else 3

    # ---- painting -------------------------------------------------------------------------------------------------
    def outline(self, node: WaitNode, rect: QRectF) -> QPainterPath:
        """The shape of its kind: lanes and tasks round boxes, locks pointed, queues square, results like a pill."""
        path = QPainterPath()
        em = self.fonts.em
        if node.kind == "lock":
            point, middle = em * 0.8, rect.center().y()
            path.addPolygon(
                QPolygonF(
                    [
                        QPointF(rect.left(), middle),
                        QPointF(rect.left() + point, rect.top()),
                        QPointF(rect.right() - point, rect.top()),
                        QPointF(rect.right(), middle),
                        QPointF(rect.right() - point, rect.bottom()),
                        QPointF(rect.left() + point, rect.bottom()),
                    ]
                )
            )
            path.closeSubpath()
        elif node.kind == "result":
            path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        elif node.kind == "queue":
            path.addRect(rect)
        else:
            path.addRoundedRect(rect, em * 0.6, em * 0.6)
        return path

    def draw(
        self, painter: QPainter, node: WaitNode, rect: QRectF, theme: Theme, stuck: bool, chosen: bool, compact: bool
    ) -> None:
        """Paint a node. `chosen`: with a second line around it."""
        em = self.fonts.em
        colour = theme.kinds[_COLOURS.get(node.kind, "idle")]
        shape = self.outline(node, rect)
        if chosen:
            painter.setPen(QPen(QColor(theme.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            grown = QRectF(rect).adjusted(-4.5, -4.5, 4.5, 4.5)
            painter.drawPath(self.outline(node, grown))
        edge = theme.bad if stuck else mix(colour, theme.text, 0.25) if node.kind != "task" else theme.muted
        style = Qt.PenStyle.DashLine if node.kind in ("task", MORE) else Qt.PenStyle.SolidLine
        pen = QPen(QColor(edge), 2.5 if stuck else 1.3, style)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        ground = mix(theme.card, colour, _TINT) if node.kind not in ("task", MORE) else theme.card
        painter.setBrush(QColor(ground))
        painter.drawPath(shape)
        inner = QRectF(rect)
        if node.kind == "queue" and compact:
            cells = QRectF(rect.left() + em * 0.6, rect.top(), self._cells(node) * em, rect.height())
            self._draw_cells(painter, node, cells, theme)
            inner.setLeft(cells.right())
        line = self._write(painter, node, inner, theme, compact)
        if node.kind == "queue" and not compact:
            self._draw_cells(painter, node, line, theme)
        if stuck and node.kind != MORE:
            self._badge(painter, rect, theme, compact)

    def _write(self, painter: QPainter, node: WaitNode, rect: QRectF, theme: Theme, compact: bool) -> QRectF:
        """Returns where the places of a queue go: before its state."""
        title, line = self._texts(node, compact)
        high = QFontMetricsF(self.fonts.title).height()
        low = QFontMetricsF(self.fonts.small).height() if line else 0.0
        top = rect.center().y() - (high + low) / 2
        painter.setFont(self.fonts.title)
        painter.setPen(QColor(theme.text if node.kind != "task" else theme.muted))
        painter.drawText(QRectF(rect.left(), top, rect.width(), high), _CENTRE, title)
        if not line:
            return rect
        metrics, em = QFontMetricsF(self.fonts.small), self.fonts.em
        before = self._cells(node) * em + em * 0.4 if node.kind == "queue" else 0.0
        text = metrics.horizontalAdvance(line)
        left = rect.center().x() - (before + text) / 2
        painter.setFont(self.fonts.small)
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(left + before - 2, top + high, text + 4, low), _CENTRE, line)
        return QRectF(left, top + high, before - em * 0.4, low)

    def draw_frame(self, painter: QPainter, rect: QRectF, theme: Theme, stuck: bool) -> None:
        """Paint what stands around a crowd."""
        painter.setPen(QPen(QColor(theme.bad if stuck else mix(theme.line, theme.muted, 0.5)), 2.0 if stuck else 1.0))
        painter.setBrush(QColor(mix(theme.card, theme.page, 0.7)))
        painter.drawRoundedRect(rect, self.fonts.em * 0.8, self.fonts.em * 0.8)

    def _draw_cells(self, painter: QPainter, node: WaitNode, rect: QRectF, theme: Theme) -> None:
        """A row of places; those that are taken are filled, and hatched."""
        em, many, fill = self.fonts.em, self._cells(node), fill_of(node)
        held, most = fill if fill else (0, 0)
        taken = many if most and held >= most else (held * many // most if most else 0)
        taken = max(taken, 1) if held else 0
        size, pitch = em * 0.76, em
        left = rect.center().x() - pitch * (many - 1) / 2
        line = mix(theme.kinds["queue"], theme.text, 0.55)
        for i in range(many):
            cell = QRectF(left + i * pitch - size / 2, rect.center().y() - size / 2, size, size)
            painter.setPen(QPen(QColor(line), 1.1, Qt.PenStyle.SolidLine if most else Qt.PenStyle.DotLine))
            painter.setBrush(QColor(theme.kinds["queue"]) if i < taken else QColor(theme.card))
            painter.drawRect(cell)
            if i < taken:
                painter.fillRect(cell, QBrush(QColor(line), Qt.BrushStyle.BDiagPattern))

    def _badge(self, painter: QPainter, rect: QRectF, theme: Theme, compact: bool) -> None:
        metrics = QFontMetricsF(self.fonts.badge)
        em, text = self.fonts.em, "" if compact else self._words.stuck()
        high = metrics.height()
        wide = metrics.horizontalAdvance(text) + em * 0.9 if text else high
        # Its foot stays above the title.
        box = QRectF(rect.right() - wide + em * 0.5, rect.top() - high * 0.8, wide, high)
        painter.setPen(QPen(QColor(theme.card), 1.5))
        painter.setBrush(QColor(theme.bad))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setFont(self.fonts.badge)
        painter.setPen(QColor(theme.card))
        painter.drawText(box, _CENTRE, text or "✕")
