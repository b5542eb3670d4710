"""What breaks pools: messages that cannot be read, workers that cannot come up or be replaced, siblings that kill each other."""

import subprocess
import sys

import pytest

from tests.faults.invariants import Broken
from tests.faults.table import fault
from tests.helpers.runs import events_account, follow, run
from workers.contract.config import RunConfig, Value
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

DIFFERENT = ("process_pool", "pool_apply_async", "process_queue")
REPLACING = ("pool_apply", "pool_apply_async", "pool_map", "pool_imap_unordered")


def crossing(model: str, **params: Value) -> RunConfig:
    return RunConfig(model, "crosses", 2, tasks=8, params=params)


@fault(
    "F10",
    injected="a segmentation fault or sys.exit while a task or a result is pickled or unpickled, all eight in two models",
    expected="the process that dies is named, or the task fails; never a deadlock",
)
@pytest.mark.parametrize("how", ["SIGSEGV", "exit"])
@pytest.mark.parametrize(
    ("model", "what", "when"),
    [
        *(
            (model, what, when)
            for model in DIFFERENT[:2]
            for what in ("task", "result")
            for when in ("pickled", "unpickled")
        ),
        ("process_queue", "task", "unpickled"),
        ("process_queue", "result", "unpickled"),
    ],
)
def test_crash_while_something_crosses(model: str, what: str, when: str, how: str, broken: Broken) -> None:
    broken.start(crossing(model, what=what, when=when, how=how), until=None)
    in_host = (what, when) in (("task", "pickled"), ("result", "unpickled"))
    if how == "SIGSEGV":
        broken.failed("host process" if in_host else "Worker PID", "SIGSEGV")
        return
    store = broken.over()
    error = store.ended.error if store.ended else None
    if when == "pickled" or (in_host and model == "process_queue"):
        # The queue of a pool takes what cannot be pickled for a failed task; so do we what ends the process.
        assert (store.phase, store.counts.done, store.counts.failed) == (RunPhase.FINISHED, 7, 1), error
        assert any("SystemExit: 7" in line.text for line in store.texts)
    else:
        assert store.phase is RunPhase.FAILED
        assert ("SystemExit: 7" if in_host else "exit code 1") in str(error)
        assert "start the run again" in str(error)


@fault(
    "F28",
    injected="a result runs out of memory where it is unpickled, in the host (RLIMIT_AS)",
    expected="the run says so and ends, or the task fails; the pool never waits for the thread that has died of it",
)
@pytest.mark.parametrize("model", DIFFERENT)
def test_out_of_memory_in_the_process_that_owns_the_pool(model: str, broken: Broken) -> None:
    broken.start(crossing(model, what="result", when="unpickled", how="MemoryError"), until=None)
    if model == "process_queue":
        store = broken.finished(done=7, failed=1)
        assert any("MemoryError" in line.text for line in store.texts)
    else:
        broken.failed("MemoryError", "host", "start the run again")


@fault(
    "F19",
    injected="a task's argument has a __del__ that reads address 0",
    expected="as F3: SIGSEGV and the PID are named",
)
@pytest.mark.parametrize("model", DIFFERENT)
def test_crash_where_a_task_is_collected(model: str, broken: Broken) -> None:
    broken.start(crossing(model, when="collected").changed(tasks=None), until=None)
    store = broken.failed("Worker PID", "SIGSEGV")
    assert any("Fatal Python error: Segmentation fault" in line.text for line in store.texts)


@fault(
    "F18",
    injected="a task kills all other workers and then its own process",
    expected="the run fails with one message, which names one of them",
)
@fault(
    "F11",
    injected="the same with 2 MiB on the way to each worker, more than a pipe holds",
    expected="the run fails; nobody waits for room in the pipe",
)
@pytest.mark.parametrize("kib", [0, 2_048])
@pytest.mark.parametrize("model", [*DIFFERENT, "process_pipe"])
def test_all_workers_die_at_once(model: str, kib: int, broken: Broken) -> None:
    params: dict[str, Value] = {"how": "kills its siblings", "kib": kib}
    broken.start(RunConfig(model, "breaks", 3, tasks=None, params=params, options={"start_method": "fork"}), until=None)
    store = broken.failed("PID ", "was killed by SIGKILL", "start the run again")
    assert str(store.ended and store.ended.error).count("PID ") == 1


@fault(
    "F16",
    injected="the host has no descriptor left (RLIMIT_NOFILE) when its pool is to start a worker in the place of another",
    expected="the run fails: no worker could be started, why, and what to do",
)
@pytest.mark.parametrize(("model", "method"), [("pool_apply_async", "fork"), ("process_pool", "spawn")])
def test_the_worker_that_replaces_another_cannot_start(model: str, method: str, broken: Broken) -> None:
    config = crossing(model, when="drawn", how="no descriptors", at=5)
    options: dict[str, Value] = {"max_tasks_per_child": 1, "start_method": method}
    broken.start(config.changed(tasks=None, options=options), until=None)
    broken.failed("No worker could be started", "Too many open files", "raise the limit", seconds=30.0)


