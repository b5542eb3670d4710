"""Waits on itself: a task hands a part of its work to the pool that it runs in, and waits for the result.

The part needs a free worker. Where all workers wait for parts there is none, and never will be.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, Sharing, WorkloadInfo

POOL, DIRECT = "into the pool", "done at once"

INFO = WorkloadInfo(
    title="Waits on itself",
    summary="Hands a part of its work to its own pool and waits for it: once all workers wait, nobody is left to do it.",
    bound="coordination",
    params=(
        Param(
            "part",
            POOL,
            "Part",
            "Where the part goes: into the pool (a deadlock when all workers wait) or it is done at once, by the task itself (never).",
            choices=(POOL, DIRECT),
        ),
        Param(
            "pause_ms",
            10.0,
            "Pause",
            "How long a task works before it needs its part.",
            unit="ms",
            minimum=0.0,
            maximum=60_000.0,
        ),
    ),
    own_pool=True,
)


def share(params: Mapping[str, Any], sharing: Sharing) -> Any:
    """The pool that the tasks run in."""
    return sharing.pool()


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, str, float]]:
    """The task's number, where its part goes, and the pause in seconds."""
    number = 0
    while True:
        yield number, params["part"], params["pause_ms"] / 1000
        number += 1


def run(pool: Any, number: int, part: str, pause: float) -> int:
    """Work, and then need the part. Returns the number."""
    time.sleep(pause)
    if part == DIRECT:
        return do_part(number)
    return int(pool.submit(do_part, number).result())


def do_part(number: int) -> int:
    """The part."""
    return number


async def run_async(places: Any, number: int, part: str, pause: float) -> int:
    """The same with coroutines: a task keeps its place while it awaits another one, which needs a place too."""
    async with places:
        await asyncio.sleep(pause)
        if part == DIRECT:
            return do_part(number)
        return await asyncio.create_task(do_part_async(places, number))


async def do_part_async(places: Any, number: int) -> int:
    """The part, once there is a place for it."""
    async with places:
        return do_part(number)


def checksum(result: int) -> int:
    """The task's number."""
    return result
