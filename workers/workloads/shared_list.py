"""Append to one list from all workers.

Threads append to the same object: its id is the same for all of them, and the main thread finds every number in it. A process
has a copy of the list, and appends to that. Its id proves nothing: it is an address, and each process has addresses of its own.
"""

import asyncio
import os
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, Sharing, Value, WorkloadInfo

INFO = WorkloadInfo(
    title="Shared list",
    summary="Appends to a list: threads all append to the same one, each process to a copy of its own.",
    bound="coordination",
    params=(
        Param(
            "pause_ms",
            20.0,
            "Pause",
            "How long a task waits after it has appended.",
            unit="ms",
            minimum=0.0,
            maximum=60_000.0,
        ),
    ),
)


def share(params: Mapping[str, Any], sharing: Sharing) -> list[int]:
    """The list: a plain one."""
    return []


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, float]]:
    """The number to append, and the pause in seconds."""
    number = 0
    while True:
        yield number, params["pause_ms"] / 1000
        number += 1


def run(numbers: list[int], number: int, pause: float) -> int:
    """Append the number, and say which list it was. Returns the number."""
    numbers.append(number)
    say(numbers)
    time.sleep(pause)
    return number


async def run_async(numbers: list[int], number: int, pause: float) -> int:
    """The same; coroutines share everything, as threads do."""
    numbers.append(number)
    say(numbers)
    await asyncio.sleep(pause)
    return number


def say(numbers: list[int]) -> None:
    """Print which object it is, where, and how long it is there."""
    print("list id:", id(numbers))  # noqa: T201 - that is what is to be seen
    print("process id:", os.getpid())  # noqa: T201
    print("length here:", len(numbers))  # noqa: T201


def checksum(result: int) -> int:
    """The number that was appended."""
    return result


def report(params: Mapping[str, Any], numbers: list[int], done: int) -> dict[str, Value]:
    """What the main process has in its list."""
    return {"list_id": id(numbers), "length": len(numbers), "missing": max(0, done - len(numbers))}
