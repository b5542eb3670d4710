"""What cannot be asked to end: code that holds the GIL, and processes that were stopped from outside. It is said, and Stop ends it."""

import os
import signal

import pytest

from tests.faults.invariants import Broken, broken
from tests.faults.table import fault
from workers.client import stalls
from workers.client.stalls import FROZEN_NS, GRACE_NS, Patience, Stalls
from workers.contract.batch import Identity, ProcessSample
from workers.contract.config import RunConfig
from workers.insight.store import RunStore

SLEEPS = RunConfig("process_pool", "sleep", 2, tasks=None, params={"ms": 20.0})


def marked(store: RunStore, kind: str, pid: int | None = None) -> list[str]:
    return [mark.text for mark in store.marks if mark.kind == kind and pid in (None, mark.pid)]


@fault(
    "F23",
    injected="a regular expression that backtracks for hours, in a thread of the host; then Stop",
    expected="the host is said not to answer, and why; Stop kills it after its time of grace and says so; the next run works",
)
def test_c_code_that_holds_the_gil(extended, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(stalls, "SILENT_NS", 1_000_000_000)
    with broken(extended.workload("holds_gil").catalogue()) as it:
        it.start(
            RunConfig("thread_pool", "holds_gil", 2, tasks=None), until=lambda store: bool(marked(store, "stalled"))
        )
        assert "PID " in marked(it.store, "stalled", it.host)[0]
        assert "GIL" in marked(it.store, "stalled", it.host)[0]
        store = it.stopped()
        assert store.counts.lost > 0
        assert any("SIGKILL to PID" in text and str(it.host) in text for text in marked(store, "signal"))


@fault(
    "F22", injected="tasks that catch everything, in threads and processes", expected="SIGKILL after the time of grace"
)
@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "pool_apply"])
@pytest.mark.parametrize("workload", ["holds_gil", "stubborn"])
def test_stop_ends_what_cannot_be_asked(model: str, workload: str, extended) -> None:  # type: ignore[no-untyped-def]
    with broken(extended.workload(workload).catalogue()) as it:
        it.start(RunConfig(model, workload, 2, tasks=None))
        assert it.stopped().counts.lost > 0


@fault(
    "F24",
    injected="SIGSTOP of a worker; SIGCONT; SIGSTOP again, then Stop",
    expected="marked as stalled with its PID, and as going on; Stop ends the run all the same",
)
def test_a_worker_is_stopped_and_continued(broken: Broken) -> None:
    broken.start(SLEEPS, until=lambda store: store.counts.done >= 2 and len(broken.workers) == 2)
    victim = broken.workers[0]
    os.kill(victim, signal.SIGSTOP)
    broken.until(lambda store: bool(marked(store, "stalled", victim)))
    assert f"PID {victim} was stopped (SIGSTOP)" in marked(broken.store, "stalled")[0]
    os.kill(victim, signal.SIGCONT)
    broken.until(lambda store: bool(marked(store, "thawed", victim)))
    os.kill(victim, signal.SIGSTOP)
    broken.until(lambda store: len(marked(store, "stalled")) == 2)
    store = broken.stopped()
    assert {mark.pid for mark in store.marks if mark.kind in ("stalled", "thawed")} == {victim}


@fault("F24", injected="SIGSTOP of the host, then Stop", expected="marked as stalled with its PID; Stop ends the run")
@pytest.mark.parametrize("model", ["thread_pool", "process_pool"])
def test_the_host_is_stopped(model: str, broken: Broken) -> None:
    broken.start(SLEEPS.changed(model=model), until=lambda store: store.counts.done >= 2)
    os.kill(broken.host, signal.SIGSTOP)
    broken.until(lambda store: bool(marked(store, "stalled", broken.host)))
    store = broken.stopped()
    assert len(marked(store, "stalled")) == 1
    assert any("SIGKILL" in text for text in marked(store, "signal"))


@fault(
    "F24",
    injected="SIGSTOP of a worker, or of the host, of a run whose time then is up; nobody presses Stop",
    expected="after its time of grace the run is ended (SIGKILL) and has failed; the message names the PID and SIGSTOP",
)
@pytest.mark.parametrize("who", ["a worker", "the host"])
def test_who_is_stopped_does_not_keep_a_run_from_its_end(
    who: str, broken: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stalls, "GRACE_NS", 300_000_000)
    config = SLEEPS.changed(seconds=1.0)
    broken.start(config, until=lambda store: store.counts.done >= 2 and len(broken.workers) == 2)
    victim = broken.host if who == "the host" else broken.workers[0]
    os.kill(victim, signal.SIGSTOP)
    store = broken.failed(f"PID {victim} was stopped (SIGSTOP)", "SIGKILL", "start the run again", seconds=30.0)
    assert marked(store, "stalled", victim)


