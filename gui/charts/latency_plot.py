"""LatencyPlot: two histograms beside each other over logarithmic time, and below them every lane's shortest, median and longest."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.charts.account_data import LaneName
from gui.charts.latency_data import LatencyData, Spread, grouped_counts, slow
from gui.charts.latency_histogram import GAP, paint_histogram, place_of
from gui.charts.latency_words import LatencyWords
from gui.charts.telling import ScrolledRows, draw_focus, tell
from gui.figures import monospace
from gui.style import mix
from gui.theme import ThemeSource
from workers.insight.latency import PER_OCTAVE, LaneSpread

PAD = 14
"""Pixels right of the plot."""


class LatencyPlot(ScrolledRows):
    """The histograms stay, the lanes scroll. Up and Down go from lane to lane and tell its figures."""

    def __init__(self, theme: ThemeSource, words: LatencyWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._data: LatencyData | None = None
        self._names: dict[int, LaneName] = {}
        self._lanes: list[int] = []
        self._by_lane: list[dict[int, LaneSpread]] = []
        self._slow: list[set[int]] = []
        self._boxes = [QRectF(), QRectF()]
        self._at: int | None = None
        self.setObjectName("latencyPlot")
        self.setAccessibleName(self.tr("How long tasks waited and took"))
        self._ready = True

    def show_data(self, data: LatencyData | None, names: dict[int, LaneName]) -> None:
        """Show these times; `names` says what the lanes are called."""
        self._data, self._names = data, names
        spreads = data.spreads if data is not None else ()
        self._by_lane = [{lane.lane: lane for lane in spread.lanes} for spread in spreads]
        first: dict[int, int] = {}
        for number in sorted(set().union(*self._by_lane)):
            first.setdefault(self._pid(number), number)
        # By process, as everywhere.
        self._lanes = sorted(set().union(*self._by_lane), key=lambda number: (first[self._pid(number)], number))
        self._slow = [slow(spread) for spread in spreads]
        if self._at is not None and self._at >= len(self._lanes):
            self._at = None
        self._fit()
        self._tell()
        self.viewport().update()

    def _pid(self, number: int) -> int:
        return self._names[number].pid if number in self._names else 0

    # ---- geometry -------------------------------------------------------------------------------------------------
    def _line(self) -> float:
        return float(int(QFontMetricsF(self._small()).height()))

    def _box(self, i: int) -> QRectF:
        """Where a histogram lies."""
        return self._boxes[i]

    def _measure(self) -> None:
        """Place the histograms: measuring text is what costs most."""
        small = QFontMetricsF(self._small())
        mono = QFontMetricsF(monospace(self.font(), 12 / 13)).horizontalAdvance("0000000") + 8
        widest = small.horizontalAdvance("interpreter 000")
        names = (small.horizontalAdvance(self._words.lanes.lane(name)) for name in self._shown_names())
        left = mono + min(widest, max(names, default=0.0)) + 20
        wide = max(40.0, (self.viewport().width() - left - GAP - PAD) / 2)
        line, height = self._line(), self.viewport().height()
        head = line * 2 + 4
        rows = min(len(self._lanes), 8) * (line + 2)
        tall = min(max(46.0, height - head - line - 10 - rows), 220.0)
        self._boxes = [QRectF(left + i * (wide + GAP), head, wide, tall) for i in range(2)]

    def _shown_names(self) -> list[LaneName]:
        return [self._names[number] for number in self._lanes if number in self._names]

    def _row_top(self, i: int) -> float:
        return self._lanes_top() + i * (self._line() + 2) - self.verticalScrollBar().value()

    def _lanes_top(self) -> float:
        return self._box(0).bottom() + self._line() + 8

    def _lanes_room(self) -> float:
        """The height for lanes: whole rows, so that none is cut in half."""
        row = self._line() + 2
        return max(1.0, (self.viewport().height() - self._lanes_top()) // row) * row

    def _x(self, box: QRectF, seconds: float) -> float:
        return place_of(self._data, box, seconds) if self._data is not None else box.left()

    def _fit(self) -> None:
        self._measure()
        room = self._lanes_room()
        bar, row = self.verticalScrollBar(), self._line() + 2
        bar.setRange(0, max(0, round(len(self._lanes) * row - room)))
        bar.setPageStep(max(1, round(room)))
        bar.setSingleStep(round(row))

    # ---- painting -------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Histograms, then the lanes in sight."""
        if self._data is None:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._small())
        for i, spread in enumerate(self._data.spreads):
            paint_histogram(painter, self._box(i), spread, self._data, self._words, self._theme.theme)
        if self.hasFocus() and self._at is None:
            draw_focus(painter, self.viewport(), self._theme.theme)
        top = self._lanes_top()
        painter.setClipRect(QRectF(0, top, self.viewport().width(), self._lanes_room()))
        for place, number in enumerate(self._lanes):
            y = self._row_top(place)
            if top - self._line() < y < top + self._lanes_room():
                self._paint_lane(painter, place, number, y)

    def _paint_lane(self, painter: QPainter, place: int, number: int, y: float) -> None:
        theme, line = self._theme.theme, self._line()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        name = self._names.get(number)
        if self._at == place and self.hasFocus():
            painter.fillRect(QRectF(0, y, self.viewport().width(), line + 1), QColor(theme.hover))
            painter.fillRect(QRectF(0, y, 3, line + 1), QColor(theme.accent))
        if name is not None:
            self._paint_name(painter, place, number, name, QRectF(4, y, self._box(0).left() - 12, line))
        for i, lanes in enumerate(self._by_lane):
            lane, box = lanes.get(number), self._box(i)
            if lane is None or lane.least_s is None or lane.most_s is None:
                continue
            middle = y + line / 2
            painter.setPen(QPen(QColor(mix(theme.card, theme.muted, 0.6)), 2))
            a, b = self._x(box, lane.least_s), self._x(box, lane.most_s)
            painter.drawLine(QPointF(a, middle), QPointF(max(b, a + 1), middle))
            for x in (a, b):
                painter.drawLine(QPointF(x, middle - 3), QPointF(x, middle + 3))
            if lane.median_s is None:
                continue
            marked = number in self._slow[i]
            x = self._x(box, lane.median_s)
            painter.fillRect(QRectF(x - 2, y + 2, 4, line - 4), QColor(theme.bad if marked else theme.kinds["running"]))
            if marked:
                painter.setPen(QColor(theme.bad))
                painter.drawText(QRectF(b + 6, y, 60, line), left, "\N{BLACK LEFT-POINTING TRIANGLE}")

    def _paint_name(self, painter: QPainter, place: int, number: int, name: LaneName, box: QRectF) -> None:
        theme = self._theme.theme
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        above = self._names.get(self._lanes[place - 1]) if place else None
        mono = monospace(self.font(), 12 / 13)
        wide = QFontMetricsF(mono).horizontalAdvance("0000000") + 8
        painter.setPen(QColor(theme.muted if above is not None and above.pid == name.pid else theme.text))
        painter.setFont(mono)
        painter.drawText(box, left, str(name.pid))
        small = self._small()
        if any(number in marked for marked in self._slow):
            small.setWeight(QFont.Weight.DemiBold)
        painter.setFont(small)
        painter.setPen(QColor(theme.text))
        shown = QFontMetricsF(small).elidedText(
            self._words.lanes.lane(name), Qt.TextElideMode.ElideRight, box.width() - wide
        )
        painter.drawText(box.adjusted(wide, 0, 0, 0), left, shown)
        painter.setFont(self._small())

    # ---- telling --------------------------------------------------------------------------------------------------
    def words_at(self, point: QPointF) -> str:
        """What can be said of a point; empty outside."""
        if self._data is None:
            return ""
        for i, spread in enumerate(self._data.spreads):
            box = self._box(i)
            if point.y() < box.top() and box.left() <= point.x() <= box.right():
                return self._words.whole(spread)
            if box.contains(point):
                return self._bucket_at(box, spread, point)
        if point.y() < self._lanes_top():
            return ""
        place = int((point.y() - self._lanes_top() + self.verticalScrollBar().value()) // (self._line() + 2))
        return self.words_of(place) if 0 <= place < len(self._lanes) else ""

    def _bucket_at(self, box: QRectF, spread: Spread, point: QPointF) -> str:
        edges, counts = grouped_counts(spread.counts, PER_OCTAVE // 4)
        places = [self._x(box, float(edge)) for edge in edges]
        i = min(max(0, int(np.searchsorted(places, point.x(), "right")) - 1), len(counts) - 1)
        return self._words.bucket(spread, float(edges[i]), float(edges[i + 1]), int(counts[i]))

    def words_of(self, place: int) -> str:
        """A lane in words."""
        number = self._lanes[place]
        name = self._names.get(number)
        if self._data is None or name is None:
            return ""
        told = [
            self._words.lane(name, spread, lanes[number], number in marked)
            for spread, lanes, marked in zip(self._data.spreads, self._by_lane, self._slow, strict=True)
            if number in lanes
        ]
        return "\n".join(dict.fromkeys("\n".join(told).split("\n")))

    def _tell(self) -> None:
        if self._data is None:
            words = ""
        elif self._at is None:
            words = "\n".join(self._words.whole(spread) for spread in self._data.spreads)
        else:
            words = self.words_of(self._at)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from lane to lane, Page keys by ten, Home and End to the ends."""
        last = len(self._lanes) - 1
        step = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -10,
            Qt.Key.Key_PageDown: 10,
            Qt.Key.Key_Home: -last - 1,
            Qt.Key.Key_End: last + 1,
        }.get(Qt.Key(event.key()))
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        self._at = min(max(0, (self._at if self._at is not None else -1) + step), last)
        bar, row = self.verticalScrollBar(), self._line() + 2
        if self._row_top(self._at) < self._lanes_top():
            bar.setValue(round(self._at * row))
        elif self._row_top(self._at) + row > self._lanes_top() + self._lanes_room():
            bar.setValue(round((self._at + 1) * row - self._lanes_room()))
        self._tell()
        self.viewport().update()
        tell(self, QPointF(self._box(0).left(), self._row_top(self._at) + row).toPoint())
