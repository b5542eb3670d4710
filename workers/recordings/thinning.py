"""Spans made so few that they can be kept: those of one lane and kind that lie close together become one.

So no lane looks less busy than it was, and none by more than the gaps that were closed, which are told.
"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
FIRST_PARTS = 8_192
"""The first gap that is closed is so small a part of the run."""


def thin(
    lane: NDArray[np.int32], kind: NDArray[np.uint8], start: Ints, end: Ints, most: int
) -> tuple[NDArray[np.int32], NDArray[np.uint8], Ints, Ints, int]:
    """(lane, kind, start, end, gap): at most `most` spans, by lane, kind and start; gaps shorter than `gap` ns are closed.

    `most` must be as much as there are pairs of lane and kind. 0 for `gap`: all spans are there as they were.
    """
    order = np.lexsort((start, lane.astype(np.int64) * 256 + kind))
    lane, kind, start, end = lane[order], kind[order], start[order], end[order]
    gap = 0
    # Of spans within spans the outer one may end last.
    while len(start) > most:
        gap = max(1, int(end.max() - start.min()) // FIRST_PARTS) if not gap else gap * 2
        first = np.ones(len(start), bool)
        first[1:] = (lane[1:] != lane[:-1]) | (kind[1:] != kind[:-1]) | (start[1:] - end[:-1] >= gap)
        heads = np.flatnonzero(first)
        end = np.maximum.reduceat(end, heads)
        lane, kind, start = lane[heads], kind[heads], start[heads]
    return lane, kind, start, end, gap
