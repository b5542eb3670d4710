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
        said(str): why there is nothing to be seen of the one that was asked for.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(
        self,
        kept: KeptRuns,
        names: RunNames,
        drawn: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """`drawn`: whether there is a run that charts have something of."""
        super().__init__(parent)
        self.charts: list[Haunted] = []
        self.mode = NONE
        self.key = ""
        """Id of the run that is, or is to be, the ghost; empty for none."""
        self._kept, self._names, self._drawn = kept, names, drawn
        self._shown = ""
        """Under which id the run on show is kept; empty where it is not."""
        self._asked = False
        """Whether somebody has just asked for the last run, and is to be told where there is nothing to be seen of it."""
        kept.opened.connect(self._opened)
        kept.kept.connect(self._ended)
        kept.changed.connect(self._follow_list)

    def choose(self, mode: str, key: str = "") -> None:
        """NONE, LAST, or CHOSEN with the id of a run."""
        self.mode = mode
        self._asked = False
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

    def ask_last(self) -> None:
        """Make the last run the ghost; where nothing is to be seen of it, say why. Reads the list, which other windows may have changed."""
        self.choose(LAST)
        self._asked = True
        if self._kept.looked:
            self._tell()
        self._kept.look()

    def begin(self) -> None:
        """A run begins: the last one is the one before it."""
        self._shown = ""
        if self.mode == LAST:
            self._take(self._last())

    def _last(self) -> str:
        """The newest run that is not the one on show."""
        runs = [
            kept for kept in self._kept.runs if kept.id != self._shown and kept.figures["throughput_per_s"] is not None
        ]
        return runs[0].id if runs else ""

    def _ended(self, key: str) -> None:
        self._shown = key

    def _follow_list(self) -> None:
        if self.key and self._kept.looked and all(kept.id != self.key for kept in self._kept.runs):
            self.choose(NONE if self.mode == CHOSEN else self.mode)  # it was deleted
        elif self.mode == LAST and not self.key:
            self._take(self._last())
        self._tell()

    def _tell(self) -> None:
        """Say, once, why nothing is to be seen of the last run."""
        if not self._asked:
            return
        self._asked = False
        last = next((kept for kept in self._kept.runs if kept.id == self.key), None)
        if last is None and not self._kept.keeps:
            self.said.emit(self.tr("No ghost: the settings (Ctrl+,) say that no run is kept."))
        elif last is None:
            self.said.emit(self.tr("No ghost yet: no earlier run with figures is kept. The next run will have one."))
        elif not self._drawn():
            text = self.tr("{0} will be the ghost of the next run: of this one there is no curve to lay it behind.")
            self.said.emit(text.format(title_of(self._names, last)))

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
