"""Ghost: a kept run that lies behind the one on show, from the same start of the clock."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind
from workers.insight.accounts import NAMES
from workers.insight.latency import KINDS

if TYPE_CHECKING:
    from workers.recordings.recording import Recording

Floats = NDArray[np.float64]
POINTS = 600
"""Of a curve, at most."""


def smoothed_s(elapsed_s: float) -> float:
    """Over how long a run's tasks are counted for a point of its curve, once it is over: the same in every chart."""
    # A long run has more bins than points: each point then stands for all that it covers.
    return max(min(0.5, max(0.1, elapsed_s / 8)), elapsed_s / POINTS)


@dataclass(frozen=True, eq=False)
class Lane:
    """The tasks of one lane and its waits, each ascending and apart from each other: ns since the start of the clock."""

    name: str
    tasks: tuple[NDArray[np.int64], NDArray[np.int64]]
    waits: tuple[NDArray[np.int64], NDArray[np.int64]]


class Ghost:
    """What charts draw of a kept run."""

    def __init__(self, recording: "Recording", label: str) -> None:
        """`label`: what it is called beside its line."""
        self.key = recording.id
        self.label = label
        self.elapsed_s = float(recording.summary["elapsed_s"])
        self.mean: float | None = recording.summary["throughput_per_s"]
        self.partial = bool(recording.head["partial"])
        self.gap_s = float(recording.head["detail"]["gap_s"])
        self.left_out = int(recording.head["detail"]["lanes_left_out"])
        accounts = recording.summary.get("accounts") or {}
        self.seconds: Floats = np.array([accounts.get(name, 0.0) for name in NAMES])
        """Of the whole run, by NAMES."""
        self.latency = {kind: np.asarray(recording.columns[kind], np.int64) for kind in KINDS}
        """Tasks by bucket."""
        self.percentiles = recording.summary["latency_s"]
        """queue and service, by p50, p90, p99 and max: seconds, None where not known."""
        self._bucket_s = float(recording.head["detail"]["bucket_s"])
        counts = np.asarray(recording.columns["throughput"], np.float64)
        self._total = np.concatenate((np.zeros((1, 2)), np.cumsum(counts, axis=0)))
        self._recording = recording
        self._lanes: tuple[Lane, ...] | None = None

    def rates(self, window_s: float, start_s: float = 0.0, end_s: float | None = None) -> tuple[Floats, Floats]:
        """(t, tasks done per second over the window before t) in [start_s, end_s], within the run; both empty where it has no length."""
        last = min(self.elapsed_s, self.elapsed_s if end_s is None else end_s)
        width = self._bucket_s
        window = max(1, round(window_s / width))
        first = max(1, int(np.ceil(max(start_s, 0.0) / width)))
        step = max(1, int(np.ceil((last - start_s) / width / POINTS)))
        edges = np.arange(-(-first // step) * step, int(last / width) + 1, step)
        if not len(edges):
            if self.mean is None or self.elapsed_s <= 0 or start_s > 0:
                return np.zeros(0), np.zeros(0)
            return np.array([0.0, self.elapsed_s]), np.full(2, self.mean)
        low = np.maximum(edges - window, 0)
        top = len(self._total) - 1
        ended = self._total[np.minimum(edges, top), 0] - self._total[np.minimum(low, top), 0]
        t: Floats = (edges * width).astype(np.float64)
        rate: Floats = (ended / ((edges - low) * width)).astype(np.float64)
        return t, rate

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Those that ran tasks, the first of them."""
        if self._lanes is None:
            columns = self._recording.columns
            lane, kind = columns["span_lane"], columns["span_kind"]
            waiting = np.isin(kind, (SpanKind.LOCK, SpanKind.QUEUE, SpanKind.IO, SpanKind.RESULT, SpanKind.JOIN))
            found = []
            for number, info in enumerate(self._recording.head["lanes"]):
                mine = lane == number
                parts = [
                    _apart(columns["span_start"][mine & chosen], columns["span_end"][mine & chosen])
                    for chosen in (kind == SpanKind.TASK, waiting)
                ]
                found.append(Lane(f"{info['pid']} {info['name']}", parts[0], parts[1]))
            self._lanes = tuple(found)
        return self._lanes


def cover(spans: tuple[NDArray[np.int64], NDArray[np.int64]], edges: NDArray[np.int64]) -> Floats:
    """What part of each stretch between successive `edges` (ns) the spans cover."""
    start, end = spans
    if not len(start):
        return np.zeros(len(edges) - 1)
    total = np.concatenate(([0], np.cumsum(end - start)))
    at = np.searchsorted(start, edges, "right") - 1
    inside = np.where(at >= 0, np.minimum(edges, end[np.maximum(at, 0)]) - start[np.maximum(at, 0)], 0)
    elapsed = total[np.maximum(at, 0)] + np.maximum(inside, 0)
    covered: Floats = np.diff(elapsed) / np.maximum(np.diff(edges), 1)
    return covered


def _apart(start: NDArray[np.generic], end: NDArray[np.generic]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Spans in order; those that overlap as one."""
    starts, ends = np.asarray(start, np.int64), np.asarray(end, np.int64)
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.maximum.accumulate(ends[order]) if len(ends) else ends
    if not len(starts):
        return starts, ends
    first = np.concatenate(([True], starts[1:] > ends[:-1]))
    heads = np.flatnonzero(first)
    return starts[heads], np.maximum.reduceat(ends, heads)
