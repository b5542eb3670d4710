"""The options that several models have, each where it applies and doing what it says."""

import signal
from itertools import pairwise

import pytest

from tests.helpers.extended import HEAD, Extended
from tests.helpers.runs import catalogue_of, events_account, follow, run, session
from workers.contract.config import RunConfig, Value
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

MODELS = catalogue_of().models
CHUNKED = ("process_pool", "pool_map", "pool_imap_unordered")
REPLACING = ("pool_apply", "pool_apply_async", "pool_map", "pool_imap_unordered")
QUEUED = ("thread_queue", "process_queue", "process_manager", "shared_memory", "processes_with_threads")
POOLS = ("thread_pool", "process_pool", "pool_apply_async", "pool_imap_unordered")


def having(option: str) -> set[str]:
    return {key for key, info in MODELS.items() if option in {param.name for param in info.params}}


def test_options_are_where_they_apply() -> None:
    alone = {"sequential", *(key for key, info in MODELS.items() if info.workers_are == "interpreters")}
    assert having("primitive") == having("permits") == set(MODELS) - alone
    assert set(CHUNKED) <= having("chunksize")
    assert having("max_tasks_per_child") == {*REPLACING, "process_pool"}
    assert having("queue_bound") == set(QUEUED)
    assert having("daemon") == {"thread_per_task", "process_per_task"}
    assert {"thread_pool", "thread_queue", "thread_per_task"} <= having("switch_ms")
    assert having("pool_size") == {key for key, info in MODELS.items() if info.live_workers == "pool"}
    assert set(POOLS) <= having("pool_size")
    assert {key for key in ("sequential", "pool_apply", "pool_map") if MODELS[key].live_workers} == set()


def test_the_executor_replaces_nobody_under_fork() -> None:
    options: dict[str, Value] = {"max_tasks_per_child": 3, "start_method": "fork"}
    store = run(RunConfig("process_pool", "sleep", 2, tasks=10, options=options))
    assert store.phase is RunPhase.FAILED
    assert store.ended is not None
    assert "set start_method to spawn or forkserver" in str(store.ended.error)
    assert not [row for row in store.all_processes() if row.role == "worker"]
    assert store.counts.submitted == 0


@pytest.mark.parametrize("chunksize", [1, 7, 100])
@pytest.mark.parametrize("model", CHUNKED)
def test_chunks(model: str, chunksize: int) -> None:
    config = RunConfig(model, "sleep", 2, tasks=50, params={"ms": 0.0}, options={"chunksize": chunksize})
    store = run(config)
    assert (store.phase, store.counts.submitted, store.counts.done) == (RunPhase.FINISHED, 50, 50)
    # Who takes a chunk takes all of it.
    chosen = store.spans["kind"] == SpanKind.TASK
    takers: dict[int, set[int]] = {}
    for task, lane in zip(store.spans["task"][chosen].tolist(), store.spans["lane"][chosen].tolist(), strict=True):
        takers.setdefault(task // chunksize, set()).add(lane)
    assert len(takers) == -(-50 // chunksize)
    assert all(len(lanes) == 1 for lanes in takers.values())
    assert events_account(store)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_daemon_processes_are_ended_with_the_main_program(method: str) -> None:
    options: dict[str, Value] = {"daemon": True, "start_method": method}
    store = run(RunConfig("process_per_task", "sleep", 4, tasks=4, params={"ms": 30_000.0}, options=options))
    assert (store.phase, store.counts.done, store.counts.lost) == (RunPhase.FINISHED, 0, 4)
    workers = [row for row in store.all_processes() if row.role == "worker"]
    assert [row.exit_code for row in workers] == [-signal.SIGTERM] * 4
    assert any(mark.kind == "master" for mark in store.marks)
    for kind, words in (("daemon", "was cut off"), ("exit", "was killed by SIGTERM")):
        told = {mark.pid: mark.text for mark in store.marks if mark.kind == kind}
        assert set(told) == {row.pid for row in workers}
        assert all(str(pid) in text and words in text for pid, text in told.items())


def test_a_daemon_that_has_done_its_task_by_then_is_counted(extended: Extended) -> None:
    extended.add("workloads", "first_only", HEAD + "def run(number):\n    time.sleep(60 if number > 4 else 0)\n")
    config = RunConfig("process_per_task", "first_only", 2, tasks=6, options={"daemon": True})
    counts = run(config, extended.catalogue()).counts
    # The second of two at a time makes room only when it has ended.
    assert (counts.submitted, counts.failed, counts.done + counts.lost) == (6, 0, 6)
    assert counts.done >= 4
    assert counts.lost >= 1


@pytest.mark.parametrize("model", POOLS)
def test_a_pool_may_be_larger_than_its_active_workers(model: str) -> None:
    store = run(RunConfig(model, "sleep", 1, tasks=8, params={"ms": 1.0}, options={"pool_size": 3}))
    assert (store.phase, store.counts.done, store.counts.active) == (RunPhase.FINISHED, 8, 1)
    if MODELS[model].workers_are == "processes":
        assert len([row for row in store.all_processes() if row.role == "worker"]) == 3
    starts = sorted(zip(store.spans["start"].tolist(), store.spans["end"].tolist(), store.spans["kind"], strict=True))
    tasks = [(start, end) for start, end, kind in starts if kind == SpanKind.TASK]
    assert all(before[1] <= after[0] for before, after in pairwise(tasks))


def ended(ending: str, **more: object) -> RunStore:
    """A run of Pool.apply_async that ends in this way."""
    config = RunConfig("pool_apply_async", "sleep", 2, tasks=12, params={"ms": 30_000.0}, options={"ending": ending})
    return run(config.changed(**more))


def test_a_pool_that_is_not_joined_takes_its_tasks_along() -> None:
    store = ended("no join")
    assert (store.phase, store.counts.submitted, store.counts.lost) == (RunPhase.FINISHED, 12, 12)
    assert [mark.text for mark in store.marks if mark.kind == "lost"] == ["12 tasks were cut off"]
    # 0: it was told that nothing more will come before it had taken a task. SIGKILL: it missed the other.
    codes = {row.exit_code for row in store.all_processes() if row.role == "worker"}
    assert codes <= {0, -signal.SIGTERM, -signal.SIGKILL}


def test_join_before_close_fails_with_pythons_own_words() -> None:
    store = ended("join before close")
    assert store.ended is not None
    assert (store.phase, store.counts.lost) == (RunPhase.FAILED, 12)
    assert store.ended.error == (
        "pool.join() raised ValueError: Pool is still running. Call pool.close() before pool.join()."
    )


@pytest.mark.parametrize("ending", ["no join", "join before close"])
def test_a_pool_without_join_settles_what_comes_back_meanwhile(ending: str) -> None:
    """Handed out without end: no more wait in the pool than it may have, and Stop ends it, without the error."""
    store = RunStore()
    params: dict[str, Value] = {"probability": 0.5, "ms": 0.0}
    config = RunConfig("pool_apply_async", "fail", 2, tasks=None, params=params, options={"ending": ending})
    with session() as opened:
        opened.start(config)
        follow(opened, store, lambda store: min(store.counts.done, store.counts.failed) > 20)
        opened.stop()
        follow(opened, store)
    assert store.ended is not None
    assert (store.phase, store.ended.error) == (RunPhase.FINISHED, None)
    assert store.counts.submitted == store.counts.done + store.counts.failed + store.counts.lost
    assert store.counts.lost <= 10_001
    assert events_account(store)
