"""Whose pages are walked when: only so does the kernel tell what a process shares (PSS) and what is its own (USS).

A walk takes 0.3 ms of a process of 7 MB, more the more pages there are, and holds that one up. So those come first of whom nothing is
known; later a process is due that has worked since, and who sleeps now and then, for others may have ceased to share with him.
"""

import time
from collections import deque
from collections.abc import Mapping

from workers.client.proc_files import read_pages
from workers.client.sampled_process import WORKED_NS, Process
from workers.telemetry.clock import now

AT_ONCE = 2
"""Of so many newcomers at most the pages are walked in a sweep."""
OFTEN_NS = 1_000_000_000
SELDOM_NS = 10_000_000_000
SHARE, LATE_SHARE = 0.001, 0.01
"""Of a core that goes into walks; the second one once somebody has waited for SELDOM_NS."""


class PageWalks:
    """Of the processes of one sampler."""

    def __init__(self) -> None:
        self._new: deque[Process] = deque()
        self._next_ns = 0

    def add(self, process: Process) -> None:
        """One of whom nothing is known."""
        self._new.append(process)

    def step(self, processes: Mapping[int, Process]) -> None:
        """Walk the pages of those whose turn it is; mostly of nobody."""
        at = now()
        if self._new:
            for _ in range(min(AT_ONCE, len(self._new))):
                process = self._new.popleft()
                if processes.get(process.identity.pid) is process:
                    walk(process, at)
            return
        if at < self._next_ns:
            return
        due = [process for process in processes.values() if at - process.paged_ns >= _pause_ns(process)]
        if due:
            process = min(due, key=lambda process: process.paged_ns)
            share = LATE_SHARE if at - process.paged_ns >= SELDOM_NS else SHARE
            begun = time.thread_time_ns()
            walk(process, at)
            self._next_ns = at + round((time.thread_time_ns() - begun) / share)


def walk(process: Process, at_ns: int) -> None:
    """Look at its pages, now."""
    process.paged_ns, process.paged_s = at_ns, process.cpu_s
    rss, pss, uss = read_pages(process.identity.pid)
    if pss:
        process.paged = rss, pss, uss
        process.size(process.rss or rss)


def _pause_ns(process: Process) -> int:
    worked = (process.cpu_s - process.paged_s) * 1e9 >= WORKED_NS
    return OFTEN_NS if worked else SELDOM_NS