@fault(
    "F4",
    injected="a task ends its worker with exit code 0, also by sys.exit(0), where a pool replaces workers, which end so too",
    expected="the run fails with the PID of that worker, none of those that were replaced before; nobody waits for its task",
)
@pytest.mark.parametrize(
    ("model", "how"),
    [
        ("pool_apply", "sys.exit(0)"),
        ("pool_apply_async", "exit(0) of C"),
        ("pool_map", "os._exit(0)"),
        ("pool_imap_unordered", "exit(0) of C"),
        ("process_pool", "os._exit(0)"),
    ],
)
def test_a_worker_that_a_task_ends_is_told_from_those_that_are_replaced(model: str, how: str, broken: Broken) -> None:
    method = "forkserver" if model == "process_pool" else "fork"
    options: dict[str, Value] = {"max_tasks_per_child": 2, "start_method": method}
    config = RunConfig(model, "breaks", 2, tasks=12, params={"how": how, "at": 8}, options=options)
    broken.start(config, until=None)
    store = broken.failed("Worker PID", "ended with exit code 0", "start the run again", seconds=30.0)
    ended = [row for row in store.all_processes() if row.role == "worker" and row.exit_code == 0]
    assert len(ended) > 2, "others were replaced before"
    (named,) = [row for row in ended if f"PID {row.pid} " in str(store.ended and store.ended.error)]
    assert store.counts.lost > 0
    if how != "sys.exit(0)":  # there the lane says goodbye
        assert named.pid in [lane.info.pid for lane in store.lanes if lane.info.died]


@fault(
    "F20",
    injected="the workload raises where each worker is set up",
    expected="the run fails with what was raised and where; no worker is started again and again",
)
@pytest.mark.parametrize("model", [*DIFFERENT, "process_per_task"])
def test_a_worker_cannot_be_set_up(model: str, broken: Broken) -> None:
    broken.start(RunConfig(model, "no_set_up", 2, tasks=6), until=None)
    store = broken.failed("could not be set up: LookupError: no licence for this worker (line", "no_set_up.py", "PID ")
    assert any("Traceback" in line.text and "no licence" in line.text for line in store.texts)
    assert len([row for row in store.all_processes() if row.role == "worker"]) <= 10
    assert store.counts.done == 0


@fault(
    "F14",
    injected="shutdown(wait=False) after tasks, one of which fails, with max_tasks_per_child",
    expected="it returns",
)
@fault("F15", injected="the executor is collected with its tasks pending", expected="every future is done promptly")
@fault("F17", injected="cancel() of every future just before shutdown()", expected="no hang")
@pytest.mark.parametrize(
    ("what", "options"),
    [("shutdown", {"children": 2, "start_method": "spawn"}), ("collect", {}), ("cancel", {})],
)
def test_the_end_of_an_executor(what: str, options: dict[str, Value], broken: Broken) -> None:
    tasks = (
        2 if what == "shutdown" else 8
    )  # one a child, after the one that waited for the clock: nobody is to be replaced after shutdown
    params: dict[str, Value] = {"how": "raise", "at": 1}
    config = RunConfig("raw_executor", "breaks", 2, tasks=tasks, params=params, options={"what": what, **options})
    broken.start(config, until=None)
    store = broken.over(60.0)
    assert store.ended is not None
    counts = store.counts
    assert (store.phase, counts.lost) == (RunPhase.FINISHED, 0), store.ended.error
    assert counts.done + counts.failed == counts.submitted
    assert not any("NoneType" in line.text for line in store.texts)
    if what != "cancel":
        assert (counts.done, counts.failed) == (tasks - 1, 1)


