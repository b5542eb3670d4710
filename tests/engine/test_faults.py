"""Tasks that do what tasks should not: the run ends or goes on with one clear sentence, and nothing is left."""

import os
import signal

import pytest

from tests.helpers.processes import alive, group, wait_until
from tests.helpers.runs import events_account, follow, is_running, run, session
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

POOLED = ["pool_apply", "pool_apply_async", "process_pool"]


@pytest.mark.parametrize("model", ["thread_pool", *POOLED])
def test_two_argument_exception_fails_its_task_only(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("awkward").catalogue()
    store = run(RunConfig(model, "awkward", 2, tasks=6), catalogue)
    assert (store.phase, store.counts.done, store.counts.failed, store.counts.lost) == (RunPhase.FINISHED, 5, 1, 0)


@pytest.mark.parametrize("model", POOLED)
def test_unpicklable_result_fails_its_task_only(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("unpicklable").catalogue()
    store = run(RunConfig(model, "unpicklable", 2, tasks=6), catalogue)
    assert (store.phase, store.counts.done, store.counts.failed) == (RunPhase.FINISHED, 5, 1)
    assert any("lambda" in line.text for line in store.texts)


@pytest.mark.parametrize("model", ["sequential", "thread_per_task", "thread_pool", "process_pool", "process_per_task"])
def test_sys_exit_in_a_task(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("exits").catalogue()
    store = run(RunConfig(model, "exits", 2, tasks=6), catalogue)
    assert store.phase is RunPhase.FINISHED
    assert (store.counts.done, store.counts.failed + store.counts.lost) == (5, 1)
    assert any("SystemExit: 5" in line.text for line in store.texts)


@pytest.mark.parametrize("model", ["sequential", "thread_per_task", "thread_pool", "process_pool", "process_per_task"])
def test_a_task_that_raises_keyboard_interrupt(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("interrupts_itself").catalogue()
    store = run(RunConfig(model, "interrupts_itself", 2, tasks=6), catalogue)
    assert (store.phase, store.counts.done, store.counts.failed, store.counts.lost) == (RunPhase.FINISHED, 5, 1, 0)
    assert any("KeyboardInterrupt: of my own" in line.text for line in store.texts)


@pytest.mark.parametrize("round_", range(3))
@pytest.mark.parametrize("model", POOLED)
def test_an_idle_worker_that_is_killed_ends_the_run_too(model: str, round_: int) -> None:
    """It may hold the lock of the task queue, for which a Pool's own farewell would wait for ever."""
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 3, tasks=None, params={"ms": 50.0}))
        follow(opened, store, lambda store: store.counts.done >= 2)
        workers = [row.pid for row in store.all_processes() if row.role == "worker"]
        os.kill(workers[round_], signal.SIGKILL)
        follow(opened, store, seconds=10)
    assert store.ended is not None
    assert store.phase is RunPhase.FAILED
    assert f"PID {workers[round_]} was killed by SIGKILL" in str(store.ended.error)


@pytest.mark.parametrize("model", POOLED)
def test_sigint_from_elsewhere_is_not_taken_for_stop(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 2, tasks=30, params={"ms": 50.0}))
        follow(opened, store, lambda store: store.counts.done >= 2)
        victim = next(row.pid for row in store.all_processes() if row.role == "worker" and row.tasks)
        os.kill(victim, signal.SIGINT)
        follow(opened, store, seconds=15)
    assert store.ended is not None
    # Where the library survives it, one task failed and the rest was done; where not, the run says who it was.
    if store.phase is RunPhase.FINISHED:
        assert (store.counts.done, store.counts.failed, store.counts.lost) == (29, 1, 0)
    else:
        assert f"PID {victim}" in str(store.ended.error)


@pytest.mark.parametrize("workload", ["hard_exit", "segfaults"])
@pytest.mark.parametrize("model", POOLED)
def test_a_worker_that_dies_ends_the_run(model: str, workload: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload(workload).catalogue()
    store = run(RunConfig(model, workload, 2, tasks=40), catalogue, seconds=15)
    assert store.phase is RunPhase.FAILED
    assert store.ended is not None
    error = str(store.ended.error)
    assert ("SIGSEGV" if workload == "segfaults" else "exit code 0") in error, error
    assert events_account(store)
    if workload == "segfaults":
        assert any("Fatal Python error: Segmentation fault" in line.text for line in store.texts)


@pytest.mark.parametrize("workload", ["hard_exit", "segfaults"])
def test_a_process_per_task_loses_one_task(workload: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload(workload).catalogue()
    store = run(RunConfig("process_per_task", workload, 2, tasks=8), catalogue)
    # An exit code of 0 is what a task that has ended leaves, too: only the span that is missing tells.
    lost = 1 if workload == "segfaults" else 0
    assert (store.phase, store.counts.lost) == (RunPhase.FINISHED, lost)
    if lost:
        assert any("SIGSEGV" in mark.text for mark in store.marks)


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "pool_apply"])
@pytest.mark.parametrize("workload", ["holds_gil", "stubborn"])
def test_stop_ends_what_cannot_be_asked(model: str, workload: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload(workload).catalogue()
    store = RunStore()
    with session(catalogue) as opened:
        opened.start(RunConfig(model, workload, 2, tasks=None))
        follow(opened, store, is_running)
        host = next(row.pid for row in store.all_processes() if row.role == "host")
        opened.stop()
        follow(opened, store, seconds=10)
        assert wait_until(lambda: not group(host))
    assert store.phase is RunPhase.FINISHED
    assert store.counts.lost > 0


def test_children_of_tasks_end_with_the_run(extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("has_children").catalogue()
    store = RunStore()
    with session(catalogue) as opened:
        opened.start(RunConfig("process_pool", "has_children", 2, tasks=None))
        follow(opened, store, lambda store: any(row.role == "child" for row in store.all_processes()))
        children = [row.pid for row in store.all_processes() if row.role == "child"]
        opened.stop()
        follow(opened, store, seconds=10)
        assert wait_until(lambda: not any(alive(pid) for pid in children))


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
