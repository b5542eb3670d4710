"""TimelineIntake: takes the spans of a Timeline in, puts each where it belongs, and thins the oldest beyond a limit."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.insight.timeline_nesting import DEPTH, KINDS, NOBODY, UNKNOWN, parents
from workers.insight.timeline_series import FAILED, NUMBER, Ints, Series
from workers.insight.timeline_spans import Delta, joined

LIMIT = 10_000_000
"""Spans kept one by one; beyond that the oldest are thinned."""
_AT_ONCE = 100_000
"""So many spans are moved for thinning in one `append`, or those of one series."""
_TURNS = 8
"""Spans of an eighth of the lanes are filed at each `append`, those of the last eight together: far fewer and longer pieces."""
_SMALL = 4_000
"""More spans than this are filed at once."""
_NEVER = np.iinfo(np.int64).min
_BLOCK = 64
"""Lanes are made room for in steps of this."""


class TimelineIntake:
    """What a Timeline keeps."""

    def __init__(self, limit: int = LIMIT) -> None:
        """`limit`: see there."""
        self.limit = limit
        """How many spans are kept one by one."""
        self._lanes: list[dict[tuple[int, int], Series]] = []
        """By lane: (kind, kind of the span around) -> series."""
        self._loose_until: Ints = np.empty(0, np.int64)
        """By lane: the end of the last span that might yet turn out to lie in another."""
        self._put: list[list[Ints]] = [[] for _ in range(_TURNS)]
        """By the lane modulo _TURNS what is not filed yet: blocks of (4, n), see `_put_by`."""
        self._turn = 0
        self._to_thin: list[Series] = []
        self.spans = 0
        """How many are kept one by one."""
        self.kinds: set[int] = set()
        """Which have come."""
        self.thinned = 0
        """How many are known by their sums only."""
        self.detail_from: int | None = None
        """From this instant (ns) on every span of every lane is kept; None where none was thinned."""

    def __len__(self) -> int:
        """How many lanes there are."""
        return len(self._lanes)

    @property
    def nbytes(self) -> int:
        """Bytes allocated for spans and sums."""
        self._file_all()
        return sum(series.nbytes for lane in self._lanes for series in lane.values())

    def append(
        self,
        lane: NDArray[Any],
        kind: NDArray[Any],
        start: Ints,
        end: Ints,
        number: NDArray[Any],
        failed: NDArray[np.bool_],
    ) -> Delta:
        """Take in spans, columns of equal length, in the order in which they ended in each lane. Numbers have 31 bits."""
        if not len(lane):
            nothing = np.zeros(0, np.int64)
            return Delta(nothing, np.zeros(0, np.uint8), nothing, nothing, np.zeros(0, np.int8))
        lane = lane.astype(np.int64)
        self._make_room(int(lane.max()) + 1)
        base = int(end.min())
        order = np.argsort(lane * (int(end.max()) - base + 1) + (end - base), kind="stable")
        lane, start, end = lane[order], start[order], np.maximum(end[order], start[order])
        kind = np.minimum(kind[order], UNKNOWN).astype(np.uint8)
        meta = np.minimum(number[order], int(NUMBER)).astype(np.uint32) | (failed[order] * FAILED)
        self.kinds.update(np.flatnonzero(np.bincount(kind)).tolist())
        parent = parents(lane, kind, start, end)
        moved = self._enclose(lane, kind, start, end)
        self._put_by(lane, kind, parent, start, end, meta)
        self.spans += len(lane)
        self._thin_some()
        inside = np.flatnonzero(parent != NOBODY)
        if not len(inside) and not moved:
            return Delta(lane, kind, start, end, np.ones(len(lane), np.int8))
        taken = [
            Delta(lane[inside], parent[inside], start[inside], end[inside], -np.ones(len(inside), np.int8)),
            *moved,
        ]
        given = Delta(lane, kind, start, end, np.ones(len(lane), np.int8))
        return joined((given, *taken))

    def _make_room(self, lanes: int) -> None:
        while len(self._lanes) < lanes:
            self._lanes.append({})
        if lanes > len(self._loose_until):
            more = np.full(lanes + _BLOCK - len(self._loose_until), _NEVER)
            self._loose_until = np.concatenate((self._loose_until, more))

    def _enclose(self, lane: Ints, kind: NDArray[np.uint8], start: Ints, end: Ints) -> list[Delta]:
        """Spans that came earlier and lie in one of these get it as their parent. Returns what these lose to them."""
        moved = []
        around = np.flatnonzero((DEPTH[kind] < 2) & (start < self._loose_until[lane]))
        for i in around.tolist():
            number, outer = int(lane[i]), int(kind[i])
            self._file(number % _TURNS)
            held = self._lanes[number]
            for key in [key for key in held if key[1] == NOBODY and DEPTH[key[0]] > DEPTH[outer]]:
                series = held[key]
                if not series.n or series.last_end <= start[i]:
                    continue
                taken = series.pop_from(int(start[i]))
                if not len(taken[0]):
                    continue
                held.setdefault((key[0], outer), Series()).append(*taken)
                n = len(taken[0])
                moved.append(
                    Delta(np.full(n, number), np.full(n, outer, np.uint8), taken[0], taken[1], np.full(n, -1, np.int8))
                )
        return moved

    def _put_by(
        self,
        lane: Ints,
        kind: NDArray[np.uint8],
        parent: NDArray[np.uint8],
        start: Ints,
        end: Ints,
        meta: NDArray[np.uint32],
    ) -> None:
        loose = np.flatnonzero((parent == NOBODY) & (DEPTH[kind] > 0))
        np.maximum.at(self._loose_until, lane[loose], end[loose])
        block = np.stack(((lane * KINDS + kind) * (KINDS + 1) + parent, start, end, meta.astype(np.int64)))
        turn = lane % _TURNS
        block = block[:, np.argsort(turn, kind="stable")]
        low = 0
        for i, n in enumerate(np.bincount(turn, minlength=_TURNS).tolist()):
            if n:
                self._put[i].append(block[:, low : low + n])
            low += n
        if len(lane) > _SMALL:
            self._file_all()
        else:
            self._turn = (self._turn + 1) % _TURNS
            self._file(self._turn)

    def _file_all(self) -> None:
        for turn in range(_TURNS):
            self._file(turn)

    def _file(self, turn: int) -> None:
        blocks, self._put[turn] = self._put[turn], []
        if not blocks:
            return
        keys, start, end, meta = np.concatenate(blocks, axis=1)
        if bool((keys[1:] < keys[:-1]).any()):
            order = np.argsort(keys, kind="stable")
            keys, start, end, meta = keys[order], start[order], end[order], meta[order]
        same = keys[1:] == keys[:-1]
        # Whatever is in order, as all should be, is put down with one addition: there may be a hundred such groups a frame.
        tidy = not bool((same & (start[1:] < end[:-1])).any())
        sums = np.zeros(len(keys) + 1, np.int64)
        np.cumsum(end - start, out=sums[1:])
        lows = np.concatenate(([0], np.flatnonzero(~same) + 1))
        highs = np.append(lows[1:], len(keys))
        groups = zip(
            keys[lows].tolist(),
            lows.tolist(),
            highs.tolist(),
            start[lows].tolist(),
            end[highs - 1].tolist(),
            strict=True,
        )
        grown = False
        for key, low, high, begin, over in groups:
            rest, inside = divmod(key, KINDS + 1)
            number, own = divmod(rest, KINDS)
            held = self._lanes[number]
            series = held.get((own, inside))
            if series is None:
                series = held[own, inside] = Series()
            if tidy and begin >= series.last_end:
                series.push(start[low:high], sums[low : high + 1], meta[low:high], over)
            else:
                series.append(start[low:high], end[low:high], meta[low:high].astype(np.uint32))
            # Lanes of equal pace would all need more room at the same moment: one at a time gets it before.
            if not grown and series.is_tight:
                series.reserve()
                grown = True

    def _thin_some(self) -> None:
        if self.spans > self.limit and not self._to_thin:
            self._file_all()
            held = [series for lane in self._lanes for series in lane.values() if series.n > 3]
            self._to_thin = sorted(held, key=lambda series: series.n)
        done = 0
        while self._to_thin and done < _AT_ONCE:
            series = self._to_thin.pop()
            done += series.n
            # Between being chosen and its turn others may have taken spans out of it.
            gone = series.thin()
            if series.thinned_until is not None:
                self.detail_from = max(self.detail_from or series.thinned_until, series.thinned_until)
            self.spans -= gone
            self.thinned += gone

    def _series(self, lane: int) -> dict[tuple[int, int], Series]:
        if self._put[lane % _TURNS]:
            self._file(lane % _TURNS)
        return self._lanes[lane] if lane < len(self._lanes) else {}
