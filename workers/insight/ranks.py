"""Exact percentiles of columns that lie in blocks, a block at a time: as many steps as one likes, and no copy of a whole column.

The range of the values is cut into bins, which are counted; the bins with what is sought are cut anew, until each is one value wide.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

BITS = 14
"""A range is cut into so many bins, as a power of two."""

_T = TypeVar("_T")
Steps = Generator[None, None, _T]
"""What is reckoned in steps, each of which takes a few milliseconds at most: pauses in between, and returns what was found."""
Values = Callable[[], Iterable[NDArray[np.int64]]]
"""The values, block by block; the same each time it is called."""


def at_once(steps: Steps[_T]) -> _T:
    """All steps, without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: _T = done.value
            return found


def percentiles(values: Values, shares: Sequence[float]) -> Steps[tuple[list[float], int] | None]:
    """(what these parts of the values do not exceed, the largest); between two values in proportion, as numpy has it. None: there are none.

    `shares` from 0 to 1.
    """
    count, least, most = 0, 0, 0
    for block in values():
        if len(block):
            low, high = int(block.min()), int(block.max())
            least, most = (min(least, low), max(most, high)) if count else (low, high)
            count += len(block)
        yield
    if not count:
        return None
    places = [share * (count - 1) for share in shares]
    ranks = sorted({rank for place in places for rank in (int(place), min(int(place) + 1, count - 1))})
    at = yield from _at_ranks(values, ranks, least, most)
    found = []
    for place in places:
        one, other = at[int(place)], at[min(int(place) + 1, count - 1)]
        found.append(one + (other - one) * (place - int(place)))
    return found, most


def _at_ranks(values: Values, ranks: Sequence[int], least: int, most: int) -> Steps[dict[int, int]]:
    """The value with each of these ranks, which count from 0, in order."""
    found: dict[int, int] = {}
    # Where a range begins, what its bins are wide (as a power of two), how many values lie before it, the ranks in it.
    ranges = [(least, max(0, (most - least).bit_length() - BITS), 0, list(ranks))]
    while ranges:
        counted = [np.zeros(1 << BITS, np.int64) for _ in ranges]
        for block in values():
            for i, (low, shift, _, _) in enumerate(ranges):
                bins = (block - low) >> shift
                counted[i] += np.bincount(bins[(bins >= 0) & (bins < 1 << BITS)], minlength=1 << BITS)
            yield
        finer = []
        for (low, shift, before, sought), counts in zip(ranges, counted, strict=True):
            up_to = before + np.cumsum(counts)
            by_bin: dict[int, list[int]] = {}
            for rank in sought:
                by_bin.setdefault(int(np.searchsorted(up_to, rank, "right")), []).append(rank)
            for place, those in by_bin.items():
                start = low + (place << shift)
                if shift == 0:
                    found |= dict.fromkeys(those, start)
                else:
                    earlier = int(up_to[place - 1]) if place else before
                    finer.append((start, max(0, shift - BITS), earlier, those))
        ranges = finer
    return found
