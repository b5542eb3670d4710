"""A worker is broken on request, in each way, for real: what comes of the run is what the model makes of it, with PID and cause named."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.helpers.pythons import other_python
from tests.helpers.runs import catalogue_of, events_account, follow, is_running, session
from workers.client import breaking
from workers.client.session import RunSession
from workers.contract.batch import Identity
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.insight.store import ProcessRow, RunStore


def identity(row: ProcessRow) -> Identity:
    return Identity(row.host, row.pid, row.create_time)


def living(store: RunStore, role: str = "worker") -> list[ProcessRow]:
    """Those that can be broken: they were sampled."""
    return [row for row in store.all_processes() if row.role == role and row.create_time and not row.ended]


@contextmanager
def under_way(
    model: str, ms: float = 30.0, tasks: int | None = None, **more: object
) -> Iterator[tuple[RunSession, RunStore]]:
    """A run that has begun."""
    store = RunStore()
    config = RunConfig(model, "sleep", 2, tasks, params={"ms": ms}).changed(**more)
    with session(catalogue_of(config.python)) as opened:
        opened.start(config)
        follow(opened, store, lambda store: is_running(store) and bool(living(store, "host")))
        yield opened, store


def ready(store: RunStore) -> bool:
    """Whether a worker was sampled that has done a task."""
    return any(row.tasks for row in living(store))


def ended(opened: RunSession, store: RunStore) -> str:
    """Follow the run to its end; what it says of it."""
    follow(opened, store, seconds=30)
    assert store.ended is not None
    assert events_account(store)
    return store.ended.error or ""


def test_a_task_raises_and_its_worker_goes_on_until_it_crashes() -> None:
    with under_way("process_pool") as (opened, store):
        follow(opened, store, ready)
        victim = next(row for row in living(store) if row.tasks)
        opened.break_worker(identity(victim), "raise")
        follow(opened, store, lambda store: store.counts.failed == 1)
        done = store.counts.done
        follow(opened, store, lambda store: store.counts.done > done + 3)
        assert store.phase is RunPhase.RUNNING
        assert any("RaisedOnRequest" in line.text for line in store.texts if line.stream == "failure")
        opened.break_worker(identity(victim), "segfault")
        error = ended(opened, store)
    assert f"PID {victim.pid} was killed by SIGSEGV" in error
    assert any("Segmentation fault" in line.text for line in store.texts), "where it stood is told"
    asked = [mark.text for mark in store.marks if mark.kind == "break"]
    assert [text.partition(") ")[2] for text in asked] == [
        "was asked to raise an exception in its task",
        "was asked to read address 0 in its task",
    ]


@pytest.mark.parametrize(("how", "said"), [("exit", "ended with exit code 0"), ("kill", "was killed by SIGKILL")])
def test_a_stock_pool_that_loses_a_worker_fails_instead_of_hanging(how: str, said: str) -> None:
    # Long tasks: one that runs is broken in the middle of it.
    with under_way("pool_apply_async", ms=60_000.0) as (opened, store):
        victim = living(store)[0] if living(store) else None
        follow(opened, store, lambda store: any(lane.info.task >= 0 for lane in store.lanes) and bool(living(store)))
        busy = {lane.info.pid for lane in store.lanes if lane.info.task >= 0}
        victim = next(row for row in living(store) if row.pid in busy)
        opened.break_worker(identity(victim), how)
        error = ended(opened, store)
    assert store.phase is RunPhase.FAILED
    assert f"PID {victim.pid} {said}" in error
    assert store.counts.lost > 0


def test_a_process_per_task_loses_one() -> None:
    with under_way("process_per_task", ms=400.0, tasks=8) as (opened, store):
        follow(opened, store, lambda store: bool(living(store)))
        victim = living(store)[-1]
        opened.break_worker(identity(victim), "kill")
        assert ended(opened, store) == ""
    assert (store.phase, store.counts.done, store.counts.lost) == (RunPhase.FINISHED, 7, 1)
    assert any(mark.kind == "lost" and f"PID {victim.pid} was killed by SIGKILL" in mark.text for mark in store.marks)


@pytest.mark.parametrize("model", ["thread_pool", "asyncio_tasks", "sequential"])
def test_where_workers_live_in_the_host_one_task_raises_and_a_crash_ends_all(model: str) -> None:
    with under_way(model) as (opened, store):
        host = living(store, "host")[0]
        opened.break_worker(identity(host), "raise")
        follow(opened, store, lambda store: store.counts.failed == 1)
        done = store.counts.done
        follow(opened, store, lambda store: store.counts.done > done + 2)
        opened.break_worker(identity(host), "exit" if model == "sequential" else "segfault")
        error = ended(opened, store)
    assert store.phase is RunPhase.FAILED
    assert ("exit code 0" if model == "sequential" else "SIGSEGV") in error, error
    assert store.counts.done > done, "what had come is kept"


def test_a_sub_interpreter_raises() -> None:
    with under_way("interpreter_pool", python=other_python("3.14")) as (opened, store):
        opened.break_worker(identity(living(store, "host")[0]), "raise")
        follow(opened, store, lambda store: store.counts.failed == 1)
        opened.stop()
        assert ended(opened, store) == ""


def test_one_thread_of_several_is_meant() -> None:
    with under_way("thread_pool") as (opened, store):
        follow(opened, store, lambda store: sum(lane.worked for lane in store.lanes) == 2)
        lane = [lane for lane in store.lanes if lane.worked][-1]
        host = living(store, "host")[0]
        opened.break_worker(identity(host), "raise", lane.info.tid)
        follow(opened, store, lambda store: store.counts.failed == 1)
        failed = [line for line in store.texts if line.stream == "failure"]
        assert [line.tid for line in failed] == [lane.info.tid]
        with pytest.raises(ConfigError, match=r"Thread 1 of PID \d+ runs no tasks"):
            opened.break_worker(identity(host), "raise", 1)
        opened.stop()
        ended(opened, store)


def test_a_frozen_worker_is_seen_to_stand_still_and_goes_on_when_it_is_thawed() -> None:
    with under_way("process_pool") as (opened, store):
        follow(opened, store, ready)
        first, *_ = living(store)
        opened.break_worker(identity(first), "freeze")
        follow(opened, store, lambda store: first.stalled == "stopped")
        assert store.stalled == [first]
        opened.break_worker(identity(first), "thaw")
        follow(opened, store, lambda store: not store.stalled)
        tasks = first.tasks
        follow(opened, store, lambda store: first.tasks > tasks)
        opened.break_worker(identity(first), "freeze")
        follow(opened, store, lambda store: bool(store.stalled))
        opened.stop()  # who stands still cannot be asked, and is ended all the same
        assert ended(opened, store) == ""
    assert store.phase is RunPhase.FINISHED


def test_memory_is_filled_up_to_a_bound_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaking, "MOST_MB", 96)
    with under_way("process_pool", ms=20_000.0) as (opened, store):
        follow(opened, store, lambda store: any(lane.info.task >= 0 for lane in store.lanes) and bool(living(store)))
        victim = next(
            row
            for row in living(store)
            if any(lane.info.pid == row.pid and lane.info.task >= 0 for lane in store.lanes)
        )
        assert victim.sample is not None
        before = victim.sample.rss or 0

        def grown(store: RunStore) -> bool:
            return victim.sample is not None and (victim.sample.rss or 0) - before > 90 << 20

        opened.break_worker(identity(victim), "fill")
        follow(opened, store, lambda store: grown(store) and any(mark.kind == "filled" for mark in store.marks))
        assert f"PID {victim.pid} holds 96 MB more" in [mark.text for mark in store.marks]
        follow(opened, store, lambda store: not grown(store))
        assert victim.sample.rss - before < 60 << 20
        opened.stop()
        ended(opened, store)


def test_what_is_no_process_of_the_run_is_not_touched() -> None:
    with session() as opened, pytest.raises(ConfigError, match="No run is under way"):
        opened.break_worker(Identity("here", os.getpid(), 1.0), "kill")
    with under_way("process_pool", options={"start_method": "forkserver"}) as (opened, store):
        follow(opened, store, ready)
        worker, host = living(store)[0], living(store, "host")[0]
        right = identity(worker)
        for wrong in (
            replace(right, create_time=right.create_time - 1.0),  # the PID is another's by now
            replace(right, host="elsewhere"),
            replace(identity(host), pid=os.getpid()),
            replace(identity(host), pid=opened.guardian_pid),
        ):
            with pytest.raises(ConfigError, match=f"PID {wrong.pid} is no process of this run any more"):
                opened.break_worker(wrong, "kill")
        with pytest.raises(ConfigError, match="Unknown way to break a worker 'kil': did you mean kill"):
            opened.break_worker(right, "kil")
        with pytest.raises(ConfigError, match=f"PID {host.pid} runs no tasks"):
            opened.break_worker(identity(host), "raise")
        opened.break_worker(identity(host), "kill")
        assert "SIGKILL" in ended(opened, store)
        with pytest.raises(ConfigError, match="No run is under way"):
            opened.break_worker(right, "kill")
    with pytest.raises(ConfigError, match=f"PID {worker.pid} is no process of this run any more"):
        breaking.send(right, breaking.signal.SIGKILL)


def test_too_little_memory_is_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaking, "available_memory", lambda: 100 << 20)
    with pytest.raises(ConfigError, match="Only 100 MB of memory are free"):
        breaking.fillable_mb()
    monkeypatch.setattr(breaking, "available_memory", lambda: 300 << 20)
    assert breaking.fillable_mb() == 150
