"""Workers turned up from 1 to 4 during a run of `sleep`: the throughput within two seconds of the turn, against that before it."""

from statistics import median
from typing import Any

import numpy as np
import pytest

from tests.helpers.runs import catalogue_of, follow, session
from workers.contract.config import RunConfig, Value
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

ROUNDS = 3
MODELS = {key: info for key, info in catalogue_of().models.items() if info.live_workers and not info.unavailable}


def ended_between(store: RunStore, start_ns: int, end_ns: int) -> int:
    """Tasks that ended in that time."""
    ends = store.spans["end"][store.spans["kind"] == SpanKind.TASK]
    return int(np.count_nonzero((ends >= start_ns) & (ends < end_ns)))


def gain(model: str) -> float:
    """Tasks a second from 0.5 to 2 s after the turn, over those in the second before it."""
    options: dict[str, Value] = {"pool_size": 4} if MODELS[model].live_workers == "pool" else {}
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 1, tasks=None, params={"ms": 20.0}, options=options))
        follow(opened, store, lambda store: store.elapsed_s >= 1.2)
        opened.turn("workers", 4)
        follow(opened, store, lambda store: store.elapsed_s >= 3.5)
        opened.stop()
        follow(opened, store)
    turn = [mark.t_ns for mark in store.marks if mark.kind == "workers"][1]
    before = ended_between(store, turn - 1_000_000_000, turn)
    return ended_between(store, turn + 500_000_000, turn + 2_000_000_000) / 1.5 / before


@pytest.mark.usefixtures("idle_cores")
@pytest.mark.parametrize("model", MODELS)
def test_four_workers_after_the_turn(benchmark: Any, model: str) -> None:
    gains: list[float] = []
    benchmark.pedantic(lambda: gains.append(gain(model)), rounds=ROUNDS)
    benchmark.extra_info["median"] = median(gains)
    print(f"{model}: {median(gains):.2f} of {[round(value, 2) for value in gains]}")  # noqa: T201
    assert median(gains) >= 3
