"""Finished tasks per time: exact counts in fixed bins, drawn as a rate over a trailing window."""

import numpy as np
from numpy.typing import NDArray

BIN_NS = 50_000_000


class Throughput:
    """Counts of done and failed tasks in bins of 50 ms since the start of the clock."""

    def __init__(self) -> None:
        self._done = np.zeros(256, np.int64)
        self._failed = np.zeros(256, np.int64)

    def add(self, offsets: NDArray[np.int64], failed: NDArray[np.bool_]) -> None:
        """Count tasks that ended `offsets` nanoseconds after the start of the clock."""
        bins = np.maximum(offsets, 0) // BIN_NS
        need = int(bins.max()) + 1
        if need > len(self._done):
            size = max(need, 2 * len(self._done))
            self._done = np.concatenate((self._done, np.zeros(size - len(self._done), np.int64)))
            self._failed = np.concatenate((self._failed, np.zeros(size - len(self._failed), np.int64)))
        bad = np.bincount(bins[failed], minlength=need)
        self._failed[:need] += bad
        self._done[:need] += np.bincount(bins, minlength=need) - bad

    def counts(self) -> NDArray[np.int64]:
        """Tasks done and failed by bin, as columns, up to the last bin in which one ended."""
        both = np.stack((self._done, self._failed), axis=1)
        used = np.flatnonzero(both.any(axis=1))
        return both[: int(used[-1]) + 1 if len(used) else 0]

    def rates(self, start_s: float, end_s: float, window_s: float, points: int) -> tuple[NDArray[np.float64], ...]:
        """(t, done/s, failed/s) at `points` instants in [start_s, end_s], seconds since the start of the clock.

        The rate at t is the number of tasks that ended in (t - window_s, t], over the part of the window that lies after
        the start of the clock. Only whole bins are used, so instants are moved to the nearest earlier bin edge.
        """
        width = BIN_NS / 1e9
        window = max(1, round(window_s / width))
        step = max(1, int(np.ceil((end_s - start_s) / width / max(points, 1))))
        last = int(end_s / width)
        # Edges at multiples of the step: a moving window then shows the same points again, and the line does not shiver.
        first = max(1, int(np.ceil(max(start_s, 0.0) / width)))
        edges = np.arange(-(-first // step) * step, last + 1, step)
        if not len(edges):
            empty = np.empty(0)
            return empty, empty, empty
        low = np.maximum(edges - window, 0)

        def rate(counts: NDArray[np.int64]) -> NDArray[np.float64]:
            total = np.concatenate(([0], np.cumsum(counts[: last + 1])))
            top = len(total) - 1
            ended: NDArray[np.int64] = total[np.minimum(edges, top)] - total[np.minimum(low, top)]
            return ended.astype(np.float64) / ((edges - low) * width)

        return (edges * width).astype(np.float64), rate(self._done), rate(self._failed)
