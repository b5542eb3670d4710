"""The start of a run: every worker says that it is ready, whatever it is, and all of them are let go at once."""

import os
import select
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any

from workers.engine import interpreter, worker
from workers.plugin import POLL_S
from workers.telemetry.clock import now

if TYPE_CHECKING:  # a Python without semaphores cannot import it, and its threads need none
    from multiprocessing.synchronize import Event, Semaphore

READY_S = 120.0
"""How long workers may take to come up: 10,000 spawned interpreters would take longer, and are refused before."""


class Gate:
    """Threads release a semaphore and wait for an event; so do processes, with those of multiprocessing; sub-interpreters use pipes."""

    def __init__(self) -> None:
        self._threads_ready = threading.Semaphore(0)
        self._threads_go = threading.Event()
        self._processes: tuple[Semaphore, Event] | None = None
        self._pipes: tuple[int, int, int, int] | None = None

    def for_processes(self, mp: BaseContext) -> "tuple[Semaphore, Event]":
        """What each worker process releases when it is ready, and the event that lets them go. From here on they are waited for."""
        if self._processes is None:
            self._processes = mp.Semaphore(0), mp.Event()
        return self._processes

    def for_interpreters(self) -> None:
        """From here on sub-interpreters are waited for."""
        if self._pipes is None:
            self._pipes = (*os.pipe(), *os.pipe())
            os.set_blocking(self._pipes[0], False)

    def thread_is_ready(self) -> None:
        """Called by a worker thread."""
        self._threads_ready.release()

    def hold(self) -> Callable[[], None]:
        """The task that each worker of an executor is given first: wait until all of them are there."""
        if self._pipes is not None:
            return partial(interpreter.hold, self._pipes[1], self._pipes[2])
        return worker.hold if self._processes is not None else self._hold

    def let_go(self) -> None:
        """All of them, whether they are there or not."""
        if self._processes is not None:
            self._processes[1].set()
        self._threads_go.set()
        if self._pipes is not None and self._pipes[3] >= 0:
            os.close(self._pipes[3])
            self._pipes = (*self._pipes[:3], -1)

    def await_ready(
        self, workers: int, held: list[Any], check: Callable[[], None], stopping: Callable[[], bool]
    ) -> int | None:
        """Until so many workers have said that they are ready, or Stop was asked. `check` is called again and again meanwhile.

        `held`: the futures of the first tasks; raises what one of them raised. Returns how many were ready after READY_S, if not all.
        """
        acquire: Callable[..., bool]
        if self._pipes is not None:
            acquire = self._interpreter_is_ready
        else:
            acquire = (self._processes[0] if self._processes is not None else self._threads_ready).acquire
        end = now() + int(READY_S * 1e9)
        for count in range(workers):
            while not acquire(timeout=POLL_S):
                check()
                for future in held:
                    if future.done():
                        future.result(timeout=0)  # raises what kept the workers from coming up
                if stopping():
                    return None
                if now() > end:
                    return count
        return None

    def _interpreter_is_ready(self, timeout: float) -> bool:
        assert self._pipes is not None
        return bool(select.select([self._pipes[0]], [], [], timeout)[0] and os.read(self._pipes[0], 1))

    def _hold(self) -> None:
        self._threads_go.wait(worker.GATE_S)
