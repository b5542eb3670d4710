"""Paced: brings a part up to date now and then, in steps that are short enough for a frame each, and lets it rest in between."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

STEP_MS = 40
"""Frames may come no more: then the next step is taken after so long."""

Step = Callable[[], object]


class Paced(QObject):
    """Belongs to one part, which calls `refresh` in each frame in which it can be seen."""

    def __init__(
        self,
        part: QObject,
        now: Callable[[], tuple[object, ...]],
        steps: Callable[[bool], Sequence[Step]],
        every_s: float,
        duty: int,
        seen: Callable[[], bool],
    ) -> None:
        """`now`: what the part shows depends on; the last item changes with all that comes. `seen`: whether anyone sees it.

        `steps`: what is to be done one after the other; asked with True where all that has come by now must be shown.
        They are taken every `every_s` seconds at most, and take one part in `duty` of the time at most.
        """
        super().__init__(part)
        self._now, self._steps, self._every_s, self._duty, self._seen = now, steps, every_s, duty, seen
        self._shown: tuple[object, ...] | None = None
        self._whole = False
        """Whether all that had come by then is shown."""
        self._due: list[Step] = []
        self._stepping = False
        """What is done in a step may lay the part out anew, which asks it to refresh."""
        self._took_s = 0.0
        self._rests_until = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)

    def forget(self) -> None:
        """What is shown is of something else: begin anew."""
        self._shown = None

    def refresh(self) -> None:
        """Take a step where one is due, and all of them where more has changed than what keeps coming: another run, another page.

        Out of sight it does nothing.
        """
        now = self._now()
        if self._stepping or (now == self._shown and not self._due) or not self._seen():
            return
        if self._shown is None or self._shown[:-1] != now[:-1]:
            self.update_now()
            return
        if not self._due:
            wait = self._rests_until - time.monotonic()
            if wait > 0:
                # The frame clock may stop before the wait is over: the last state is shown all the same.
                if not self._later.isActive():
                    self._later.start(int(wait * 1000) + 1)
                return
            self._begin(now, whole=False)
        self._step()
        if self._due:
            self._later.start(STEP_MS)

    def update_now(self) -> None:
        """All steps at once, seen or not."""
        now = self._now()
        if self._stepping or (now == self._shown and self._whole and not self._due):
            return
        self._begin(now, whole=True)
        while self._due:
            self._step()

    def _begin(self, now: tuple[object, ...], whole: bool) -> None:
        self._later.stop()
        self._shown, self._whole, self._took_s = now, whole, 0.0
        self._due = list(self._steps(whole))

    def _step(self) -> None:
        begun, step = time.perf_counter(), self._due.pop(0)
        self._stepping = True
        try:
            step()
        except Exception:
            self._due = []
            raise
        finally:
            self._stepping = False
        self._took_s += time.perf_counter() - begun
        if not self._due:
            self._rests_until = time.monotonic() + max(self._every_s, self._took_s * self._duty)
