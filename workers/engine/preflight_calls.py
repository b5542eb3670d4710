"""Calls a function a few times and measures: time, CPU, and the share of a call in which another thread could run Python.

All of it by thread, and without the time in which a thread waited for a core, so that a machine that is busy with other things makes
no difference, or is named where it does.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from workers.engine.preflight_gil import Contender, Seen, clear, released_share, run_queue_s

FILL_S = 0.6
"""How long calls are repeated."""
FEW = 3
MOST = 20_000
CALL_S = 15.0
"""How long one call may take."""
SLOW_S = 4.0
"""A call that takes longer is not repeated."""
LATE_S = 1.0
"""After that much of the first call the second thread begins: it may be the only call there is time for."""
WINDOW_S = 0.25
WINDOWS, MOST_WINDOWS = 4, 14
"""How many of them; the most where the cores are so busy that in none enough is seen."""
SWITCH_S = 0.02
"""The switch interval meanwhile: a function that computes in Python keeps the GIL so long before the second thread has it."""


class Late(BaseException):
    """A call takes too long. Not an Exception, so that the function does not swallow it."""


@dataclass
class Calls:
    """What was measured. Times in seconds."""

    walls: list[float] = field(default_factory=list)
    """Of each call (of short ones the mean of a few at a time), without waiting for a core."""
    cpus: list[float] = field(default_factory=list)
    """CPU time of the calling thread."""
    process_cpus: list[float] = field(default_factory=list)
    """CPU time of all threads."""
    count: int = 0
    result: Any = None
    error: BaseException | None = None
    failed_input: Any = None
    late: bool = False
    released: float | None = None
    """Share of a call's own time in which another thread could run Python; None where that is not known."""
    busy: bool = False
    """Whether it is not known because the machine was too busy."""


def measure(call: Callable[[Any], Any], inputs: list[Any]) -> Calls:
    """Call it with one input after the other, for FILL_S, then again beside a thread that wants the GIL."""
    calls = Calls()
    first = inputs[0]
    contender = Contender(LATE_S, 1.0)
    contender.start()
    contender.ready.wait(1.0)
    try:
        wall = _one(calls, call, first)
    finally:
        contender.end()
    if contender.seen.cpu_s > 0 and calls.cpus:
        _say_released(calls, [contender.seen])
    if calls.error is not None or calls.late or wall > SLOW_S:
        return calls
    _repeat(calls, call, inputs, wall)
    if calls.error is None and not calls.late and not _no_gil():
        _beside(calls, call, inputs)
    return calls


def _one(calls: Calls, call: Callable[[Any], Any], value: Any, times: int = 1) -> float:
    """Call it so many times in a row, note the mean, and return how long that took."""
    start, cpu, process, queued = time.perf_counter(), time.thread_time(), time.process_time(), run_queue_s()
    try:
        with alarm(CALL_S):
            for _ in range(times):
                calls.result = call(value)
    except Late:
        calls.late = True
    except BaseException as error:  # the function may raise what it likes; it is reported
        if isinstance(error, KeyboardInterrupt):
            raise
        calls.error, calls.failed_input = error, value
    wall, cpu = time.perf_counter() - start, time.thread_time() - cpu
    if calls.error is None:
        calls.walls.append(max(cpu, wall - (run_queue_s() - queued)) / times)
        calls.cpus.append(cpu / times)
        calls.process_cpus.append((time.process_time() - process) / times)
        calls.count += times
    return wall


def _repeat(calls: Calls, call: Callable[[Any], Any], inputs: list[Any], wall: float) -> None:
    """More calls. Short ones several in a row, so that looking at the clock is no part of it."""
    if wall < 0.05:
        for kept in (calls.walls, calls.cpus, calls.process_cpus):
            kept.clear()  # the first one had to warm up
    end = time.perf_counter() + FILL_S
    fastest, number = wall, 0
    while (time.perf_counter() < end or len(calls.walls) < FEW) and calls.count < MOST:
        times = max(1, min(500, int(0.0005 / max(fastest, 1e-7))))
        took = _one(calls, call, inputs[number % len(inputs)], times)
        if calls.error is not None or calls.late:
            return
        fastest = min(fastest, took / times)
        number += 1
        if time.perf_counter() > end + 2 * SLOW_S:
            return


def _beside(calls: Calls, call: Callable[[Any], Any], inputs: list[Any]) -> None:
    """The same beside a thread that wants the GIL: the share of a call's own time in which it was not kept."""
    seen: list[Seen] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        begin = time.perf_counter()
        while (spent := time.perf_counter() - begin) < (
            WINDOWS if clear(seen, _computing(calls)) else MOST_WINDOWS
        ) * WINDOW_S:
            if seen and spent > SLOW_S:
                break
            contender = Contender()
            contender.start()
            contender.ready.wait(1.0)
            count, stop = 0, time.perf_counter() + WINDOW_S
            try:
                with alarm(CALL_S):
                    while time.perf_counter() < stop or not count:
                        call(inputs[count % len(inputs)])
                        count += 1
            except Late:
                return
            except Exception as error:  # noqa: BLE001 - it did not raise before: it does not like threads, or not to be repeated
                calls.error, calls.failed_input = error, inputs[count % len(inputs)]
                return
            finally:
                contender.end()
            seen.append(contender.seen)
    finally:
        sys.setswitchinterval(before)
    _say_released(calls, seen)


def _say_released(calls: Calls, seen: list[Seen]) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    calls.released = released_share(seen, _computing(calls), cores)
    calls.busy = calls.released is None


def _computing(calls: Calls) -> float:
    """The share of a call's own time, waiting included, that is CPU time of its thread."""
    middle = len(calls.walls) // 2
    wall, cpu = sorted(calls.walls)[middle], sorted(calls.cpus)[middle]
    return cpu / wall if wall > 0 else 0.0


def _no_gil() -> bool:
    return not getattr(sys, "_is_gil_enabled", lambda: True)()


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise Late in the main thread after so many seconds, and again while it is swallowed."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