@fault(
    "F14",
    injected="the same with more tasks than the executor, which replaces no worker after shutdown, ever carries out",
    expected="no progress is said, and that no worker has the tasks; Stop ends the run",
)
def test_an_executor_that_has_no_workers_left(broken: Broken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.client.standstill.AFTER_S", 1.0)
    options: dict[str, Value] = {"what": "shutdown", "children": 1, "start_method": "spawn"}
    config = RunConfig("raw_executor", "breaks", 2, tasks=8, options=options)
    broken.session.start(config)
    store = broken.store
    if follow(broken.session, store, lambda store: store.standstill is not None) is None:
        assert store.standstill is not None
        assert "no worker has any of the" in store.standstill.text
        broken.stopped()
    else:  # from Python 3.14 on the executor goes on, or says that it cannot
        assert store.counts.done + store.counts.failed == 8


@fault(
    "F13",
    injected="workers of an executor are replaced after 1 or 3 tasks, 6 to 30 tasks waiting",
    expected="every task is done; none of the workers is missed",
)
@pytest.mark.parametrize(("method", "tasks", "most"), [("spawn", 12, 3), ("forkserver", 30, 3), ("forkserver", 6, 1)])
def test_the_executor_replaces_workers_and_goes_on(method: str, tasks: int, most: int) -> None:
    """More rounds of workers than it takes for the executor, left to itself, to hang."""
    options: dict[str, Value] = {"max_tasks_per_child": most, "start_method": method}
    config = RunConfig("process_pool", "sleep", 2, tasks=tasks, params={"ms": 1.0}, options=options)
    check_replaced(run(config), tasks, most)


@fault("F13", injected="workers of a Pool are replaced after 2 tasks, 10 tasks waiting", expected="every task is done")
@pytest.mark.parametrize("model", REPLACING)
def test_a_pool_replaces_workers_after_so_many_tasks(model: str) -> None:
    config = RunConfig(model, "sleep", 2, tasks=10, params={"ms": 1.0}, options={"max_tasks_per_child": 2})
    store = run(config)
    check_replaced(store, 10, 2)
    # One that came later did not begin to come up when the run did.
    chosen = store.spans["kind"] == SpanKind.START_UP
    assert store.clock_start_ns is not None
    assert (store.spans["start"][chosen] > store.clock_start_ns).sum() >= 3


def check_replaced(store: RunStore, tasks: int, most: int) -> None:
    """Every worker ended cleanly after at most so many tasks, and others took its place."""
    assert store.ended is not None
    assert (store.phase, store.ended.error, store.counts.done) == (RunPhase.FINISHED, None, tasks)
    workers = [row for row in store.all_processes() if row.role == "worker"]
    assert len(workers) >= tasks / most
    assert all(row.exit_code == 0 for row in workers), [row.exit_code for row in workers]
    assert max(row.tasks for row in workers) <= most
    assert events_account(store)
    assert not store.texts


@fault(
    "F12",
    injected="100,000 empty tasks, in chunks of 500",
    expected="never more on their way than the pool has room for; every task is done",
)
def test_very_many_tiny_tasks(broken: Broken) -> None:
    config = RunConfig("process_pool", "sleep", 2, tasks=100_000, params={"ms": 0.0}, options={"chunksize": 500})
    broken.session.start(config)
    waiting = []
    follow(
        broken.session,
        broken.store,
        lambda store: bool(waiting.append(store.counts.submitted - store.counts.done)),  # type: ignore[func-returns-value]
        60.0,
    )
    assert (broken.store.phase, broken.store.counts.done) == (RunPhase.FINISHED, 100_000)
    assert events_account(broken.store)
    assert max(waiting) <= (2 * 2 + 1) * 500


@fault(
    "F27",
    injected="each task waits for another that it gave to its own pool",
    expected="named, with stacks; Stop ends it",
)
def test_tasks_that_wait_for_their_own_pool(broken: Broken) -> None:
    broken.start(RunConfig("thread_pool", "waits_on_itself", 2, tasks=2), until=lambda store: bool(store.deadlock))
    assert "the result of do_part, which has not begun for want of a free worker" in broken.store.deadlock
    broken.until(lambda store: any("waits_on_itself.py" in line.text for line in store.texts))
    broken.stopped()


@fault(
    "F26",
    injected="tasks read stdin, and close stdin, stdout and stderr",
    expected="the end of the file; nothing crashes",
)
@pytest.mark.parametrize("how", ["reads stdin", "closes its streams"])
@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "process_per_task"])
def test_streams_of_a_task(model: str, how: str, broken: Broken) -> None:
    broken.start(RunConfig(model, "breaks", 2, tasks=8, params={"how": how}), until=None)
    store = broken.over(60.0)
    assert (store.phase, store.counts.lost) == (RunPhase.FINISHED, 0)
    assert store.counts.done + store.counts.failed == 8
    if how == "reads stdin":
        assert (store.counts.done, store.counts.failed) == (7, 1)
        assert any("EOFError" in line.text for line in store.texts)


@fault(
    "F26",
    injected="the program is started with stdin, stdout and stderr closed",
    expected="a run is carried out as always; its host is not given the number of a closed one",
)
def test_a_program_without_streams() -> None:
    run = "run --model process_pool --workload sleep --workers 2 --tasks 4 --param ms=1"
    command = f"exec {sys.executable} -m workers.cli {run} <&- >&- 2>&-"
    done = subprocess.run(["sh", "-c", command], timeout=60, check=False)
    assert done.returncode == 0


@fault(
    "F4",
    what="a worker closes descriptors that are not its own",
    injected="os.closerange(3, 200) in a task of an executor, which takes the worker for dead and ends all of them",
    expected="FAILED, and it is said who ended whom and why: not only that a worker was killed by SIGTERM",
)
def test_a_worker_closes_its_descriptors(broken: Broken) -> None:
    broken.start(RunConfig("process_pool", "breaks", 2, tasks=8, params={"how": "closes descriptors"}), until=None)
    error = str(broken.failed("PID ").ended.error)
    # Or it was faster, and ended at the pipe that it had closed itself.
    ended_itself = "ended with exit code 1: its tasks are lost" in error
    assert ended_itself or all(
        word in error for word in ("closes descriptors that are not its own", "SIGTERM to PID ", "mend the task")
    ), error
