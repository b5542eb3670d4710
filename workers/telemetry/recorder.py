"""Lanes of this process: a thread enters as one once (`enter`), and leaves when it ends. `perform` runs one task and records its span."""

import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from typing import Any

from workers.telemetry.clock import now
from workers.telemetry.header import INTERPRETER, TEXT_DROPS
from workers.telemetry.here import here
from workers.telemetry.lane import Lane, TaskCut, TaskFailed, TaskInterrupted, as_coroutine, report_failure
from workers.telemetry.ring import Rings
from workers.telemetry.text import LaneStream, TextChannel

__all__ = [
    "STACKS",
    "STOPPING",
    "Lane",
    "Recording",
    "TaskCut",
    "TaskFailed",
    "TaskInterrupted",
    "adopt",
    "as_coroutine",
    "configure",
    "current",
    "enter",
    "forget_after_fork",
    "interrupt",
    "interrupted",
    "lane_threads",
    "leave",
    "own_tasks",
    "perform",
    "perform_all",
    "perform_async",
    "report_failure",
    "say",
    "scratch",
    "set_work",
    "stop_asked",
]

STOPPING = "stopping"
"""File in the run directory that says that signals are meant."""
STACKS = getattr(signal, "SIGUSR2", signal.SIGTERM)
"""Asks a process of a run for the stacks of its threads; they come on its stderr."""


@dataclass(frozen=True)
class Recording:
    """Where this process records to."""

    directory: str
    ring_records: int


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
lane_threads: set[int] = set()
"""The threads of this process that are lanes, by what `threading.get_ident` says; not those of libraries."""
own_tasks: set[Any] = set()
"""The asyncio tasks of this process that are known: those that run tasks of the run, and the model's own."""
_claims: Rings | None = None
_work: Callable[..., Any] | None = None
_work_async: Callable[..., Awaitable[Any]] | None = None
_checksum: Callable[[Any], int | None] | None = None
_directory: str | None = None


def configure(recording: Recording) -> None:
    """Set where this process records to; sys.stdout and sys.stderr go to the text channel."""
    global _claims, _directory
    _directory = recording.directory
    _claims = Rings(recording.directory, recording.ring_records)
    here.channel = TextChannel(recording.directory, _lose_text)
    sys.stdout = LaneStream(here.channel, "stdout")
    sys.stderr = LaneStream(here.channel, "stderr")


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
        adopt(lane)
    return lane


def adopt(lane: Lane) -> None:
    """Make `lane` the calling thread's."""
    _slot.lane = _Holder(lane)


def _new_lane(name: str, role: str, started: int, interpreter: int = 0) -> Lane:
    ring = None
    if _claims is not None:
        try:
            ring = _claims.claim()
            ring.enter(name, role, started)
            ring.words[INTERPRETER] = interpreter
            here.rings.add(ring)
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
    """Run one task in the calling thread's lane and record it. Returns its result.

    Raises TaskFailed where it raised and TaskCut where Stop cut it off; SystemExit passes, as it would without us.
    """
    if here.interrupted:
        raise TaskCut(f"task {index} was cut off by Stop")
    holder = _slot.lane
    lane = holder.lane if holder is not None else enter()  # which finds a sub-interpreter's own
    assert _work is not None
    return lane.carry(_work, _checksum, lane.fail, index, submitted_ns, args)


def perform_all(jobs: Iterable[tuple[int, int, tuple[Any, ...]]]) -> list[Any]:
    """`perform` for each (index, submitted_ns, args). A failed task leaves its TaskFailed in the place of its result."""
    holder = _slot.lane
    lane = holder.lane if holder is not None else enter()
    work, checksum, carry, fail = _work, _checksum, lane.carry, lane.fail
    assert work is not None
    results = []
    for index, submitted_ns, args in jobs:
        if here.interrupted:
            raise TaskCut(f"task {index} was cut off by Stop")
        try:
            results.append(carry(work, checksum, fail, index, submitted_ns, args))
        except TaskFailed as error:
            results.append(error)
    return results


async def perform_async(index: int, submitted_ns: int, args: tuple[Any, ...]) -> Any:
    """Run one task in the event loop, on a coroutine lane: as many as tasks are under way at once, used again and again."""
    if here.interrupted:
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
        return await lane.call_async(_work_async, _checksum, index, submitted_ns, args)
    finally:
        own_tasks.discard(lane.own)
        lane.own = None
        _coroutine.reset(token)
        _idle.append(lane)


def interrupted() -> bool:
    """Whether Stop has come to cutting tasks off."""
    return here.interrupted


def stop_asked() -> bool:
    """Whether Stop was asked: the window leaves a file in the run directory before it sends signals."""
    return _directory is not None and os.path.exists(os.path.join(_directory, STOPPING))


here.stop_asked = stop_asked


def interrupt() -> None:
    """Called by SIGINT's handler: this process begins no more tasks, and the task of its main thread ends with TaskInterrupted."""
    here.interrupted = True
    lane = current()
    if here.blocking or (_coroutine.get() is None and lane is not None and lane.busy):
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
    here.say(kind, text, t_ns, of)


def forget_after_fork() -> None:
    """In a forked child: the parent's lanes are not ours. Their descriptors would keep the parent's locks."""
    for ring in here.rings:
        ring.abandon()
    here.rings.clear()
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
    elif here.rings:
        next(iter(here.rings)).words[TEXT_DROPS] += frames  # a helper thread has no lane of its own to count in
