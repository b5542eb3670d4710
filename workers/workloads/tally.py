"""Tally: count something, and add it to a sum that all share, under a lock.

"each item" takes the lock for a moment after every item. The work between two moments needs no lock; but whoever finds it taken
has to be put to sleep and woken again, and once some wait they keep each other waiting: a lock convoy.

"each task" adds up what is its own first, and takes the lock once.
"""

import asyncio
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Counter, Param, Sharing, Value, WorkloadInfo

EACH_ITEM, EACH_TASK = "each item", "each task"

INFO = WorkloadInfo(
    title="Tally",
    summary="Counts items and adds them to a shared sum under a lock: taken for each item, or once for each task.",
    bound="coordination",
    params=(
        Param("items", 500, "Items", "How many items each task counts.", minimum=0, maximum=1_000_000),
        Param(
            "lock",
            EACH_ITEM,
            "Lock",
            "When the lock is taken: for a moment after each item, or once at the end of each task.",
            choices=(EACH_ITEM, EACH_TASK),
        ),
    ),
)

Shared = tuple[Counter, Any]


def share(params: Mapping[str, Any], sharing: Sharing) -> Shared:
    """The sum, and the lock that protects it."""
    return sharing.counter(), sharing.lock("tally")


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, str]]:
    """How many items, and when to take the lock."""
    while True:
        yield params["items"], params["lock"]


def run(shared: Shared, items: int, when: str) -> int:
    """Count the items. Returns what this task has added to the sum."""
    total, lock = shared
    if when == EACH_TASK:
        mine = sum(weigh(item) for item in range(items))
        with lock:
            total.value += mine
        return mine
    mine = 0
    for item in range(items):
        found = weigh(item)
        with lock:
            total.value += found
        mine += found
    return mine


async def run_async(shared: Shared, items: int, when: str) -> int:
    """The same; coroutines wait for the lock only where one of them awaits while it holds it."""
    total, lock = shared
    if when == EACH_TASK:
        mine = sum(weigh(item) for item in range(items))
        async with lock:
            total.value += mine
        return mine
    mine = 0
    for item in range(items):
        found = weigh(item)
        async with lock:
            await asyncio.sleep(0)
            total.value += found
        mine += found
    return mine


def weigh(item: int) -> int:
    """What an item counts for: a little work that needs no lock."""
    weight = 1
    for step in range(20):
        weight += (item + step) % 3
    return weight


def checksum(result: int) -> int:
    """What the task has added."""
    return result


def report(params: Mapping[str, Any], shared: Shared, done: int) -> dict[str, Value]:
    """The sum, and what it should be."""
    total, _ = shared
    expected = done * sum(weigh(item) for item in range(params["items"]))
    return {"expected": expected, "sum": total.value}
