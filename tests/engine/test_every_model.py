"""One behavioural suite over every model and workload there is."""

import os
import signal
import sys

import pytest

from tests.helpers.processes import alive, group, wait_until
from tests.helpers.pythons import WANTED, other_python
from tests.helpers.runs import catalogue_of, events_account, follow, is_running, overlap, run, session, task_spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore
from workers.registry import keys

MODELS, WORKLOADS = keys("models"), keys("workloads")
PROCESS_MODELS = [key for key in MODELS if catalogue_of().models[key].workers_are == "processes"]
POOLED = [key for key in PROCESS_MODELS if key != "process_per_task"]
# Values that make tasks short; a new workload need not be here, its defaults do.
QUICK = {"count_primes": {"limit": 2_000}, "sha256": {"size": 256}, "sleep": {"ms": 5.0}, "echo": {"delay_ms": 2.0}}
LONG = RunConfig(workload="sleep", workers=2, tasks=None, params={"ms": 20.0})


def check_sums(store: RunStore, tasks: int) -> None:
    """What holds after every run that was left to itself."""
    counts = store.counts
    assert store.ended is not None
    assert (store.ended.phase, store.ended.error) == (RunPhase.FINISHED, None), list(store.texts)[-3:]
    assert (counts.submitted, counts.done, counts.failed, counts.lost) == (tasks, tasks, 0, 0)
    assert events_account(store)
    assert store.delivered + store.dropped == store.recorded
    assert len(task_spans(store)) + store.dropped >= tasks
    assert not store.texts


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("workload", WORKLOADS)
@pytest.mark.parametrize("model", MODELS)
def test_start_to_end(model: str, workload: str, workers: int) -> None:
    tasks = 12
    store = run(RunConfig(model, workload, workers, tasks=tasks, params=QUICK.get(workload, {})))
    check_sums(store, tasks)
    host = next(row for row in store.all_processes() if row.role == "host")
    assert host.exit_code == 0
    born = [row for row in store.all_processes() if row.role == "worker"]
    forkserver = [row.pid for row in store.all_processes() if row.role == "forkserver"]
    assert {row.ppid for row in born} <= {host.pid, *forkserver}
    assert sum(row.tasks for row in store.all_processes()) == tasks
    expected = 0 if model not in PROCESS_MODELS else tasks if model == "process_per_task" else workers
    assert len(born) == expected
    assert all(row.exit_code == 0 for row in born), [row.exit_code for row in born]
    assert overlap(task_spans(store)) <= (1 if model in ("sequential", "pool_apply") else workers)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("tasks", [0, 1])
def test_few_tasks(model: str, tasks: int) -> None:
    check_sums(run(RunConfig(model, "sleep", 3, tasks=tasks, params={"ms": 1.0})), tasks)


@pytest.mark.parametrize("model", MODELS)
def test_many_tiny_tasks(model: str) -> None:
    per_process = model in ("process_per_task",)
    tasks = 100 if per_process else 1_000 if model in ("thread_per_task", "pool_apply") else 10_000
    check_sums(run(RunConfig(model, "sleep", 2, tasks=tasks, params={"ms": 0.0})), tasks)


@pytest.mark.parametrize("model", MODELS)
def test_ends_after_seconds(model: str) -> None:
    store = run(RunConfig(model, "sleep", 2, tasks=None, seconds=0.4, params={"ms": 5.0}))
    check_sums(store, store.counts.submitted)
    assert store.counts.done > 0
    assert store.elapsed_s >= 0.4


