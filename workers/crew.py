"""Workers that come and go while a run is under way: as many as `ctx.active` says, all of them taking from one line of tasks."""

import multiprocessing
import queue
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

from workers.contract.marks import SHOWN
from workers.contract.spans import SpanKind
from workers.tasks import POLL_S, WorkerLost
from workers.telemetry.clock import now

if TYPE_CHECKING:
    from workers.plugin import RunContext


class Line(Protocol):
    """Where tasks wait: queue.Queue and its kin, multiprocessing.Queue, a manager's queue."""

    def put(self, item: Any, block: bool = True, timeout: float | None = None, /) -> None:
        """Add `item`. Raises queue.Full where there is no room within `timeout` seconds."""

    def put_nowait(self, item: Any, /) -> None:
        """Add `item`. Raises queue.Full where there is no room."""

    def get(self) -> Any:
        """The next item, as soon as there is one."""

    def get_nowait(self) -> Any:
        """The next item. Raises queue.Empty where there is none."""


class Permits(Protocol):
    """A semaphore, of threads or of processes."""

    def acquire(self, blocking: bool = True, /) -> bool:
        """Take a permit. Without `blocking`: whether there was one."""

    def release(self) -> None:
        """Give a permit."""


def taken(line: Line, leave: Permits, nudge: Any = None) -> Iterator[Any]:
    """In a worker: what it takes from `line`, one item after the other, until it is given leave.

    A worker that is wanted no longer goes after its task, not when all that waits before it is done: so it looks for leave
    each time, and one that sleeps because nothing is there is woken by a `nudge`.
    """
    while not leave.acquire(False):
        item = line.get()
        if item != nudge:
            yield item


def process_hire(ctx: "RunContext", target: Callable[..., None], *args: Any) -> Callable[[], BaseProcess]:
    """What starts a worker process: `target(*args, enter, initargs)`, which begins with `enter(*initargs)`."""
    initargs = ctx.process_initargs

    def hire() -> BaseProcess:
        process: BaseProcess = ctx.mp.Process(  # type: ignore[attr-defined]
            target=target, args=(*args, ctx.enter_process, (*initargs, now())), daemon=True
        )
        process.start()
        return process

    return hire


class Crew:
    """The workers at one line. `fit` hires and dismisses; it is called at least every POLL_S and costs little."""

    def __init__(
        self,
        ctx: "RunContext",
        hire: Callable[[], Thread | BaseProcess],
        line: Line,
        leave: Permits,
        nudge: Any = None,
    ) -> None:
        self._ctx = ctx
        self._hire = hire
        self._line = line
        self._leave = leave
        self._nudge = nudge
        self._there: list[Thread | BaseProcess] = []
        self._leaving = 0
        """Permits to leave that were given and have not been seen used."""
        self._nudges = 0
        """Nudges that the line had no room for."""
        self._fitted = (0, 0.0)

    def start(self) -> None:
        """Hire as many as workers were asked for; once they are ready, start the clock."""
        self._ctx.start_clock(self._hire_first)

    def _hire_first(self, hold: Callable[[], None]) -> "Crew":
        self._there.append(self._hire())
        return self

    def done(self) -> bool:
        """Never; asked while the others come up, so that one who has ended instead is noticed."""
        self._look()
        return False

    def result(self, timeout: float) -> None:
        """Nothing."""

    def fit(self) -> None:
        """Hire or dismiss until there are as many as are to be active."""
        active, at = self._ctx.active, time.monotonic()
        if active == self._fitted[0] and at - self._fitted[1] < POLL_S:
            return  # looking costs a system call a process
        self._fitted = active, at
        self._look()
        staying = len(self._there) - self._leaving
        for _ in range(active - staying):
            if self._leaving and self._leave.acquire(False):
                self._leaving -= 1  # nobody has used that permit yet: it is void
            else:
                self._there.append(self._hire())
        self._dismiss(staying - active)

    def farewell(self) -> None:
        """Let everybody go and wait until they are gone. Nothing may be left in the line."""
        self._dismiss(len(self._there) - self._leaving)
        self._ctx.wait(SpanKind.JOIN, 0, self._gone)

    def _gone(self, seconds: float) -> bool:
        self._send_nudges()
        if self._there:
            self._there[0].join(seconds)
            for worker in self._look():
                self._ctx.mark("joined", f"joined {_who(worker)}", limit=SHOWN)
        return not self._there

    def _dismiss(self, number: int) -> None:
        if number > 0:
            self._ctx.allow_exits()
            for _ in range(number):
                self._leave.release()
            self._leaving += number
            self._nudges += number
        self._send_nudges()

    def _send_nudges(self) -> None:
        """Where the line is full nobody sleeps at it; once it is not, somebody may."""
        try:
            while self._nudges:
                self._line.put_nowait(self._nudge)
                self._nudges -= 1
        except queue.Full:
            pass

    def _look(self) -> list[Thread | BaseProcess]:
        """See who has gone. Raises WorkerLost for one who had no leave to."""
        gone = [worker for worker in self._there if not worker.is_alive()]
        for worker in gone:
            self._there.remove(worker)
            self._leaving -= 1
            code = worker.exitcode if isinstance(worker, BaseProcess) else 0
            if code or self._leaving < 0:
                multiprocessing.active_children()  # sees who else has ended: it may be a manager, and the cause
                self._ctx.check_workers()
                who = f"PID {worker.pid}" if isinstance(worker, BaseProcess) else worker.name
                raise WorkerLost(
                    f"Worker {who} ended with exit code {code} before it was told to: the task that it had taken is lost; "
                    "start the run again."
                )
        return gone


def _who(worker: Thread | BaseProcess) -> str:
    return f"PID {worker.pid} ({worker.name})" if isinstance(worker, BaseProcess) else f"thread {worker.name}"
