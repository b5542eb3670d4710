"""Every model with worker processes, and all that a task can do to its worker: the run ends, says why, and the next one works."""

import os
import signal

import pytest

from tests.faults.invariants import Broken
from tests.faults.table import fault
from tests.helpers.processes import alive, wait_until
from tests.helpers.runs import catalogue_of
from workers.contract.config import RunConfig, Value
from workers.insight.store import RunStore

OFFERED = {key: info for key, info in catalogue_of().models.items() if not info.unavailable}
MODELS = [key for key, info in OFFERED.items() if info.workers_are == "processes"]
DIFFERENT = ("process_pool", "pool_apply_async", "process_queue")
"""Built so differently that a column holds for the others mostly where it holds for these."""
TASKS = 8
WHOLE_LIST = ("pool_map",)
"""One result that cannot be pickled fails the whole list that was mapped."""
EXIT_IS_CAUGHT = [key for key in MODELS if key not in ("pool_apply", "pool_apply_async")]
"""multiprocessing.Pool lets SystemExit end the worker; so do its models that hand it the task as it is."""

FAILS = {
    "raise": "ValueError: number 3 is bad",
    "two arguments": "Two: one",
    "unpicklable argument": "pickle",
    "unpicklable result": "pickle",
}
"""What fails its task alone, and what is said of it."""
DIES = {
    "os._exit(0)": "exit code 0",
    "SIGSEGV": "SIGSEGV",
    "grandchildren": "exit code 3",
}
"""What ends its worker, and how that is called."""
COLUMNS = [*FAILS, "sys.exit", *DIES, "SIGKILL", "endless loop", "ignores signals"]


def cells(*columns: str) -> list[object]:
    """(model, column) of all models. Those left to the night are of models that are built like others."""
    found: list[object] = []
    for row, model in enumerate(MODELS):
        for column in columns:
            # Each model has three columns by day, another three than its neighbours.
            turn = (COLUMNS.index(column) - 3 * row) % len(COLUMNS) < 3
            by_day = model in DIFFERENT or turn
            found.append(pytest.param(model, column, marks=[] if by_day else pytest.mark.nightly))
    return found


def config(model: str, how: str, tasks: int | None = TASKS) -> RunConfig:
    """Two workers."""
    # A process per task gets its arguments by fork, where nothing is pickled.
    spawns = (model, how) == ("process_per_task", "unpicklable argument")
    options: dict[str, Value] = {"start_method": "spawn"} if spawns else {}
    return RunConfig(model, "breaks", 2, tasks=tasks, params={"how": how}, options=options)


def check_lost(it: Broken, model: str, *words: str) -> RunStore:
    """A worker died: a pool cannot go on, and says who and how; where each task has a process of its own only that one is lost."""
    if model != "process_per_task":
        return it.failed("PID ", "start the run again", *words)
    store = it.finished(lost=1)
    told = [mark.text for mark in store.marks if mark.kind == "lost"]
    assert len(told) == 2, told  # of the process, and of the number of tasks
    assert all(word in told[0] for word in ("PID ", *words)), told
    return store


@fault(
    "F6",
    injected="a task raises, in every model whose workers are processes",
    expected="the task fails with its traceback",
)
@fault(
    "F7",
    injected="a task raises an exception of two arguments",
    expected="the task fails with a text; the pool goes on",
)
@fault("F8", injected="a lock among the arguments of a task", expected="the task fails before it is sent, and says why")
@fault("F9", injected="a lock as the result of a task", expected="the task fails and says why; the pool goes on")
@pytest.mark.parametrize(("model", "how"), cells(*FAILS))
def test_a_task_fails_and_no_other(model: str, how: str, broken: Broken) -> None:
    broken.start(config(model, how), until=None)
    if (model, how) == ("process_per_task", "unpicklable result"):
        broken.finished(done=TASKS)  # nobody sends it anywhere
        return
    failed = TASKS if model in WHOLE_LIST and how.startswith("unpicklable") else 1
    store = broken.finished(done=TASKS - failed, failed=failed)
    said = [line.text for line in store.texts if FAILS[how] in line.text]
    assert said, list(store.texts)
    if how == "raise":
        assert "breaks.py" in said[0]
        assert "raise ValueError" in said[0]


