"""Print lines with a pause between them. With several workers the lines of several tasks come mixed, each line whole."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Print lines",
    summary="Prints numbered lines with a pause between them: see how the output of several workers interleaves.",
    bound="waiting",
    params=(
        Param("lines", 3, "Lines", "How many lines each task prints.", minimum=0, maximum=10_000),
        Param(
            "pause_ms", 2.0, "Pause", "How long a task waits after each line.", unit="ms", minimum=0.0, maximum=60_000.0
        ),
    ),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int, float]]:
    """The task's number, how many lines, and the pause in seconds."""
    number = 0
    while True:
        yield number, params["lines"], params["pause_ms"] / 1000
        number += 1


def run(number: int, lines: int, pause: float) -> int:
    """Print the lines. Returns how many they were."""
    for line in range(1, lines + 1):
        print(f"task {number}: line {line} of {lines}")  # noqa: T201 - that is what it is for
        time.sleep(pause)
    return lines


async def run_async(number: int, lines: int, pause: float) -> int:
    """The same, letting other coroutines print meanwhile."""
    for line in range(1, lines + 1):
        print(f"task {number}: line {line} of {lines}")  # noqa: T201
        await asyncio.sleep(pause)
    return lines


def checksum(result: int) -> int:
    """How many lines were printed."""
    return result
