"""Lanes: who executes in this process, and the recording of what they do.

A thread enters as a lane once (`enter`), and leaves when it ends. `perform` runs one task and records its span.
"""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from time import process_time_ns, thread_time_ns
from typing import Any

from workers.contract.spans import AWAITED, HOLDER_SHIFT, SpanKind
from workers.telemetry import breaking
from workers.telemetry.clock import now
from workers.telemetry.ring import (
    ASKED,
    BREAK,
    CHECKSUM,
    CHECKSUM_MASK,
    CHECKSUM_UNKNOWN,
    CPU,
    CURRENT,
    FAILED_BIT,
    GIL,
    GIL_OFF,
    GIL_ON,
    HELD_BY,
    INNER,
    INTERPRETER,
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
    Emit,
    Ring,
    Rings,
)
from workers.telemetry.text import LaneStream, TextChannel

STOPPING = "stopping"
"""File in the run directory that says that signals are meant."""
STACKS = getattr(signal, "SIGUSR2", signal.SIGTERM)
"""Asks a process of a run for the stacks of its threads; they come on its stderr."""
CPU_EVERY_NS = 100_000
"""Reading a thread's CPU time costs 0.8 us: after that much time at most, so it stays below one per cent."""
SHOWN_NS = 50_000
"""What is shorter, of pickling and sleeping, is summed up without a span: those would outnumber the tasks."""


class TaskFailed(Exception):
    """A task raised; its traceback has gone to the text channel. Carries one line, so it can always be pickled."""


class TaskCut(Exception):
    """Stop cut a task off. What a lane makes of TaskInterrupted: an Exception, so that no pool loses its worker over it."""


class TaskInterrupted(BaseException):
    """SIGINT reached a task during Stop. Not an Exception: a task's own `except Exception` must not swallow it."""


@dataclass(frozen=True)
class Recording:
    """Where this process records to."""

    directory: str
    ring_records: int


