"""Locks that can be watched: who waits for which, and who holds it, stands in shared memory while the waiting lasts.

A lock is taken without blocking where that is possible; only where it is not does the lane note what it waits for. Holders stand
in the run's table (`workers.telemetry.table`), what lanes wait for in their rings. The table also says when a lock was given back:
there a wait for it ends, for what its new holder waits for from then on is a core, or the GIL.
"""

from types import TracebackType
from typing import Any

from workers.telemetry import recorder, waiting_async
from workers.telemetry.clock import now
from workers.telemetry.table import table
from workers.telemetry.waiting import TAKE, KeptOut, used, wait


class Watched:
    """A lock, semaphore or condition of threading or multiprocessing, watched. Picklable where the inner one is."""

    def __init__(self, inner: Any, number: int, *, exclusive: bool) -> None:
        """`number` from 1 in the table; 0: unwatched, the table is full. `exclusive`: one holder at most, who is noted."""
        self.inner = inner
        self._number = number
        self._exclusive = exclusive and number > 0
        self._kept_out = KeptOut() if self._exclusive else None
        self._depth = 0

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        """As the inner one's; `timeout=None` waits without a limit. Raises DeadlockBroken where the wait is broken off."""
        if not self.inner.acquire(False) and not (
            blocking and wait(self._number, TAKE, self._attempt, timeout, kept_out=self._kept_out)
        ):
            return False
        if self._kept_out is not None:
            self._depth += 1  # only the holder gets here
            lane = recorder.current()
            if lane is not None and self._depth == 1:
                table().set_holder(self._number, lane.number)
                self._kept_out.answer(lane.number)
        return True

    def _attempt(self, seconds: float | None) -> bool:
        return bool(self.inner.acquire(True) if seconds is None else self.inner.acquire(True, seconds))

    def release(self) -> None:
        """As the inner one's."""
        if self._exclusive:
            self._depth -= 1
            if self._depth == 0:
                table().set_holder(self._number, 0)
                given_back(self._number)
        else:
            used(self._number)
            given_back(self._number)
        self.inner.release()

    def __enter__(self) -> "Watched":
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


class WatchedAsync:
    """A lock or semaphore of asyncio, watched. The lanes are coroutines of one event loop."""

    def __init__(self, inner: Any, number: int, *, exclusive: bool) -> None:
        """See `Watched`."""
        self.inner = inner
        self._number = number
        self._exclusive = exclusive and number > 0
        self._kept_out = KeptOut() if self._exclusive else None

    async def acquire(self) -> bool:
        """As the inner one's. Raises DeadlockBroken where the wait is broken off."""
        # One that has been given back belongs to the next in its line, who has not run since: the caller waits for that one.
        if self.inner.locked() or getattr(self.inner, "_waiters", None):
            await waiting_async.wait(self._number, TAKE, self.inner.acquire(), self._kept_out)
        else:
            await self.inner.acquire()
        lane = recorder.current()
        if self._kept_out is not None and lane is not None:
            table().set_holder(self._number, lane.number)
            self._kept_out.answer(lane.number)
        return True

    def release(self) -> None:
        """As the inner one's."""
        if self._exclusive:
            table().set_holder(self._number, 0)
        else:
            used(self._number)
        given_back(self._number)
        self.inner.release()

    async def __aenter__(self) -> "WatchedAsync":
        await self.acquire()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def given_back(number: int) -> None:
    """Note when; nothing where it is unwatched."""
    if number:
        table().set_released(number, now())
