"""The asyncio models: what is theirs alone. All that every model does is in tests/engine/test_every_model.py."""

import pytest

from tests.helpers.covering import covering
from tests.helpers.processes import group
from tests.helpers.runs import events_account, follow, is_running, overlap, run, session, task_spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

MODELS = ["asyncio_tasks", "asyncio_to_thread", "asyncio_processes"]
FOUR = RunConfig("asyncio_tasks", "sleep", 4, tasks=12, params={"ms": 40.0})


def check(store: RunStore, done: int, failed: int = 0) -> None:
    """The run was left to itself and all is accounted for."""
    counts = store.counts
    assert store.ended is not None
    assert (store.ended.phase, store.ended.error) == (RunPhase.FINISHED, None), list(store.texts)[-3:]
    assert (counts.submitted, counts.done, counts.failed, counts.lost) == (done + failed, done, failed, 0)
    assert events_account(store)
    assert {line.stream for line in store.texts} <= {"failure"}, list(store.texts)


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_tasks_that_await_overlap_as_many_as_there_are_workers(workers: int) -> None:
    store = run(FOUR.changed(workers=workers))
    check(store, 12)
    assert overlap(task_spans(store)) == workers


def test_a_task_that_never_awaits_blocks_the_loop() -> None:
    store = run(FOUR.changed(workload="count_primes", params={"limit": 3_000}))
    check(store, 12)
    assert overlap(task_spans(store)) == 1


@pytest.mark.parametrize("model", ["asyncio_to_thread", "asyncio_processes"])
def test_outside_of_the_loop_blocking_tasks_overlap(model: str) -> None:
    """These run the workload's ordinary form, which would block the loop."""
    store = run(FOUR.changed(model=model))
    check(store, 12)
    assert 2 <= overlap(task_spans(store)) <= 4


def test_each_model_works_where_it_says() -> None:
    """Coroutines in the main thread, threads beside it, processes elsewhere."""
    for model in MODELS:
        store = run(FOUR.changed(model=model, workers=3, params={"ms": 20.0}))
        host = next(row.pid for row in store.all_processes() if row.role == "host")
        lanes = {(row.info.pid, row.info.tid) for row in store.lanes if row.info.role == "worker"}
        if model == "asyncio_tasks":
            assert lanes == {(host, host)}
        elif model == "asyncio_to_thread":
            assert len(lanes) == 3
            assert {pid for pid, _ in lanes} == {host}
            assert (host, host) not in lanes
        else:
            assert len({pid for pid, _ in lanes} - {host}) == len(lanes) == 3


@pytest.mark.parametrize("model", MODELS)
def test_what_would_end_the_loop_fails_its_task_only(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    """An exit, and a KeyboardInterrupt."""
    config = RunConfig(model, "bad_tasks", 2, tasks=12, params={"bad": "exit interrupt"})
    check(run(config, extended.workload("bad_tasks").catalogue()), 10, failed=2)


@pytest.mark.parametrize(
    ("model", "workload"),
    covering(
        ((model, workload) for model in MODELS for workload in ("holds_gil", "stubborn")),
        lambda model, workload: model == "asyncio_tasks" or (model == "asyncio_processes") == (workload == "stubborn"),
    ),
)
def test_stop_ends_a_loop_that_cannot_be_asked(model: str, workload: str, extended) -> None:  # type: ignore[no-untyped-def]
    store = RunStore()
    with session(extended.workload(workload).catalogue()) as opened:
        opened.start(RunConfig(model, workload, 2, tasks=None))
        follow(opened, store, is_running)
        host = next(row.pid for row in store.all_processes() if row.role == "host")
        opened.stop()
        follow(opened, store, seconds=10)
        assert not group(host)
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 0)
    assert store.counts.lost > 0


@pytest.mark.parametrize("model", ["asyncio_to_thread", "asyncio_processes"])  # the other one: test_workloads.py
def test_a_lock_around_the_work(model: str) -> None:
    options = {"primitive": "Lock"}
    store = run(RunConfig(model, "shared_counter", 3, tasks=6, params={"increments": 500}, options=options))
    check(store, 6)
    assert store.ended is not None
    assert store.ended.outcome["actual"] == store.ended.outcome["expected"] == 3_000
