"""Allocate memory, touch each page of it, hold it for a while and give it back. Watch the memory of the processes.

Threads share one heap; processes each have their own, and what a process has given back may stay with it for the next task.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Allocate",
    summary="Allocates memory, writes to each of its pages and holds it for a while: watch the memory of each process.",
    bound="memory",
    params=(
        Param("mib", 8, "Memory", "How much each task allocates.", unit="MiB", minimum=1, maximum=1_024),
        Param("hold_ms", 5.0, "Hold", "How long it is held.", unit="ms", minimum=0.0, maximum=60_000.0),
    ),
)

PAGE = 4096
"""In bytes. Memory comes from the kernel page by page, when it is first written to."""


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int, float]]:
    """How many MiB, what to write into each page (1 to 255), and how many seconds to hold them."""
    while True:
        yield params["mib"], random.randint(1, 255), params["hold_ms"] / 1000


def run(mib: int, mark: int, seconds: float) -> int:
    """Allocate, hold, give back. Returns the sum over what was written, one byte a page."""
    block = touched(mib, mark)
    time.sleep(seconds)
    return sum(block[::PAGE])


async def run_async(mib: int, mark: int, seconds: float) -> int:
    """The same, holding without blocking the event loop."""
    block = touched(mib, mark)
    await asyncio.sleep(seconds)
    return sum(block[::PAGE])


def touched(mib: int, mark: int) -> bytearray:
    """A block of `mib` MiB with `mark` as the first byte of each page. Raises MemoryError where there is not so much."""
    block = bytearray(mib << 20)
    block[::PAGE] = bytes((mark,)) * (len(block) // PAGE)
    return block


def checksum(result: int) -> int:
    """The sum over what was written."""
    return result
