"""The one clock that everything drawn follows: 60 frames a second while something moves, none at rest."""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FRAME_MS = 16
NUMBERS_EVERY = 6
"""Counters change every sixth frame: ten times a second is as fast as one can read."""
BUDGET_S = 0.0015
"""Refreshing may take this long in a frame before the rest waits for the next one."""
AFTERGLOW_S = 1.6
"""The clock goes on this long after the last change: highlights fade, tables catch up."""


class Part(Protocol):
    """What can be refreshed: returns at once where nothing is new."""

    def refresh(self) -> None:
        """Draw what is new."""

    def isVisible(self) -> bool:
        """Whether anyone sees it."""


class FrameClock(QObject):
    """Refreshes the visible parts.

    Signals:
        frame(): a frame is done.
        numbers(): it is time for counters.
    """

    frame = Signal()
    numbers = Signal()

    def __init__(self, active: Callable[[], bool], parent: QObject | None = None) -> None:
        """`active` says whether a run is on."""
        super().__init__(parent)
        self.parts: list[Part] = []
        self._active = active
        self._frames, self._next, self._awake_until, self._closed = 0, 0, 0.0, False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Whether it ticks at present."""
        return self._timer.isActive()

    def wake(self) -> None:
        """Something changed."""
        self._awake_until = time.monotonic() + AFTERGLOW_S
        if not self._timer.isActive() and not self._closed:
            self._timer.start()

    def refresh_all(self) -> None:
        """Every part, seen or not: the run is over, and what it left must stand."""
        for part in list(self.parts):
            self._refresh(part)

    def close(self) -> None:
        """Tick no more."""
        self._closed = True
        self._timer.stop()

    def reopen(self) -> None:
        """Tick again when something changes."""
        self._closed = False

    def _tick(self) -> None:
        self._refresh_some()
        self._frames += 1
        self.frame.emit()
        if self._frames % NUMBERS_EVERY == 0:
            self.numbers.emit()
        if not self._active() and time.monotonic() > self._awake_until:
            self._timer.stop()

    def _refresh_some(self) -> None:
        # The strips are drawn anew ten times a second and the table four times: what does not fit into this frame comes
        # first in the next, so that no frame carries them all.
        begun = time.perf_counter()
        for _ in range(len(self.parts)):
            if not self.parts or time.perf_counter() - begun > BUDGET_S:
                return
            part = self.parts[self._next % len(self.parts)]
            self._next = (self._next + 1) % len(self.parts)
            if part.isVisible():
                self._refresh(part)

    def _refresh(self, part: Part) -> None:
        try:
            part.refresh()
        except Exception:
            # Said once, not sixty times a second; the other parts go on.
            self.parts = [other for other in self.parts if other is not part]
            raise
