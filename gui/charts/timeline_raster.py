"""TimelineRaster: a picture of so many columns of time that goes on by itself: what arrives is scattered into it.

A span [a, b) adds F(b, c) - F(a, c) to column c, F(t, c) being what of c lies before t: a remainder in one column and the whole
of every earlier one. So all spans of a frame cost a few bincounts and a running sum over the columns that they touch, however
many lanes there are and whatever is stored. Columns lie in a ring: time goes on by clearing the oldest ones.
"""

import numpy as np
from numpy.typing import NDArray

from workers.insight.timeline_spans import Delta

NEAR = 64
"""Spans that begin more columns ago than this are added one by one: they are few."""
_APART = 4
"""A span as many columns wide as this is set off from the one before."""
KINDS = 16


class TimelineRaster:
    """Time per kind, row and column; and which cells changed since they were last painted."""

    def __init__(self, rows: int, columns: int, step_ns: int, now_ns: int) -> None:
        """Columns are `step_ns` wide and begin at multiples of it; the last one holds `now_ns`."""
        self.rows, self.columns, self.step = rows, columns, step_ns
        self.last = now_ns // step_ns
        """Number of the last column. Column c lies at c modulo `columns`."""
        self.kinds: list[int] = []
        self.time = np.zeros((0, rows, columns))
        """(kinds, rows, columns), ns."""
        self.apart = np.zeros((rows, columns), bool)
        """Whether a span that is wide enough to be set off begins there."""
        self.dirty = np.full(rows, self.first)
        """By row the first column that has changed."""

    @property
    def first(self) -> int:
        """Number of the first column."""
        return self.last - self.columns + 1

    def edges(self, first: int, last: int) -> NDArray[np.int64]:
        """Where the columns from `first` to `last` begin, and the last one ends."""
        return np.arange(first, last + 2, dtype=np.int64) * self.step

    def places(self, first: int, last: int) -> NDArray[np.int64]:
        """Where these columns lie in the ring."""
        return np.arange(first, last + 1) % self.columns

    def fill(self, row: int, shares: dict[int, NDArray[np.float64]], each: int) -> None:
        """Put down what a row holds: shares of successive pieces of `each` columns, the first one at `first`."""
        places = self.places(self.first, self.last)
        self.time[:, row] = 0.0
        for kind, share in shares.items():
            slot = self._slot(kind)
            self.time[slot, row, places] = np.repeat(share, each)[: self.columns] * self.step
        self.apart[row] = False
        self.dirty[row] = self.first

    def set_apart(self, row: int, start: NDArray[np.int64], end: NDArray[np.int64]) -> None:
        """Mark where these spans begin, if they are wide enough to be set off from their neighbours."""
        begin = start // self.step
        wide = (end // self.step - begin >= _APART) & (begin >= self.first) & (begin <= self.last)
        self.apart[row, begin[wide] % self.columns] = True

    def advance(self, now_ns: int) -> None:
        """Time has gone on."""
        new = now_ns // self.step
        gone = min(new - self.last, self.columns)
        if gone > 0:
            places = self.places(new - gone + 1, new)
            self.time[:, :, places] = 0.0
            self.apart[:, places] = False
            self.dirty = np.minimum(self.dirty, self.last)
            self.last = new
            self.dirty = np.maximum(self.dirty, self.first)

    def add(self, delta: Delta, row_of: NDArray[np.int64], known: NDArray[np.int64]) -> None:
        """Scatter what changed. `row_of`: by track its row, -1 for out of sight; `known`: by row until when it was known."""
        row = row_of[delta.lane]
        seen = np.flatnonzero((row >= 0) & (delta.end > self.first * self.step))
        if not len(seen):
            return
        row, kind, sign = row[seen], delta.kind[seen], delta.sign[seen].astype(np.float64)
        start = np.maximum(delta.start[seen], self.first * self.step)
        end = np.minimum(delta.end[seen], (self.last + 1) * self.step)
        begin, over = start // self.step, end // self.step
        # What lay open between the last known end and this span is now known to be idle.
        touched = np.minimum(begin, known[row] // self.step)
        np.minimum.at(self.dirty, row, np.maximum(touched, self.first))
        slots = np.zeros(KINDS, np.int64)
        for found in np.flatnonzero(np.bincount(kind, minlength=KINDS)).tolist():
            slots[found] = self._slot(found)
        slot = slots[kind]
        # Where the column is out of sight by now it would be another one's place.
        wide = (over - begin >= _APART) & (sign > 0) & (delta.start[seen] >= start) & (begin <= self.last)
        self.apart[row[wide], begin[wide] % self.columns] = True
        far = begin < self.last - NEAR
        for i in np.flatnonzero(far).tolist():
            self._add_one(int(slot[i]), int(row[i]), int(start[i]), int(end[i]), float(sign[i]))
        if far.any():
            near = ~far
            row, slot, sign, start, end = row[near], slot[near], sign[near], start[near], end[near]
            begin, over = begin[near], over[near]
        if len(row):
            self._scatter(slot, row, start, end, sign, begin, over)

    def _scatter(
        self,
        slot: NDArray[np.int64],
        row: NDArray[np.int64],
        start: NDArray[np.int64],
        end: NDArray[np.int64],
        sign: NDArray[np.float64],
        begin: NDArray[np.int64],
        over: NDArray[np.int64],
    ) -> None:
        low = int(begin.min())
        # One more than there are: a span may end where the last column does.
        wide = self.last - low + 2
        size = len(self.kinds) * self.rows * wide
        base = (slot * self.rows + row) * wide - low
        at_start, at_end = base + begin, base + over
        passed = np.bincount(at_end, sign, size) - np.bincount(at_start, sign, size)
        rest = np.bincount(at_end, sign * (end - over * self.step), size)
        rest -= np.bincount(at_start, sign * (start - begin * self.step), size)
        passed = passed.reshape(-1, self.rows, wide)
        whole = passed[:, :, ::-1].cumsum(axis=2)[:, :, ::-1] - passed
        added = whole * self.step + rest.reshape(passed.shape)
        self.time[:, :, self.places(low, self.last)] += added[:, :, :-1]

    def _add_one(self, slot: int, row: int, start: int, end: int, sign: float) -> None:
        first, last = start // self.step, min((end - 1) // self.step, self.last)
        at = self.edges(first, last)
        time = np.minimum(at[1:], end) - np.maximum(at[:-1], start)
        self.time[slot, row, self.places(first, last)] += sign * np.maximum(time, 0)

    def shares(self, rows: slice, first: int, last: int, order: list[int]) -> NDArray[np.float32]:
        """(kinds in `order`, rows, columns) of the columns from `first` to `last`; `order` names kinds that occur."""
        slots = [self.kinds.index(kind) for kind in order]
        part = self.time[:, rows][:, :, self.places(first, last)][slots]
        return np.clip(part / self.step, 0.0, 1.0).astype(np.float32)

    def _slot(self, kind: int) -> int:
        if kind not in self.kinds:
            self.kinds.append(kind)
            self.time = np.concatenate((self.time, np.zeros((1, self.rows, self.columns))))
        return self.kinds.index(kind)
