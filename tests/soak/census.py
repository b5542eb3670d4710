"""What this process has at an instant, and by how much it grew."""

import gc
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import psutil

from tests.helpers.processes import follow_started, ours, run_files

follow_started()

BOUNDS = {"memory_mb": 64.0, "descriptors": 8, "threads": 2, "processes": 1, "files": 1}
"""More growth than this is a leak. Memory: what allocators keep of the largest run so far; a warm host more or less is no leak."""
REST = 7
"""The least of so many counts in a row is what there is at rest: after a run a helper may take a moment to go."""


@dataclass(frozen=True)
class Census:
    """Counted between two runs."""

    memory_mb: float
    descriptors: int
    threads: int
    processes: int
    files: int


def count() -> Census:
    """Now."""
    gc.collect()
    own = psutil.Process()
    return Census(own.memory_info().rss / 2**20, own.num_fds(), threading.active_count(), len(ours()), len(run_files()))


def at_rest(counted: Sequence[Census]) -> dict[str, float]:
    """The least of each over some counts in a row."""
    rows = [asdict(item) for item in counted]
    return {name: min(row[name] for row in rows) for name in BOUNDS}


def growth(counted: Sequence[Census]) -> dict[str, float]:
    """How much more there is at the end than at a tenth of the way; nothing where there were too few runs to tell."""
    tenth = len(counted) // 10
    if len(counted) < 3 * REST:
        return {}
    first, last = at_rest(counted[tenth : tenth + REST]), at_rest(counted[-REST:])
    return {name: last[name] - first[name] for name in BOUNDS}


def too_much(grown: dict[str, float]) -> list[str]:
    """What grew beyond its bound, in words."""
    return [
        f"{name} grew by {grown[name]:.1f}, more than {bound}"
        for name, bound in BOUNDS.items()
        if grown and grown[name] > bound
    ]


def stacks_of(pids: set[int]) -> str:
    """What the kernel says of processes that hang: state, where each thread sleeps, command line."""
    lines = []
    for pid in sorted(pids):
        try:
            process = psutil.Process(pid)
            lines.append(f"PID {pid} {process.status()} {' '.join(process.cmdline())[-120:]}")
            for tid in sorted(int(name) for name in os.listdir(f"/proc/{pid}/task")):
                with open(f"/proc/{pid}/task/{tid}/wchan", encoding="utf-8") as file:
                    lines.append(f"  thread {tid} in {file.read() or '?'}")
        except (psutil.Error, OSError):
            continue
    return "\n".join(lines)