@pytest.mark.parametrize("model", MODELS)
def test_stop_ends_everything_and_loses_nothing_that_can_end(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(LONG.changed(model=model))
        follow(opened, store, lambda store: store.counts.done >= 3)
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


@pytest.mark.parametrize("model", MODELS)
def test_a_raising_task_is_counted_and_shown_and_the_run_goes_on(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("raises_some").catalogue()
    store = run(RunConfig(model, "raises_some", 2, tasks=9), catalogue)
    counts = store.counts
    assert (store.phase, counts.done, counts.failed, counts.lost) == (RunPhase.FINISHED, 6, 3, 0)
    failures = [line.text for line in store.texts if line.stream == "failure"]
    assert len(failures) == 3
    assert all(
        "ValueError: number" in text and "raises_some.py" in text and "raise ValueError" in text for text in failures
    )
    assert store.spans["failed"].sum() == 3


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.parametrize("model", PROCESS_MODELS)
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


@pytest.mark.parametrize("minor", WANTED)
@pytest.mark.parametrize("model", MODELS)
def test_under_another_interpreter(model: str, minor: str) -> None:
    path = other_python(minor)
    catalogue = catalogue_of(path)
    store = run(RunConfig(model, "count_primes", 2, tasks=6, params={"limit": 500}, python=path), catalogue)
    check_sums(store, 6)
    assert store.started is not None
    assert store.started.python.version.startswith(minor)


@pytest.mark.parametrize("model", POOLED)
def test_a_killed_worker_is_named_and_the_next_run_works(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 2, tasks=None, params={"ms": 30.0}))
        follow(opened, store, lambda store: store.counts.done >= 4)
        victim = next(row.pid for row in store.all_processes() if row.role == "worker" and row.tasks)
        os.kill(victim, signal.SIGKILL)
        last = follow(opened, store, seconds=10)
        assert last is not None
        assert last.ended is not None
        assert last.phase is RunPhase.FAILED
        assert f"PID {victim} was killed by SIGKILL" in str(last.ended.error)
        assert store.counts.done >= 4
        assert wait_until(lambda: not alive(victim))
        opened.start(RunConfig(model, "sleep", 2, tasks=4, params={"ms": 1.0}))
        follow(opened, store)
        assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 4)


def test_join_each_never_overlaps_and_join_all_does() -> None:
    config = RunConfig("thread_per_task", "sleep", 4, tasks=8, params={"ms": 30.0})
    assert overlap(task_spans(run(config.changed(options={"join": "each"})))) == 1
    assert overlap(task_spans(run(config.changed(options={"join": "all"})))) >= 2


def test_daemon_threads_are_cut_off() -> None:
    config = RunConfig("thread_per_task", "sleep", 4, tasks=4, params={"ms": 30_000.0}, options={"daemon": True})
    store = run(config)
    assert (store.phase, store.counts.done, store.counts.lost) == (RunPhase.FINISHED, 0, 4)
    assert any(mark.kind == "master" for mark in store.marks)


def test_callbacks_run_in_the_main_process() -> None:
    store = run(RunConfig("pool_apply_async", "sleep", 2, tasks=5, params={"ms": 1.0}))
    host = next(row.pid for row in store.all_processes() if row.role == "host")
    callbacks = [mark for mark in store.marks if mark.kind == "callback"]
    assert len(callbacks) == 5
    assert {mark.pid for mark in callbacks} == {host}


@pytest.mark.parametrize("chunksize", [1, 7, 100])
def test_chunks(chunksize: int) -> None:
    check_sums(
        run(RunConfig("process_pool", "sleep", 2, tasks=50, params={"ms": 0.0}, options={"chunksize": chunksize})), 50
    )


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
    for row in run(config).all_processes():
        if row.role in ("host", "worker"):
            assert 0 <= row.cpu_s - row.cpu_at_clock_s < 0.08
    worker = next(row for row in run(config).all_processes() if row.role == "worker")
    assert method == "fork" or worker.cpu_at_clock_s > 0.02, "a spawned interpreter does not come for nothing"


def test_a_process_born_after_the_clock_counts_whole() -> None:
    config = RunConfig("process_per_task", "sleep", 2, tasks=3, params={"ms": 1.0}, options={"start_method": "spawn"})
    workers = [row for row in run(config).all_processes() if row.role == "worker"]
    assert all(row.cpu_at_clock_s == 0 and row.cpu_s > 0.02 for row in workers)
