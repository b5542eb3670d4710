"""Add to one counter from all workers, without a lock: some of what was added is lost.

"read, call, write" reads the counter, calls a Python function and writes the counter back. Whoever is stopped in between
writes back an old number later, and all that others added meanwhile is gone.

"+=" does the same: it, too, is a read, an addition and a write. Threads of today's CPython hardly ever lose anything over it,
because the GIL changes hands only where a loop jumps back or a function is called, and there is neither in between. That is
how CPython happens to be made and no promise of the language: before 3.10 it lost, without a GIL it loses, and so does every
process that shares memory with another one.

The counter is watched, so that lost updates can be shown step by step. Not so for "+=": watching would call functions in the
middle of it, and then it would lose.

The cure is a lock around the work: the model's option `primitive`.
"""

import asyncio
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Counter, Param, Sharing, Value, WorkloadInfo

READ_CALL_WRITE, IN_PLACE = "read, call, write", "+="

INFO = WorkloadInfo(
    title="Shared counter",
    summary="Adds to one counter from all workers without a lock, and loses updates; a bare += hides that in threads, "
    "by luck of today's CPython.",
    bound="coordination",
    params=(
        Param("increments", 5_000, "Increments", "How often each task adds one.", minimum=0, maximum=10_000_000),
        Param(
            "statement",
            READ_CALL_WRITE,
            "Statement",
            "How one is added: with a Python call between reading and writing, or by a bare +=.",
            choices=(READ_CALL_WRITE, IN_PLACE),
        ),
    ),
)


def share(params: Mapping[str, Any], sharing: Sharing) -> Counter:
    """The counter."""
    return sharing.counter(watched="counter" if params["statement"] == READ_CALL_WRITE else "")


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, str]]:
    """How often to add one, and by which statement."""
    while True:
        yield params["increments"], params["statement"]


def run(counter: Counter, increments: int, statement: str) -> int:
    """Add one to the counter, `increments` times. Returns how often that was."""
    if statement == IN_PLACE:
        for _ in range(increments):
            counter.value += 1
    else:
        for _ in range(increments):
            value = counter.value
            value = one_more(value)
            counter.value = value
    return increments


async def run_async(counter: Counter, increments: int, statement: str) -> int:
    """The same; between reading and writing other coroutines get their turn, which only an `await` gives them."""
    if statement == IN_PLACE:
        for _ in range(increments):
            counter.value += 1
    else:
        for _ in range(increments):
            value = counter.value
            await asyncio.sleep(0)
            counter.value = value + 1
    return increments


def one_more(value: int) -> int:
    """`value` + 1, taking its time: most of a task must lie between reading and writing, to be stopped there for sure."""
    for _ in range(50):
        value += 1
    return value - 49


def checksum(result: int) -> int:
    """How often one was added, whether or not it was lost."""
    return result


def report(params: Mapping[str, Any], counter: Counter, done: int) -> dict[str, Value]:
    """What the counter should be, what it is, and the difference."""
    expected, actual = done * params["increments"], counter.value
    # It is more than expected only where Stop cut off a task that had begun to add.
    return {"expected": expected, "actual": actual, "lost_updates": max(0, expected - actual)}
