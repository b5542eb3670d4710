"""Ghosts: which kept run lies behind those of Explore: none, the last one, or one that somebody chose."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from gui.kept_runs import KeptRuns
from gui.run_labels import title_of
from gui.run_names import RunNames

if TYPE_CHECKING:
    from gui.charts.ghost import Ghost

NONE, LAST, CHOSEN = "none", "last", "chosen"


class Haunted(Protocol):
    """A chart that can have one."""

    def show_ghost(self, ghost: "Ghost | None") -> None:
        """Lay it behind what is on show, or take it away."""


class Ghosts(QObject):
    """Lets the charts have the ghost.

    Signals:
        changed(): another one holds, or none.
    """

    changed = Signal()

    def __init__(self, kept: KeptRuns, names: RunNames, running: Callable[[], bool], parent: QObject) -> None:
        """`running`: whether a run is under way."""
        super().__init__(parent)
        self.charts: list[Haunted] = []
        self.mode = NONE
        self.key = ""
        """Id of the run that is, or is to be, the ghost; empty for none."""
        self._kept, self._names, self._running = kept, names, running
        self._shown = ""
        """Under which id the run on show is kept."""
        kept.opened.connect(self._opened)
        kept.kept.connect(self._ended)
        kept.changed.connect(self._follow_list)

    def choose(self, mode: str, key: str = "") -> None:
        """NONE, LAST, or CHOSEN with the id of a run."""
        self.mode = mode
        if mode == LAST:
            self._take(self._last())
        else:
            self._take(key if mode == CHOSEN else "")

    def toggle(self, key: str) -> None:
        """Make this run the ghost, or take it away where it is."""
        if self.key == key and self.mode == CHOSEN:
            self.choose(NONE)
        else:
            self.choose(CHOSEN, key)

    def begin(self) -> None:
        """A run begins: the last one is the one before it."""
        if self.mode == LAST:
            self._take(self._last())

    def _last(self) -> str:
        """The newest run that is not the one on show."""
        runs = self._kept.runs
        shown = self._shown
        first = 1 if runs and not self._running() and runs[0].id == shown else 0
        return runs[first].id if len(runs) > first else ""

    def _ended(self, key: str) -> None:
        self._shown = key

    def _follow_list(self) -> None:
        if self.key and self._kept.looked and all(kept.id != self.key for kept in self._kept.runs):
            self.choose(NONE if self.mode == CHOSEN else self.mode)  # it was deleted
        elif self.mode == LAST and not self.key:
            self._take(self._last())

    def _take(self, key: str) -> None:
        if key == self.key:
            self.changed.emit()
            return
        self.key = key
        if not key:
            self._show(None)
        elif self._kept.recording(key) is not None:
            self._opened(key)
        self.changed.emit()

    def _opened(self, key: str) -> None:
        if key != self.key:
            return
        recording = self._kept.recording(key)
        if recording is not None:
            from gui.charts.ghost import Ghost

            self._show(Ghost(recording, title_of(self._names, recording)))

    def _show(self, ghost: "Ghost | None") -> None:
        for chart in self.charts:
            chart.show_ghost(ghost)
