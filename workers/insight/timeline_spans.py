"""What a Timeline takes in and hands out: spans alone, as columns, and as changes of the picture."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.insight.timeline_series import Ints


@dataclass(frozen=True)
class Span:
    """One span. Times in ns."""

    lane: int
    kind: int
    start: int
    end: int
    number: int
    """What the feeder gave it: a task's number, or which lock."""
    failed: bool
    parent: int
    """The kind of the span that it lies in; NOBODY for none."""
    under_way: bool = False
    """A task that has not ended: `start` is when it was first seen, `end` is now."""


@dataclass(frozen=True)
class Spread:
    """Spans as columns, those around others before what is inside them."""

    kind: NDArray[np.uint8]
    start: Ints
    end: Ints
    number: Ints
    failed: NDArray[np.bool_]


@dataclass(frozen=True)
class Delta:
    """What has changed in the picture: from `start` to `end` this lane has `sign` more of this kind. Columns."""

    lane: Ints
    kind: NDArray[np.uint8]
    start: Ints
    end: Ints
    sign: NDArray[np.int8]


def edges(start_ns: int, end_ns: int, columns: int) -> Ints:
    """Where `columns` equal parts of [start_ns, end_ns) begin and end: columns + 1 instants, to the nanosecond."""
    length = end_ns - start_ns
    whole, rest = divmod(length, columns)
    steps = np.arange(columns + 1, dtype=np.int64)
    return start_ns + steps * whole + steps * rest // columns


def chain(parts: list[Ints]) -> Ints:
    """One after the other; empty for none."""
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def joined(deltas: Iterable[Delta]) -> Delta:
    """All in one."""
    parts = list(deltas)
    return Delta(
        np.concatenate([part.lane for part in parts]),
        np.concatenate([part.kind for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
        np.concatenate([part.sign for part in parts]),
    )
