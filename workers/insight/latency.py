"""Latency: how long tasks waited to be begun and how long they took, as histograms with logarithmic buckets.

A bucket is 2 ** (1 / 16) wide, 4.4 %, from a microsecond to five hours. Tasks are counted as they come, so a figure costs the same after a
million of them; percentiles are exact to half a bucket, least and most are exact.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind
from workers.insight.cells import Floats
from workers.insight.cursor import SpanCursor
from workers.insight.worked import Worked

if TYPE_CHECKING:
    from workers.insight.store import RunStore

PER_OCTAVE = 16
LOWEST_NS = 1_000
OCTAVES = 34
BUCKETS = PER_OCTAVE * OCTAVES
LANE_LIMIT = 2_048
"""Lanes beyond these have least and most, but no histogram, and so no median."""
FEW = 64
"""So many times are kept as they are, before they become a histogram."""
KINDS = ("queue", "service")
OWN = "own"
"""service without what the task waited in it for others: see `workers.insight.worked`."""


class Histogram:
    """Counts by bucket."""

    def __init__(self, kept: bool = True) -> None:
        """Not `kept`: least, most and number only."""
        self.kept = kept
        self._counts: NDArray[np.int64] | None = None
        self._few: list[int] = []
        """The buckets of the first FEW times: most lanes of a thread per task never have more."""
        self.least_ns = 0
        self.most_ns = 0
        self.count = 0

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many in each bucket."""
        if self._counts is None:
            self._counts = np.bincount(np.array(self._few, np.int64), minlength=BUCKETS)
            self._few = []
        return self._counts

    def put(self, least_ns: int, most_ns: int, count: int, buckets: NDArray[np.int64] | None) -> None:
        """Count `count` times that lie between these two, in these buckets; None: not to be kept."""
        self.least_ns = min(self.least_ns, least_ns) if self.count else least_ns
        self.most_ns = max(self.most_ns, most_ns)
        self.count += count
        if buckets is None:
            return
        if self._counts is None and len(self._few) + count <= FEW:
            self._few += buckets.tolist()
        else:
            counts = self.counts
            counts += np.bincount(buckets, minlength=BUCKETS)

    def quantile(self, share: float) -> float | None:
        """The time, in seconds, that this part of the tasks did not exceed; None where nothing was counted."""
        if self._counts is not None:
            rank = max(1, int(np.ceil(share * int(self._counts.sum()))))
            at = int(np.searchsorted(np.cumsum(self._counts), rank))
        elif self._few:
            at = sorted(self._few)[max(1, int(np.ceil(share * len(self._few)))) - 1]
        else:
            return None
        middle = LOWEST_NS * 2 ** ((at + 0.5) / PER_OCTAVE)
        return float(min(max(middle, self.least_ns), self.most_ns)) / 1e9

    @property
    def least_s(self) -> float | None:
        """The shortest."""
        return self.least_ns / 1e9 if self.count else None

    @property
    def most_s(self) -> float | None:
        """The longest."""
        return self.most_ns / 1e9 if self.count else None


def bucket(ns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which bucket each time belongs to; what is too short or too long belongs to the first or last one."""
    found = np.floor(np.log2(np.maximum(ns, LOWEST_NS) / LOWEST_NS) * PER_OCTAVE)
    numbers: NDArray[np.int64] = np.minimum(found, BUCKETS - 1).astype(np.int64)
    return numbers


def bucket_edges_s() -> Floats:
    """The BUCKETS + 1 edges of the buckets, in seconds."""
    edges: Floats = LOWEST_NS / 1e9 * 2 ** (np.arange(BUCKETS + 1) / PER_OCTAVE)
    return edges


@dataclass(frozen=True)
class LaneSpread:
    """One lane's times: seconds. None: not known."""

    lane: int
    count: int
    least_s: float | None
    median_s: float | None
    most_s: float | None


class Latency:
    """The times of a run's tasks. `follow` before it is read."""

    def __init__(self) -> None:
        self.whole = {kind: Histogram() for kind in KINDS}
        """queue: from submission to start; service: from start to end."""
        self._lanes: dict[str, dict[int, Histogram]] = {kind: {} for kind in KINDS}
        self._told: dict[str, dict[int, LaneSpread]] = {kind: {} for kind in (*KINDS, OWN)}
        """What was said of each lane the last time: of most that still holds."""
        self._waited_ns: dict[int, int] = {}
        """Lane -> how long its tasks waited for others."""
        self._worked = Worked()
        self._cursor = SpanCursor()

    def follow(self, store: "RunStore") -> None:
        """Count the tasks that have come since the last time."""
        lane, kind, start, end, queued_us = self._cursor.take(
            store.spans, ("lane", "kind", "start", "end", "queued_us")
        )
        waited = self._worked.take(store, lane, kind, start, end)
        tasks = np.flatnonzero(kind == SpanKind.TASK)
        if not len(tasks):
            return
        if self._worked.seen and OWN not in self.whole:
            # Until now nothing had waited: a task's own time was all of it.
            self.whole[OWN], self._lanes[OWN] = deepcopy((self.whole["service"], self._lanes["service"]))
        # All lanes in one go: there may be thousands with a task each.
        tasks = tasks[np.argsort(lane[tasks], kind="stable")]
        lane = lane[tasks]
        lows = np.concatenate(([0], np.flatnonzero(np.diff(lane)) + 1))
        counts = np.diff(np.append(lows, len(lane)))
        service, waited = end[tasks] - start[tasks], waited[tasks]
        self._add_waited(lane[lows], np.add.reduceat(waited, lows))
        kinds = [("queue", queued_us[tasks] * 1_000), ("service", service)]
        if OWN in self.whole:
            kinds.append((OWN, service - waited))
        for name, times in kinds:
            buckets = bucket(times)
            self.whole[name].put(int(times.min()), int(times.max()), len(times), buckets)
            lanes = self._lanes[name]
            rows = zip(
                lane[lows].tolist(),
                lows.tolist(),
                counts.tolist(),
                np.minimum.reduceat(times, lows).tolist(),
                np.maximum.reduceat(times, lows).tolist(),
                strict=True,
            )
            for number, low, count, least, most in rows:
                found = lanes.get(number)
                if found is None:
                    found = lanes[number] = Histogram(kept=len(lanes) < LANE_LIMIT)
                found.put(least, most, count, buckets[low : low + count] if found.kept else None)

    def _add_waited(self, lanes: NDArray[np.integer], waited: NDArray[np.int64]) -> None:
        for i in np.flatnonzero(waited).tolist():
            number = int(lanes[i])
            self._waited_ns[number] = self._waited_ns.get(number, 0) + int(waited[i])

    @property
    def own(self) -> Histogram:
        """How long tasks took without what they waited in them for others."""
        return self.whole.get(OWN, self.whole["service"])

    def waited_s(self, lane: int) -> float:
        """How long the tasks of this lane waited for others, in seconds."""
        return self._waited_ns.get(lane, 0) / 1e9

    def lanes(self, kind: str) -> list[LaneSpread]:
        """Least, median and most of each lane that ran tasks, in the order of their numbers; `kind` is one of KINDS, or OWN."""
        told = self._told[kind]
        for number, found in self._lanes.get(kind, self._lanes["service"]).items():
            if number not in told or told[number].count != found.count:
                told[number] = LaneSpread(number, found.count, found.least_s, found.quantile(0.5), found.most_s)
        return [told[number] for number in sorted(told)]
