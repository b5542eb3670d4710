"""Tasks that do what tasks should not: the run ends or goes on with one clear sentence, and nothing is left."""

import pytest

from tests.helpers.runs import follow, run, session
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore


def test_printed_lines_arrive_whole_with_who_printed_them(extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("prints").catalogue()
    store = run(RunConfig("process_pool", "prints", 2, tasks=10), catalogue)
    workers = {row.pid for row in store.all_processes() if row.role == "worker"}
    lines = [(line.stream, line.text) for line in store.texts]
    for number in range(10):
        assert ("stdout", f"hello {number}") in lines
        assert ("stdout", f"part and rest {number}") in lines
        assert ("stderr", f"oops {number}") in lines
    assert {line.pid for line in store.texts} <= workers


def test_a_flood_of_text_is_bounded_and_counted(extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("floods").catalogue()
    store = run(RunConfig("process_pool", "floods", 2, tasks=10), catalogue)
    assert store.texts_seen + store.counts.text_dropped == 20_000
    assert len(store.texts) <= 10_000


@pytest.mark.parametrize("model", ["sequential", "process_pool"])
def test_a_broken_file_is_named_and_the_rest_loads(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    extended.add("models", "half_written", "def run(ctx:\n")
    extended.add("workloads", "no_info", "def run():\n    pass\n")
    extended.add("workloads", "exits_at_import", "import sys\nsys.exit(3)\n")
    catalogue = extended.catalogue()
    assert {item.path for item in catalogue.broken} == {
        "models/half_written.py",
        "workloads/no_info.py",
        "workloads/exits_at_import.py",
    }
    assert any("SyntaxError" in item.error for item in catalogue.broken)
    assert model in catalogue.models
    assert "sleep" in catalogue.workloads


def test_refused_before_anything_starts() -> None:
    with session() as opened:
        for config, words in (
            (RunConfig(model="thread_pol"), "thread_pool"),
            (RunConfig(workload="count_prime"), "count_primes"),
            (RunConfig(workers=1_000_000), "10000"),
            (RunConfig(model="process_pool", workers=1_000_000), "at most"),
            (RunConfig(params={"limt": 3}), "limit"),
            (RunConfig(params={"limit": 0}), "limit"),
            (RunConfig(python="/no/such/python"), "/no/such/python"),
        ):
            with pytest.raises(ConfigError, match=words):
                opened.start(config)
            assert opened.phase is RunPhase.IDLE
            assert opened.step() is None


def test_a_second_start_is_refused_while_one_runs() -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig("sequential", "sleep", 1, tasks=None))
        with pytest.raises(ConfigError, match="under way"):
            opened.start(RunConfig())
        opened.stop()
        follow(opened, store)


def test_warm_spare_is_used_and_swept() -> None:
    store = RunStore()
    with session() as opened:
        opened.warm(None)
        spare = opened.spare_pid
        assert spare is not None
        opened.start(RunConfig("sequential", "sleep", 1, tasks=2, params={"ms": 1.0}))
        follow(opened, store)
        assert next(row.pid for row in store.all_processes() if row.role == "host") == spare
        opened.warm(None)
        assert opened.spare_pid not in (None, spare)
