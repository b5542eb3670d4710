"""Lane: who executes, and the recording of what it does. A thread's is found by `workers.telemetry.recorder`."""

import os
import threading
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from workers.contract.spans import AWAITED, HOLDER_SHIFT, SpanKind
from workers.telemetry import breaking
from workers.telemetry.clock import now
from workers.telemetry.header import (
    ASKED,
    BREAK,
    CHECKSUM,
    CURRENT,
    FAILED_BIT,
    HELD_BY,
    INNER,
    LEFT,
    NAP,
    NAP_SINCE,
    PICKLED,
    PROCESS_CPU,
    QUEUED_SHIFT,
    READY_CPU,
    READY_RUN_QUEUE,
    RUN_QUEUE,
    STANDS_SHIFT,
    TASK_SINCE,
    TEXT_DROPS,
    TRIED,
    UNPICKLED,
    UNSEEN,
    WAIT_HOW,
    WAIT_SINCE,
    WAITING,
)
from workers.telemetry.here import here
from workers.telemetry.ring import Ring
from workers.telemetry.writers import CPU_EVERY_NS, added, read_cpu, unrecorded, writers

SHOWN_NS = 50_000
"""What is shorter, of pickling and sleeping, is summed up without a span: those would outnumber the tasks."""
_OURS = (__file__, writers.__code__.co_filename)


class TaskFailed(Exception):
    """A task raised; its traceback has gone to the text channel. Carries one line, so it can always be pickled."""


class TaskCut(Exception):
    """Stop cut a task off. What a lane makes of TaskInterrupted: an Exception, so that no pool loses its worker over it."""


class TaskInterrupted(BaseException):
    """SIGINT reached a task during Stop. Not an Exception: a task's own `except Exception` must not swallow it."""


