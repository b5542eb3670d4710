"""Tasks that do what tasks should not, where the crash matrix does not come: in threads, at the wrong moment, to those who are idle."""

import os
import signal

import pytest

from tests.faults.invariants import Broken
from tests.faults.table import fault
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

THREADED = ("sequential", "thread_per_task", "thread_pool")
POOLED = ("pool_apply", "pool_apply_async", "process_pool")


@fault(
    "F5",
    injected="sys.exit(5) in a task, in a thread",
    expected="the task fails with SystemExit; thread and host live on",
)
@pytest.mark.parametrize("model", THREADED)
def test_sys_exit_in_a_thread(model: str, broken: Broken) -> None:
    broken.start(RunConfig(model, "breaks", 2, tasks=8, params={"how": "sys.exit"}), until=None)
    store = broken.finished(done=7, failed=1)
    assert any("SystemExit: 5" in line.text for line in store.texts)


@fault(
    "F3",
    injected="a task reads address 0, in a thread of the host",
    expected="the host is named, SIGSEGV too, and the stack shown",
)
@fault(
    "F4",
    injected="a task calls exit(0) of the C library",
    expected="the end of a worker, or of the host, is no end of the run",
)
@pytest.mark.parametrize(
    ("model", "how", "words"),
    [
        ("thread_pool", "SIGSEGV", ("The host process, PID ", "was killed by SIGSEGV")),
        ("thread_pool", "os._exit(0)", ("The host process, PID ", "ended with exit code 0")),
        ("process_pool", "exit(0) of C", ("Worker PID", "exit code 0")),
        ("pool_apply_async", "exit(0) of C", ("Worker PID", "exit code 0")),
    ],
)
def test_a_task_ends_its_process(model: str, how: str, words: tuple[str, ...], broken: Broken) -> None:
    broken.start(RunConfig(model, "breaks", 2, tasks=40, params={"how": how}), until=None)
    store = broken.failed(*words)
    if how == "SIGSEGV":
        assert any("Fatal Python error: Segmentation fault" in line.text for line in store.texts)


@pytest.mark.parametrize("model", [*THREADED, "process_pool", "process_per_task"])
def test_a_task_that_raises_keyboard_interrupt(model: str, broken: Broken) -> None:
    broken.start(RunConfig(model, "breaks", 2, tasks=8, params={"how": "KeyboardInterrupt"}), until=None)
    store = broken.finished(done=7, failed=1)
    assert any("KeyboardInterrupt: of my own" in line.text for line in store.texts)


@fault(
    "F2",
    injected="SIGKILL of each worker of a Pool that may be idle, and hold the lock of its task queue",
    expected="noticed by its sentinel; nobody waits for the lock, not even the pool's own farewell",
)
@pytest.mark.parametrize("which", range(3))
@pytest.mark.parametrize("model", POOLED)
def test_an_idle_worker_that_is_killed_ends_the_run_too(model: str, which: int, broken: Broken) -> None:
    config = RunConfig(model, "sleep", 3, tasks=None, params={"ms": 50.0})
    broken.start(config, until=lambda store: store.counts.done >= 2 and len(broken.workers) == 3)
    victim = broken.workers[which]
    os.kill(victim, signal.SIGKILL)
    broken.failed(f"PID {victim} was killed by SIGKILL")


@pytest.mark.parametrize("model", POOLED)
def test_sigint_from_elsewhere_is_not_taken_for_stop(model: str, broken: Broken) -> None:
    config = RunConfig(model, "sleep", 2, tasks=30, params={"ms": 50.0})
    broken.start(config, until=lambda store: bool(at_work(store)))
    victim = at_work(broken.store)[0]
    os.kill(victim, signal.SIGINT)
    store = broken.over(30.0)
    assert store.ended is not None
    # Where the library survives it, at most one task failed (none, where it came between two); where not, the run says who it was.
    if store.phase is RunPhase.FINISHED:
        assert (store.counts.done + store.counts.failed, store.counts.lost) == (30, 0)
        assert store.counts.failed <= 1
    else:
        assert f"PID {victim}" in str(store.ended.error)


def at_work(store: RunStore) -> list[int]:
    """PIDs of workers that have done a task."""
    return [row.pid for row in store.all_processes() if row.role == "worker" and row.tasks]