@fault(
    "F5",
    injected="sys.exit(5) in a task",
    expected="the task fails, or, in a Pool, its worker is lost and the run says so",
)
@pytest.mark.parametrize(("model", "how"), cells("sys.exit"))
def test_sys_exit(model: str, how: str, broken: Broken) -> None:
    broken.start(config(model, how), until=None)
    store = broken.finished(done=TASKS - 1, failed=1) if model in EXIT_IS_CAUGHT else broken.failed("exit code 5")
    assert any("SystemExit: 5" in line.text for line in store.texts)


@fault("F3", injected="a task reads address 0", expected="SIGSEGV is named, and the stack of faulthandler shown")
@fault("F4", injected="os._exit(0) in a task", expected="a death, although the exit code is 0")
@fault(
    "F25",
    injected="a task starts two sleepers and forks two processes, one of each in a session of its own, and ends its process",
    expected="the death is noticed although the forked ones hold the worker's pipes open; all of them are killed with the run",
)
@pytest.mark.parametrize(("model", "how"), cells(*DIES))
def test_a_worker_dies_of_its_task(model: str, how: str, broken: Broken) -> None:
    broken.start(config(model, how), until=None)
    store = check_lost(broken, model, DIES[how])
    if how == "SIGSEGV":
        assert any("Fatal Python error: Segmentation fault" in line.text for line in store.texts)
    if how == "grandchildren":
        children = [int(line.text.split()[1]) for line in store.texts if line.text.startswith("CHILD")]
        assert len(children) == 4
        assert wait_until(lambda: not any(alive(pid) for pid in children), 2.5)


@fault(
    "F1",
    injected="SIGKILL of a worker",
    expected="the run fails and names the PID and SIGKILL; the next run has a new pool",
)
@fault(
    "F2",
    injected="SIGKILL of a worker of every kind of Pool",
    expected="noticed by its sentinel; the run never waits for it",
)
@pytest.mark.parametrize(("model", "how"), cells("SIGKILL"))
def test_a_worker_is_killed(model: str, how: str, broken: Broken) -> None:
    many = None if model != "process_per_task" else 6
    broken.start(RunConfig(model, "breaks", 2, tasks=many, params={"ms": 30.0 if many is None else 500.0}))
    broken.until(lambda store: bool(under_way(store)))
    victim = under_way(broken.store)[0]
    os.kill(victim, signal.SIGKILL)
    check_lost(broken, model, f"PID {victim} was killed by SIGKILL")
    assert wait_until(lambda: not alive(victim))


def under_way(store: RunStore) -> list[int]:
    """PIDs of workers that have a task."""
    workers = {row.pid for row in store.all_processes() if row.role == "worker" and row.ended_ns is None}
    return [
        row.info.pid
        for row in store.lanes
        if row.info.pid in workers and row.info.task >= 0 and row.info.ended_ns is None
    ]


@fault(
    "F21",
    injected="`while True: pass` in a task, then Stop",
    expected="Stop asks, then sends signals, each shown; the task is lost",
)
@fault("F22", injected="a task ignores SIGINT and SIGTERM, then Stop", expected="SIGKILL after the time of grace")
@pytest.mark.parametrize(("model", "how"), cells("endless loop", "ignores signals"))
def test_stop_ends_what_does_not_end(model: str, how: str, broken: Broken) -> None:
    broken.start(config(model, how, tasks=None), until=None)
    broken.until(lambda store: any(row.info.task == 3 for row in store.lanes))
    store = broken.stopped()
    assert store.counts.lost >= 1
    kinds = [mark.kind for mark in store.marks if mark.kind in ("stop", "signal")]
    assert kinds[:2] == ["stop", "signal"]
