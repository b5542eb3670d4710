"""How much of a call another thread could run Python: a second thread wants the GIL, and looks how long it waits for it.

It runs Python for a moment, sleeps for a moment, and has the GIL again when it goes on. What of that stretch is neither its own
running nor the sleep nor waiting for a core is time in which the function kept the GIL; and of the function's CPU time no more can
have been with the GIL than that. On a busy machine one of the two waits for a core now and then, and of such a stretch it is often
not known what the function did meanwhile: it is left out. Where too much is, as beside a function whose own threads or whose peer
need the cores, what is left is that each time it had a core the second thread found the GIL free, or did not. Of a function that
computes nearly all the time these instants are as good as any; of one that waits they are those at which it waits. Where they do not
agree, there is no figure.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

RUN_LOOPS = 2_000
"""How long the second thread runs at a time, in turns of an empty loop: a few tens of microseconds."""
NAP_S = 1e-6
NAPPED_S = 9e-5
"""What such a nap takes at most, with the slack of the system's timers."""
LINED_UP = 0.2
"""A stretch is clear where waiting for a core was no more than this share of the CPU time that the function used in it."""
COMPUTES = 0.8
"""Of a function that computes for less of its time the instants at which the second thread gets a core are no fair sample."""
LOOKS, AGREE = 30, 0.85
"""So many of them there must be, and in so much of the CPU time the GIL must have been found free."""
UNCLEAR = 0.3
"""The share of a call of which it may not be known whether the GIL was kept: with more, no figure is told."""


@dataclass
class Seen:
    """What was seen of the function's CPU time for a while. Seconds."""

    cpu_s: float = 0.0
    clear_s: float = 0.0
    """The part of which it can be said whether the GIL was kept."""
    held_s: float = 0.0
    """The part of that in which it was."""
    perhaps_s: float = 0.0
    """The part of the rest in which it may have been."""
    free_s: float = 0.0
    """The part of the rest at whose end the GIL was there for the taking."""
    looks: int = 0
    """How often that was."""

    def note(
        self, wall: float, own: float, lined_up: float, used: float, others_lined_up: float, interval: float
    ) -> None:
        """A stretch of `wall` seconds.

        In it the second thread ran for `own` and waited for a core for `lined_up`; the function used `used` of CPU and waited
        `others_lined_up` for a core. `interval` is the switch interval.
        """
        self.cpu_s += used
        waited = wall - own - lined_up - NAPPED_S
        if waited > 0.5 * interval:
            # It was kept out from the start of the wait to its end, whether the function had a core or not: had the GIL been let
            # go, the wait would have been over. What the function did while this thread was in line for a core is not known.
            known = used * waited / (waited + lined_up)
            self.clear_s += known
            self.held_s += known
        elif lined_up <= LINED_UP * used and (waited <= 0 or others_lined_up <= LINED_UP * used):
            # What the function's own wait for a core hides is only how long it kept the GIL: that it was free is seen.
            self.clear_s += used
            self.held_s += max(0.0, min(waited - others_lined_up, used))
        else:
            self.perhaps_s += max(0.0, min(waited - others_lined_up, used))
            if waited <= NAPPED_S:
                self.free_s += used
                self.looks += 1

    def unclear(self) -> float:
        """The share of the function's CPU time of which nothing can be said."""
        return 1 - self.clear_s / self.cpu_s if self.cpu_s > 0 else 0.0


def released_share(windows: list[Seen], computing: float, cores: int) -> float | None:
    """The share of a call in which another thread could run Python; None where the machine was too busy to tell.

    `computing`: the share of a call's own time that is CPU time; for the rest it waits, without the GIL.
    """
    if cores == 1:  # one of the two is always in line: what may have been kept counts as kept
        cpu = sum(item.cpu_s for item in windows)
        held = sum(item.held_s + item.perhaps_s for item in windows)
        return _within(1 - held / cpu * computing) if cpu > 0 else 1.0
    good = clear(windows, computing)
    if not good:
        return _found_free(windows, computing)
    seen = sum(item.clear_s for item in good)
    return _within(1 - sum(item.held_s for item in good) / seen * computing) if seen > 0 else 1.0


def _found_free(windows: list[Seen], computing: float) -> float | None:
    cpu, known = sum(item.cpu_s for item in windows), sum(item.clear_s - item.held_s for item in windows)
    free = sum(item.free_s for item in windows)
    if computing < COMPUTES or sum(item.looks for item in windows) < LOOKS or known + free < AGREE * cpu:
        return None
    # What is neither counts as kept.
    return _within(1 - (1 - (known + free) / cpu) * computing)


def clear(windows: list[Seen], computing: float) -> list[Seen]:
    """Those in which the machine was not too busy. Whole windows, not stretches: long ones are kept from a core more often."""
    return [item for item in windows if item.unclear() * computing <= UNCLEAR]


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))


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
        self.seen = Seen()

    def run(self) -> None:
        """Wait for the delay, then look until told to end."""
        self.ready.set()
        if self._over.wait(self._delay_s):
            return
        interval, read = sys.getswitchinterval(), time.clock_gettime
        with _run_queue() as queue, _run_queue(self._other) as others_queue:
            start = at = time.perf_counter()
            own, others, queued, kept = time.thread_time(), read(self._clock), queue(), others_queue()
            while not self._over.is_set() and at - start < self._longest_s:
                for _ in range(RUN_LOOPS):
                    pass
                time.sleep(NAP_S)
                now = time.perf_counter(), time.thread_time(), read(self._clock), queue(), others_queue()
                self.seen.note(now[0] - at, now[1] - own, now[3] - queued, now[2] - others, now[4] - kept, interval)
                at, own, others, queued, kept = now

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
