"""Tasks that take more and more memory: the run is paused, goes on, or ends; never the window."""

from pathlib import Path

import pytest

from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.helpers.runs import follow, session
from workers.cli.main import main
from workers.client.memory import IDLE_S, MemoryWatch, Verdict, limit_of
from workers.contract.batch import Identity, ProcessSample
from workers.contract.config import RunConfig
from workers.contract.memory import LEAST_MB, RunMemory, problem_of
from workers.contract.phase import RunPhase
from workers.engine.limits import OOM_SCORE
from workers.insight.store import RunStore
from workers.insight.summary import summarise

MIB = 1 << 20


def score(pid: int | str) -> int:
    return int(Path(f"/proc/{pid}/oom_score_adj").read_text())


@pytest.mark.parametrize("model", ["process_pool", "asyncio_tasks", "process_queue"])
@fault(
    "F44",
    injected="tasks that hold 85 % of the limit together",
    expected="no new tasks above 80 %; they are handed out again when memory falls; nothing is lost",
)
def test_a_run_is_paused_until_memory_falls(model: str) -> None:
    store, limit = RunStore(), 512
    held: list[tuple[int, int]] = []
    with session() as opened:
        opened.memory_limit_mb = limit
        opened.start(RunConfig(model, "sleep", 2, tasks=6, params={"ms": 60.0}))
        follow(opened, store)
        own = store.memory_peak / MIB
        assert 5 < own < 0.5 * limit
        each = int((0.87 * limit - own) / 2)
        config = RunConfig(model, "allocate", 2, tasks=4, params={"mib": each, "hold_ms": 600.0})
        opened.start(config)

        def look(store: RunStore) -> bool:
            if store.memory is not None and store.memory.held:
                held.append((store.now_ns, store.counts.submitted))
            return False

        follow(opened, store, look)
    assert store.phase is RunPhase.FINISHED, store.ended
    assert (store.counts.done, store.counts.failed, store.counts.lost) == (4, 0, 0)
    kinds = [mark.kind for mark in store.marks if mark.kind in ("paused", "resumed")]
    assert kinds[:2] == ["paused", "resumed"]
    assert store.pauses == kinds.count("paused") >= 1
    told = summarise(store)["memory"]
    assert told["limit"] == limit * MIB
    assert 0.8 * limit * MIB <= told["peak"] < 0.95 * limit * MIB
    # The host hears of it a moment later; from then on none is handed out until the run goes on.
    first = [
        submitted for t_ns, submitted in held if t_ns > held[0][0] + 300_000_000 and t_ns < held[0][0] + 600_000_000
    ]
    assert len(set(first)) <= 1


@fault(
    "F44",
    injected="tasks that take 170 % of the limit",
    expected="ended at 95 %; one sentence with the largest process, its memory and what to do",
)
def test_a_run_that_takes_too_much_is_ended() -> None:
    with broken() as it:
        it.session.memory_limit_mb = 256
        it.start(RunConfig("process_pool", "allocate", 2, tasks=None, params={"mib": 200, "hold_ms": 20_000.0}), None)
        store = it.failed(
            "of 256 MiB of memory; PID",
            "(worker) had the most, ",
            "raise the memory limit",
        )
        assert store.memory is not None
        assert store.memory.used >= 0.95 * 256 * MIB


@fault(
    "F44",
    injected="one allocation that is larger than the limit",
    expected="MemoryError in the task before a page is touched; the run goes on",
)
@pytest.mark.parametrize("model", ["process_pool", "thread_pool"])
def test_one_allocation_that_is_too_large_fails_its_task(model: str) -> None:
    with broken() as it:
        it.session.memory_limit_mb = 128
        it.start(RunConfig(model, "allocate", 2, tasks=4, params={"mib": 1_024, "hold_ms": 0.0}), None)
        store = it.finished(0, failed=4)
    assert any("MemoryError" in line.text for line in store.texts)
    assert store.memory_peak < 128 * MIB


