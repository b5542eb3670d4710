"""Take a lock, and while holding it call a function that takes the same one.

An RLock lets its holder in again and counts how often; it is free when as many releases have come. A Lock does not know who
holds it: its holder waits for it like anyone else, and so for itself, for ever.

There is no asynchronous form, because asyncio has no RLock: coroutines take the locks of threads here, and block their loop.
"""

import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, Sharing, WorkloadInfo

RLOCK, LOCK = "RLock", "Lock"

INFO = WorkloadInfo(
    title="Nested lock",
    summary="Takes a lock twice, one inside the other: an RLock lets its holder in again, a Lock deadlocks with itself.",
    bound="coordination",
    params=(
        Param(
            "kind",
            LOCK,
            "Kind",
            "What is taken twice: a Lock (its holder waits for itself, for ever) or an RLock (it does not).",
            choices=(LOCK, RLOCK),
        ),
        Param(
            "pause_ms",
            10.0,
            "Pause",
            "How long a task holds the lock before it takes it again.",
            unit="ms",
            minimum=0.0,
            maximum=60_000.0,
        ),
    ),
)


def share(params: Mapping[str, Any], sharing: Sharing) -> Any:
    """The lock that is taken twice."""
    if params["kind"] == RLOCK:
        return sharing.rlock("the RLock")
    return sharing.lock("the Lock")


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, float]]:
    """The task's number, and the pause in seconds."""
    number = 0
    while True:
        yield number, params["pause_ms"] / 1000
        number += 1


def run(lock: Any, number: int, pause: float) -> int:
    """Take the lock and call what takes it again. Returns the number."""
    with lock:
        time.sleep(pause)
        return inner(lock, number)


def inner(lock: Any, number: int) -> int:
    """A function that takes the lock itself, as it must when it is called from elsewhere."""
    with lock:
        return number


def checksum(result: int) -> int:
    """The task's number."""
    return result
