"""SlowChart: a chart of figures to be read. It follows a run four times a second, and less often where that takes long."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gui.charts.base import Chart
from gui.charts.saving import Piece
from gui.theme import ThemeSource

EVERY_S = 0.25
_DUTY = 8
"""Bringing it up to date may take one part in so many of the time."""


class SlowChart(Chart):
    """Its parts paint by themselves; `_redraw` gives them new figures. Out of sight it does nothing."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rests_until = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Follow the store, at most four times a second, and at once when a run begins or ends."""
        if not self.isVisible():
            return
        now = self._now()
        if now == self._drawn:
            return
        wait = self._rests_until - time.monotonic()
        # All but the last item, the revision: another run, another page.
        if isinstance(self._drawn, tuple) and self._drawn[:-1] == now[:-1] and wait > 0:
            # The frame clock may stop before the wait is over: the last state is shown all the same.
            if not self._later.isActive():
                self._later.start(int(wait * 1000) + 1)
            return
        self.update_now()

    def update_now(self) -> None:
        """Follow the store at once, seen or not."""
        now = self._now()
        if now == self._drawn:
            return
        self._later.stop()
        self._drawn = now
        begun = time.perf_counter()
        self._redraw()
        self.show_which()
        self._rests_until = time.monotonic() + max(EVERY_S, (time.perf_counter() - begun) * _DUTY)

    def pieces(self) -> list[Piece]:
        """A saved picture shows what is known at that moment."""
        self.update_now()
        return super().pieces()

    def _now(self) -> tuple[object, ...]:
        store = self._store
        return (store, store.started, store.ended is None, store.phase, self.ghost, self._state(), store.revision)
