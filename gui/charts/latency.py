"""LatencyView: how long tasks waited to be begun and how long they took, of all and by lane."""

import numpy as np
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from gui.charts import account_data, latency_data
from gui.charts.base import Series
from gui.charts.latency_data import LatencyData
from gui.charts.latency_plot import LatencyPlot
from gui.charts.latency_words import LatencyWords
from gui.charts.notes import Note
from gui.charts.slow import SlowChart
from gui.figures import grouped
from gui.keyboard import HandsOn
from gui.theme import ThemeSource
from workers.insight.accounts import current
from workers.insight.latency import bucket_edges_s


class LatencyView(HandsOn, SlowChart):
    """The tab "Latency"."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.title = self.tr("Latency")
        self.axes = ("up to (s)", "tasks")
        self.setObjectName("latencyChart")
        self.setAccessibleName(self.title)
        self._data: LatencyData | None = None
        self.words = LatencyWords(self)
        self.plot = LatencyPlot(theme, self.words)
        self._note = Note(theme)
        self._note.setObjectName("latencyNote")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._note)
        self._stack.addWidget(self.plot)
        self.rest = QLabel()
        self.rest.setObjectName("latencyRest")
        self.rest.setProperty("muted", True)
        self.rest.setProperty("small", True)
        self.rest.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._stack, 1)
        column.addWidget(self.rest)
        self.keyboard = self.plot
        self._built()

    @property
    def data(self) -> LatencyData | None:
        """What is on show; None as long as no task has ended."""
        return self._data

    def series(self) -> Series:
        """queue and service -> (upper end of the bucket in s, tasks in it), buckets without any left out."""
        self.update_now()
        ends = bucket_edges_s()[1:]
        found: Series = {}
        for spread in self._data.spreads if self._data is not None else ():
            used = np.flatnonzero(spread.counts)
            if len(used):
                found[spread.kind] = (ends[used], spread.counts[used].astype(np.float64))
        return found

    def _redraw(self) -> None:
        store = self._store
        note = self._waiting_note()
        if store.started is None:
            note = self.tr("Press Run: here it is shown how long tasks waited and how long they took.")
        self._data = None if note else latency_data.read(store)
        if not note and self._data is None:
            note = self.tr("No task has ended yet.") if store.ended is None else self.tr("No task of this run ended.")
        self._stack.setCurrentIndex(0 if note else 1)
        self._note.show_text(note)
        lanes = {}
        if self._data is not None:
            shown = {lane.lane for spread in self._data.spreads for lane in spread.lanes}
            lanes = {name.number: name for name in account_data.names(store, current(store), shown)}
        self.plot.show_data(self._data, lanes)
        left = self._data.spreads[1].left_out if self._data is not None else 0
        words = self.tr("{n} more lanes, closer to the median of all, are left out here.")
        self.rest.setText(words.format(n=grouped(left)))
        self.rest.setVisible(left > 0)
