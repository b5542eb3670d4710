"""A lock that was held when the process was forked: the child has the lock, taken, and not the thread that would give it back.

A thread of the main process holds the lock while the workers come up, as one that writes a log would at a bad moment. Each task asks
for the lock to be given back, and tries to get it. In the main process somebody hears that. In a forked child nobody does: only
the thread that called fork() is there. A child that starts afresh (spawn, forkserver) has a lock of its own, and nobody took it.

Every attempt ends after a while, here. A `with lock:` would not.
"""

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Inherited lock",
    summary="Takes a lock that a thread held while the workers came up: a forked process has the lock, but not that thread.",
    bound="coordination",
    params=(
        Param("held", True, "Held", "Whether a thread of the main process holds the lock while the workers come up."),
        Param(
            "patience_ms",
            200.0,
            "Patience",
            "After how long a task gives up; one that waits for its holder needs it.",
            unit="ms",
            minimum=0.0,
            maximum=60_000.0,
        ),
    ),
)

LOCK = threading.Lock()
WANTED: list[int] = []
"""Who asks for the lock to be given back. No Event: that has a lock of its own, which a fork could copy just while it is held."""
LOOK_S = 0.01
START_S = 10.0


def hold(taken: threading.Event) -> None:
    """Take the lock, say so, and keep it until it is wanted."""
    with LOCK:
        taken.set()
        while not WANTED:
            time.sleep(LOOK_S)


@contextmanager
def setup(params: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A thread that holds the lock, if one is to."""
    if not params["held"]:
        yield params
        return
    WANTED.clear()
    taken = threading.Event()
    holder = threading.Thread(target=hold, args=(taken,), name="holder", daemon=True)
    holder.start()
    taken.wait(START_S)
    try:
        yield params
    finally:
        WANTED.append(-1)
        holder.join(START_S)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, float]]:
    """The task's number, and its patience in seconds."""
    number = 0
    while True:
        yield number, params["patience_ms"] / 1000
        number += 1


def run(number: int, patience: float) -> int:
    """Take the lock and give it back. Returns the number. Raises TimeoutError where nobody gives it back in time."""
    WANTED.append(number)
    if not LOCK.acquire(timeout=patience):
        raise TimeoutError(f"task {number}: nobody in PID {os.getpid()} has released the lock within {patience} s")
    LOCK.release()
    return number


def checksum(result: int) -> int:
    """The task's number."""
    return result
