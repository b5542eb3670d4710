"""Lanes: who executes in this process, and the recording of what they do.

A thread enters as a lane once (`enter`), and leaves when it ends. `perform` runs one task and records its span.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time_ns, thread_time_ns
from typing import Any

from workers.contract.spans import SpanKind
from workers.telemetry.clock import now
from workers.telemetry.ring import (
    CPU,
    CURRENT,
    FAILED_BIT,
    PROCESS_CPU,
    QUEUED_SHIFT,
    READY_CPU,
    TEXT_DROPS,
    Emit,
    Ring,
    Rings,
)
from workers.telemetry.text import LaneStream, TextChannel

STOPPING = "stopping"
"""File in the run directory that says that signals are meant."""
CPU_EVERY_NS = 100_000
"""Reading a thread's CPU time costs 0.8 us: after that much time at most, so it stays below one per cent."""


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

    def __init__(self, ring: Ring | None) -> None:
        self._ring = ring
        self.emit: Emit = ring.emit if ring else _discard
        self._words: Any = ring.words if ring else [0] * 64
        self._cpu_read = now()

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
        words[CURRENT] = index + 1
        start = now()
        try:
            result = work(*args)
        except BaseException as error:
            end = now()
            cut = isinstance(error, TaskInterrupted)
            what = int(SpanKind.CUT) if cut else SpanKind.TASK | FAILED_BIT
            self.emit(what | _queued(submitted_ns, start), index, start, end)
            words[CURRENT] = 0
            self.read_cpu(end)
            if cut:
                raise TaskCut(f"task {index} was cut off by Stop") from None
            report_failure(index, error)
            if not isinstance(error, Exception):
                raise
            raise TaskFailed(f"task {index}: {type(error).__name__}: {_first_line(error)}") from None
        end = now()
        self.emit((start - submitted_ns) // 1000 << QUEUED_SHIFT if start > submitted_ns else 0, index, start, end)
        words[CURRENT] = 0
        if end - self._cpu_read >= CPU_EVERY_NS:
            self.read_cpu(end)
        return result

    def wait(self, kind: SpanKind, task: int, start: int, end: int) -> None:
        """Record that this lane waited."""
        self.emit(int(kind), task, start, end)

    def read_cpu(self, t_ns: int) -> None:
        """Note the CPU time used so far."""
        self._cpu_read = t_ns
        self._words[CPU] = thread_time_ns()
        self._words[PROCESS_CPU] = process_time_ns()

    def ready(self) -> None:
        """Note that the process is ready: the CPU time that it has used so far is not the run's."""
        self.read_cpu(now())
        self._words[READY_CPU] = self._words[PROCESS_CPU]

    def lose_text(self, frames: int) -> None:
        """Count frames of text that found the channel full."""
        self._words[TEXT_DROPS] += frames

    def leave(self) -> None:
        """End the lane."""
        if self._ring is not None:
            self.read_cpu(now())
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

    def __del__(self) -> None:
        self.lane.leave()


_slot = _Slot()
_rings: set[Ring] = set()
_claims: Rings | None = None
_work: Callable[..., Any] | None = None
_channel: TextChannel | None = None
_interrupted = False
_directory: str | None = None


def configure(recording: Recording, work: Callable[..., Any]) -> None:
    """Set where this process records to and what a task calls; sys.stdout and sys.stderr go to the text channel."""
    global _claims, _work, _channel, _directory
    _directory = recording.directory
    _claims, _work = Rings(recording.directory, recording.ring_records), work
    _channel = TextChannel(recording.directory, _lose_text)
    sys.stdout = LaneStream(_channel, "stdout")
    sys.stderr = LaneStream(_channel, "stderr")


def enter(name: str = "", role: str = "worker", started_ns: int | None = None) -> Lane:
    """Make the calling thread a lane, unless it is one. Without `configure` it records nothing."""
    holder = _slot.lane
    if holder is not None:
        return holder.lane
    started = now() if started_ns is None else started_ns
    ring = None
    if _claims is not None:
        try:
            ring = _claims.claim()
            ring.enter(name or threading.current_thread().name, role, started)
            _rings.add(ring)
        except FileNotFoundError:
            pass  # the run directory was swept: the run is over
        except OSError as error:
            say("mark:unrecorded", f"this lane is not recorded: {error.strerror}")
    lane = Lane(ring)
    lane.read_cpu(started)
    _slot.lane = _Holder(lane)
    return lane


def current() -> Lane | None:
    """The calling thread's lane, if it is one."""
    holder = _slot.lane
    return holder.lane if holder is not None else None


def leave() -> None:
    """End the calling thread's lane now; it would end with the thread anyway."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, LaneStream):
            stream.finish()
    holder, _slot.lane = _slot.lane, None
    if holder is not None:
        holder.lane.leave()


def perform(index: int, submitted_ns: int, args: tuple[Any, ...]) -> Any:
    """Run one task in the calling thread's lane (see `Lane.call`)."""
    holder = _slot.lane
    lane = holder.lane if holder is not None else enter()
    assert _work is not None
    return lane.call(_work, index, submitted_ns, args)


def stop_asked() -> bool:
    """Whether Stop was asked: the window leaves a file in the run directory before it sends signals."""
    return _directory is not None and os.path.exists(os.path.join(_directory, STOPPING))


def interrupt() -> None:
    """Called by SIGINT's handler: this process begins no more tasks, and the task of its main thread ends with TaskInterrupted."""
    global _interrupted
    _interrupted = True
    lane = current()
    if lane is not None and lane.busy:
        raise TaskInterrupted


def say(kind: str, text: str, t_ns: int | None = None) -> None:
    """Send a text of this kind (stdout, stderr, failure, mark:NAME), if there is a channel."""
    if _channel is not None:
        _channel.send(kind, text, t_ns)


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


def _queued(submitted_ns: int, start: int) -> int:
    return max(0, start - submitted_ns) // 1000 << QUEUED_SHIFT


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200]


def _discard(meta: int, task: int, start: int, end: int) -> None:
    """Record nothing."""
