"""No wait without a deadline, no pickle read from a file or socket of ours, no error swallowed; what is excepted has its reason here."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.code_rules import Found, sources, swallowed, unpickles, waits

ROOT = Path(__file__).parents[2]


def check(rule: Callable[[str, str], list[Found]], reasons: dict[str, list[tuple[str, str]]]) -> None:
    """Everything that the rule finds is allowed, and everything that is allowed is there."""
    allowed = {place for places in reasons.values() for place in places}
    found = [one for file, text in sources(ROOT, "workers", "gui") for one in rule(file, text)]
    strange = [str(one) for one in found if (one.file, one.code) not in allowed]
    assert strange == [], "mend it (a wait needs a deadline), or list it below with the reason"
    gone = allowed - {(one.file, one.code) for one in found}
    assert gone == set(), "take it from the list"


def test_no_wait_without_a_deadline() -> None:
    check(waits, WAITS_FOR)


def test_no_pickle_is_read_but_from_the_pools_own_pipes() -> None:
    check(unpickles, UNPICKLED)


def test_no_error_is_swallowed() -> None:
    check(swallowed, SWALLOWED)


@pytest.mark.parametrize(
    "line",
    [
        "queue.get()",
        "queue.get(True)",
        "queue.get(block=True)",
        "queue.put(1)",
        "thread.join()",
        "thread.join(None)",
        "thread.join(timeout=None)",
        "future.result()",
        "connection.recv()",
        "connection.poll(None)",
        "lock.acquire()",
        "lock.acquire(True)",
        "process.wait()",
        "process.communicate()",
        "pool.shutdown()",
        "import subprocess; subprocess.run(['ls'])",
        "import subprocess as s; s.check_output(['ls'], text=True)",
        "from subprocess import run; run(['ls'])",
        "from multiprocessing.connection import wait; wait(pipes)",
        "from concurrent import futures; futures.wait(all_of_them)",
        "import select; select.select([fd], [], [])",
        "import os; os.waitpid(1, 0)",
        "with ThreadPoolExecutor(2) as pool: pass",
    ],
)
def test_a_wait_is_found(line: str) -> None:
    assert len(waits("x.py", line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "mapping.get('key')",
        "queue.get(timeout=1.0)",
        "queue.get(block=False)",
        "queue.put(1, timeout=1.0)",
        "', '.join(words)",
        "thread.join(1.0)",
        "future.result(timeout=0)",
        "connection.poll(0)",
        "lock.acquire(False)",
        "lock.acquire(blocking=False)",
        "process.wait(5.0)",
        "pool.shutdown(wait=False)",
        "import subprocess; subprocess.run(['ls'], timeout=5)",
        "from multiprocessing.connection import wait; wait(pipes, 1.0)",
        "ctx.wait(kind, 0, ready)",
    ],
)
def test_what_has_a_deadline_or_is_no_wait_is_not_found(line: str) -> None:
    assert waits("x.py", line) == []


@pytest.mark.parametrize(
    "line",
    [
        "import pickle; pickle.load(file)",
        "from pickle import loads as read; read(data)",
        "import pickle as p; p.Unpickler(file).load()",
        "from multiprocessing.reduction import ForkingPickler; ForkingPickler.loads(data)",
        "connection.recv()",
        "import numpy as np; np.load(path, allow_pickle=True)",
        "import marshal; marshal.loads(data)",
    ],
)
def test_a_pickle_that_is_read_is_found(line: str) -> None:
    assert unpickles("x.py", line)


def test_an_error_that_is_swallowed_is_found() -> None:
    for handler in ("except:\n    say()", "except BaseException:\n    say()", "except Exception:\n    pass"):
        assert len(swallowed("x.py", f"try:\n    work()\n{handler}")) == 1
    for handler in (
        "except BaseException:\n    tidy()\n    raise",
        "except OSError:\n    pass",
        "except Exception:\n    say()",
    ):
        assert swallowed("x.py", f"try:\n    work()\n{handler}") == []


WAITS_FOR: dict[str, list[tuple[str, str]]] = {
    "what a model does by design, in a host: Stop ends the host with all its workers, and its control thread sees who is stopped": [
        ("workers/models/asyncio_processes.py", "ProcessPoolExecutor"),
        ("workers/models/interpreter_pool.py", "InterpreterPoolExecutor"),
        ("workers/models/joblib.py", "pool.shutdown"),
        ("workers/models/loky.py", "ProcessPoolExecutor"),
        ("workers/models/pool_apply.py", "ctx.mp.Pool"),
        ("workers/models/pool_apply.py", "pool.join"),
        ("workers/models/pool_apply_async.py", "ctx.mp.Pool"),
        ("workers/models/pool_apply_async.py", "pool.join"),
        ("workers/models/pool_imap_unordered.py", "ctx.mp.Pool"),
        ("workers/models/pool_imap_unordered.py", "pool.join"),
        ("workers/models/pool_map.py", "ctx.mp.Pool"),
        ("workers/models/pool_map.py", "pool.join"),
        ("workers/models/process_manager.py", "manager.shutdown"),
        ("workers/models/process_pool.py", "ProcessPoolExecutor"),
        ("workers/models/thread_pool.py", "ThreadPoolExecutor"),
        ("workers/engine/sharing.py", "self._managers.pop().shutdown"),
        ("workers/flight.py", "wake.wait"),
    ],
    "a worker waits for its next task: the host tells it to go, or kills it": [
        ("workers/crew.py", "line.get"),
        ("workers/crossing.py", "ours._reader.recv_bytes"),
        ("workers/crossing.py", "pipe.recv_bytes"),
        ("workers/models/processes_with_threads.py", "free.acquire"),
        ("workers/models/processes_with_threads.py", "thread.join"),
        ("workers/queues.py", "self._pipe.put"),
        ("workers/queues.py", "self._pipe.get_sized"),
    ],
    "what a task does: it is what the lesson is about, and Stop ends it": [
        ("workers/telemetry/locks.py", "self.inner.acquire"),
        ("workers/telemetry/locks.py", "self.acquire"),
        ("workers/telemetry/queues.py", "self.inner.put"),
        ("workers/telemetry/queues.py", "self.inner.get"),
        ("workers/workloads/echo.py", "listener.accept"),
        ("workers/workloads/full_queues.py", "other.put"),
        ("workers/workloads/producer_consumer.py", "mine.acquire"),
        ("workers/workloads/readers_writers.py", "self.data.acquire"),
        ("workers/workloads/third_task.py", "results.put"),
        ("workers/workloads/third_task.py", "results.get"),
        ("workers/workloads/waits_on_itself.py", "pool.submit(do_part, number).result"),
    ],
    "a queue without bounds: there is always room": [
        ("workers/models/processes_with_threads.py", "handed.put"),
        ("workers/queues.py", "self._came.put"),
    ],
    "done already when it is asked, in its own callback": [
        ("workers/flight.py", "task.exception"),
        ("workers/models/joblib.py", "future.exception"),
        ("workers/models/loky.py", "future.exception"),
    ],
    "data is there already: poll said so": [("workers/models/process_pipe.py", "pipe.recv_bytes")],
    "each question that its threads ask has a deadline of its own": [
        ("workers/client/interpreters.py", "ThreadPoolExecutor")
    ],
    "no wait at all: a value that is there": [
        ("workers/sweep/runner.py", "self._watch.result"),
        ("workers/telemetry/recorder.py", "_coroutine.get"),
        ("gui/panels/lessons/explained.py", "view.result"),
        ("gui/panels/lessons/page.py", "before.result"),
        ("gui/panels/lessons/page.py", "view.result"),
        ("gui/panels/lessons/result.py", "view.result"),
    ],
}
"""Why, and where: (file, what is called)."""
UNPICKLED: dict[str, list[tuple[str, str]]] = {
    "a pipe between a host and its own workers, as multiprocessing has it": [
        ("workers/crossing.py", "ForkingPickler.loads"),
        ("workers/models/process_pipe.py", "pipe.recv"),
        ("workers/models/shared_memory.py", "ForkingPickler.loads"),
    ],
    "made by the line above, to see whether it can be read": [("workers/engine/preflight_pickle.py", "pickle.loads")],
    "bytes from a socket, no pickle": [
        ("workers/workloads/echo.py", "connection.recv"),
        ("gui/app.py", "self._near.recv"),
    ],
}
"""Whose pickle it is, and where it is read: (file, what reads it)."""
SWALLOWED: dict[str, list[tuple[str, str]]] = {
    "a plug-in that ends the process or raises what it likes is named, and the others load": [
        ("workers/registry.py", "except BaseException")
    ],
    "what the workload is for: a sleep that nothing interrupts": [
        ("workers/workloads/nap_uninterruptible.py", "except BaseException")
    ],
}
"""Why nothing is raised again, and where: (file, the line)."""
