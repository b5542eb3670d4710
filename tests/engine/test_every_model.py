"""One behavioural suite over every model there is, with five workloads that differ; tests/engine/test_workloads.py has the others."""

import re
import signal
import sys
from functools import cache

import pytest

from tests.helpers.accounts import accounts_add_up
from tests.helpers.covering import covering
from tests.helpers.processes import group
from tests.helpers.pythons import WANTED, other_python
from tests.helpers.runs import catalogue_of, events_account, follow, is_running, overlap, run, session, task_spans
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.info import refuse
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore
from workers.registry import keys

OFFERED = catalogue_of().models
MODELS = [key for key in keys("models") if not OFFERED[key].unavailable]
PROCESS_MODELS = [key for key in MODELS if OFFERED[key].workers_are == "processes"]
STARTED = [key for key in PROCESS_MODELS if "start_method" in {param.name for param in OFFERED[key].params}]
KINDS = (
    "thread_pool",
    "process_pool",
    "pool_apply_async",
    "process_queue",
    "process_per_task",
    "asyncio_tasks",
    "interpreter_pool",
)
"""One of each way to spread tasks over workers."""
OTHER = "3.11" if sys.version_info[:2] == (3, 14) else "3.14"
# Values that make tasks short.
QUICK: dict[str, dict[str, Value]] = {
    "count_primes": {"limit": 2_000},
    "sleep": {"ms": 5.0},
    "mandelbrot": {"width": 96, "height": 64, "tile": 32, "iterations": 40},
    "shared_counter": {"increments": 200},
    "fail": {"probability": 0.5, "how": "raise"},
}
WORKERS = {"count_primes": 1, "sleep": 4, "mandelbrot": 2, "shared_counter": 3, "fail": 2}
ONE_AT_A_TIME = ("sequential", "pool_apply")


def check_sums(store: RunStore, tasks: int, failed: int = 0) -> None:
    """What holds after every run that was left to itself."""
    counts = store.counts
    assert store.ended is not None
    assert (store.ended.phase, store.ended.error) == (RunPhase.FINISHED, None), list(store.texts)[-3:]
    assert (counts.submitted, counts.done, counts.failed, counts.lost) == (tasks, tasks - failed, failed, 0)
    assert events_account(store)
    accounts_add_up(store)
    assert store.delivered + store.dropped == store.recorded
    assert len(task_spans(store)) + store.dropped >= tasks
    assert len(store.texts) == failed, list(store.texts)[:5]


@cache
def first_of_all(workload: str) -> RunStore:
    """What comes out of a workload where one task is done after the other."""
    return run(RunConfig("sequential", workload, 1, tasks=12, params=QUICK[workload]))


@pytest.mark.parametrize(
    ("workload", "workers"),
    covering(
        ((key, workers) for key in QUICK for workers in (1, 2, 3, 4)), lambda key, workers: WORKERS[key] == workers
    ),
)
@pytest.mark.parametrize("model", MODELS)
def test_start_to_end(model: str, workload: str, workers: int) -> None:
    tasks = 12
    config = RunConfig(model, workload, workers, tasks=tasks, params=QUICK[workload])
    refusal = refuse(OFFERED[model], catalogue_of().workloads[workload])
    if refusal:
        with pytest.raises(ConfigError, match=re.escape(refusal)):
            run(config)
        return
    store, first = run(config), first_of_all(workload)
    check_sums(store, tasks, first.counts.failed)
    assert store.checksum == first.checksum, "it did not compute the same"
    assert (store.picture and store.picture.pixels) == (first.picture and first.picture.pixels)
    if workload == "shared_counter":
        assert store.ended is not None
        assert store.ended.outcome["expected"] == tasks * 200
    failures = [line.text for line in store.texts if line.stream == "failure"]
    assert len(failures) == first.counts.failed == store.spans["failed"].sum()
    assert (len(failures) > 0) == (workload == "fail")
    for text in failures:
        assert "RuntimeError: task " in text
        assert "fail.py" in text
        assert "raise RuntimeError" in text
    host = next(row for row in store.all_processes() if row.role == "host")
    assert host.exit_code == 0
    born = [row for row in store.all_processes() if row.role == "worker"]
    forkserver = [row.pid for row in store.all_processes() if row.role == "forkserver"]
    assert {row.ppid for row in born} <= {host.pid, *forkserver}
    assert sum(row.tasks for row in store.all_processes()) == tasks
    starts_none = model not in PROCESS_MODELS or (model, workers) == ("joblib", 1)
    expected = 0 if starts_none else tasks if model == "process_per_task" else workers
    assert len(born) == expected
    bad = first.counts.failed if model == "process_per_task" else 0
    assert sorted(row.exit_code for row in born if row.exit_code != 0) == [1] * bad
    lanes = workers * int(store.started.config.options.get("threads", 1)) if store.started else 0
    assert overlap(task_spans(store)) <= (1 if model in ONE_AT_A_TIME else lanes)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("tasks", [0, 1])
