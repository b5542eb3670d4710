"""What the models are for: ratios of throughput, side by side in one run."""

from statistics import median
from typing import Any

import pytest

from tests.helpers.runs import run
from workers.contract.config import RunConfig

ROUNDS = 5


def throughput(config: RunConfig) -> float:
    """Tasks per second of one run."""
    store = run(config)
    return store.counts.done / store.elapsed_s


def compare(benchmark: Any, one: RunConfig, other: RunConfig) -> float:
    """Median over the rounds of throughput(other) / throughput(one)."""
    ratios: list[float] = []
    benchmark.pedantic(lambda: ratios.append(throughput(other) / throughput(one)), rounds=ROUNDS)
    benchmark.extra_info["ratios"] = [round(ratio, 2) for ratio in ratios]
    benchmark.extra_info["median"] = median(ratios)
    print(f"ratio {median(ratios):.2f} of {[round(ratio, 2) for ratio in ratios]}")  # noqa: T201
    return median(ratios)


@pytest.mark.usefixtures("idle_cores")
def test_two_processes_against_two_threads_on_primes(benchmark: Any) -> None:
    threads = RunConfig("thread_pool", "count_primes", 2, tasks=200)
    assert compare(benchmark, threads, threads.changed(model="process_pool")) >= 1.6


@pytest.mark.usefixtures("idle_cores")
def test_eight_threads_against_one_on_sleep(benchmark: Any) -> None:
    one = RunConfig("sequential", "sleep", 1, tasks=40, params={"ms": 20.0})
    assert compare(benchmark, one, one.changed(model="thread_pool", workers=8, tasks=320)) >= 6