class Lane:
    """The calling thread's lane. Without a ring (file system full) it works on and records nothing."""

    def __init__(self, ring: Ring | None, name: str = "", role: str = "worker") -> None:
        self._ring = ring
        self.name = name
        self.role = role
        self.own: Any = None
        """Of a coroutine's lane: the asyncio task that runs its task at present."""
        self.tid = threading.get_native_id()
        self.emit: Emit = ring.emit if ring else _discard
        self._words: Any = ring.words if ring else [0] * 64
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

    def call(self, work: Callable[..., Any], index: int, submitted_ns: int, args: tuple[Any, ...]) -> Any:
        """Run `work(*args)` as task `index` and record it. Returns its result.

        Raises TaskFailed where it raised and TaskCut where Stop cut it off; SystemExit passes, as it would without us.
        """
        if _interrupted:
            raise TaskCut(f"task {index} was cut off by Stop")
        words = self._words
        start = words[TASK_SINCE] = now()
        words[CURRENT] = index + 1
        try:
            result = work(*args)
            end = now()
            if end - self._cpu_read >= CPU_EVERY_NS:
                end = self._look_up(end)
            if _checksum is not None:
                words[CHECKSUM] = _added(words[CHECKSUM], _checksum(result))
        except BaseException as error:
            self._end_badly(error, index, submitted_ns, start)
            raise  # what no pool may swallow: SystemExit and the like
        self.emit((start - submitted_ns) // 1000 << QUEUED_SHIFT if start > submitted_ns else 0, index, start, end)
        words[CURRENT] = 0
        return result

    async def call_async(
        self, work: Callable[..., Awaitable[Any]], index: int, submitted_ns: int, args: tuple[Any, ...]
    ) -> Any:
        """As `call`, for a coroutine function: other coroutines of the loop go on whenever it awaits."""
        words = self._words
        start = words[TASK_SINCE] = now()
        words[CURRENT] = index + 1
        try:
            result = await work(*args)
            end = now()
            if end - self._cpu_read >= CPU_EVERY_NS:
                end = self._look_up(end)
            if _checksum is not None:
                words[CHECKSUM] = _added(words[CHECKSUM], _checksum(result))
        except BaseException as error:
            self._end_badly(error, index, submitted_ns, start)
            raise
        self.emit(_queued(submitted_ns, start), index, start, end)
        words[CURRENT] = 0
        return result

    def _look_up(self, t_ns: int) -> int:
        """Now and then, when a task is about to end: read the CPU time, and do what was asked of the lane meanwhile. Returns when it ends.

        Never for each task: a tiny one must not pay for what is hardly ever asked.
        """
        self.read_cpu(t_ns)
        if self._words[ASKED]:
            self.obey()
            return now()
        return t_ns

    def obey(self) -> None:
        """Do what this lane was asked to do to itself. Raises what it was asked to raise."""
        asked = self._words[ASKED]
        self._words[ASKED] = 0
        breaking.carry_out(asked, lambda: _interrupted or stop_asked(), lambda kind, text: say(f"mark:{kind}", text))

    def _end_badly(self, error: BaseException, index: int, submitted_ns: int, start: int) -> None:
        """Record a task that raised. Raises TaskFailed or TaskCut; returns for what must go on as it is."""
        end = now()
        # asyncio cancels only what Stop cuts off.
        cut = isinstance(error, TaskInterrupted) or (_interrupted and type(error).__name__ == "CancelledError")
        what = int(SpanKind.CUT) if cut else SpanKind.TASK | FAILED_BIT
        self.emit(what | _queued(submitted_ns, start), index, start, end)
        self._words[CURRENT] = 0
        self.read_cpu(end)
        if cut:
            raise TaskCut(f"task {index} was cut off by Stop") from None
        report_failure(index, error)
        if isinstance(error, Exception):
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
        self._words[CPU] = thread_time_ns()
        self._words[PROCESS_CPU] = process_time_ns()
        # Looked at again and again: importing an extension that needs the GIL switches it back on.
        self._words[GIL] = GIL_ON if _gil_enabled() else GIL_OFF

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
            self.emit, self._words = _discard, [0] * 64
            self._ring.close()
            _rings.discard(self._ring)
            self._ring = None


class _Slot(threading.local):
    """The calling thread's lane. A thread's locals are dropped when it ends, and the lane with them."""

    lane: "_Holder | None" = None


class _Holder:
    """Ends its lane when the thread is gone."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._thread = threading.get_ident()
        if lane.role != "helper":
            lane_threads.add(self._thread)

    def __del__(self) -> None:
        lane_threads.discard(self._thread)
        self.lane.leave()


_slot = _Slot()
_coroutine: ContextVar[Lane | None] = ContextVar("lane", default=None)
_idle: list[Lane] = []
"""Coroutine lanes that run no task at present."""
_own: Lane | None = None
"""The lane of this sub-interpreter, which has one thread. That thread's locals do not last: they go after each call into it."""
_numbers = count(1)
_blocking = False
"""Whether a synchronous task blocks the event loop just now."""
_gil_enabled: Callable[[], bool] = getattr(sys, "_is_gil_enabled", lambda: True)
_rings: set[Ring] = set()
lane_threads: set[int] = set()
"""The threads of this process that are lanes, by what `threading.get_ident` says; not those of libraries."""
own_tasks: set[Any] = set()
"""The asyncio tasks of this process that are known: those that run tasks of the run, and the model's own."""
_claims: Rings | None = None
_work: Callable[..., Any] | None = None
_work_async: Callable[..., Awaitable[Any]] | None = None
_checksum: Callable[[Any], int | None] | None = None
_channel: TextChannel | None = None
_interrupted = False
_directory: str | None = None


def configure(recording: Recording) -> None:
    """Set where this process records to; sys.stdout and sys.stderr go to the text channel."""
    global _claims, _channel, _directory
    _directory = recording.directory
    _claims = Rings(recording.directory, recording.ring_records)
    _channel = TextChannel(recording.directory, _lose_text)
    sys.stdout = LaneStream(_channel, "stdout")
    sys.stderr = LaneStream(_channel, "stderr")


def set_work(
    work: Callable[..., Any],
    work_async: Callable[..., Awaitable[Any]] | None = None,
    checksum: Callable[[Any], int | None] | None = None,
) -> None:
    """Set what a task calls in this process, what in an event loop, and what is summed up of the results."""
    global _work, _work_async, _checksum
    _work, _work_async, _checksum = work, work_async, checksum


def scratch() -> str:
    """The run's directory, for files that must be gone when the run is, whatever happens. Raises RuntimeError outside of a run."""
    if _directory is None:
        raise RuntimeError("There is a run directory only while a run lasts.")
    return _directory


def enter(name: str = "", role: str = "worker", started_ns: int | None = None, interpreter: int = 0) -> Lane:
    """Make the calling thread a lane, unless it is one. Without `configure` it records nothing."""
    global _own
    lane = current()
    if lane is not None:
        return lane
    started = now() if started_ns is None else started_ns
    lane = _new_lane(name or threading.current_thread().name, role, started, interpreter)
    if interpreter:
        _own = lane
    else:
        _slot.lane = _Holder(lane)
    return lane


def _new_lane(name: str, role: str, started: int, interpreter: int = 0) -> Lane:
    ring = None
    if _claims is not None:
        try:
            ring = _claims.claim()
            ring.enter(name, role, started)
            ring.words[INTERPRETER] = interpreter
            _rings.add(ring)
        except FileNotFoundError:
            pass  # the run directory was swept: the run is over
        except OSError as error:
            say("mark:unrecorded", f"this lane is not recorded: {error.strerror}")
    lane = Lane(ring, name, role)
    lane.read_cpu(started)
    return lane


def current() -> Lane | None:
    """The lane of the calling coroutine or thread, if it is one."""
    lane = _coroutine.get()
    # `asyncio.to_thread` hands the context on: what runs there is no coroutine, and a ring has one writer.
    if lane is not None and lane.is_here():
        return lane
    holder = _slot.lane
    return holder.lane if holder is not None else _own


def leave() -> None:
    """End the calling thread's lane now; it would end with the thread anyway."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, LaneStream):
            stream.finish()
    while _idle:
        _idle.pop().leave()
    global _own
    holder, _slot.lane = _slot.lane, None
    lane, _own = _own if holder is None else holder.lane, None
    if lane is not None:
        lane.leave()


def perform(index: int, submitted_ns: int, args: tuple[Any, ...]) -> Any:
    """Run one task in the calling thread's lane (see `Lane.call`)."""
    holder = _slot.lane
    lane = holder.lane if holder is not None else enter()  # which finds a sub-interpreter's own
    assert _work is not None
    return lane.call(_work, index, submitted_ns, args)


def as_coroutine(work: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    """`work` for an event loop, which it blocks."""

    async def blocking(*args: Any) -> Any:
        global _blocking
        _blocking = True
        try:
            return work(*args)
        finally:
            _blocking = False

    return blocking


async def perform_async(index: int, submitted_ns: int, args: tuple[Any, ...]) -> Any:
    """Run one task in the event loop, on a coroutine lane: as many as tasks are under way at once, used again and again."""
    if _interrupted:
        raise TaskCut(f"task {index} was cut off by Stop")
    from asyncio import current_task  # not at the top: worker processes would load it for nothing

    lane = _idle.pop() if _idle else _new_lane(f"coroutine {next(_numbers)}", "worker", now())
    token = _coroutine.set(lane)
    lane.own = current_task()
    if lane.own is not None:
        lane.own.set_name(lane.name)  # where its stack is told it goes by this
    own_tasks.add(lane.own)
    try:
        assert _work_async is not None
        return await lane.call_async(_work_async, index, submitted_ns, args)
    finally:
        own_tasks.discard(lane.own)
        lane.own = None
        _coroutine.reset(token)
        _idle.append(lane)


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


def interrupted() -> bool:
    """Whether Stop has come to cutting tasks off."""
    return _interrupted


def stop_asked() -> bool:
    """Whether Stop was asked: the window leaves a file in the run directory before it sends signals."""
    return _directory is not None and os.path.exists(os.path.join(_directory, STOPPING))


def interrupt() -> None:
    """Called by SIGINT's handler: this process begins no more tasks, and the task of its main thread ends with TaskInterrupted."""
    global _interrupted
    _interrupted = True
    lane = current()
    if _blocking or (_coroutine.get() is None and lane is not None and lane.busy):
        raise TaskInterrupted


def break_down() -> None:
    """Called by the handler of `breaking.SIGNAL`: the task of the main thread does at once what its lane was asked to.

    Where it has none at present, or that is a coroutine's, it is done at the end of the next task.
    """
    lane = current()
    if _coroutine.get() is None and lane is not None and lane.busy:
        lane.obey()


def say(kind: str, text: str, t_ns: int | None = None, of: tuple[int, int] | None = None) -> None:
    """Send a text of this kind (see `workers.telemetry.text`), if there is a channel. `of`: see `TextChannel.send`."""
    if _channel is not None:
        _channel.send(kind, text, t_ns, of)


def report_failure(index: int, error: BaseException) -> None:
    """Send a task's traceback, without our own frames at its top."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    lines = traceback.format_exception(type(error), error, trace, limit=-20)
    say("failure", f"task {index}\n" + "".join(lines).rstrip())


def forget_after_fork() -> None:
    """In a forked child: the parent's lanes are not ours. Their descriptors would keep the parent's locks."""
    for ring in _rings:
        ring.abandon()
    _rings.clear()
    _idle.clear()
    lane_threads.clear()
    holder, _slot.lane = _slot.lane, None
    if holder is not None:
        holder.lane = Lane(None)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget_after_fork)


def _lose_text(frames: int) -> None:
    holder = _slot.lane
    if holder is not None:
        holder.lane.lose_text(frames)
    elif _rings:
        next(iter(_rings)).words[TEXT_DROPS] += frames  # a helper thread has no lane of its own to count in


def _added(before: int, value: int | None) -> int:
    """The lane's sum with one more; CHECKSUM_UNKNOWN from the first on that is not known."""
    return CHECKSUM_UNKNOWN if value is None or before < 0 else (before + value) & CHECKSUM_MASK


def _queued(submitted_ns: int, start: int) -> int:
    return max(0, start - submitted_ns) // 1000 << QUEUED_SHIFT


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200]


def _discard(meta: int, task: int, start: int, end: int) -> None:
    """Record nothing."""
