"""OutputPanel: what lanes print, tasks' tracebacks and what happened to the run, each with its time and lane, and a filter above."""

import time
from itertools import islice
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.files import write
from gui.keyboard import HandsOn
from gui.panels.output_filter import MOST_LISTED, OutputFilter
from gui.panels.output_log import PRINTED, Filter, OutputLog
from gui.panels.output_text import OutputText
from gui.theme import ThemeSource
from workers.insight.store import RunStore

LIST_EVERY_S = 0.5


class OutputPanel(HandsOn, QWidget):
    """What a run says in words, in the order in which it was said."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = RunStore()
        self._log = OutputLog()
        self._listed: object = None
        self._listed_at = 0.0
        self.setObjectName("outputPanel")
        self.setAccessibleName(self.tr("Output"))
        self.filter = OutputFilter()
        self.text = OutputText(theme, self._log)
        self.keyboard = self.text
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.filter)
        column.addWidget(self.text, 1)
        self.filter.changed.connect(self._choose)

    def show_store(self, store: RunStore) -> None:
        """Show this store from now on."""
        self._store = store
        self._log.clear()
        self._log.take(store)
        self._begin()
        self._list()

    def refresh(self) -> None:
        """Write what has come since the last time; next to nothing where nothing came."""
        if self._log.take(self._store):
            self._begin()
        else:
            self.text.advance()
        self._list()

    def save_text(self, path: str | Path) -> None:
        """Write all that the filter lets through. Raises OSError with the reason in a sentence."""
        write(path, self.text.all_text().encode())

    def show_stacks(self) -> None:
        """Show where everybody stands: among what is printed, those in a deadlock at the end, where it opens."""
        self._list()
        self.filter.show_only(None, PRINTED)

    def focus_filter(self) -> None:
        """Bring the keyboard to the text filter."""
        self.filter.text.setFocus()
        self.filter.text.selectAll()

    def _choose(self, chosen: Filter) -> None:
        self.text.show_run(self._store, chosen)

    def _begin(self) -> None:
        # PIDs of another run: none of them is chosen any more.
        self.filter.forget_processes()
        self._listed, self._listed_at = None, 0.0
        self.text.show_run(self._store, self.filter.filter())

    def _list(self) -> None:
        """Bring the list of processes up to date, now and then: a process per task makes a new one in every frame."""
        log = self._log
        state = (next(reversed(log.pids), None), len(log.names))
        now = time.monotonic()
        if state != self._listed and (self._store.ended is not None or now - self._listed_at > LIST_EVERY_S):
            self._listed, self._listed_at = state, now
            last = list(islice(reversed(log.pids), MOST_LISTED))[::-1]
            self.filter.show_processes({pid: self.text.name(pid, pid) for pid in last})

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.refresh()
