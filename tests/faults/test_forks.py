"""F37, F38: the forkserver is killed; fork while there are threads."""

import os
import signal
import warnings

import pytest

from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.helpers.pythons import other_python
from tests.helpers.runs import catalogue_of
from workers.contract.config import RunConfig

FORKSERVER = {"start_method": "forkserver"}


def forkserver(store: object) -> int:
    rows = store.all_processes()  # type: ignore[attr-defined]
    return next(row.pid for row in reversed(rows) if row.role == "forkserver")


@fault(
    "F37",
    injected="SIGKILL to the forkserver of a process pool that works, also under 3.14, where it checks a key",
    expected="FAILED, and the cause is named: not the workers, whose end nobody can tell any more",
)
@pytest.mark.parametrize(("model", "minor"), [("process_pool", ""), ("pool_apply_async", ""), ("process_pool", "3.14")])
def test_the_forkserver_of_a_pool_is_killed(model: str, minor: str) -> None:
    python = other_python(minor) if minor else None
    with broken(
        catalogue_of(python), RunConfig("sequential", "sleep", 1, tasks=2, params={"ms": 0.0}, python=python)
    ) as it:
        it.start(
            RunConfig(model, "sleep", 2, tasks=None, params={"ms": 5.0}, options=FORKSERVER, python=python),
            lambda store: store.counts.done > 5,
        )
        server = forkserver(it.store)
        os.kill(server, signal.SIGKILL)
        # How it ended multiprocessing may have asked before we could.
        said = it.failed(f"The forkserver, PID {server}, ", "start the run again").ended
        assert said is not None
        assert "was killed by SIGKILL" in str(said.error) or "has ended" in str(said.error)


@fault(
    "F37",
    injected="SIGKILL to the forkserver under a process per task, also under 3.14",
    expected="another one is started; the tasks that were under way are lost and counted, and it is said why "
    "(or FAILED with that sentence, where one was just being started)",
)
@pytest.mark.parametrize("minor", ["", "3.14"])
def test_the_forkserver_of_single_processes_is_started_again(minor: str) -> None:
    python = other_python(minor) if minor else None
    with broken(
        catalogue_of(python), RunConfig("sequential", "sleep", 1, tasks=2, params={"ms": 0.0}, python=python)
    ) as it:
        it.start(
            RunConfig(
                "process_per_task", "sleep", 2, tasks=20, params={"ms": 100.0}, options=FORKSERVER, python=python
            ),
            lambda store: store.counts.done >= 4,
        )
        server = forkserver(it.store)
        os.kill(server, signal.SIGKILL)
        store = it.over(60.0)
        assert store.ended is not None
        if store.ended.error is not None:  # it was just starting one
            assert f"The forkserver, PID {server}, " in store.ended.error
            return
        assert store.counts.lost <= 2
        assert store.counts.done == 20 - store.counts.lost
        lost = [mark.text for mark in store.marks if mark.kind == "lost" and "under its task" in mark.text]
        assert len(lost) == store.counts.lost
        assert all(f"its forkserver, PID {server}, " in text for text in lost)
        servers = {row.pid for row in store.all_processes() if row.role == "forkserver"}
        assert len(servers) == 2


@fault(
    "F38",
    injected="120 forks of a host whose control thread is kept busy with turns, under the newest Python there is",
    expected="every child gets on: the thread pauses around each fork; no warning is printed (what fork does is told in a lesson)",
)
def test_forks_while_the_control_thread_works() -> None:
    python = next((path for minor in ("3.15", "3.14") if (path := _python(minor))), None)
    catalogue = catalogue_of(python)
    config = RunConfig(
        "process_per_task", "sleep", 4, tasks=120, params={"ms": 0.0}, options={"start_method": "fork"}, python=python
    )
    with broken(catalogue, RunConfig("sequential", "sleep", 1, tasks=2, params={"ms": 0.0}, python=python)) as it:
        it.start(config, lambda store: store.counts.done > 0)
        turns = 0

        def turned(store: object) -> bool:
            nonlocal turns
            turns += 1
            if it.store.counts.done < 100:
                it.session.turn("workers", 2 + turns % 3)
            return it.store.counts.done >= 100

        it.until(turned)
        store = it.finished(120)
        assert turns > 10
        assert not any("DeprecationWarning" in line.text for line in store.texts)


def _python(minor: str) -> str | None:
    with warnings.catch_warnings():
        try:
            return other_python(minor)
        except pytest.skip.Exception:
            return None