def test_patience_is_counted_from_the_last_task_and_only_where_the_run_has_an_end() -> None:
    second = 1_000_000_000
    timed, counted, endless = (
        Patience(RunConfig(tasks=tasks, seconds=seconds)) for tasks, seconds in ((None, 4.0), (10, None), (None, None))
    )
    for patience in (timed, counted, endless):
        assert patience.look((), 1, True, 0) == "", "nobody is stopped"
        assert patience.look((7,), 1, False, second) == ""
    assert timed.look((7,), 1, False, 1000 * second) == "", "its time is not up"
    assert endless.look((7,), 1, False, 1000 * second) == "", "Stop is what ends it"
    assert counted.look((7,), 1, False, second + FROZEN_NS - 1) == ""
    assert "PID 7 was stopped" in counted.look((7,), 1, False, second + FROZEN_NS)
    assert timed.look((7,), 1, True, 1001 * second) == "", "from now on"
    assert timed.look((7,), 2, True, 1004 * second) == "", "a task has ended: from now on"
    assert timed.look((7, 8), 2, True, 1008 * second) == ""
    assert "PIDs 7, 8 were stopped (SIGSTOP), and for 5 s" in timed.look((7, 8), 2, True, 1008 * second + GRACE_NS)
    assert timed.look((), 2, True, 1020 * second) == "", "they go on"


@pytest.mark.parametrize(
    ("config", "before", "after"),
    [
        (RunConfig(tasks=None), None, None),
        (RunConfig(tasks=None, seconds=4.0), None, GRACE_NS),
        (RunConfig(tasks=10, seconds=4.0), None, GRACE_NS),
        (RunConfig(tasks=10), FROZEN_NS, GRACE_NS),
        (RunConfig(workload="own_function", tasks=None), FROZEN_NS, GRACE_NS),
    ],
)
def test_what_is_said_of_a_stopped_process_is_what_patience_does(
    config: RunConfig, before: int | None, after: int | None
) -> None:
    told = Stalls(10, config).look([sample(11, "stopped", 1)], 1, 1)[0].text
    for over, limit in ((False, before), (True, after)):
        if limit is None and not over:
            patience = Patience(config)
            assert patience.look((11,), 0, over, 0) == ""
            assert patience.look((11,), 0, over, 1000 * FROZEN_NS) == ""
        if limit is not None:
            patience = Patience(config)
            assert patience.look((11,), 0, over, 0) == ""
            assert patience.look((11,), 0, over, limit - 1) == ""
            assert patience.look((11,), 0, over, limit) != ""
            assert f"for {limit // 1_000_000_000} s" in told
    assert ("the run is ended" in told) == (after is not None)
    assert ("time is up" in told) == (before is None and after is not None)


def sample(pid: int, state: str, t_ns: int, role: str = "worker") -> ProcessSample:
    return ProcessSample(Identity("here", pid, 1.0), t_ns, 1, role, state, 1, 0.0)


def test_a_stall_is_told_once_and_its_end_once() -> None:
    watch = Stalls(10, RunConfig())
    second = 1_000_000_000
    assert watch.look([sample(11, "sleeping", 1)], second, second) == []
    told = watch.look([sample(11, "stopped", second)], second, second)
    assert [(mark.kind, mark.pid) for mark in told] == [("stalled", 11)]
    assert watch.pids == {11}
    assert watch.look([sample(11, "stopped", 2 * second)], second, second) == []
    told = watch.look([sample(11, "running", 3 * second)], second, second)
    assert [(mark.kind, mark.text) for mark in told] == [("thawed", "PID 11 goes on, after 2.0 s")]
    assert not watch.pids
    assert watch.look([sample(12, "stopped", 1, "child")], second, second) == []


def test_a_host_that_is_silent_is_told_of_once_and_not_where_it_was_stopped() -> None:
    watch = Stalls(10, RunConfig())
    second = 1_000_000_000
    assert watch.look([], 0, 100 * second) == [], "no beat yet: it has not come so far"
    assert [mark.kind for mark in watch.look([], second, 5 * second)] == ["stalled"]
    assert watch.look([], second, 6 * second) == []
    assert watch.pids == {10}
    told = watch.look([], 6 * second, 6 * second)
    assert [(mark.kind, mark.text) for mark in told] == [("thawed", "PID 10 goes on, after 5.0 s")]
    assert [mark.kind for mark in watch.look([sample(10, "stopped", 7 * second, "host")], 6 * second, 7 * second)] == [
        "stalled"
    ]
    assert watch.look([sample(10, "stopped", 20 * second, "host")], 6 * second, 20 * second) == []
    # It goes on, and has not had the time to beat.
    told = watch.look([sample(10, "sleeping", 21 * second, "host")], 6 * second, 21 * second)
    assert [mark.kind for mark in told] == ["thawed"]
    assert watch.look([], 6 * second, 22 * second) == []
