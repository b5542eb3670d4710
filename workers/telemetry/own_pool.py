"""A task's door to the pool that it runs in: what it submits waits there for a free worker like everything else."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for_futures
from functools import partial
from typing import Any

from workers.telemetry import recorder, waiting
from workers.telemetry.table import ENDED, RESULT, table


class OwnPool:
    """The pool of threads that runs the tasks."""

    def __init__(self, number: Callable[[str, int], int], free: Callable[[int], None]) -> None:
        """`number(name, kind)` gives a place in the table (0: it is full), `free` takes it back."""
        self._number, self._free = number, free
        self._submit: Callable[..., Future[Any]] | None = None

    def connect(self, submit: Callable[..., "Future[Any]"]) -> None:
        """Say how the model's executor is submitted to."""
        self._submit = submit

    def submit(self, work: Callable[..., Any], *args: Any) -> "OwnFuture":
        """Have `work(*args)` run by the pool. Raises RuntimeError before the clock has started."""
        if self._submit is None:
            raise RuntimeError("The pool is not up yet: submit from a task.")
        place = _Place(self._number(f"the result of {work.__name__}", RESULT), self._free)
        return OwnFuture(self._submit(partial(_run, place, work, args)), place)


class _Place:
    """A place in the table, given back once neither the waiting nor the pool needs it."""

    def __init__(self, number: int, free: Callable[[int], None]) -> None:
        self.number, self._free = number, free

    def held_by(self, lane: int) -> None:
        if self.number:
            table().set_holder(self.number, lane)

    def __del__(self) -> None:
        if self.number:
            self._free(self.number)


def _run(place: _Place, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """In the worker that has become free."""
    lane = recorder.current()
    if lane is None:
        return work(*args)
    lane.inner(True)
    place.held_by(lane.number)
    try:
        return work(*args)
    finally:
        place.held_by(ENDED)
        lane.inner(False)


class OwnFuture:
    """What `OwnPool.submit` gives."""

    def __init__(self, future: "Future[Any]", place: _Place) -> None:
        self._future, self._place = future, place

    def result(self, timeout: float | None = None) -> Any:
        """As that of a Future. Raises TimeoutError, what the work raised, and DeadlockBroken where the wait is broken off."""
        if not self._future.done() and not waiting.wait(self._place.number, waiting.AWAIT, self._done, timeout):
            raise TimeoutError
        return self._future.result(timeout=0)

    def _done(self, seconds: float | None) -> bool:
        return not wait_for_futures((self._future,), seconds).not_done
