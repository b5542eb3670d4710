"""The third task: as many tasks as there are workers wait for what only the next one would put into a queue.

It stands in the pool's line and needs a free worker; those wait for it. The queue is a manager's where workers are processes.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, Sharing, WorkloadInfo

LAST, FIRST = "last", "first"

INFO = WorkloadInfo(
    title="Third task",
    summary="All workers wait for items that only a task still in line would put: it needs a worker, and they need it.",
    bound="coordination",
    params=(
        Param(
            "putter",
            LAST,
            "Who puts",
            "The task after those that fill the workers (last: a deadlock) or the one before them (first: never one).",
            choices=(LAST, FIRST),
        ),
    ),
)

Line = tuple[Any, int]


def share(params: Mapping[str, Any], sharing: Sharing) -> Line:
    """The queue, and how many tasks wait for each one that puts."""
    return sharing.queue(0, "results", manager=True), sharing.workers


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, str]]:
    """The task's number, and which of them puts."""
    number = 0
    while True:
        yield number, params["putter"]
        number += 1


def run(line: Line, number: int, putter: str) -> int:
    """Take an item, or put one for each task that wants one. Returns the number."""
    results, waiting = line
    if number % (waiting + 1) == (0 if putter == FIRST else waiting):
        for _ in range(waiting):
            results.put(number)
    else:
        results.get()
    return number


async def run_async(line: Line, number: int, putter: str) -> int:
    """The same with coroutines."""
    results, waiting = line
    if number % (waiting + 1) == (0 if putter == FIRST else waiting):
        for _ in range(waiting):
            await results.put(number)
    else:
        await results.get()
    return number


def checksum(result: int) -> int:
    """The task's number."""
    return result
