"""Sleep: waiting and nothing else, as for a slow disk or server. It needs no core, and no GIL."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Sleep",
    summary="Waits and computes nothing, as for a slow disk or server: needs neither a core nor the GIL.",
    bound="waiting",
    params=(
        Param("ms", 20.0, "Duration", "How long each task sleeps.", unit="ms", minimum=0.0, maximum=600_000.0),
        Param(
            "spread",
            0.0,
            "Spread",
            "How much the duration varies from task to task: 0.5 draws it from half to one and a half times.",
            minimum=0.0,
            maximum=1.0,
        ),
    ),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[float]]:
    """The duration in seconds, task after task."""
    seconds, spread = params["ms"] / 1000, params["spread"]
    while True:
        yield (seconds * random.uniform(1 - spread, 1 + spread) if spread else seconds,)


def run(seconds: float) -> int:
    """Sleep for `seconds`. Returns the microseconds asked for."""
    time.sleep(seconds)
    return round(seconds * 1e6)


async def run_async(seconds: float) -> int:
    """The same, letting other coroutines run meanwhile."""
    await asyncio.sleep(seconds)
    return round(seconds * 1e6)


def checksum(result: int) -> int:
    """The microseconds asked for."""
    return result
