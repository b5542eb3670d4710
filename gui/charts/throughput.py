"""ThroughputChart: tasks finished per second, over the last minute or the whole run."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from gui.charts.base import Chart, Series, TimeWindow
from gui.charts.ghost import POINTS, smoothed_s
from gui.charts.ghost_line import GhostLine
from gui.charts.labels import Headline, SideFigures
from gui.charts.notes import Note
from gui.charts.overlays import DropBands, GridLines, TurnMarks
from gui.charts.scales import TopKeeper, ticks
from gui.charts.time_area import RIGHT, Columns
from gui.figures import grouped, rate, tabular
from gui.theme import ThemeSource
from workers.insight.throughput import BIN_NS

HEADLINE_EVERY_NS = 250_000_000
"""The big number changes no faster than it can be read."""
LAG_S = BIN_NS / 1e9
"""The newest bin is left out while tasks of it may still be on their way here."""


class ThroughputChart(Chart):
    """A filled curve of tasks done per second; failed ones dashed in their own colour, with their name beside."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("throughputChart")
        self.title = self.tr("Throughput")
        self.axes = ("time (s)", "rate (tasks/s)")
        self.setAccessibleName(self.tr("Throughput: tasks finished per second over time"))
        self.setMinimumHeight(96)
        self._window: TimeWindow | None = None
        self._range_key: tuple[bool, float | None, float, float] | None = None
        self._headline_at: object = None
        self._headline = ("", "")
        self._series: Series = {}
        self._axis = 0
        self._gutter = -1.0
        """Pixels left of the value axis."""
        self._top = TopKeeper()
        self.head = self._head = Headline(theme)
        self._units = (self.tr("tasks/s"), self.tr("tasks/s on average"))
        self._head.reserve(self._units)

        self._note = Note(theme, self)
        self._plot = pg.PlotWidget(self)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAccessibleName(self.tr("Curve of tasks per second"))
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        item = self._plot.getPlotItem()
        view = item.getViewBox()
        view.setMouseEnabled(x=False, y=False)
        view.disableAutoRange()
        view.setDefaultPadding(0.0)
        self._bottom, self._left = item.getAxis("bottom"), item.getAxis("left")
        self._bottom.setStyle(tickLength=-4, tickTextOffset=5, hideOverlappingLabels=40)
        self._left.setStyle(tickLength=0, tickTextOffset=6, hideOverlappingLabels=40)
        # PlotCurveItem and not PlotDataItem: the latter maps and checks what is known to be in order.
        self._done = pg.PlotCurveItem(fillLevel=0.0, connect="all", skipFiniteCheck=True)
        self._failed = pg.PlotCurveItem(connect="all", skipFiniteCheck=True)
        self._failed_name = pg.TextItem(self.tr("failed"), anchor=(1, 1))
        self._behind = GhostLine(item)
        for part in (self._done, self._failed, self._failed_name):
            item.addItem(part, ignoreBounds=True)
        self._grid = GridLines(item)
        self._marks = TurnMarks(item)
        self._drops = DropBands(item, self.tr("{count} events dropped: more was done here than is shown"))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._note)
        self._stack.addWidget(self._plot)
        self._figures = SideFigures(theme, self._plot)
        self._built()

    def headline(self) -> tuple[str, str]:
        """The rate now (the mean, when the run is over) and its unit."""
        return self._headline

    def caption(self) -> str:
        """What a saved picture shows, with its figure."""
        return f"{super().caption()}  ·  {' '.join(self._headline)}" if self._headline[0] else super().caption()

    def series(self) -> Series:
        """Tasks per second that are drawn: "done", "failed" (only where a task failed) and "ghost" (only where there is one)."""
        return dict(self._series)

    def _state(self) -> object:
        return self._store.marks_seen

    # ---- drawing --------------------------------------------------------------------------------------------------
    def _restyle(self) -> None:
        theme = self.theme
        self._plot.setBackground(QColor(theme.card))
        accent = QColor(theme.accent)
        self._done.setPen(pg.mkPen(accent, width=1))
        fill = QColor(accent)
        fill.setAlpha(36)
        self._done.setBrush(fill)
        self._failed.setPen(pg.mkPen(theme.bad, width=1, style=Qt.PenStyle.DashLine))
        self._failed_name.setColor(theme.bad)
        small = tabular(self.font(), 12 / 13)
        self._failed_name.setFont(small)
        for axis in (self._bottom, self._left):
            axis.setPen(pg.mkPen(theme.line))
            axis.setTickPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setStyle(tickFont=small)
        metrics = QFontMetricsF(small)
        axis = int(metrics.horizontalAdvance(grouped(100_000))) + 10
        self._left.setWidth(axis)
        self._axis = axis
        self._place_time()
        self._bottom.setHeight(int(metrics.height()) + 8)
        self._behind.restyle(theme, small)
        self._grid.restyle(theme)
        self._marks.restyle(theme, small)
        self._drops.restyle(theme, small)

    def _which_words(self) -> str:
        return "     ".join(filter(None, (super()._which_words(), self._behind.words)))

    def _redraw(self) -> None:
        store = self._store
        window = self._window = TimeWindow.of(store)
        note = self._waiting_note()
        if store.started is None and store.clock_start_ns is None and not store.phase.active:
            note = note or self.tr("Press Run: the tasks finished per second are drawn here while they run.")
        if note:
            self._series = {}
            self._behind.hide()
            self._say("", "")
            self._top.reset()
            self._note.show_text(note)
            self._stack.setCurrentWidget(self._note)
            return
        self._stack.setCurrentWidget(self._plot)
        elapsed = store.elapsed_s
        window_s = 0.5 if window.live and elapsed >= 4 else smoothed_s(elapsed)
        if window.live:
            start, end, shift = elapsed + window.start_s, max(0.0, elapsed - LAG_S), elapsed
        else:
            start, end, shift = 0.0, elapsed, 0.0
        t, done, failed = store.throughput.rates(start, end, window_s, POINTS)
        if not window.live and len(t) < 2 and elapsed > 0:
            # Over within two bins: there is a mean, and no more to be said.
            t = np.array([0.0, elapsed])
            done, failed = (np.full(2, count / elapsed) for count in (store.counts.done, store.counts.failed))
        x = t - shift
        self._done.setData(x, done)
        any_failed = bool(len(failed)) and bool(failed.any())
        self._series = {"done": (x, done), "failed": (x, failed)} if any_failed else {"done": (x, done)}
        self._failed.setVisible(any_failed)
        self._failed_name.setVisible(any_failed)
        if any_failed:
            self._failed.setData(x, failed)
            self._failed_name.setPos(x[-1], failed[-1])
        behind = self._behind.show(self.ghost, window_s, start, end if window.live else window.end_s, shift)
        if behind is not None:
            self._series["ghost"] = behind
        largest = [float(values.max()) for values in (done, failed, *(behind[1:] if behind else ())) if len(values)]
        self._fit(window, max(largest, default=0.0))
        if behind is not None:
            self._behind.place(window.start_s, window.end_s, self._top.top)
        self._marks.show_marks(store, window)
        self._drops.show_drops(store, window)
        self._headline_now(window, done)
        self._figures_now(done, window.live)

    def _fit(self, window: TimeWindow, largest: float) -> None:
        # Setting a range costs more than drawing a frame: only when it is another one.
        if not window.live and self._range_key is not None and self._range_key[0]:
            self._top.reset()
        self._top.fit(largest, self._store.elapsed_s)
        key = (window.live, None if window.live else window.end_s, self._top.top, self._time_room())
        if key == self._range_key:
            return
        self._range_key = key
        view = self._plot.getPlotItem().getViewBox()
        view.setRange(
            xRange=(window.start_s, window.end_s), yRange=(0.0, self._top.top), padding=0, disableAutoRange=True
        )
        values = ticks(0.0, self._top.top, self._top.step)
        self._grid.show_values(values)
        digits = max(0, -int(np.floor(np.log10(self._top.step)))) if self._top.step else 0
        self._left.setTicks([[(value, grouped(value, digits)) for value in values]])
        self._bottom.setTicks([self._time_ticks(window)])

    def _headline_now(self, window: TimeWindow, done: NDArray[np.float64]) -> None:
        store = self._store
        if not window.live:
            self._headline_at = None
            self._say(rate(self._mean()), self._units[1])
            return
        at = (store.started, store.now_ns // HEADLINE_EVERY_NS)
        if at != self._headline_at:
            self._headline_at = at
            self._say(rate(float(done[-1])) if len(done) else "0", self._units[0])

    def _mean(self) -> float:
        """Tasks done per second over the run so far. Failed ones are counted apart, here as in the curve."""
        elapsed = self._store.elapsed_s
        return self._store.counts.done / elapsed if elapsed > 0 else 0.0

    def _figures_now(self, done: NDArray[np.float64], live: bool) -> None:
        """Mean, highest and lowest of what is drawn, beside the curve; of a run that is over the mean is that of all of it."""
        mean = float(done.mean()) if live and len(done) else self._mean()
        figures = [(self.tr("mean"), rate(mean))]
        # A run of a few bins, or one that did all in its last one, has a mean that the curve does not enclose.
        if len(done) and self._store.elapsed_s >= 1 and done.min() <= mean <= done.max():
            figures += [(self.tr("highest"), rate(float(done.max()))), (self.tr("lowest"), rate(float(done.min())))]
        self._figures.show_figures(tuple(figures))

    def _place_time(self) -> None:
        """The time area where all charts have it; what stands beside the curve only where there is room for it."""
        columns = Columns.of(self.font(), self.width())
        gutter = max(0.0, columns.start - self._axis)
        if gutter != self._gutter:
            self._gutter = gutter
            self._plot.getPlotItem().layout.setContentsMargins(gutter, 8, RIGHT, 0)
        self._figures.setVisible(columns.whole)
        self._figures.setGeometry(0, 8, int(gutter) - 8, self._figures.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for more or less."""
        self._place_time()
        super().resizeEvent(event)

    def _say(self, number: str, unit: str) -> None:
        self._headline = (number, unit)
        self._head.show_number(number, unit)
