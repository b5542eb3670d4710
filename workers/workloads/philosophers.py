"""Dining philosophers: a round table with a fork between each two seats, and who eats needs both forks beside the seat.

"naive" takes the left fork first. When everyone has done so nobody can go on: each waits for the next one, all around the table,
for ever. "ordered" takes the fork with the lower number first; then no circle can close, and everyone eats.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, Sharing, WorkloadInfo

NAIVE, ORDERED = "naive", "ordered"

INFO = WorkloadInfo(
    title="Dining philosophers",
    summary="Each task needs two forks (locks) of a round table: taken naively they deadlock, taken in order they never do.",
    bound="coordination",
    params=(
        Param(
            "order",
            NAIVE,
            "Order",
            "Which fork is taken first: the left one (ends in a deadlock) or the one with the lower number (never does).",
            choices=(NAIVE, ORDERED),
        ),
        Param(
            "pause_ms",
            10.0,
            "Pause",
            "How long a philosopher waits between the first fork and the second.",
            unit="ms",
            minimum=0.0,
            maximum=60_000.0,
        ),
        Param("eat_ms", 5.0, "Meal", "How long a meal lasts.", unit="ms", minimum=0.0, maximum=60_000.0),
    ),
)

Forks = tuple[Any, ...]


def share(params: Mapping[str, Any], sharing: Sharing) -> Forks:
    """One fork (a lock) for each worker, at least two."""
    return tuple(sharing.lock(f"fork {number + 1}") for number in range(max(2, sharing.workers)))


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, str, float, float]]:
    """The task's number, the order, and how many seconds to pause and to eat."""
    number = 0
    while True:
        yield number, params["order"], params["pause_ms"] / 1000, params["eat_ms"] / 1000
        number += 1


def run(forks: Forks, number: int, order: str, pause: float, meal: float) -> int:
    """Take a seat (`number` modulo the seats), take both forks, eat. Returns the number."""
    first, second = choose(forks, number, order)
    with first:
        time.sleep(pause)
        with second:
            time.sleep(meal)
    return number


async def run_async(forks: Forks, number: int, order: str, pause: float, meal: float) -> int:
    """The same with coroutines, which deadlock as well as anyone."""
    first, second = choose(forks, number, order)
    async with first:
        await asyncio.sleep(pause)
        async with second:
            await asyncio.sleep(meal)
    return number


def choose(forks: Forks, number: int, order: str) -> tuple[Any, Any]:
    """The first and the second fork to take at this task's seat."""
    left = number % len(forks)
    right = (left + 1) % len(forks)
    if order == ORDERED:
        left, right = sorted((left, right))
    return forks[left], forks[right]


def checksum(result: int) -> int:
    """The task's number."""
    return result
