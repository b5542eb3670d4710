"""What is laid over and under the throughput curve: a grid, changes of the number of workers, and stretches with dropped events."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from gui.charts.base import TimeWindow
from gui.figures import grouped
from gui.theme import Theme
from gui.translations import sentence
from workers.contract.batch import Mark, RunStarted
from workers.insight.store import RunStore

MOST_MARKS = 12
MOST_LINES = 3
"""Words of marks that lie close together stand below each other in so many lines."""
TURNS = ("workers", "turn")
PAUSES = ("paused", "resumed")
GRAVE = ("deadlock", "lost")
MOST_GRAVE = 4
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


class TurnMarks:
    """Thin vertical lines where workers or a parameter were changed, the run was paused, tasks were lost, or all stood still."""

    def __init__(self, plot: Any) -> None:
        """`plot` is the PlotItem to draw in."""
        self._plot = plot
        self._items: list[tuple[pg.InfiniteLine, pg.TextItem]] = []
        self._marks: list[tuple[int, str, bool]] = []
        """Time, words, and whether something went wrong."""
        self._seen: tuple[RunStarted | None, int] = (None, 0)
        self._style: tuple[Theme, QFont] | None = None
        self._shown: list[float] = []
        self._dressed: list[bool] = []
        self._end_s = 0.0
        # Where words go hangs on the size of the plot, which follows that of the chart a little later.
        plot.getViewBox().sigResized.connect(lambda _: self._place())

    def restyle(self, theme: Theme, font: QFont) -> None:
        """Take colours and font."""
        self._style = (theme, font)
        for (line, text), grave in zip(self._items, self._dressed, strict=True):
            self._dress(line, text, grave)

    def _dress(self, line: pg.InfiniteLine, text: pg.TextItem, grave: bool) -> None:
        if self._style is not None:
            theme, font = self._style
            colour = theme.bad if grave else theme.muted
            line.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DotLine))
            text.setColor(colour)
            text.setFont(font)
            # A line that must pass under the words does not strike them out.
            text.fill = pg.mkBrush(theme.card)
            text.setZValue(1)

    def show_marks(self, store: RunStore, window: TimeWindow) -> None:
        """Draw the store's marks that lie in the window."""
        seen = (store.started, store.marks_seen)
        if seen != self._seen:
            self._seen = seen
            self._marks = _worth_a_line(store.marks)
        shown = [
            (window.x(t), text, grave)
            for t, text, grave in self._marks
            if window.start_s <= window.x(t) <= window.end_s
        ]
        while len(self._items) < len(shown):
            pair = (pg.InfiniteLine(angle=90), pg.TextItem("", anchor=(0, 0)))
            for item in pair:
                self._plot.addItem(item, ignoreBounds=True)
            self._items.append(pair)
            self._dressed.append(shown[len(self._dressed)][2])
            self._dress(*pair, self._dressed[-1])
        for i, (line, text) in enumerate(self._items):
            line.setVisible(i < len(shown))
            text.setVisible(i < len(shown))
            if i < len(shown):
                line.setPos(shown[i][0])
                if self._dressed[i] is not shown[i][2]:
                    self._dressed[i] = shown[i][2]
                    self._dress(line, text, self._dressed[i])
                if text.toPlainText() != shown[i][1]:
                    text.setText(shown[i][1])
        self._shown, self._end_s = [x for x, _, _ in shown], window.end_s
        self._place()

    def _place(self) -> None:
        """Words beside their own lines and over no other, the newest first; what has no such place is left out."""
        view = self._plot.getViewBox()
        (left, right), (bottom, top) = view.viewRange()
        pixel, line = (right - left) / max(1.0, view.width()), (top - bottom) / max(1.0, view.height())
        taken: list[list[tuple[float, float]]] = [[] for _ in range(MOST_LINES)]
        pairs = list(zip(self._shown, self._items, strict=False))
        for x, (_, text) in reversed(pairs):
            box = text.boundingRect()
            width = box.width() * pixel
            places = []
            # To the right where there is room up to the end, else to the left.
            for before in (True, False) if x + width > self._end_s else (False, True):
                span = (x - width, x) if before else (x, x + width)
                clear = span[0] >= left and span[1] <= self._end_s
                clear = clear and not any(span[0] < other < span[1] for other in self._shown)
                free = (i for i, others in enumerate(taken) if all(span[1] <= a or b <= span[0] for a, b in others))
                row = next(free, None)
                # The newest is always told, over an older line where it must be.
                if row is not None and (clear or not any(taken)):
                    places.append((not clear, before, row, span))
            text.setVisible(bool(places))
            if places:
                _, before, row, span = min(places, key=lambda place: place[0])
                taken[row].append(span)
                text.setAnchor((1, 0) if before else (0, 0))
                text.setPos(x, top - row * box.height() * 0.8 * line)


def _worth_a_line(marks: Iterable[Mark]) -> list[tuple[int, str, bool]]:
    """(time, words, whether something went wrong) of what is shown here. Of what goes wrong the words are few: it may go wrong often."""
    words = {
        "deadlock": QCoreApplication.translate("TurnMarks", "deadlock"),
        "lost": QCoreApplication.translate("TurnMarks", "lost"),
        "paused": QCoreApplication.translate("TurnMarks", "paused: memory"),
        "resumed": QCoreApplication.translate("TurnMarks", "goes on"),
    }
    turns: list[tuple[int, str, bool]] = []
    grave: list[tuple[int, str, bool]] = []
    for mark in marks:
        if mark.kind in TURNS:
            turns.append((mark.t_ns, sentence(mark.text), False))
        elif mark.kind in PAUSES:
            turns.append((mark.t_ns, words[mark.kind], False))
        elif mark.kind in GRAVE:
            grave.append((mark.t_ns, words[mark.kind], True))
    return sorted((*turns[-MOST_MARKS:], *grave[-MOST_GRAVE:]))


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