def test_few_tasks(model: str, tasks: int) -> None:
    check_sums(run(RunConfig(model, "sleep", 2, tasks=tasks, params={"ms": 1.0})), tasks)


@pytest.mark.parametrize("share", [0.2, pytest.param(1.0, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("model", MODELS)
def test_many_tiny_tasks(model: str, share: float) -> None:
    tasks = int(share * {"process_per_task": 150, "thread_per_task": 1_000}.get(model, 5_000))
    check_sums(run(RunConfig(model, "sleep", 2, tasks=tasks, params={"ms": 0.0})), tasks)


@pytest.mark.parametrize("model", MODELS)
def test_ends_after_seconds(model: str) -> None:
    store = run(RunConfig(model, "sleep", 2, tasks=None, seconds=0.2, params={"ms": 5.0}))
    check_sums(store, store.counts.submitted)
    assert store.counts.done > 0
    assert store.elapsed_s >= 0.2


@pytest.mark.parametrize("model", MODELS)
def test_stop_ends_everything_and_loses_nothing_that_can_end(model: str) -> None:
    """Tasks of 0.25 s: those under way end in time; those behind them, in the hands of a library maybe, must not be begun."""
    store = RunStore()
    with session() as opened:
        opened.start(
            RunConfig(model, "sleep", 2, tasks=None, params={"ms": 250.0 if model in PROCESS_MODELS else 20.0})
        )
        follow(opened, store, lambda store: store.counts.done >= 2)
        pgid = next(row.pid for row in store.all_processes() if row.role == "host")
        opened.stop()
        last = follow(opened, store)
        assert last is not None
        assert last.ended is not None
        assert (last.phase, last.ended.stopped, last.ended.error) == (RunPhase.FINISHED, True, None)
        assert not group(pgid)
    assert store.counts.lost == 0
    assert store.counts.done == store.counts.submitted
    assert events_account(store)


@pytest.mark.parametrize("model", MODELS)
def test_stop_cuts_off_what_does_not_end(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 2, tasks=None, params={"ms": 60_000.0}))
        follow(opened, store, is_running)
        pgid = next(row.pid for row in store.all_processes() if row.role == "host")
        opened.stop()
        assert opened.phase is RunPhase.STOPPING
        follow(opened, store)
        assert not group(pgid)
    assert store.phase is RunPhase.FINISHED
    assert store.counts.done == 0
    assert store.counts.lost >= 1
    assert any(mark.kind == "signal" for mark in store.marks)


@pytest.mark.parametrize("model", MODELS)
def test_interrupt_now(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 2, tasks=None, params={"ms": 60_000.0}))
        follow(opened, store, is_running)
        opened.interrupt()
        follow(opened, store)
    assert store.phase is RunPhase.FINISHED
    assert store.ended is not None
    assert store.ended.stopped
    assert next(row for row in store.all_processes() if row.role == "host").exit_code == -signal.SIGKILL


@pytest.mark.parametrize(
    ("model", "method"),
    covering(
        ((model, method) for model in STARTED for method in ("fork", "spawn", "forkserver")),
        lambda model, method: method == "spawn" or model in KINDS,
    ),
)
def test_start_methods(model: str, method: str) -> None:
    store = run(RunConfig(model, "count_primes", 2, tasks=4, params={"limit": 500}, options={"start_method": method}))
    check_sums(store, 4)
    rows = store.all_processes()
    host = next(row for row in rows if row.role == "host")
    parents = {row.ppid for row in rows if row.role == "worker"}
    if method == "forkserver":
        assert parents == {row.pid for row in rows if row.role == "forkserver"}
    else:
        assert parents == {host.pid}


@pytest.mark.parametrize(
    ("model", "minor"),
    covering(
        (
            *((model, OTHER) for model in keys("models")),
            *((model, minor) for minor in WANTED for model in ("process_queue", "thread_pool") if minor != "3.14"),
        ),
        lambda model, minor: minor != OTHER or model in KINDS,
    ),
)
def test_under_another_interpreter(model: str, minor: str) -> None:
    path = other_python(minor)
    catalogue = catalogue_of(path)
    config = RunConfig(model, "count_primes", 2, tasks=6, params={"limit": 500}, python=path)
    reason = catalogue.models[model].unavailable
    if reason:
        with pytest.raises(ConfigError, match=re.escape(reason)):
            run(config, catalogue)
        return
    store = run(config, catalogue)
    check_sums(store, 6)
    assert store.started is not None
    assert store.started.python.version.startswith(minor)


def test_join_each_never_overlaps_and_join_all_does() -> None:
    config = RunConfig("thread_per_task", "sleep", 4, tasks=8, params={"ms": 30.0})
    assert overlap(task_spans(run(config.changed(options={"join": "each"})))) == 1
    assert overlap(task_spans(run(config.changed(options={"join": "all"})))) >= 2


def test_daemon_threads_are_cut_off() -> None:
    config = RunConfig("thread_per_task", "sleep", 4, tasks=4, params={"ms": 30_000.0}, options={"daemon": True})
    store = run(config)
    assert (store.phase, store.counts.done, store.counts.lost) == (RunPhase.FINISHED, 0, 4)
    assert any(mark.kind == "master" for mark in store.marks)
    daemons = {mark.tid: mark.text for mark in store.marks if mark.kind == "daemon"}
    assert {text.partition(" was")[0] for text in daemons.values()} == {"task 0", "task 1", "task 2", "task 3"}
    # On a busy machine one may be cut off before it has so much as a lane.
    assert set(daemons) & {row.info.tid for row in store.lanes if row.info.role == "worker"}


def test_callbacks_run_in_the_main_process() -> None:
    store = run(RunConfig("pool_apply_async", "sleep", 2, tasks=5, params={"ms": 1.0}))
    host = next(row.pid for row in store.all_processes() if row.role == "host")
    callbacks = [mark for mark in store.marks if mark.kind == "callback"]
    assert len(callbacks) == 5
    assert {mark.pid for mark in callbacks} == {host}


def test_chunk_with_failures_counts_each(extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("raises_some").catalogue()
    store = run(RunConfig("process_pool", "raises_some", 2, tasks=9, options={"chunksize": 4}), catalogue)
    assert (store.counts.done, store.counts.failed, store.counts.lost) == (6, 3, 0)


def test_same_seed_same_tasks(extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("draws").catalogue()

    def drawn(seed: int, model: str) -> list[str]:
        return sorted(line.text for line in run(RunConfig(model, "draws", 2, tasks=8, seed=seed), catalogue).texts)

    first = drawn(1, "thread_pool")
    assert len(first) == 8
    assert first == drawn(1, "process_pool")
    assert first != drawn(2, "thread_pool")


def test_a_long_run_samples_processes_and_threads() -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig("process_pool", "count_primes", 2, tasks=None, params={"limit": 4_000}))
        follow(opened, store, lambda store: store.elapsed_s > 1.0)
        opened.stop()
        follow(opened, store)
    workers = [row for row in store.all_processes() if row.role == "worker"]
    for row in workers:
        assert row.sample is not None
        assert len(row.history) >= 5
        assert row.create_time > 0
        assert row.cpu_s > 0.05
        assert row.sample.rss is not None
        if sys.platform == "linux":
            assert row.sample.run_queue_s is not None
    host = next(row for row in store.all_processes() if row.role == "host")
    assert "helper" in {thread.sample.role for thread in host.threads.values()}
    assert "main" in {thread.sample.role for thread in host.threads.values()}


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_cpu_of_the_run_leaves_out_what_came_before_the_clock(method: str) -> None:
    config = RunConfig("process_pool", "sleep", 2, tasks=10, params={"ms": 1.0}, options={"start_method": method})
    rows = run(config).all_processes()
    for row in rows:
        if row.role in ("host", "worker"):
            assert 0 <= row.cpu_s - row.cpu_at_clock_s < 0.08
    worker = next(row for row in rows if row.role == "worker")
    assert method == "fork" or worker.cpu_at_clock_s > 0.02, "a spawned interpreter does not come for nothing"


def test_a_process_born_after_the_clock_counts_whole() -> None:
    config = RunConfig("process_per_task", "sleep", 2, tasks=3, params={"ms": 1.0}, options={"start_method": "spawn"})
    workers = [row for row in run(config).all_processes() if row.role == "worker"]
    assert all(row.cpu_at_clock_s == 0 and row.cpu_s > 0.02 for row in workers)
