"""Calls a function a few times and measures: time, CPU, and the share of a call in which another thread could run Python.

The last is found by a second thread that runs Python for a moment, sleeps for a moment, and looks how long it then waits for the
GIL. What of that wait is not the sleep, nor waiting for a core, is time in which the function kept the GIL; and that cannot be
more than the CPU time that the function used meanwhile. Both are measured by thread, so that a machine that is busy with other
things makes no difference.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

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
WINDOWS, MOST_WINDOWS = 4, 10
"""How many of them; the most where the cores are so busy that little is seen."""
SWITCH_S = 0.02
"""The switch interval meanwhile: a function that computes in Python keeps the GIL so long before the second thread has it."""
RUN_LOOPS = 2_000
"""How long the second thread runs at a time, in turns of an empty loop: a few tens of microseconds."""
NAP_S = 1e-6
NAPPED_S = 9e-5
"""What such a nap takes at most, with the slack of the system's timers."""


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


class Contender(threading.Thread):
    """Wants the GIL again and again, and measures for how long the thread that made it keeps it."""

    def __init__(self, delay_s: float = 0.0, longest_s: float = 60.0) -> None:
        super().__init__(daemon=True)
        self._clock = time.pthread_getcpuclockid(threading.get_ident())
        self._other = threading.get_native_id()
        self._delay_s = delay_s
        self._longest_s = longest_s
        self._over = threading.Event()
        self.ready = threading.Event()
        self.cpu_s = 0.0
        """CPU time of the other thread meanwhile."""
        self.seen_s = 0.0
        """The part of it of which it can be said whether that thread kept the GIL."""
        self.held_s = 0.0
        """The part of that in which it did."""
        self.perhaps_s = 0.0
        """The part of the rest in which it may have."""

    def run(self) -> None:
        """Wait for the delay, then look until told to end."""
        self.ready.set()
        if self._over.wait(self._delay_s):
            return
        interval, read = sys.getswitchinterval(), time.clock_gettime
        with _run_queue() as queue, _run_queue(self._other) as others_queue:
            start = at = time.perf_counter()
            mine, others, queued, kept = time.thread_time(), read(self._clock), queue(), others_queue()
            first = others
            while not self._over.is_set() and at - start < self._longest_s:
                for _ in range(RUN_LOOPS):
                    pass
                time.sleep(NAP_S)
                now = time.perf_counter(), time.thread_time(), read(self._clock), queue(), others_queue()
                lined_up, used, kept_up = now[3] - queued, now[2] - others, now[4] - kept
                waited = (now[0] - at) - (now[1] - mine) - lined_up - kept_up - NAPPED_S
                if waited > 0.5 * interval:
                    # It was kept from the start of the wait on: had it been let go, the wait would have been over.
                    self.held_s += used
                    self.seen_s += used
                elif lined_up + kept_up <= 0.2 * used:
                    self.held_s += max(0.0, min(waited, used))
                    self.seen_s += used
                else:  # one of the two waited for a core: there is no telling what the other did meanwhile
                    self.perhaps_s += max(0.0, min(waited, used))
                at, mine, others, queued, kept = now
            self.cpu_s = others - first

    def end(self) -> None:
        """End it."""
        self._over.set()
        self.join(5.0)


def run_queue_s() -> float:
    """For how long the calling thread has waited for a core."""
    with _run_queue() as queue:
        return queue()


@contextmanager
def _run_queue(thread: int | None = None) -> Iterator[Callable[[], float]]:
    """What tells for how many seconds a thread of this process has waited for a core; always 0 where the system does not tell."""
    place = "thread-self" if thread is None else f"self/task/{thread}"
    try:
        fd = os.open(f"/proc/{place}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield lambda: 0.0
        return
    try:
        yield lambda: int(os.pread(fd, 64, 0).split()[1]) / 1e9
    finally:
        os.close(fd)


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
    if contender.cpu_s > 0 and calls.cpus:
        calls.released = _released(calls, [contender])
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
    seen: list[Contender] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        begin = time.perf_counter()
        while (spent := time.perf_counter() - begin) < (MOST_WINDOWS if _too_little(seen) else WINDOWS) * WINDOW_S:
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
            seen.append(contender)
    finally:
        sys.setswitchinterval(before)
    calls.released = _released(calls, seen)


def _too_little(windows: list[Contender]) -> bool:
    """Whether the cores were so busy that it can be said of hardly any of the time whether the GIL was kept."""
    return sum(item.seen_s for item in windows) < 0.1 * sum(item.cpu_s for item in windows)


def _released(calls: Calls, windows: list[Contender]) -> float:
    """The share of a call's own time, waiting included, from that of its CPU time in which the GIL was kept."""
    held, seen = (sum(getattr(item, name) for item in windows) for name in ("held_s", "seen_s"))
    if seen < 0.02 * sum(item.cpu_s for item in windows):  # as where there is only one core
        held, seen = (
            held + sum(item.perhaps_s for item in windows),
            sum(item.cpu_s for item in windows),
        )
    middle = len(calls.walls) // 2
    wall, cpu = sorted(calls.walls)[middle], sorted(calls.cpus)[middle]
    return min(1.0, max(0.0, 1 - held / seen * cpu / wall)) if seen > 0 and wall > 0 else 1.0


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
