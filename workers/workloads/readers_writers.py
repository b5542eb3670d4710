"""Readers and writers: any number may read at once, but who writes must be alone.

The classic lock for it: the first reader takes "the data", the last one gives them back, and a writer takes them for itself. A
steady stream of readers can keep writers waiting for long: that is the weakness of this one.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping, MutableSequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from workers.plugin import Counter, Param, Sharing, Value, WorkloadInfo

INFO = WorkloadInfo(
    title="Readers and writers",
    summary="Many tasks read what few tasks write: readers share a lock, and a writer has it for itself.",
    bound="coordination",
    params=(
        Param(
            "writers",
            0.1,
            "Share of writers",
            "How many of the tasks write: 0.1 is one in ten.",
            minimum=0.0,
            maximum=1.0,
        ),
        Param("read_ms", 4.0, "Read", "How long reading takes.", unit="ms", minimum=0.0, maximum=60_000.0),
        Param("write_ms", 4.0, "Write", "How long writing takes.", unit="ms", minimum=0.0, maximum=60_000.0),
    ),
)
READ, WRITE = 1, 1_000
"""What the tasks return."""


@dataclass(frozen=True)
class Table:
    """Two cells that always hold the same number, unless someone reads them while they are written."""

    data: Any
    """Held by the writer, or by the readers together. A semaphore, because the last reader is seldom the first one."""
    mutex: Any
    """Guards all that is counted here."""
    cells: MutableSequence[int]
    reading: Counter
    most: Counter
    reads: Counter
    torn: Counter

    def read(self, before: tuple[int, int], after: tuple[int, int]) -> None:
        """Count a read that saw these two values at its start and at its end. Needs the mutex."""
        self.reads.value += 1
        if len({*before, *after}) > 1:
            self.torn.value += 1

    def look(self) -> tuple[int, int]:
        """Both cells."""
        return self.cells[0], self.cells[1]

    def come(self) -> bool:
        """One reader more; whether it is the first. Needs the mutex."""
        self.reading.value += 1
        self.most.value = max(self.most.value, self.reading.value)
        return self.reading.value == 1

    def go(self) -> bool:
        """One reader less; whether it was the last. Needs the mutex."""
        self.reading.value -= 1
        return self.reading.value == 0

    @contextmanager
    def for_reading(self) -> Iterator[None]:
        """Be one of the readers."""
        with self.mutex:
            if self.come():
                self.data.acquire()
        try:
            yield
        finally:
            with self.mutex:
                if self.go():
                    self.data.release()

    @asynccontextmanager
    async def for_reading_async(self) -> AsyncIterator[None]:
        """The same with coroutines."""
        async with self.mutex:
            if self.come():
                await self.data.acquire()
        try:
            yield
        finally:
            async with self.mutex:
                if self.go():
                    self.data.release()


def share(params: Mapping[str, Any], sharing: Sharing) -> Table:
    """The two cells, their lock and what is counted."""
    return Table(
        sharing.semaphore(1, "the data"),
        sharing.lock("count of readers"),
        sharing.array(2),
        *(sharing.counter() for _ in range(4)),
    )


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[bool, float]]:
    """Whether to write (else read), and how many seconds it takes."""
    while True:
        write = random.random() < params["writers"]
        yield write, params["write_ms" if write else "read_ms"] / 1000


def run(table: Table, write: bool, seconds: float) -> int:
    """Read or write. Returns 1000 for a write and 1 for a read."""
    if write:
        with table.data:
            table.cells[0] += 1
            time.sleep(seconds)
            table.cells[1] += 1
        return WRITE
    with table.for_reading():
        before = table.look()
        time.sleep(seconds)
        after = table.look()
        with table.mutex:
            table.read(before, after)
    return READ


async def run_async(table: Table, write: bool, seconds: float) -> int:
    """The same with coroutines."""
    if write:
        async with table.data:
            table.cells[0] += 1
            await asyncio.sleep(seconds)
            table.cells[1] += 1
        return WRITE
    async with table.for_reading_async():
        before = table.look()
        await asyncio.sleep(seconds)
        after = table.look()
        async with table.mutex:
            table.read(before, after)
    return READ


def checksum(result: int) -> int:
    """Of a write or a read: the sum tells how many there were of each, up to 999 reads."""
    return result


def report(params: Mapping[str, Any], table: Table, done: int) -> dict[str, Value]:
    """Reads, writes, the most readers that were at it together, and reads that saw a write half done (never any)."""
    return {
        "reads": table.reads.value,
        "writes": table.cells[1],
        "most_readers_at_once": table.most.value,
        "torn_reads": table.torn.value,
    }
