"""The part of a run's summary about waiting and taking time: latencies, and how many tasks waited to be begun."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind
from workers.insight import depth
from workers.insight.latency import LaneSpread
from workers.insight.ranks import Steps, Values, percentiles
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


def latency_of(store: RunStore) -> Steps[dict[str, Any]]:
    """queue: from submission to start, to a microsecond; service: from start to end.

    Exact while every span is kept; after that from the histogram of all, percentiles to 2.2 % and the largest exact.
    """
    if store.spans.forgotten and store.figures is not None:
        whole = store.figures.follow(store).latency.whole
        return {
            kind: {
                **{f"p{percent}": rounded(whole[kind].quantile(percent / 100)) for percent in PERCENTILES},
                "max": rounded(whole[kind].most_s),
            }
            for kind in ("queue", "service")
        }
    pieces = store.spans.pieces(("kind", "start", "end", "queued_us"))

    def queue() -> Iterator[NDArray[np.int64]]:
        return (queued_us[kind == SpanKind.TASK] for kind, _, _, queued_us in pieces)

    def service() -> Iterator[NDArray[np.int64]]:
        return ((end - start)[kind == SpanKind.TASK] for kind, start, end, _ in pieces)

    return {"queue": (yield from _spread(queue, 1e6)), "service": (yield from _spread(service, 1e9))}


def _spread(values: Values, per_second: float) -> Steps[dict[str, float | None]]:
    found = yield from percentiles(values, [percent / 100 for percent in PERCENTILES])
    if found is None:
        return {**{f"p{percent}": None for percent in PERCENTILES}, "max": None}
    at, most = found
    return {
        **{f"p{percent}": rounded(value / per_second) for percent, value in zip(PERCENTILES, at, strict=True)},
        "max": rounded(most / per_second),
    }
