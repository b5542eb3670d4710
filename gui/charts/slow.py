"""SlowChart: a chart of figures to be read. It follows a run four times a second, and less often where that takes long."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.charts.base import Chart
from gui.charts.saving import Piece
from gui.paced import Paced, Step
from gui.theme import ThemeSource
from workers.insight.store import RunStore

EVERY_S = 0.25
_DUTY = 8
"""Bringing it up to date may take one part in so many of the time."""


class SlowChart(Chart):
    """Its parts paint by themselves; `_redraw` gives them new figures, or `_steps` does. Out of sight it does nothing."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._paced = Paced(self, self._now, self._steps, EVERY_S, _DUTY, self.isVisible)

    def show_store(self, store: RunStore) -> None:
        """Show this store from now on."""
        self._paced.forget()
        super().show_store(store)

    def refresh(self) -> None:
        """Follow the store, at most four times a second, and at once when a run begins or ends."""
        self._paced.refresh()

    def update_now(self) -> None:
        """Follow the store at once, seen or not."""
        self._paced.update_now()

    def pieces(self) -> list[Piece]:
        """A saved picture shows what is known at that moment."""
        self.update_now()
        return super().pieces()

    def _steps(self, whole: bool) -> Sequence[Step]:
        """What brings it up to date, each short enough for a frame. `whole`: all that has come by now must be in it."""
        return (self._redraw, self.show_which)

    def _now(self) -> tuple[object, ...]:
        store = self._store
        return (store, store.started, store.ended is None, store.phase, self.ghost, self._state(), store.revision)
