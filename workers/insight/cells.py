"""Sums of time in cells of one width: what spans and samples come to, whatever their number, in bounded memory."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Times = NDArray[np.int64]


FEW = 6
"""So many intervals are spread one by one."""


class Raster:
    """Where cells lie: cell i is [zero + i * width, zero + (i + 1) * width), nanoseconds."""

    def __init__(self, zero_ns: int, width_ns: int) -> None:
        self.zero_ns = zero_ns
        self.width_ns = width_ns
        self.allocated = 0
        """Cells that all who lie on it have made room for."""

    def cell(self, t_ns: int) -> int:
        """The cell that `t_ns` lies in."""
        return (t_ns - self.zero_ns) // self.width_ns

    def edges(self, first: int, count: int) -> Times:
        """The `count` + 1 edges of the cells from `first` on, in ns."""
        return self.zero_ns + np.arange(first, first + count + 1, dtype=np.int64) * self.width_ns


class Cells:
    """Named rows of nanoseconds (or counts) over neighbouring cells; they grow to both sides."""

    def __init__(self, raster: Raster, rows: int) -> None:
        self._raster = raster
        self._data = np.zeros((rows, 0))
        self._low = 0
        """Cell of the first column of `_data`."""
        self.first = 0
        self.count = 0
        """Cells in use: `count` from `first` on."""

    @property
    def size(self) -> int:
        """Cells allocated."""
        return self._data.shape[1]

    def read(self, first: int, count: int) -> Floats:
        """The rows over these cells, shape (rows, count); 0 where nothing was added."""
        out = np.zeros((len(self._data), count))
        low, high = max(first, self.first), min(first + count, self.first + self.count)
        if low < high:
            # Sums of differences: what is next to nothing may be on its wrong side.
            out[:, low - first : high - first] = np.maximum(self._data[:, low - self._low : high - self._low], 0.0)
        return out

    def total(self) -> Floats:
        """The sum of each row."""
        sums: Floats = np.maximum(self._data.sum(axis=1), 0.0)
        return sums

    def add(self, row: int, start: Times, end: Times, scale: Floats | float = 1.0) -> None:
        """Spread intervals (ns) over the cells that they touch, each times its `scale`. Those that end before they start are none."""
        good = end > start
        if not good.all():
            start, end = start[good], end[good]
            scale = scale[good] if isinstance(scale, np.ndarray) else scale
        if len(start) <= FEW:
            for one in zip(start.tolist(), end.tolist(), np.broadcast_to(scale, start.shape).tolist(), strict=True):
                self.add_one(row, *one)
            return
        zero, width = self._raster.zero_ns, self._raster.width_ns
        a, b = (start - zero) // width, (end - zero) // width
        first, last = int(a.min()), int(b.max())
        self._reach(first, last)
        a, b = a - first, b - first
        n = last - first + 1
        weight = np.broadcast_to(np.asarray(scale, np.float64), start.shape)
        # Each counts from its start to the end of that cell, in all cells between whole, and in its last one up to its end.
        out = np.bincount(b, (end - zero - (b + first) * width) * weight, n)
        out -= np.bincount(a, (start - zero - (a + first) * width) * weight, n)
        step = np.bincount(a, weight, n) - np.bincount(b, weight, n)
        out += np.cumsum(step) * width
        low = first - self._low
        self._data[row, low : low + n] += out

    def add_one(self, row: int, start: int, end: int, scale: float = 1.0) -> None:
        """As `add`, for a single interval: less work than with arrays."""
        if end <= start or not scale:
            return
        zero, width = self._raster.zero_ns, self._raster.width_ns
        first, last = (start - zero) // width, (end - zero) // width
        self._reach(first, last)
        data, low = self._data, self._low
        if first == last:
            data[row, first - low] += (end - start) * scale
            return
        data[row, first - low] += (zero + (first + 1) * width - start) * scale
        data[row, first - low + 1 : last - low] += width * scale
        data[row, last - low] += (end - zero - last * width) * scale

    @property
    def zero_and_width(self) -> tuple[int, int]:
        """Of the raster that they lie on, ns."""
        return self._raster.zero_ns, self._raster.width_ns

    def add_block(self, first: int, block: Floats) -> None:
        """Add to all rows, from cell `first` on; shape (rows, cells)."""
        count = block.shape[1]
        self._reach(first, first + count - 1)
        self._data[:, first - self._low : first - self._low + count] += block

    def count_at(self, row: int, t_ns: int) -> None:
        """Add 1 to the cell of this instant."""
        cell = self._raster.cell(t_ns)
        self._reach(cell, cell)
        self._data[row, cell - self._low] += 1

    def halve(self) -> None:
        """Every two cells become one; the raster has become twice as wide."""
        if not self.count:
            return
        low, high = self.first // 2, (self.first + self.count - 1) // 2
        wide = self.read(low * 2, (high - low + 1) * 2)
        self._raster.allocated += high - low + 1 - self.size
        self._data = wide[:, ::2] + wide[:, 1::2]
        self._low = self.first = low
        self.count = high - low + 1

    def _reach(self, first: int, last: int) -> None:
        """Have room for the cells from `first` to `last`."""
        if not self.count:
            self._low = self.first = first
        low, high = min(first, self.first), max(last + 1, self.first + self.count)
        if low < self._low or high > self._low + self.size:
            # A quarter more to the right, where it will go on.
            grown = np.zeros((len(self._data), max(2, high - low + (high - low) // 4)))
            if self.count:
                at = self.first - low
                old = self.first - self._low
                grown[:, at : at + self.count] = self._data[:, old : old + self.count]
            self._raster.allocated += grown.shape[1] - self.size
            self._data, self._low = grown, low
        self.first, self.count = low, high - low


def spread(
    cells: list[Cells], rows: int, which: NDArray[np.int64], row: NDArray[np.int64], start: Times, end: Times
) -> None:
    """As `Cells.add`, for many of one raster at once: intervals, each in this row of the one at this place of `cells`."""
    if not len(which):
        return
    zero, width = cells[0].zero_and_width
    a, b = (start - zero) // width, (end - zero) // width
    first, last = np.full(len(cells), np.iinfo(np.int64).max), np.full(len(cells), -1, np.int64)
    np.minimum.at(first, which, a)
    np.maximum.at(last, which, b)
    count = np.maximum(last - first + 1, 0)
    # All rows of all of them one after the other; what is added up along them is level again at the end of each row.
    offset = np.concatenate(([0], np.cumsum(count * rows)))
    base = offset[which] + row * count[which] - first[which]
    size = int(offset[-1])
    out: Floats = np.bincount(base + b, (end - zero - b * width).astype(np.float64), size).astype(np.float64)
    out -= np.bincount(base + a, (start - zero - a * width).astype(np.float64), size)
    step = np.bincount(base + a, minlength=size) - np.bincount(base + b, minlength=size)
    out += np.cumsum(step) * width
    for place, low, n in zip(range(len(cells)), offset.tolist(), count.tolist(), strict=False):
        if n:
            cells[place].add_block(int(first[place]), out[low : low + n * rows].reshape(rows, n))
