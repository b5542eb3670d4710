"""Series: spans that do not overlap, so tightly kept that the busy time up to any instant is one search away."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

MARK_SHIFT = 4
"""The start of every 16th span stands in a short array of its own: most of a search stays within what the processor holds near."""
FAILED = np.uint32(1 << 31)
NUMBER = np.uint32((1 << 31) - 1)
KNOT_SPANS = 64
"""Of what was thinned, the exact sum is kept at the start of every so-many-th span."""
MOST_KNOTS = 1 << 14
SKETCHED = 16
"""With so many marks between two edges a sketch differs from the exact sums by a sixteenth of a column at most."""
_LARGE = 1 << 14
"""A series of more spans than this grows ahead of need, one in turn: see `Timeline.append`."""


class Series:
    """Spans in order of time. `elapsed` says how much of the time before an instant they cover.

    With `cum[i]` the length of all spans before span i, it is cum[k] + min(t - start[k], length of span k), k being the last
    one that starts by t. No pyramid is kept: a picture of any zoom costs a search for each of its columns. 20.5 bytes a span,
    and room for at most a seventh more.
    """

    __slots__ = ("_knots", "_marks", "cum", "last_end", "meta", "n", "start")

    def __init__(self) -> None:
        self.n = 0
        self.last_end: int = np.iinfo(np.int64).min
        """Where the last span ends."""
        self.start: Ints = np.empty(4, np.int64)
        self.cum: Ints = np.empty(5, np.int64)
        self.cum[0] = 0
        self.meta: NDArray[np.uint32] = np.empty(4, np.uint32)
        """The failed bit, and 31 bits of a number."""
        self._marks: Ints = np.empty(1, np.int64)
        self._knots: Ints | None = None
        """(2, n): instants and sums at them, of what was thinned; the last is where the spans begin."""

    @property
    def nbytes(self) -> int:
        """What is allocated."""
        knots = self._knots.nbytes if self._knots is not None else 0
        return self.start.nbytes + self.cum.nbytes + self.meta.nbytes + self._marks.nbytes + knots

    @property
    def first(self) -> int | None:
        """The earliest instant that anything is known of; None where there is nothing."""
        if self._knots is not None:
            return int(self._knots[0, 0])
        return int(self.start[0]) if self.n else None

    @property
    def thinned_until(self) -> int | None:
        """Before this instant only sums are kept; None where all is kept."""
        return int(self._knots[0, -1]) if self._knots is not None else None

    # ---- taking in ------------------------------------------------------------------------------------------------
    def append(self, start: Ints, end: Ints, meta: NDArray[np.uint32]) -> None:
        """Add spans in order of time. Those that come late are put where they belong; what overlaps is told once."""
        n = self.n
        if n and start[0] < self.start[n - 1]:
            late = self.pop_from(int(start[0]))
            start, end = np.concatenate((late[0], start)), np.concatenate((late[1], end))
            order = np.argsort(start, kind="stable")
            start, end, meta = start[order], end[order], np.concatenate((late[2], meta))[order]
            n = self.n
        before = max(self.last_end, int(start[0]))
        reached = np.maximum.accumulate(end)
        start = np.maximum(start, np.concatenate(([before], reached[:-1])))
        length = np.maximum(end - start, 0)
        sums = np.concatenate(([0], np.cumsum(length)))
        self.push(start, sums, meta, int(start[-1] + length[-1]))

    def push(self, start: Ints, sums: Ints, meta: NDArray[np.uint32], last_end: int) -> None:
        """Add spans of which it is known that they are in order, overlap nowhere and begin after `last_end`.

        `sums` is one longer: the running sum of their lengths, counted from anywhere.
        """
        n = self.n
        new = n + len(start)
        if new > len(self.start):
            self.reserve(new)
        self.start[n:new] = start
        np.add(sums[1:], self.cum[n] - sums[0], out=self.cum[n + 1 : new + 1])
        self.meta[n:new] = meta
        self.n, self.last_end = new, last_end
        if (new - 1) >> MARK_SHIFT != (n - 1) >> MARK_SHIFT:
            self._mark(n)

    def _mark(self, since: int) -> None:
        first = (since + (1 << MARK_SHIFT) - 1) >> MARK_SHIFT
        marked = self.start[first << MARK_SHIFT : self.n : 1 << MARK_SHIFT]
        self._marks[first : first + len(marked)] = marked

    def pop_from(self, t_ns: int) -> tuple[Ints, Ints, NDArray[np.uint32]]:
        """Take out the spans that start at `t_ns` or later: (start, end, meta)."""
        low, n = int(np.searchsorted(self.start[: self.n], t_ns, "left")), self.n
        start = self.start[low:n].copy()
        taken = start, start + np.diff(self.cum[low : n + 1]), self.meta[low:n].copy()
        self.n = low
        self.last_end = (
            int(self.start[low - 1] + self.cum[low] - self.cum[low - 1]) if low else int(np.iinfo(np.int64).min)
        )
        return taken

    @property
    def is_tight(self) -> bool:
        """Whether it is large and will soon need more room."""
        room = len(self.start)
        return room > _LARGE and self.n > room - (room >> 5)

    def reserve(self, need: int = 0) -> None:
        """Make room, a seventh more than there is and for at least `need` spans."""
        room = max(need, self.n + self.n // 7 + 4)
        for name in ("start", "cum", "meta"):
            old: NDArray[Any] = getattr(self, name)
            new = np.empty(room + (name == "cum"), old.dtype)
            filled = self.n + (name == "cum")
            new[:filled] = old[:filled]
            setattr(self, name, new)
        marks = np.empty((room >> MARK_SHIFT) + 1, np.int64)
        marked = min(len(marks), len(self._marks))
        marks[:marked] = self._marks[:marked]
        self._marks = marks

    def thin(self) -> int:
        """Give up the oldest quarter of the spans and keep their sums at every 64th. Returns how many went."""
        gone = self.n // 4
        if not gone:
            return 0
        low = np.append(np.arange(0, gone, KNOT_SPANS), gone)
        knots = np.stack((self.start[low], self.cum[low]))
        if self._knots is not None:
            knots = np.concatenate((self._knots[:, :-1], knots), axis=1)
        while knots.shape[1] > MOST_KNOTS:
            knots = np.concatenate((knots[:, :-1:2], knots[:, -1:]), axis=1)
        self._knots = knots
        kept = self.n - gone
        self.start[:kept] = self.start[gone : self.n]
        self.cum[: kept + 1] = self.cum[gone : self.n + 1]
        self.meta[:kept] = self.meta[gone : self.n]
        self.n = kept
        if len(self.start) > 2 * kept + 64:
            # Of a lane that records nothing more what is given up must be given back.
            self.reserve()
        self._mark(0)
        return gone

    # ---- asking ---------------------------------------------------------------------------------------------------
    def elapsed(self, edges: Ints) -> Ints:
        """Nanoseconds covered before each of the ascending `edges`, counted from the first span on.

        Exact from `thinned_until` on. Before that exact at the knots, and spread evenly between them.
        """
        n, start, cum = self.n, self.start, self.cum
        if not n:
            return np.zeros(len(edges), np.int64)
        last = self._last(edges)
        before = cum.take(last)
        covered: Ints = edges - start.take(last)
        last += 1
        np.minimum(covered, cum.take(last) - before, out=covered)
        np.maximum(covered, 0, out=covered)
        covered += before
        return self._before(edges, covered)

    def sketched(self, edges: Ints) -> Ints:
        """As `elapsed`, but where many spans lie between two edges by whole sixteens of them: a few calls in place of twenty."""
        if not self.n:
            return np.zeros(len(edges), np.int64)
        last = self._marks[: ((self.n - 1) >> MARK_SHIFT) + 1].searchsorted(edges, "right")
        if last[-1] - last[0] < SKETCHED * len(edges):
            return self.elapsed(edges)
        np.maximum(last - 1, 0, out=last)
        last <<= MARK_SHIFT
        return self._before(edges, self.cum.take(last))

    def _before(self, edges: Ints, covered: Ints) -> Ints:
        """`covered`, with what is known of the time before the first span that is kept."""
        if self._knots is not None and edges[0] < self._knots[0, -1]:
            old = int(np.searchsorted(edges, self._knots[0, -1], "left"))
            covered[:old] = np.rint(np.interp(edges[:old], self._knots[0], self._knots[1]))
        return covered

    def _last(self, edges: Ints) -> Ints:
        """For each edge the last span that starts by then; 0 where none does."""
        n, start = self.n, self.start
        marks = self._marks[: ((n - 1) >> MARK_SHIFT) + 1]
        # Narrowed first: searches in what is in sight are cheaper.
        low, high = marks.searchsorted(edges[[0, -1]], "right").tolist()
        low = max(low - 1, 0)
        begin, stop = low << MARK_SHIFT, min(n, high << MARK_SHIFT)
        if stop - begin <= 4 * len(edges):
            last = start[begin:stop].searchsorted(edges, "right")
            last += begin - 1
            np.maximum(last, 0, out=last)
            return last
        last = marks[low:high].searchsorted(edges, "right")
        last += low - 1
        np.maximum(last, 0, out=last)
        last <<= MARK_SHIFT
        filled = start[:n]
        step = 1 << (MARK_SHIFT - 1)
        while step:
            # Beyond the end the last start is looked at again: that is put right below.
            last += (filled.take(last + step, mode="clip") <= edges) * step
            step >>= 1
        np.minimum(last, n - 1, out=last)
        return last

    def window(self, start_ns: int, end_ns: int) -> tuple[int, int]:
        """Which spans (low, high) reach into [start_ns, end_ns)."""
        n = self.n
        low, high = self.start[:n].searchsorted((start_ns, end_ns), "left").tolist()
        if low and self.start[low - 1] + self.cum[low] - self.cum[low - 1] > start_ns:
            low -= 1
        return low, high
