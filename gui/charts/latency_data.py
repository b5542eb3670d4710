"""The latencies of a run as they are drawn: counts in buckets a pixel or more wide, marks and lanes. No Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.insight.latency import BUCKETS, KINDS, Histogram, LaneSpread, Latency, bucket_edges_s
from workers.insight.store import RunStore

QUANTILES = (("p50", 0.5), ("p90", 0.9), ("p99", 0.99))
MOST_LANES = 64
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """One kind of times."""

    kind: str
    """queue or service."""
    counts: NDArray[np.int64]
    """By bucket; all of them."""
    marks: tuple[tuple[str, float], ...]
    """(p50, p90, p99 or max, seconds)."""
    count: int
    lanes: tuple[LaneSpread, ...]
    """The first MOST_LANES of those that differ most from the rest, by number."""
    left_out: int


@dataclass(frozen=True)
class LatencyData:
    """All kinds, and the stretch of time that they lie in."""

    spreads: tuple[Spread, ...]
    low_s: float
    high_s: float


def read(store: RunStore) -> LatencyData | None:
    """What is known so far; None where no task has ended."""
    if store.figures is None:
        return None
    latency = store.figures.follow(store).latency
    if not latency.whole["service"].count:
        return None
    spreads = tuple(_spread(latency, kind) for kind in KINDS)
    edges = bucket_edges_s()
    used = np.flatnonzero(sum((spread.counts for spread in spreads), np.zeros(BUCKETS, np.int64)))
    low, high = edges[int(used[0])], edges[int(used[-1]) + 1]
    # Whole decades look calm; a single one is not enough to compare.
    low, high = 10.0 ** np.floor(np.log10(low) + 1e-9), 10.0 ** np.ceil(np.log10(high) - 1e-9)
    return LatencyData(spreads, float(low), float(max(high, low * 100)))


def grouped_counts(counts: NDArray[np.int64], by: int) -> tuple[Floats, NDArray[np.int64]]:
    """(edges in seconds, counts) of buckets `by` times as wide."""
    many = -(-BUCKETS // by)
    padded = np.zeros(many * by, np.int64)
    padded[:BUCKETS] = counts
    edges = bucket_edges_s()
    ends = np.append(edges[:-1:by], edges[-1])
    return ends, padded.reshape(many, by).sum(axis=1)


def slow(spread: Spread) -> set[int]:
    """Numbers of lanes whose median is half as long again as that of all: those to look at."""
    middle = dict(spread.marks).get("p50", 0.0)
    return {lane.lane for lane in spread.lanes if lane.median_s is not None and lane.median_s > 1.5 * middle > 0}


def _spread(latency: Latency, kind: str) -> Spread:
    whole: Histogram = latency.whole[kind]
    marks = [(name, whole.quantile(share)) for name, share in QUANTILES]
    marks.append(("max", whole.most_s))
    lanes = latency.lanes(kind)
    middle = whole.quantile(0.5) or 1e-9
    shown = lanes
    if len(lanes) > MOST_LANES:
        medians = np.array([lane.median_s or middle for lane in lanes])
        away = np.abs(np.log(np.maximum(medians, 1e-9) / max(middle, 1e-9)))
        # By number again, as they came.
        shown = [lanes[i] for i in sorted(np.argsort(-away, kind="stable")[:MOST_LANES].tolist())]
    return Spread(
        kind,
        whole.counts,
        tuple((name, value) for name, value in marks if value is not None),
        whole.count,
        tuple(shown),
        len(lanes) - len(shown),
    )
