"""Full queues: two tasks write to each other, each into the other's bounded queue, before either reads its own.

While a queue has room nobody notices. With more items than room both wait for the other one to take something out, for ever.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from queue import Empty
from random import Random
from typing import Any

from workers.plugin import Param, Sharing, WorkloadInfo

INFO = WorkloadInfo(
    title="Full queues",
    summary="Two tasks each put items into the other's bounded queue before they read their own: once both are full, neither can go on.",
    bound="coordination",
    params=(
        Param("items", 4, "Items", "How many items each task puts into the other's queue.", minimum=1, maximum=1_000),
        Param(
            "bound",
            1,
            "Bound",
            "How many items a queue holds; with room for all that is put there is no deadlock.",
            minimum=1,
            maximum=10_000,
        ),
        Param("pause_ms", 5.0, "Pause", "How long an item takes to make.", unit="ms", minimum=0.0, maximum=60_000.0),
    ),
)

Queues = tuple[Any, Any]


def share(params: Mapping[str, Any], sharing: Sharing) -> Queues:
    """The two queues: that of the even tasks, and that of the odd ones."""
    return sharing.queue(params["bound"], "inbox of A"), sharing.queue(params["bound"], "inbox of B")


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int, float]]:
    """The task's number, how many items it puts, and the pause for each in seconds."""
    number = 0
    while True:
        yield number, params["items"], params["pause_ms"] / 1000
        number += 1


def run(queues: Queues, number: int, items: int, pause: float) -> int:
    """Put the items into the other's queue, then take what has come into one's own. Returns how many were put."""
    own, other = queues if number % 2 == 0 else queues[::-1]
    for item in range(items):
        time.sleep(pause)
        other.put(item)
    try:
        for _ in range(items):
            own.get_nowait()
    except Empty:
        pass  # the other one is not as far, or has begun later
    return items


async def run_async(queues: Queues, number: int, items: int, pause: float) -> int:
    """The same with coroutines."""
    own, other = queues if number % 2 == 0 else queues[::-1]
    for item in range(items):
        await asyncio.sleep(pause)
        await other.put(item)
    try:
        for _ in range(items):
            own.get_nowait()
    except asyncio.QueueEmpty:
        pass  # as above
    return items


def checksum(result: int) -> int:
    """How many items were put."""
    return result
