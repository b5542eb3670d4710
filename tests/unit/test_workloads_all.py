"""What holds for every workload, called without a run."""

import asyncio
import json
import pickle
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from tests.helpers.workloads import PlainSharing, load, task
from workers.registry import keys, load_workload

KEYS = keys("workloads")
BOUNDS = {"CPU in Python", "CPU in C", "waiting", "memory", "coordination", "your own"}
SHARING = [key for key in KEYS if load_workload(key).info.shares]
AWAITING = [key for key in KEYS if load_workload(key).info.awaits]


def test_those_of_the_issue_are_there() -> None:
    assert {
        "mandelbrot", "zlib", "json_roundtrip", "read_file", "mixed", "allocate", "big_result", "shared_counter", "print_lines",
        "producer_consumer", "philosophers", "readers_writers", "nap_uninterruptible", "fail",
        "count_primes", "sha256", "sleep", "echo",
    } <= set(KEYS)  # fmt: skip
    assert {"shared_counter", "producer_consumer", "philosophers", "readers_writers"} <= set(SHARING)
    assert set(SHARING) - {"nested_lock"} <= set(AWAITING), "asyncio has no RLock, all else it has"
    assert {"sleep", "echo", "mixed", "print_lines"} <= set(AWAITING)


@pytest.mark.parametrize("key", KEYS)
def test_it_describes_itself(key: str) -> None:
    loaded = load_workload(key)
    info = loaded.info
    assert loaded.checksum is not None
    assert info.bound in BOUNDS
    assert info.title
    assert info.summary.endswith(".")
    assert len(info.summary) < 140
    assert len({param.name for param in info.params}) == len(info.params)
    for param in info.params:
        assert param.check(param.default) == param.default
        assert param.title
        assert param.summary.endswith(".")
        assert "\n" not in param.summary
        if isinstance(param.default, str):
            assert param.choices or key == "own_function", "what a person writes is free there alone"
        elif not isinstance(param.default, bool):
            assert param.minimum is not None, f"{param.name} needs bounds"
            assert param.maximum is not None, f"{param.name} needs bounds"


@pytest.mark.parametrize("key", KEYS)
def test_equal_seeds_draw_equal_tasks(key: str, tmp_path: Path) -> None:
    with task(key, tmp_path) as made:
        module, params = made.module, made.params
        first, second = (list(islice(module.arguments(params, Random(5)), 30)) for _ in range(2))
        assert first == second
        assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301
        assert max(len(pickle.dumps(args)) for args in first) < 500, (
            "arguments travel: large things are made in the worker"
        )
        other = list(islice(module.arguments(params, Random(6)), 30))
    seeded = {
        "sha256",
        "zlib",
        "json_roundtrip",
        "read_file",
        "mixed",
        "allocate",
        "big_result",
        "readers_writers",
        "sleep",
    }
    if key in seeded:
        assert other != first


@pytest.mark.parametrize("key", KEYS)
def test_equal_seeds_give_equal_checksums(key: str, tmp_path: Path) -> None:
    sums = []
    for number in range(2):
        directory = tmp_path / str(number)
        directory.mkdir()
        with task(key, directory, seed=3) as made:
            if key in SHARING:
                made.share(PlainSharing(2))
            sums.append([made.module.checksum(result) for result in made.run(4)])
    assert sums[0] == sums[1]
    assert all(type(value) is int and value >= 0 for value in sums[0])
    assert sum(sums[0]) > 0 or key == "readers_writers"


@pytest.mark.parametrize("key", AWAITING)
def test_the_asynchronous_form_computes_the_same(key: str, tmp_path: Path) -> None:
    results = []
    for number, lanes in enumerate(("threads", "coroutines")):
        directory = tmp_path / str(number)
        directory.mkdir()
        with task(key, directory, seed=4) as made:
            if key in SHARING:
                made.share(PlainSharing(2, lanes))
            results.append(made.run(4) if lanes == "threads" else asyncio.run(made.run_async(4)))
    assert results[0] == results[1]


@pytest.mark.parametrize("key", [key for key in SHARING if hasattr(load(key), "report")])
@pytest.mark.parametrize("lanes", ["threads", "coroutines"])
def test_reports_are_plain(key: str, lanes: str, tmp_path: Path) -> None:
    with task(key, tmp_path) as made:
        made.share(PlainSharing(3, lanes))
        if lanes == "threads":
            made.run_threads(6)
        else:
            asyncio.run(made.run_async(6))
        report = load(key).report(made.params, made.shared, 6)
    assert report
    assert json.loads(json.dumps(report)) == report