@fault(
    "F44",
    injected="/proc/PID/oom_score_adj read during a run",
    expected="host and workers are ended by the kernel before the window is",
)
def test_the_window_is_never_the_victim() -> None:
    own = score("self")
    with broken() as it:
        it.start(RunConfig("process_pool", "sleep", 2, tasks=None, params={"ms": 5.0}))
        for pid in (it.host, *it.workers):
            assert score(pid) == max(own, OOM_SCORE)
        it.stopped()
    assert score("self") == own


# ---- the rule by itself -----------------------------------------------------------------------------------------------
def sample(pid: int, mib: float, pss: float | None = None, role: str = "worker") -> ProcessSample:
    identity = Identity("here", pid, float(pid))
    shared = None if pss is None else round(pss * MIB)
    return ProcessSample(identity, 0, 1, role, "running", 1, 0.0, round(mib * MIB), shared)


def test_pages_that_are_shared_count_once() -> None:
    watch = MemoryWatch(1_000 * MIB)
    assert watch.look([sample(pid, 500, 100) for pid in (1, 2, 3)], 3) is None
    assert watch.last == RunMemory(300 * MIB, 1_000 * MIB)
    watch.look([sample(1, 650), sample(2, 50, 10)], 3)
    assert watch.last is not None
    assert watch.last.used == 660 * MIB, "of a newborn all that it has beyond the host"
    forks = [sample(pid, 60) for pid in range(2, 20)]
    watch.look([sample(1, 50, 20, role="host"), *forks], 3)
    assert watch.last.used == (20 + 18 * 10) * MIB
    watch.look([sample(1, 50, role="host"), *forks], 3)
    assert watch.last.used == (50 + 18 * 60) * MIB, "where the system tells of nobody, all of it counts"


def test_paused_and_on_again_with_some_way_between() -> None:
    watch = MemoryWatch(1_000 * MIB)
    said = [watch.look([sample(1, mib)], 1) for mib in (799, 800, 900, 760, 750, 749, 790, 800)]
    assert said == [None, Verdict.PAUSE, None, None, None, Verdict.GO_ON, None, Verdict.PAUSE]
    assert watch.held
    assert watch.look([sample(1, 200), sample(2, 750, role="host")], 1) is Verdict.END
    assert "PID 2 (host) had the most, 750 MiB" in watch.words(Verdict.END)
    assert "Ended at 950 of 1,000 MiB" in watch.words(Verdict.END)


def test_where_nobody_could_give_memory_back_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("workers.client.memory.time.monotonic", lambda: clock[0])
    watch = MemoryWatch(1_000 * MIB)
    assert watch.look([sample(1, 850)], 2) is Verdict.PAUSE
    clock[0] = 50.0
    assert watch.look([sample(1, 850)], 0) is None
    clock[0] += IDLE_S
    assert watch.look([sample(1, 850)], 0) is Verdict.GO_ON
    assert "no task is left that could give memory back" in watch.words(Verdict.GO_ON)
    assert watch.look([sample(1, 900)], 2) is None, "it has not fallen since: another pause would be as vain"
    assert watch.look([sample(1, 700)], 2) is None
    assert watch.look([sample(1, 800)], 2) is Verdict.PAUSE
    assert watch.look([sample(1, 960)], 2) is Verdict.END


def test_a_limit_is_within_bounds_or_by_itself() -> None:
    assert problem_of(0) == problem_of(LEAST_MB) == problem_of(1 << 20) == ""
    for wrong in (1, 63, (1 << 20) + 1, -5, True, 64.0, "64", None):
        assert "memory limit" in problem_of(wrong)
    assert limit_of(100) == 100 * MIB
    assert limit_of(0) >= LEAST_MB * MIB


def test_the_terminal_takes_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--memory-limit", "5"]) == 2
    assert "must be a whole number from 64 to 1048576, not '5'" in capsys.readouterr().err
    assert main(["run", "--help"]) == 0
    assert "80% of what is free" in " ".join(capsys.readouterr().out.split())
    task = ["--workload", "allocate", "--param", "mib=300", "--param", "hold_ms=5000", "--tasks", "2"]
    assert main(["run", "--memory-limit", "128", "--quiet", *task]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("threadmill: Ended at ")
    assert "of 128 MiB of memory; PID" in said.err
    assert "128 that it may take" in said.out
