"""The part of a run's summary about waiting and taking time: latencies, and how many tasks waited to be begun."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind
from workers.insight import depth
from workers.insight.latency import LaneSpread
from workers.insight.store import RunStore

PERCENTILES = (50, 90, 99)
DEPTHS = 600
"""Points of the queue's depth at most; of more, every so many become the highest of them."""


def rounded(seconds: float | None) -> float | None:
    """To a nanosecond: more digits are the float's, not the clock's."""
    return None if seconds is None else round(seconds, 9)


def spread_of(spread: LaneSpread | None) -> dict[str, float | None] | None:
    """The least, the middle and the most of a lane's tasks; None where it ran none."""
    if spread is None:
        return None
    return {"min": rounded(spread.least_s), "median": rounded(spread.median_s), "max": rounded(spread.most_s)}


def depth_of(store: RunStore) -> dict[str, Any] | None:
    """How many tasks waited to be begun, over time, and how many may wait in the model's queue; None where nothing ran."""
    if store.figures is None:
        return None
    t, waiting = store.figures.depth.over_time(store)
    every = max(1, -(-len(t) // DEPTHS))
    starts = np.arange(0, len(t), every)
    return {
        "bound": depth.bound(store),
        "most": int(waiting.max(initial=0)),
        "mean": rounded(float(waiting.mean())) if len(waiting) else None,
        "t_s": [round(float(moment), 3) for moment in t[starts]],
        "waiting": np.maximum.reduceat(waiting, starts).tolist() if len(t) else [],
    }


def latency_of(store: RunStore) -> dict[str, Any]:
    """queue: from submission to start, to a microsecond; service: from start to end.

    Exact while every span is kept; after that from the histogram of all, percentiles to 2.2 % and the largest exact.
    """
    if store.spans.forgotten and store.figures is not None:
        whole = store.figures.latency.whole
        return {
            kind: {
                **{f"p{percent}": rounded(whole[kind].quantile(percent / 100)) for percent in PERCENTILES},
                "max": rounded(whole[kind].most_s),
            }
            for kind in ("queue", "service")
        }
    is_task = store.spans["kind"] == SpanKind.TASK
    return {
        "queue": _spread(store.spans["queued_us"][is_task] / 1e6),
        "service": _spread((store.spans["end"][is_task] - store.spans["start"][is_task]) / 1e9),
    }


def _spread(seconds: "NDArray[np.float64]") -> dict[str, float | None]:
    if not len(seconds):
        return {**{f"p{percent}": None for percent in PERCENTILES}, "max": None}
    values = np.percentile(seconds, PERCENTILES)
    return {
        **{f"p{percent}": rounded(float(value)) for percent, value in zip(PERCENTILES, values, strict=True)},
        "max": rounded(float(seconds.max())),
    }
