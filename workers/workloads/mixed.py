"""Mixed: some computing in pure Python, then some waiting. The share of waiting can be turned while the run goes on.

Threads help as much as there is waiting to overlap; the rest takes turns under the GIL.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Mixed",
    summary="Computes in pure Python and then waits; the share of waiting can be turned during the run.",
    bound="CPU in Python",
    params=(
        Param(
            "ms",
            10.0,
            "Duration",
            "How long a task takes by itself: exact for the waiting, approximate for the computing.",
            unit="ms",
            minimum=0.0,
            maximum=600_000.0,
        ),
        Param(
            "share",
            0.5,
            "Waiting",
            "0 only computes, 1 only waits. Tasks that start after a change follow it.",
            minimum=0.0,
            maximum=1.0,
            live=True,
        ),
    ),
)

STEPS_PER_MS = 10_000
"""Steps of the loop below in a millisecond, about. A fixed number: what is computed must not depend on
the machine, or the results of two models could not be compared."""


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int, float]]:
    """A number to start from, how many steps to compute and how many seconds to wait."""
    while True:
        ms, share = params["ms"], params["share"]
        yield random.getrandbits(31), round(ms * (1 - share) * STEPS_PER_MS), ms * share / 1000


def run(start: int, steps: int, seconds: float) -> int:
    """Compute, then wait. Returns the number that the computing ended with."""
    number = compute(start, steps)
    if seconds:
        time.sleep(seconds)
    return number


async def run_async(start: int, steps: int, seconds: float) -> int:
    """Compute, which blocks the event loop, then wait, which does not."""
    number = compute(start, steps)
    if seconds:
        await asyncio.sleep(seconds)
    return number


def compute(number: int, steps: int) -> int:
    """The number after `steps` steps of a linear congruential generator."""
    for _ in range(steps):
        number = (number * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
    return number


def checksum(result: int) -> int:
    """The number that the computing ended with."""
    return result