class Lane:
    """The calling thread's lane. Without a ring (file system full) it works on and records nothing."""

    def __init__(self, ring: Ring | None, name: str = "", role: str = "worker") -> None:
        self._ring = ring
        self.name = name
        self.role = role
        self.own: Any = None
        """Of a coroutine's lane: the asyncio task that runs its task at present."""
        self.tid = threading.get_native_id()
        self._words: Any
        self._words, self.emit, self.carry = (ring.words, ring.emit, ring.carry) if ring else unrecorded()
        """`carry` runs a task and records it: see `workers.telemetry.writers`."""
        self._cpu_read = now()
        self._thread = threading.get_ident()
        self._asleep_in = 0
        self._asleep = 0
        self._asleep_since = self._asleep_until = 0
        self.number = ring.number + 1 if ring else 0
        """Its ring's number and 1; 0 for a lane without."""

    def is_here(self) -> bool:
        """Whether the calling thread is the lane's."""
        return self._thread == threading.get_ident()

    @property
    def busy(self) -> bool:
        """Whether a task is being run."""
        return bool(self._words[CURRENT])

    async def call_async(
        self,
        work: Callable[..., Awaitable[Any]],
        checksum: Callable[[Any], int | None] | None,
        index: int,
        submitted_ns: int,
        args: tuple[Any, ...],
    ) -> Any:
        """As `carry`, for a coroutine function: other coroutines of the loop go on whenever it awaits."""
        words = self._words
        start = words[TASK_SINCE] = now()
        words[CURRENT] = index + 1
        try:
            result = await work(*args)
            end = now()
            if end - self._cpu_read >= CPU_EVERY_NS:
                self.read_cpu(end)
                if words[ASKED]:
                    self.obey()
                    end = now()
            if checksum is not None:
                words[CHECKSUM] = added(words[CHECKSUM], checksum(result))
        except BaseException as error:
            self.fail(error, index, submitted_ns, start)
            raise
        self.emit(_queued(submitted_ns, start), index, start, end)
        words[CURRENT] = 0
        return result

    def obey(self) -> None:
        """Do what this lane was asked to do to itself. Raises what it was asked to raise."""
        breaking.obey(self._words)

    def fail(self, error: BaseException, index: int, submitted_ns: int, start: int) -> None:
        """Record a task that raised.

        Raises TaskFailed, or TaskCut where Stop cut it off; returns for what must go on as it is, such as SystemExit.
        """
        end = now()
        # asyncio cancels only what Stop cuts off.
        cut = isinstance(error, TaskInterrupted) or (here.interrupted and type(error).__name__ == "CancelledError")
        what = int(SpanKind.CUT) if cut else SpanKind.TASK | FAILED_BIT
        self.emit(what | _queued(submitted_ns, start), index, start, end)
        self._words[CURRENT] = 0
        self.read_cpu(end)
        if cut:
            raise TaskCut(f"task {index} was cut off by Stop") from None
        report_failure(index, error)
        here.exiting = not isinstance(error, Exception)
        if not here.exiting:
            raise TaskFailed(f"task {index}: {type(error).__name__}: {_first_line(error)}") from None

    def wait(self, kind: SpanKind, task: int, start: int, end: int) -> None:
        """Record that this lane waited."""
        self.emit(int(kind), task, start, end)

    def wait_for(self, place: int, holder: int = 0, how: int = 0) -> int:
        """Note for everyone to see that this lane waits for what has this place, from 1, in the shared table. Returns the time.

        `holder` is the `number` of the lane that has it, where that is known; `how`: see `workers.telemetry.waiting`.
        """
        words = self._words
        start = words[WAIT_SINCE] = now()
        words[WAIT_HOW], words[TRIED], words[HELD_BY] = how, 0, holder
        words[WAITING] = place
        return start

    def kept_out_by(self, start: int, holder: int) -> None:
        """What the wait that began at `start` is for was held then by the lane of this number. Of an earlier wait: nothing.

        Any thread of the process may call it.
        """
        words = self._words
        if words[WAITING] and words[WAIT_SINCE] == start and not words[HELD_BY]:
            words[HELD_BY] = holder

    def tried(self) -> None:
        """Note that the wait was in vain up to now: what it is for was looked at again."""
        self._words[TRIED] = now()

    def broken(self, start: int) -> bool:
        """Whether the wait that began at `start` is to be broken off."""
        return bool(self._words[BREAK] == start)

    def wait_over(self, start: int, kind: SpanKind, holder: int = 0, granted_ns: int = 0) -> None:
        """The wait that `wait_for` noted is over: record it, as part of the task under way (number -1: of none).

        `holder` is who held it at its start, for when that was found out only now. `granted_ns` is when it could be had; what passed since
        is no wait for it, but for a core or the GIL. 0: only now.
        """
        end = now()
        words = self._words
        which = (words[WAITING] | (words[HELD_BY] or holder) << HOLDER_SHIFT) << QUEUED_SHIFT
        words[WAITING] = words[WAIT_HOW] = 0
        self.emit(kind | which, words[CURRENT] - 1, start, min(end, max(granted_ns, start)) if granted_ns else end)

    def stand(self, how: int, kind: int = 0) -> None:
        """Note that this lane waits until any of those that it has handed tasks to has something for it; 0: no longer.

        `kind` is what it will record of that.
        """
        self._words[WAIT_SINCE] = now()
        self._words[TRIED] = 0
        self._words[WAIT_HOW] = how | kind << STANDS_SHIFT

    def inner(self, running: bool) -> None:
        """Note whether the lane runs what another task has submitted, which is no task of the run."""
        self._words[INNER] = int(running)

    def naps(self, until_ns: int, since_ns: int = 0) -> None:
        """Note that the task under way sleeps until then; 0: no longer."""
        self._words[NAP_SINCE] = since_ns
        self._words[NAP] = until_ns

    def slept(self, start: int, wanted: float) -> None:
        """The task under way has slept since `start`, for `wanted` seconds or less.

        What it took longer is no sleep: it waited for a core, or for the GIL.
        """
        end = min(now(), start + round(wanted * 1e9))
        if end - start >= SHOWN_NS:
            self.emit(int(SpanKind.IO), self._words[CURRENT] - 1, start, end)

    def falls_asleep(self, seconds: float) -> int:
        """The task under way, or an asyncio task that it has made, sleeps in the event loop. Returns what `wakes_up` is to be told.

        Where several sleep at once, as in a `gather`, it is one wait: from the first one's start to the last one's end.
        """
        words, start = self._words, now()
        which = int(words[CURRENT])
        if self._asleep_in != which or not self._asleep:
            self._asleep_in, self._asleep, self._asleep_since, self._asleep_until = which, 0, start, 0
        self._asleep += 1
        self._asleep_until = max(self._asleep_until, start + round(seconds * 1e9))
        words[NAP_SINCE], words[NAP] = -self._asleep_since, self._asleep_until
        return which

    def wakes_up(self, which: int) -> None:
        """One that fell asleep sleeps no longer. What it slept longer than it wanted it waited for its turn in the loop."""
        if which != self._asleep_in or which != self._words[CURRENT]:
            return  # its task has ended without it
        self._asleep -= 1
        if self._asleep:
            return
        self._words[NAP] = 0
        end = min(now(), self._asleep_until)
        if end - self._asleep_since >= SHOWN_NS:
            self.emit(SpanKind.IO | AWAITED << QUEUED_SHIFT, which - 1, self._asleep_since, end)

    def crossed(self, kind: SpanKind, size: int, start: int, end: int) -> None:
        """A message of `size` bytes was pickled or unpickled (`kind`)."""
        words = self._words
        at = PICKLED if kind is SpanKind.PICKLE else UNPICKLED
        words[at] += 1
        words[at + 1] += size
        words[at + 2] += end - start
        if end - start >= SHOWN_NS:
            self.emit(kind | size << QUEUED_SHIFT, words[CURRENT] - 1, start, end)
        else:
            words[UNSEEN] += end - start

    def read_cpu(self, t_ns: int) -> None:
        """Note the CPU time used so far."""
        self._cpu_read = t_ns
        read_cpu(self._words)

    def ready(self) -> None:
        """Note that the process is ready: the CPU time that it has used so far is not the run's."""
        self.read_cpu(now())
        self._words[READY_CPU] = self._words[PROCESS_CPU]
        self._words[READY_RUN_QUEUE] = run_queue_ns()

    def lose_text(self, frames: int) -> None:
        """Count frames of text that found the channel full."""
        self._words[TEXT_DROPS] += frames

    def leave(self) -> None:
        """End the lane."""
        if self._ring is not None:
            self.read_cpu(now())
            self._words[LEFT] = self._cpu_read
            self._words[RUN_QUEUE] = run_queue_ns()
            self._words, self.emit, self.carry = unrecorded()
            self._ring.close()
            here.rings.discard(self._ring)
            self._ring = None


def report_failure(index: int, error: BaseException) -> None:
    """Send a task's traceback, without our own frames at its top."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename in _OURS:
        trace = trace.tb_next
    lines = traceback.format_exception(type(error), error, trace, limit=-20)
    here.say("failure", f"task {index}\n" + "".join(lines).rstrip())


def run_queue_ns() -> int:
    """How long the calling thread has waited for a core since its birth; 0 where the system does not tell. Takes 10 us."""
    try:
        fd = os.open("/proc/thread-self/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        return int(os.read(fd, 64).split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    finally:
        os.close(fd)


def _queued(submitted_ns: int, start: int) -> int:
    return max(0, start - submitted_ns) // 1000 << QUEUED_SHIFT


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200]


def as_coroutine(work: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    """`work` for an event loop, which it blocks."""

    async def blocking(*args: Any) -> Any:
        here.blocking = True
        try:
            return work(*args)
        finally:
            here.blocking = False

    return blocking
