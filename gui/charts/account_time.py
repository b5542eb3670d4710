"""AccountTime: how many lanes were at what over the whole run, stacked, and below it how many tasks waited to be begun."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from gui.charts.account_data import Floats, OverTime
from gui.charts.account_words import AccountWords
from gui.charts.kinds import fill
from gui.charts.scales import nice_step, ticks
from gui.charts.telling import answered, draw_focus, tell
from gui.figures import MINUS, grouped, tabular
from gui.theme import ThemeSource
from workers.insight.accounts import NAMES

RIGHT = 14
_DEPTH_SHARE = 0.22
_DEPTH_FROM = 112
"""Where it is lower than this, there is no room for the waiting tasks, which is said."""


class AccountTime(QWidget):
    """Left and Right go from interval to interval and tell its figures."""

    def __init__(self, theme: ThemeSource, words: AccountWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._data = OverTime(np.zeros(0), np.zeros((0, len(NAMES))))
        self._depth: tuple[Floats, Floats] = (np.zeros(0), np.zeros(0))
        self._bound: int | None = None
        self._at: int | None = None
        self.setObjectName("accountTime")
        self.setAccessibleName(self.tr("Where the time went, over the whole run"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(60)
        theme.changed.connect(self.update)

    def show_data(self, data: OverTime, depth: tuple[Floats, Floats], bound: int | None) -> None:
        """`depth`: (seconds, tasks waiting then); `bound`: how many may."""
        self._data, self._depth, self._bound = data, depth, bound
        if self._at is not None and self._at >= len(data.lanes):
            self._at = None
        self.update()

    # ---- geometry -------------------------------------------------------------------------------------------------
    def _small(self) -> QFont:
        return tabular(self.font(), 12 / 13)

    def _areas(self) -> tuple[QRectF, QRectF]:
        """Where the stack lies, and the waiting tasks (empty where there is no room or none waited)."""
        metrics = QFontMetricsF(self._small())
        left = metrics.horizontalAdvance("0 000") + 8
        top = round(metrics.height() * 1.6) + 2  # what the numbers of the axis count stands above it
        room = max(1.0, self.height() - metrics.height() - top - 6)
        box = QRectF(left, top, max(1.0, self.width() - left - RIGHT), room)
        if not self._depth[1].any() or self.height() < _DEPTH_FROM:
            return box, QRectF()
        low = round(box.height() * _DEPTH_SHARE)
        below = QRectF(box.left(), box.bottom() - low, box.width(), low)
        box.setBottom(below.top() - metrics.height() - 4)
        return box, below

    def _x(self, box: QRectF, t: Floats) -> Floats:
        first, last = self._data.edges_s[0], self._data.edges_s[-1]
        placed: Floats = box.left() + (t - first) / max(last - first, 1e-9) * box.width()
        return placed

    # ---- painting -------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """The stack, its axes, the waiting tasks and the interval that the keyboard is at."""
        if not len(self._data.lanes):
            return
        painter = QPainter(self)
        painter.setFont(self._small())
        box, below = self._areas()
        self._paint_stack(painter, box)
        self._paint_times(painter, box, below)
        if not below.isEmpty():
            self._paint_depth(painter, below)
        if self._at is not None and self.hasFocus():
            x = self._x(box, self._data.edges_s[self._at : self._at + 2])
            painter.setPen(QPen(QColor(self._theme.theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(x[0], box.top(), max(3.0, x[1] - x[0]), box.height()))
        elif self.hasFocus():
            draw_focus(painter, self, self._theme.theme)

    def _paint_stack(self, painter: QPainter, box: QRectF) -> None:
        theme, lanes = self._theme.theme, self._data.lanes
        top = max(1.0, float(lanes.sum(axis=1).max()))
        heights = np.vstack((np.zeros(len(lanes)), np.cumsum(lanes, axis=1).T)) / top * box.height()
        x = np.repeat(self._x(box, self._data.edges_s), 2)[1:-1]
        for i, name in enumerate(NAMES):
            low, high = np.repeat(heights[i], 2), np.repeat(heights[i + 1], 2)
            if not (high > low + 0.05).any():
                continue
            points = [*zip(x, box.bottom() - high, strict=True), *zip(x[::-1], box.bottom() - low[::-1], strict=True)]
            path = QPainterPath()
            path.addPolygon(QPolygonF([QPointF(a, b) for a, b in points]))
            fill(painter, path, name, theme)
        painter.setPen(QColor(theme.muted))
        line = QFontMetricsF(self._small()).height()
        marks = ticks(0.0, top, nice_step(top, max(1, int(box.height() / (line * 1.6)))))
        for value in marks if len(marks) > 1 else (0.0, float(int(top))):
            if value == int(value):
                y = box.bottom() - value / top * box.height()
                self._label(painter, box, y, grouped(value))
        words = self.tr("lanes at once")
        painter.drawText(QRectF(6, 1, box.width(), line), Qt.AlignmentFlag.AlignLeft, words)
        if self._depth[1].any() and self.height() < _DEPTH_FROM:
            metrics = QFontMetricsF(self._small())
            left = 6 + metrics.horizontalAdvance(words) + 24
            room = QRectF(left, 1, max(0.0, box.right() - left), line)
            why = self.tr("tasks that waited are drawn below this where it is higher: drag its upper edge up")
            why = metrics.elidedText(why, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, why)

    def _label(self, painter: QPainter, box: QRectF, y: float, text: str) -> None:
        height = QFontMetricsF(self._small()).height()
        place = QRectF(0, y - height / 2, box.left() - 6, height)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_times(self, painter: QPainter, box: QRectF, below: QRectF) -> None:
        first, last = float(self._data.edges_s[0]), float(self._data.edges_s[-1])
        metrics = QFontMetricsF(self._small())
        step = nice_step(last - first, max(1, int(box.width() / (metrics.horizontalAdvance("00 000.0 s") + 24))))
        digits = max(0, -int(np.floor(np.log10(step))))
        base = (below if not below.isEmpty() else box).bottom()
        painter.setPen(QColor(self._theme.theme.muted))
        for t in ticks(first, last, step):
            words = self.tr("{n} s").format(n=grouped(t, digits) if t >= 0 else f"{MINUS}{grouped(-t, digits)}")
            x, half = float(self._x(box, np.array([t]))[0]), metrics.horizontalAdvance(words) / 2
            x = min(max(x, box.left() + half), box.right() + RIGHT - half)
            painter.drawText(QPointF(x - half, base + 4 + metrics.ascent()), words)

    def _paint_depth(self, painter: QPainter, box: QRectF) -> None:
        theme, (t, waiting) = self._theme.theme, self._depth
        top = max(1.0, float(waiting.max()), float(self._bound or 0))
        # Of many points in a pixel the highest.
        x = self._x(box, t)
        pixel = np.floor(x).astype(np.int64)
        starts = np.flatnonzero(np.diff(pixel, prepend=pixel[0] - 1))
        high = np.maximum.reduceat(waiting, starts)
        points = [
            QPointF(float(a), box.bottom() - b / top * box.height())
            for a, b in zip(x[starts], high, strict=True)
            if box.left() - 1 <= a <= box.right() + 1
        ]
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if self._bound:
            y = box.bottom() - self._bound / top * box.height()
            painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QColor(theme.muted))
        self._label(painter, box, box.top() + 4, grouped(top))
        self._label(painter, box, box.bottom(), "0")
        words = self.tr("tasks waiting to be begun")
        if self._bound:
            words = f"{words}, {self.tr('dashed: room for {n}').format(n=grouped(self._bound))}"
        plate = QRectF(0, 0, painter.fontMetrics().horizontalAdvance(words) + 8, painter.fontMetrics().height())
        plate.moveBottomRight(QPointF(box.right(), box.top() - 1))
        painter.drawText(plate, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    # ---- telling --------------------------------------------------------------------------------------------------
    def words_of(self, i: int) -> str:
        """When an interval was, and how many lanes were at what."""
        edges, lanes = self._data.edges_s, self._data.lanes[i]
        when = self.tr("From {a} to {b} s").format(a=grouped(edges[i], 2), b=grouped(edges[i + 1], 2))
        width = float(edges[i + 1] - edges[i])
        parts = [
            self.tr("{kind}: {n} lanes, {s} s").format(
                kind=self._words.kinds.word(name), n=grouped(value, 2), s=grouped(value * width, 3)
            )
            for name, value in zip(NAMES, lanes.tolist(), strict=True)
            if value >= 0.005
        ]
        return "\n".join((when, *reversed(parts)))

    def words_at(self, point: QPointF) -> str:
        """What can be said of a point; empty outside."""
        box, below = self._areas()
        whole = box.united(below) if not below.isEmpty() else box
        if not len(self._data.lanes) or not whole.contains(point):
            return ""
        i = int(np.searchsorted(self._x(box, self._data.edges_s), point.x(), "right")) - 1
        return self.words_of(min(max(0, i), len(self._data.lanes) - 1))

    def event(self, event: QEvent) -> bool:
        """Answer a question for a tooltip with what is under the mouse."""
        return answered(self, event, self) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from interval to interval, Home and End to the ends."""
        count = len(self._data.lanes)
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageUp: -10,
            Qt.Key.Key_PageDown: 10,
            Qt.Key.Key_Home: -count,
            Qt.Key.Key_End: count,
        }.get(Qt.Key(event.key()))
        if step is None or not count:
            super().keyPressEvent(event)
            return
        self._at = min(max(0, (self._at if self._at is not None else -1) + step), count - 1)
        self.setAccessibleDescription(self.words_of(self._at))
        self.update()
        box = self._areas()[0]
        x = self._x(box, self._data.edges_s[self._at : self._at + 1])[0]
        tell(self, QPointF(x, box.top()).toPoint())
