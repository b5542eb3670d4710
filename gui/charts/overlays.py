"""What is laid over and under the throughput curve: a grid, changes of the number of workers, and stretches with dropped events."""

from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont

from gui.charts.base import TimeWindow
from gui.figures import grouped
from gui.theme import Theme
from workers.contract.batch import RunStarted
from workers.insight.store import RunStore

MOST_MARKS = 12
MOST_BANDS = 8
LOOK_EVERY_NS = 500_000_000
"""Summing the drops of all lanes is not for every frame: a thread per task makes very many lanes."""


class GridLines:
    """Hairlines at the values of the left axis. (An axis with a grid of its own drops its first and last label.)"""

    def __init__(self, plot: Any) -> None:
        """`plot` is the PlotItem to draw in."""
        self._plot = plot
        self._lines: list[pg.InfiniteLine] = []
        self._color = ""

    def restyle(self, theme: Theme) -> None:
        """Take the colour."""
        self._color = theme.line
        for line in self._lines:
            line.setPen(pg.mkPen(self._color, width=1))

    def show_values(self, values: list[float]) -> None:
        """Draw a line at each value."""
        while len(self._lines) < len(values):
            line = pg.InfiniteLine(angle=0, pen=pg.mkPen(self._color or None, width=1))
            line.setZValue(-10)
            self._plot.addItem(line, ignoreBounds=True)
            self._lines.append(line)
        for i, line in enumerate(self._lines):
            line.setVisible(i < len(values))
            if i < len(values):
                line.setPos(values[i])


class WorkerMarks:
    """Thin vertical lines where the number of workers changed, the newest ones."""

    def __init__(self, plot: Any) -> None:
        """`plot` is the PlotItem to draw in."""
        self._plot = plot
        self._items: list[tuple[pg.InfiniteLine, pg.TextItem]] = []
        self._marks: list[tuple[int, str]] = []
        self._seen: tuple[RunStarted | None, int] = (None, 0)
        self._style: tuple[Theme, QFont] | None = None

    def restyle(self, theme: Theme, font: QFont) -> None:
        """Take colours and font."""
        self._style = (theme, font)
        for line, text in self._items:
            self._dress(line, text)

    def _dress(self, line: pg.InfiniteLine, text: pg.TextItem) -> None:
        if self._style is not None:
            theme, font = self._style
            line.setPen(pg.mkPen(theme.muted, width=1, style=Qt.PenStyle.DotLine))
            text.setColor(theme.muted)
            text.setFont(font)

    def show_marks(self, store: RunStore, window: TimeWindow) -> None:
        """Draw the store's marks that lie in the window."""
        seen = (store.started, store.marks_seen)
        if seen != self._seen:
            self._seen = seen
            self._marks = [(mark.t_ns, mark.text) for mark in store.marks if mark.kind == "workers"][-MOST_MARKS:]
        shown = [(window.x(t), text) for t, text in self._marks if window.start_s <= window.x(t) <= window.end_s]
        while len(self._items) < len(shown):
            pair = (pg.InfiniteLine(angle=90), pg.TextItem("", anchor=(0, 0)))
            for item in pair:
                self._plot.addItem(item, ignoreBounds=True)
            self._dress(*pair)
            self._items.append(pair)
        top = self._plot.getViewBox().viewRange()[1][1]
        for i, (line, text) in enumerate(self._items):
            line.setVisible(i < len(shown))
            text.setVisible(i < len(shown))
            if i < len(shown):
                x, words = shown[i]
                line.setPos(x)
                # A mark near the right end has its words to the left.
                text.setAnchor((1, 0) if x > window.end_s - 0.15 * (window.end_s - window.start_s) else (0, 0))
                text.setPos(x, top)
                if text.toPlainText() != words:
                    text.setText(words)


@dataclass
class _Band:
    start_ns: int
    end_ns: int
    count: int


class DropBands:
    """Hatched stretches in which events were dropped, with how many."""

    def __init__(self, plot: Any, words: str) -> None:
        """`words` has the place {count}."""
        self._plot = plot
        self._words = words
        self._bands: list[_Band] = []
        self._run: RunStarted | None = None
        self._dropped = 0
        self._looked_ns = 0
        self._items: list[pg.LinearRegionItem] = []
        self._text = pg.TextItem("", anchor=(0, 0))
        self._text.setVisible(False)
        plot.addItem(self._text, ignoreBounds=True)
        self._brush = QBrush()

    @property
    def told(self) -> str:
        """The sentence shown, empty where nothing was dropped."""
        return self._text.toPlainText() if self._text.isVisible() else ""

    def restyle(self, theme: Theme, font: QFont) -> None:
        """Take colours and font."""
        color = QColor(theme.bad)
        color.setAlpha(110)
        self._brush = QBrush(color, Qt.BrushStyle.BDiagPattern)
        for item in self._items:
            item.setBrush(self._brush)
        self._text.setColor(theme.bad)
        self._text.setFont(font)

    def _look(self, store: RunStore) -> None:
        if store.started is not self._run:
            self._run, self._dropped, self._looked_ns = store.started, 0, store.now_ns
            self._bands = []
        elif store.now_ns - self._looked_ns < LOOK_EVERY_NS and store.ended is None:
            return
        dropped = store.dropped
        if dropped > self._dropped:
            count = dropped - self._dropped
            if self._bands and self._bands[-1].end_ns >= self._looked_ns - LOOK_EVERY_NS:
                self._bands[-1].end_ns = store.now_ns
                self._bands[-1].count += count
            else:
                self._bands.append(_Band(self._looked_ns, store.now_ns, count))
                self._bands = self._bands[-MOST_BANDS:]
        self._dropped, self._looked_ns = dropped, store.now_ns

    def show_drops(self, store: RunStore, window: TimeWindow) -> None:
        """Draw where the store's events were dropped."""
        self._look(store)
        shown = [band for band in self._bands if window.x(band.end_ns) > window.start_s]
        while len(self._items) < len(shown):
            item = pg.LinearRegionItem(movable=False, pen=pg.mkPen(None), brush=self._brush)
            item.setZValue(-5)
            self._plot.addItem(item, ignoreBounds=True)
            self._items.append(item)
        for i, item in enumerate(self._items):
            item.setVisible(i < len(shown))
            if i < len(shown):
                item.setRegion(
                    (max(window.start_s, window.x(shown[i].start_ns)), min(window.end_s, window.x(shown[i].end_ns)))
                )
        self._text.setVisible(bool(shown))
        if shown:
            self._text.setPlainText(self._words.format(count=grouped(sum(band.count for band in shown))))
            self._text.setPos(window.start_s, self._plot.getViewBox().viewRange()[1][1])
