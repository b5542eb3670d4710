"""Producers and consumers with a bounded buffer between them: a ring of cells, two semaphores and a lock.

Even tasks produce, odd tasks consume as many. "room" counts the free cells and "items" the full ones, so a producer waits
while the buffer is full and a consumer while it is empty. The lock guards the two ends of the ring.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass
from random import Random
from typing import Any

from workers.plugin import Counter, Param, Sharing, Value, WorkloadInfo

INFO = WorkloadInfo(
    title="Producer and consumer",
    summary="Even tasks put items into a bounded buffer, odd tasks take them out; each waits for the other.",
    bound="coordination",
    params=(
        Param("items", 4, "Items", "How many items each task produces or consumes.", minimum=1, maximum=100_000),
        Param("bound", 8, "Buffer", "How many items the buffer holds.", minimum=1, maximum=100_000),
        Param(
            "pause_ms",
            1.0,
            "Pause",
            "How long an item takes to make or to use.",
            unit="ms",
            minimum=0.0,
            maximum=60_000.0,
        ),
    ),
)

LONGEST_S = 10.0
"""How long a task waits for the other side before it gives up."""


@dataclass(frozen=True)
class Buffer:
    """The ring. Cell number n holds item n of all that were ever produced, modulo the number of cells."""

    room: Any
    items: Any
    lock: Any
    cells: MutableSequence[int]
    produced: Counter
    consumed: Counter

    def put(self) -> None:
        """Append the next item; its value is its number, from 1. Needs room and the lock."""
        number = self.produced.value + 1
        self.cells[(number - 1) % len(self.cells)] = number
        self.produced.value = number

    def take(self) -> None:
        """Remove the oldest item. Needs an item and the lock. Raises RuntimeError where it is not the one it should be."""
        number = self.consumed.value + 1
        found = self.cells[(number - 1) % len(self.cells)]
        if found != number:
            raise RuntimeError(f"item {number} was due in the buffer, and there was {found}")
        self.consumed.value = number


def share(params: Mapping[str, Any], sharing: Sharing) -> Buffer:
    """The buffer, empty."""
    bound = params["bound"]
    return Buffer(
        sharing.semaphore(bound, "room"),
        sharing.semaphore(0, "items"),
        sharing.lock("buffer"),
        sharing.array(bound),
        sharing.counter(),
        sharing.counter(),
    )


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[bool, int, float]]:
    """Whether to produce (else consume), how many items, and the pause for each in seconds."""
    produce = True
    while True:
        yield produce, params["items"], params["pause_ms"] / 1000
        produce = not produce


def run(buffer: Buffer, produce: bool, items: int, pause: float) -> int:
    """Move the items. Returns how many. Raises TimeoutError where the other side keeps it waiting."""
    mine, theirs = (buffer.room, buffer.items) if produce else (buffer.items, buffer.room)
    for _ in range(items):
        if produce:
            time.sleep(pause)
        if not mine.acquire(timeout=LONGEST_S):
            raise TimeoutError(_waited(produce))
        with buffer.lock:
            buffer.put() if produce else buffer.take()
        theirs.release()
        if not produce:
            time.sleep(pause)
    return items


async def run_async(buffer: Buffer, produce: bool, items: int, pause: float) -> int:
    """The same with coroutines."""
    mine, theirs = (buffer.room, buffer.items) if produce else (buffer.items, buffer.room)
    for _ in range(items):
        if produce:
            await asyncio.sleep(pause)
        try:
            async with asyncio.timeout(LONGEST_S):
                await mine.acquire()
        except TimeoutError:
            raise TimeoutError(_waited(produce)) from None
        async with buffer.lock:
            buffer.put() if produce else buffer.take()
        theirs.release()
        if not produce:
            await asyncio.sleep(pause)
    return items


def _waited(produce: bool) -> str:
    what, other = ("for room in the buffer", "consumer") if produce else ("for an item", "producer")
    return (
        f"waited {LONGEST_S:.0f} s {what} and no {other} came; "
        "use more workers, or a buffer that holds at least as many items as a task moves"
    )


def checksum(result: int) -> int:
    """How many items were moved."""
    return result


def report(params: Mapping[str, Any], buffer: Buffer, done: int) -> dict[str, Value]:
    """Items produced, consumed, and left in the buffer."""
    produced, consumed = buffer.produced.value, buffer.consumed.value
    return {"produced": produced, "consumed": consumed, "left_in_buffer": produced - consumed}
