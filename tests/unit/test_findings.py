"""Findings of constructed situations: the right one first, none where the run is healthy, and none without evidence."""

import json
import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.helpers.scripted import START_NS, applied, thread_pool_run
from workers.cli.run import _report
from workers.contract.batch import Batch, Mark, RunEnded
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.waits import Standstill
from workers.insight import findings_thresholds as limits
from workers.insight import findings_words as written
from workers.insight.failures import MOST_KINDS, Failure, Failures
from workers.insight.findings import IDS, Evidence, Figure, Finding, LaneTimes, LockWaits, Words, evidence_of, findings
from workers.insight.store import RunStore
from workers.insight.summary import summarise

ROOT = Path(__file__).parents[2]
SECOND = 1_000_000_000
NONE = {"primitive": "none", "permits": 2}


def run(workers: int = 4, elapsed: float = 2.0, **more: Any) -> Evidence:
    """A run of so many threads on 4 cores; names of accounts are shares of the time, and what is left is running."""
    shares = {
        name: more.pop(name)
        for name in ("gil", "run_queue", "lock", "queue", "io", "serialising", "ipc")
        if name in more
    }
    shares |= {name: more.pop(name) for name in ("startup", "idle", "unknown") if name in more}
    running = 1 - sum(shares.values())
    assert running >= -1e-9
    wall = workers * elapsed if not more.get("coroutines") else elapsed
    accounts = {name: share * wall for name, share in {**shares, "running": max(running, 0.0)}.items()}
    used = accounts["running"] / elapsed
    given: dict[str, Any] = {
        "workers": workers, "cores": 4, "elapsed_s": elapsed, "accounts": accounts, "tasks": 500, "done": 500,
        "lanes": workers, "pids": 1, "gils": 1, "sharing": workers, "sharing_cores": used, "cores_used": used,
        "service_p50_s": 0.02, "service_low_s": 0.019, "service_high_s": 0.02, "busy_s": 0.9 * wall, "options": NONE, "bytes": 0,
    }  # fmt: skip
    return Evidence(**{**given, **more})


def processes(workers: int = 4, **more: Any) -> Evidence:
    return run(
        workers, **{"pids": workers, "gils": workers, "sharing": 1, "sharing_cores": 1.0, "bytes": 500 * 600, **more}
    )


def loop(**more: Any) -> Evidence:
    """An event loop with 4 tasks under way."""
    given = {"coroutines": 4, "lanes": 1, "sharing": 1, "loop_s": 2.0, "busy_s": 7.5, **more}
    return run(**given)


def lanes(*medians: float, tasks: int = 50) -> tuple[LaneTimes, ...]:
    return tuple(
        LaneTimes(f"thread {700 + i} (worker_{i})", tasks, median, tasks * median) for i, median in enumerate(medians)
    )


LOCK = (LockWaits("the Lock", 90, 5.0, 0.08, 0.6, "thread 701 (worker_1)"),)
ONE_PERMIT = (LockWaits("the Semaphore", 90, 5.2, 0.08, several=True),)
ROUNDS = (LockWaits("the Barrier", 400, 3.0, 0.08),)
"""Everybody waits at it, the last one for a moment."""
ROOM = (LockWaits("room", 90, 5.0, 0.08),)
FORKS = tuple(LockWaits(f"fork {i}", 20, 1.0, 0.08, 0.6, "worker_1") for i in range(5))
TINY = {"service_p50_s": 9e-6, "busy_s": 0.2, "tasks": 20_000, "done": 20_000}

STAND = "worker_0, task 1, stands at something that is not recorded; worker_1, task 0, stands at something that is not recorded"
RAISED = {"failure": "ValueError: no such file", "failure_at": "load.py, line 12, in run", "failure_count": 100}

DIED = "PID 29108 ended with exit code 3"
STANDS = {"standstill": STAND, "standstill_unrecorded": True}
SITUATIONS = {
    "two threads that compute": ("gil_bound", run(2, gil=0.5)),
    "four threads that compute": ("gil_bound", run(4, gil=0.7, run_queue=0.05)),
    "threads that compute, one core taken by others": ("gil_bound", run(2, gil=0.45, run_queue=0.1, cores=2, others_cores=0.7)),
    "threads that have the GIL on a core all the time": ("gil_bound", run(2, gil=0.48, run_queue=0.04, cores=2, others_cores=1.0)),
    "threads on a machine whose cores others have": ("busy_machine", run(2, gil=0.18, run_queue=0.6, cores=2, others_cores=1.6)),
    "threads that ask for a GIL where others have the cores": ("busy_machine", run(2, gil=0.45, run_queue=0.3, cores=2, others_cores=1.5)),
    "four at the GIL beside one busy program": ("gil_bound", run(4, gil=0.58, run_queue=0.17, idle=0.04, cores=2, others_cores=1.16)),
    "four at the GIL, more beside them": ("gil_bound", run(4, gil=0.57, run_queue=0.22, idle=0.02, cores=2, others_cores=1.25)),
    "eight at the GIL beside one program": ("gil_bound", run(8, gil=0.59, run_queue=0.14, idle=0.17, cores=2, others_cores=1.27)),
    "two at the GIL, no core left": ("gil_bound", run(2, gil=0.46, run_queue=0.16, cores=2, others_cores=1.24)),
    "half the cores' and half the GIL's": ("busy_machine", run(4, gil=0.4, run_queue=0.35, idle=0.06, cores=2, others_cores=1.4)),
    "as long for a core as for the GIL": ("busy_machine", run(2, gil=0.3, run_queue=0.32, cores=2, others_cores=1.26)),
    "some of it the GIL's, some the cores'": ("busy_machine", run(4, gil=0.26, run_queue=0.16, idle=0.4, cores=2, others_cores=1.7)),
    "for cores more than for the GIL": ("busy_machine", run(4, gil=0.25, run_queue=0.45, idle=0.1, cores=2, others_cores=1.4)),
    "processes on a machine whose cores others have": ("busy_machine", processes(2, cores=2, run_queue=0.6, others_cores=1.2)),
    "threads that compute half of the time": ("gil_bound", run(4, gil=0.45, run_queue=0.1, io=0.2)),
    "two processes with threads on four cores": ("gil_bound", processes(4, pids=2, gils=2, sharing=2, gil=0.5)),
    "naps taken in turns": ("waiting_bound", run(4, io=0.97)),
    "naps, one after the other": ("waiting_bound", run(1, io=0.97, handed=False)),
    "naps in processes": ("waiting_bound", processes(4, io=0.9, ipc=0.05)),
    "naps in an event loop, four at once": ("waiting_bound", loop(io=0.95, loop_ready_s=0.1)),
    "sixteen processes on four cores": ("oversubscribed", processes(16, run_queue=0.75)),
    "threads without a GIL, too many": ("oversubscribed", run(16, gils=16, sharing=0, run_queue=0.75)),
    "hashing in too many threads": ("oversubscribed", run(16, sharing_cores=3.9, gil=0.04, run_queue=0.7)),
    "everybody at one lock": ("contended_lock", run(4, lock=0.6, locks=LOCK, io=0.35, busy_s=7.8)),
    "a lock around all of each task": ("one_at_a_time", run(4, lock=0.72, locks=LOCK, io=0.25, options={**NONE, "primitive": "Lock"})),
    "a lock around computing, in processes": ("one_at_a_time", processes(4, lock=0.7, locks=LOCK, busy_s=7.1)),
    "a semaphore with one permit": ("one_at_a_time", run(4, lock=0.72, locks=ONE_PERMIT, io=0.25, busy_s=7.3)),
    "two threads and the one lock they share": ("one_at_a_time", run(2, lock=0.48, locks=(LockWaits("A", 50, 1.9),), busy_s=3.9)),
    "one coroutine at a time": ("one_at_a_time", loop(io=0.95, loop_ready_s=0.05, busy_s=7.0, locks=LOCK)),
    "rounds of a barrier": ("barrier", run(4, lock=0.4, locks=ROUNDS, io=0.5, options={"primitive": "Barrier", "permits": 4})),
    "rounds of a barrier, in processes": ("barrier", processes(4, lock=0.5, locks=ROUNDS, options={"primitive": "Barrier"})),
    "all tasks fail": ("tasks_failed", run(2, failed=500, **RAISED)),
    "all tasks fail at once": ("tasks_failed", processes(2, ipc=0.6, failed=20_000, **{**RAISED, **TINY})),
    "some tasks fail": ("tasks_failed", run(4, gil=0.7, failed=100, **RAISED)),
    "an error without a place": ("tasks_failed", run(2, failed=500, failure="MemoryError", failure_count=500)),
    "tasks that fail in silence": ("tasks_failed", processes(2, failed=500)),
    "a lock in processes": ("contended_lock", processes(4, lock=0.5, locks=LOCK)),
    "a full buffer": ("contended_lock", run(4, lock=0.5, locks=ROOM, idle=0.4)),
    "a semaphore with two permits": ("contended_lock", run(4, lock=0.5, locks=ONE_PERMIT, io=0.45, busy_s=9.0)),
    "forks of philosophers": ("contended_lock", run(5, lock=0.5, locks=FORKS, io=0.45)),
    "a lock of asyncio": ("contended_lock", loop(io=0.6, idle=0.35, loop_ready_s=0.1, locks=LOCK)),
    "one worker three times as slow": ("slow_lane", processes(4, times=lanes(0.02, 0.02, 0.02, 0.06))),
    "the slow one of two": ("slow_lane", processes(2, times=lanes(0.02, 0.05, tasks=100))),
    "large results of processes": ("pickling", processes(2, bytes=500 << 20, serialising=0.04, ipc=0.55, serialising_s=0.3)),
    "small results that are hard to pickle": ("pickling", processes(2, serialising=0.3, serialising_s=1.2)),
    "a host that pickles for all": ("pickling", processes(4, host_serialising_s=1.2, idle=0.3)),
    "tiny tasks in threads": ("tiny_tasks", run(2, gil=0.25, idle=0.4, run_queue=0.1, **TINY)),
    "tiny tasks in processes": ("tiny_tasks", processes(2, ipc=0.6, serialising=0.1, **TINY)),
    "a thread for each tiny task": ("tiny_tasks", run(2, lanes=20_000, gil=0.1, accounts={"running": 0.5, "gil": 0.1}, **TINY)),
    "tiny tasks in an event loop": ("tiny_tasks", loop(**TINY)),
    "a process for each task": ("startup", processes(2, lanes=500, startup=0.5, pids=500)),
    "workers that hardly work": ("startup", processes(8, elapsed=0.3, startup=0.5, tasks=8, done=8)),
    "a queue too short": ("queue_bound", run(4, queue_bound=1, blocked_s=1.2, idle=0.3, gil=0.02)),
    "a sleep without await": ("blocked_loop", loop(io=0.95, loop_naps_s=1.9, busy_s=1.9, tasks=95, done=95)),
    "computing in an event loop": ("blocked_loop", loop(loop_ready_s=1.98, busy_s=1.98, tasks=100, done=100)),
    "computing between awaits": ("blocked_loop", loop(loop_ready_s=1.9, busy_s=7.5, tasks=300, done=300)),
    "a driver that does not await": ("blocked_loop", loop(io=0.95, loop_ready_s=0.05, busy_s=1.95, tasks=90, done=90)),
    "processes that hold much": ("memory", processes(4, memory=3 << 30, memory_most=1 << 30, processes=5, machine_memory=8 << 30)),
    "a counter without a lock": ("lost_updates", run(2, gil=0.5, lost_updates=120, expected_updates=1_000)),
    "a lost update on film": ("lost_updates", run(2, gil=0.5, films=2, film_lost=7)),
    "a circle of locks": (
        "deadlock",
        run(2, lock=0.9, locks=LOCK, deadlock="worker_0 holds A and waits for B; worker_1 holds B and waits for A", deadlock_s=0.6),
    ),
    "a deadlock after an update was lost": ("deadlock", run(2, lock=0.9, locks=LOCK, deadlock="x waits for x", lost_updates=1)),
    "a lock taken twice": ("deadlock", run(2, lock=0.9, deadlock="x waits for A, that is, for itself", deadlock_cause="itself")),
    "full queues both ways": ("deadlock", run(2, queue=0.9, deadlock="x waits to put into the full queue A", deadlock_cause="full")),
    "nobody left to put": ("deadlock", run(2, queue=0.9, deadlock="x waits for an item in the empty queue A", deadlock_cause="empty")),
    "a pool that waits for itself": ("deadlock", run(2, idle=0.9, deadlock="x waits for y, which has not begun", deadlock_cause="pool")),
    "permits that nobody gives back": ("deadlock", run(2, lock=0.9, deadlock="x waits for the places", deadlock_cause="permits")),
    "locks in another order": ("deadlock", run(2, lock=0.9, deadlock="x holds A and waits for B", deadlock_cause="locks")),
    "a pool whose worker dies": ("dead_worker", processes(2, elapsed=0.08, startup=0.4, dead=1, dead_how=DIED, lost=4, cut_short=True)),
    "workers that die one by one": ("dead_worker", processes(4, dead=3, dead_how=DIED, lost=3)),
    "a lock that is not ours": ("standstill", run(2, elapsed=12.0, unknown=0.95, standstill_s=11.0, **STANDS)),
    "a wait that might still have ended": ("standstill", run(2, lock=0.9, standstill="worker_0 waits for A", standstill_s=1.9)),
    "a standstill after much work": ("standstill", run(2, elapsed=60.0, gil=0.5, standstill_s=6.0, **STANDS)),
    "a short run of which little is known": ("not_enough_data", run(2, elapsed=1.0, unknown=0.7)),
    "another system that tells nothing": ("not_enough_data", run(2, unknown=0.7, gil=0.1, linux=False)),
    "over before anybody looked": ("not_enough_data", run(2, elapsed=0.05, gil=0.5)),
    "a system that tells nothing": ("not_enough_data", run(2, unknown=0.7, gil=0.1)),
    "more events than room": ("not_enough_data", processes(2, recorded=1_000, dropped=200)),
}  # fmt: skip

HEALTHY = {
    "processes that compute, one for each core": processes(4, run_queue=0.05, ipc=0.02),
    "one after the other": run(1, handed=False, sharing=1),
    "hashing in as many threads as cores": run(4, sharing_cores=3.8, gil=0.03),
    "threads without a GIL": run(4, gils=4, sharing=0, run_queue=0.1),
    "a hundred naps at once": run(100, io=0.97),
    "each nap in a thread of its own": run(8, io=0.97, tasks=8, done=8),
    "a thousand naps in an event loop": loop(io=0.9, coroutines=1_000, workers=1_000, loop_ready_s=0.2, busy_s=1_900.0),
    "an event loop whose tasks all await": loop(io=0.6, loop_ready_s=0.8, busy_s=7.8, tasks=4_000, done=4_000),
    "a lock that is held for a moment": processes(4, lock=0.05, locks=LOCK),
    "tasks of many sizes": processes(4, times=lanes(0.02, 0.05), service_low_s=0.01),
    "a little slower than the others": processes(4, times=lanes(0.02, 0.02, 0.025)),
    "small results of processes": processes(4, serialising=0.03, ipc=0.05, serialising_s=0.2),
    "small tasks in chunks": processes(2, run_queue=0.1, **TINY),
    "short tasks, one after the other": run(1, handed=False, sharing=1, **{**TINY, "busy_s": 0.5}),
    "a producer who is held back by busy workers": processes(4, queue_bound=1, blocked_s=1.9, idle=0.03),
    "idle workers behind a long queue": processes(4, queue_bound=100, blocked_s=1.0, idle=0.4),
    "processes on a machine that has other things to do": processes(2, cores=2, run_queue=0.6, busy_s=1.0),
    "threads in as many processes as cores": processes(
        8, gils=4, sharing=2, sharing_cores=0.95, cores_used=3.8, gil=0.5
    ),
    "a pool that took a moment to start": processes(4, startup=0.1),
    "others use one core, and there are enough": processes(2, run_queue=0.1, others_cores=1.4),
    "a task fails now and then": processes(4, failed=20, **RAISED),
    "a semaphore that lets as many on as there are cores": processes(4, lock=0.1, locks=ONE_PERMIT, busy_s=7.5),
    "a barrier where all come at once": run(
        4, lock=0.1, locks=ROUNDS, io=0.85, tasks=4, done=4, options={"primitive": "Barrier"}
    ),
    "nobody has a task": run(4, tasks=0, done=0, idle=1.0),
    "not yet for a second under way": run(2, elapsed=0.6, over=False, gil=0.5),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_first_finding_says_why(name: str) -> None:
    wanted, evidence = SITUATIONS[name]
    found = findings(evidence)
    assert [finding.id for finding in found][:1] == [wanted]
    for finding in found:
        if finding.change is not None:
            RunConfig(options={"chunksize": 1}).changed(**finding.change)


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_has_none(name: str) -> None:
    assert findings(HEALTHY[name]) == ()


BORDERS: list[tuple[str, Callable[[float], Evidence], float]] = [
    ("not_enough_data", lambda x: run(2, unknown=x), limits.UNKNOWN_SHARE),
    ("not_enough_data", lambda x: run(2, recorded=10_000, dropped=round(10_000 * x)), limits.DROPPED_SHARE),
    ("tasks_failed", lambda x: run(2, failed=round(500 * x), **RAISED), limits.FAILED_SHARE),
    ("gil_bound", lambda x: run(2, gil=0.6 * x, run_queue=0.6 * (1 - x), busy_s=3.0), limits.GIL_OF_READY),
    (
        "gil_bound",
        lambda x: run(2, gil=0.4, run_queue=0.25, cores=2, cores_used=0.7, others_cores=1.3 - x),
        limits.LEFT_CORES,
    ),
    (
        "gil_bound",
        lambda x: run(2, gil=0.2 * x, run_queue=0.2, cores=2, cores_used=0.8, others_cores=1.2),
        limits.GIL_CLEARLY,
    ),
    ("busy_machine", lambda x: processes(2, cores=2, run_queue=x, others_cores=1.0), limits.BUSY_SHARE),
    ("busy_machine", lambda x: processes(2, cores=2, run_queue=0.4, cores_used=1.5, others_cores=x), limits.BUSY_CORES),
    ("one_at_a_time", lambda x: run(4, lock=0.7, locks=LOCK, busy_s=5.0 + 2 * x), limits.INSIDE_LEAST),
    ("one_at_a_time", lambda x: run(4, lock=0.75 * x, locks=LOCK, busy_s=7.0), limits.INSIDE_WAIT),
    ("barrier", lambda x: run(4, lock=x, locks=ROUNDS, options={"primitive": "Barrier"}), limits.LOCK_SHARE),
    ("gil_bound", lambda x: run(2, gil=x, sharing_cores=0.8), limits.GIL_READY_SHARE),
    ("gil_bound", lambda x: run(2, gil=0.5, cores=2, cores_used=2 - x), limits.SPARE_CORES),
    ("gil_bound", lambda x: run(4, gil=0.2, idle=0.5, sharing_cores=x), limits.GIL_TAKEN),
    ("waiting_bound", lambda x: run(2, io=x), limits.WAITING_SHARE),
    ("waiting_bound", lambda x: run(10, io=0.9, tasks=round(10 * x)), limits.TURNS),
    ("oversubscribed", lambda x: processes(8, run_queue=x), limits.RUN_QUEUE_SHARE),
    ("oversubscribed", lambda x: run(8, sharing_cores=x, run_queue=0.7, cores=4), limits.ONE_CORE),
    ("contended_lock", lambda x: run(4, lock=x, locks=LOCK), limits.LOCK_SHARE),
    ("slow_lane", lambda x: processes(2, times=lanes(0.02, 0.02 * x), service_low_s=0.02), limits.SLOW_RATIO),
    ("slow_lane", lambda x: processes(2, times=lanes(1e-6, x)), limits.SLOW_S),
    ("slow_lane", lambda x: processes(2, times=lanes(0.01, 0.05, tasks=int(x))), limits.SLOW_TASKS),
    ("pickling", lambda x: processes(2, serialising=x), limits.SERIALISING_SHARE),
    ("pickling", lambda x: processes(2, host_serialising_s=2 * x), limits.HOST_SERIALISING_SHARE),
    ("pickling", lambda x: processes(2, ipc=x, bytes=500 << 20), limits.TRAVEL_SHARE),
    ("pickling", lambda x: processes(2, ipc=0.6, bytes=round(500 * x)), limits.LARGE_BYTES),
    ("tiny_tasks", lambda x: processes(2, ipc=x, **TINY), limits.TINY_SHARE),
    ("startup", lambda x: processes(2, startup=x), limits.STARTUP_SHARE),
    ("startup", lambda x: processes(2, elapsed=0.1, startup=x / 0.2), limits.STARTUP_S),
    ("queue_bound", lambda x: run(4, queue_bound=1, blocked_s=2 * x, idle=0.5), limits.QUEUE_BLOCKED_SHARE),
    ("queue_bound", lambda x: run(4, queue_bound=1, blocked_s=1.0, idle=x), limits.QUEUE_IDLE_SHARE),
    ("blocked_loop", lambda x: loop(loop_ready_s=2 * x), limits.LOOP_SHARE),
    ("blocked_loop", lambda x: loop(loop_ready_s=2.0, done=round(2 / x)), limits.LOOP_S),
    ("memory", lambda x: processes(2, memory=round(x * 2**30), machine_memory=1 << 30), limits.MEMORY_SHARE),
]


@pytest.mark.parametrize("case", range(len(BORDERS)))
def test_a_threshold_decides(case: int) -> None:
    wanted, evidence, border = BORDERS[case]
    below, above = ([finding.id for finding in findings(evidence(border * x))] for x in (0.94, 1.06))
    assert wanted not in below
    assert wanted in above


def test_there_are_five_at_most_and_the_result_comes_before_the_time() -> None:
    bad: dict[str, Any] = {
        "lock": 0.2, "startup": 0.25, "unknown": 0.0, "run_queue": 0.3, "serialising": 0.2, "lost_updates": 1,
        "times": lanes(0.01, 0.03), "locks": LOCK, "memory": 9, "machine_memory": 10,
    }  # fmt: skip
    found = findings(processes(8, **bad))
    assert [finding.id for finding in found] == [
        "lost_updates",
        "oversubscribed",
        "startup",
        "contended_lock",
        "pickling",
    ]
    assert [finding.explains for finding in found[1:]] == sorted(
        (finding.explains for finding in found[1:]), reverse=True
    )


def test_every_id_has_a_situation_and_every_form_its_words_are_used() -> None:
    found = [finding for _, evidence in SITUATIONS.values() for finding in findings(evidence)]
    chunks = findings(processes(2, ipc=0.6, serialising=0.1, **{**TINY, "options": {"chunksize": 1}}))
    held = {finding.words for finding in (*found, *chunks)}
    assert {finding.id for finding in found} == set(IDS)
    assert held == set(written.WORDS.values())


def test_a_finding_without_evidence_cannot_be_made() -> None:
    words = Words("a", "b {n}", "c", "d")
    figure = Figure("n", 1, "count")
    assert Finding("memory", words, {"n": "1"}, (figure,)).text == "b 1"
    with pytest.raises(ValueError, match="without evidence"):
        Finding("memory", words, {"n": "1"}, ())
    with pytest.raises(ValueError, match="no id"):
        Finding("bad_luck", words, {"n": "1"}, (figure,))
    with pytest.raises(KeyError):
        Finding("memory", words, {}, (figure,))
    with pytest.raises(ValueError, match="no chart"):
        Finding("memory", Words("a", "b", "c", "d", "nowhere"), {}, (figure,))
    for value, unit in ((float("nan"), "s"), (1.0, "miles")):
        with pytest.raises(ValueError, match="no figure"):
            Figure("n", value, unit)
    with pytest.raises(ValueError, match="no evidence"):
        Evidence(elapsed_s=float("nan"))


def test_the_gil_beside_busy_cores_is_told_with_both_numbers() -> None:
    """Named where it is clearly the larger part, left open where it is not, and never where the cores are the larger part."""
    clear, open_, cores = (
        findings(run(4, gil=gil, run_queue=queued, idle=0.81 - gil - queued, cores=2, others_cores=1.25))[0]
        for gil, queued in ((0.57, 0.22), (0.4, 0.35), (0.25, 0.5))
    )
    assert (clear.id, clear.words) == ("gil_bound", written.WORDS["gil_bound.shared"])
    assert "57 % of their time they waited at the GIL, and for 22 % for a core" in clear.text
    assert (open_.id, open_.words) == ("busy_machine", written.WORDS["busy_machine.gil"])
    assert "40 % of their time for the GIL and 35 % for a core" in open_.text
    assert {"gil_share", "run_queue_share"} <= {figure.name for figure in open_.evidence}
    assert cores.words == written.WORDS["busy_machine"]


def test_sentences_can_be_translated() -> None:
    for finding in findings(run(4, gil=0.7)):
        assert finding.title == finding.words.title.format(**finding.values) == "Four threads, the speed of one"
        assert "{workers} 个线程".format(**finding.values) == "4 个线程"
    for words in written.WORDS.values():
        for text in (words.title, words.text, words.next, words.wrong_if):
            assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text))


def test_a_lock_is_named_with_who_held_it_and_others_with_who_opens_them() -> None:
    assert "thread 701 (worker_1) held it" in findings(SITUATIONS["everybody at one lock"][1])[0].text
    assert "room" in findings(SITUATIONS["a full buffer"][1])[0].title
    assert "5 of them" in findings(SITUATIONS["forks of philosophers"][1])[0].text


def test_nothing_is_said_of_the_time_of_tasks_that_all_failed() -> None:
    found = findings(SITUATIONS["all tasks fail at once"][1])
    assert [finding.id for finding in found] == ["tasks_failed"]
    assert "100 times: ValueError: no such file (first raised in load.py, line 12, in run)" in found[0].text


def test_a_lock_that_keeps_a_sum_right_is_not_advised_away() -> None:
    guarded = {"lock": 0.72, "locks": LOCK, "io": 0.25, "options": {**NONE, "primitive": "Lock"}}
    (found,) = findings(run(4, **guarded))
    assert found.next.change == {"options": {"primitive": "none", "permits": 2}}
    (found,) = findings(run(4, expected_updates=900, **guarded))
    assert (found.id, found.next.change) == ("one_at_a_time", None)


def test_each_kind_of_deadlock_has_its_advice_and_is_told_by_its_words() -> None:
    from workers.client.wait_words import cause

    told = {
        "locks": "worker_0 holds fork 1 and waits for fork 2; worker_1 holds fork 2 and waits for fork 1. None of them can go on.",
        "itself": "worker_2 holds the Lock and waits for the Lock, that is, for itself. It can never go on.",
        "full": "worker_0 waits to put into the full queue inbox of A, and only worker_1, or else 3 tasks in line, for which no worker is "
        "free, could take from it. None of them can go on.",
        "empty": "3 workers wait for an item in the empty queue results, and only 3 tasks in line, for which no worker is free, could put "
        "one there. None of them can go on.",
        "pool": "worker_0 waits for the result of do_part, which has not begun for want of a free worker. It can never go on.",
        "permits": "3 workers wait for the places, and only those that wait for it could release one. None of them can go on.",
        "": "coroutine 1 waits for the result of f, at which coroutine 2 works. None of them can go on.",
    }  # fmt: skip
    assert {kind: cause(f"Deadlock: {words}") for kind, words in told.items()} == {kind: kind for kind in told}
    advice = {kind: findings(run(2, deadlock="x", deadlock_cause=kind))[0].next.text for kind in told}
    assert len(set(advice.values())) == len(told)
    assert "same order" in advice["locks"]
    assert all("order" not in advice[kind] for kind in ("itself", "full", "empty", "pool", "permits"))


def test_a_run_that_lost_its_worker_is_not_told_to_have_been_slow_to_start() -> None:
    (found,) = findings(SITUATIONS["a pool whose worker dies"][1])
    assert found.title == "A worker died, and the run could not go on"
    assert f"{DIED}. Of 500 tasks 500 had ended by then, 4 went with it" in found.text
    silent = findings(processes(2, failed=500, dead=2, dead_how=DIED))
    assert [one.id for one in silent] == ["dead_worker"]


def test_a_standstill_explains_what_is_unknown_and_nobody_is_sent_where_he_has_been() -> None:
    (found,) = findings(SITUATIONS["a lock that is not ours"][1])
    assert found.title == "Nothing went on for 11 s"
    assert (
        f"{STAND}. What is not recorded is a wait for something that did not come from this run's parts" in found.text
    )
    assert found.look == "outputPanel"
    assert [one.id for one in findings(SITUATIONS["a standstill after much work"][1])] == ["standstill", "gil_bound"]
    short, long, elsewhere = (
        findings(run(2, elapsed=elapsed, unknown=0.9, linux=linux))[0].next
        for elapsed, linux in ((1.0, True), (12.0, True), (12.0, False))
    )
    assert short.text.startswith("Run for 2 s:")
    assert short.change == {"tasks": None, "seconds": 2.0}
    assert "2 s" not in long.text + elsewhere.text
    assert (long.change, elsewhere.change) == (None, None)
    assert "Linux" not in short.text + long.text
    assert "Linux" in elsewhere.text


def test_what_failed_is_told_by_its_most_frequent_error() -> None:
    failures = Failures()
    assert failures.most_frequent is None
    where = 'Traceback (most recent call last):\n  File "/a/deep/load.py", line 12, in run\n    raise ValueError(n)\n'
    for number in range(3):
        failures.add(f"task {number}\n{where}ValueError: file {number} is gone\nand more\n  of it")
    failures.add("task 9\nMemoryError")
    assert failures.most_frequent == Failure(3, "ValueError: file 0 is gone", "load.py, line 12, in run")
    alone = Failures()
    alone.add("task 9\nMemoryError")
    assert alone.most_frequent == Failure(1, "MemoryError", "")
    for number in range(2 * MOST_KINDS):
        alone.add(f"E{'x' * number}: no")
    assert len(alone._kinds) == MOST_KINDS


def test_what_others_use_of_the_cores_is_what_the_run_did_not() -> None:
    store = RunStore()
    batches = list(thread_pool_run(2.0, threads=2))
    zero = next(batch.clock_start_ns for batch in batches if batch.clock_start_ns)
    for batch in batches:
        busy = 100.0 + 1.7 * (batch.t_ns - zero) / 1e9
        store.apply(replace(batch, machine_busy_s=busy if batch.threads else None))
    evidence = evidence_of(store)
    assert store.machine_cores == pytest.approx(1.7, abs=0.01)
    assert evidence.others_cores == pytest.approx(1.7 - evidence.cores_used, abs=0.01)
    assert evidence_of(applied(thread_pool_run(1.0))).others_cores is None


def test_a_run_stopped_in_a_standstill_says_so_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    """What Stop set free afterwards was no progress; what goes on before it is."""
    said = Standstill(
        START_NS + 6 * SECOND,
        5.0,
        "No progress for 5 s: thread 7 (worker_0), task 1, stands at something that is not recorded.",
    )
    store = applied(thread_pool_run(1.0, threads=2, end=False))
    store.apply(replace(_standing(store, 6, RunPhase.RUNNING), standstill=said))
    assert [finding.id for finding in findings(evidence_of(store))] == ["standstill"]
    gone_on = replace(_standing(store, 7, RunPhase.RUNNING), counts=replace(store.counts, done=store.counts.done + 1))
    store.apply(gone_on)
    assert store.stood is None
    store.apply(replace(_standing(store, 12, RunPhase.RUNNING), standstill=replace(said, t_ns=START_NS + 12 * SECOND)))
    stop = Mark("stop", 1, START_NS + 13 * SECOND, "asked to stop")
    freed = replace(_standing(store, 14, RunPhase.STOPPING), counts=replace(store.counts, failed=2), marks=(stop,))
    store.apply(freed)
    ended = RunEnded(RunPhase.FINISHED, START_NS + 15 * SECOND, None, True)
    store.apply(replace(_standing(store, 15, RunPhase.FINISHED), ended=ended))
    told = summarise(store)
    jsonschema.validate(told, json.loads((ROOT / "resources" / "schema" / "run.v1.json").read_text()))
    assert told["ended_by"] == "standstill"
    assert told["standstill"]["seconds"] == pytest.approx(6.0)
    assert told["standstill"]["from_s"] == pytest.approx(7.0)
    assert told["findings"][0]["id"] == "standstill"
    assert _report(store, None)
    printed = capsys.readouterr().out
    assert "stopped: no progress" in printed
    assert "Nothing went on for 6 s. From 7 s after the start on" in printed


def _standing(store: RunStore, second: int, phase: RunPhase) -> Batch:
    return Batch(START_NS + second * SECOND, phase, store.counts, clock_start_ns=START_NS)


def test_what_to_change_is_a_configuration() -> None:
    gil = findings(run(2, gil=0.5, options={**NONE, "switch_ms": 5.0, "primitive": "Lock"}))[0]
    assert gil.next.change == {"model": "process_pool", "workers": 4, "options": {"primitive": "Lock", "permits": 2}}
    lost = findings(run(2, lost_updates=1, expected_updates=9))[0]
    assert lost.next.change == {"options": {"primitive": "Lock", "permits": 2}}
    guarded = findings(run(2, films=1, film_lost=1, options={"primitive": "Lock"}))[0]
    assert guarded.next.change is None
    napping = findings(run(2, io=0.95, tasks=10))[0]
    assert napping.next.change == {"workers": 10}


def test_numbers_are_written_for_people() -> None:
    assert [written.seconds(value) for value in (9.12e-6, 0.0451, 0.9996, 1.25, 12_345)] == [
        "9.12 µs", "45.1 ms", "1 s", "1.25 s", "12,345 s",
    ]  # fmt: skip
    assert [written.size(value) for value in (0, 512, 65_536, 1.5 * 2**30, 2**45)] == [
        "0 B", "512 B", "64 KiB", "1.5 GiB", "32768 GiB",
    ]  # fmt: skip
    assert (written.percent(0.494), written.percent(7)) == ("49 %", "100 %")
    assert (written.spelt(4), written.spelt(1_300), written.few(0.034), written.few(3.14)) == (
        "Four",
        "1,300",
        "0.03",
        "3.1",
    )


def test_evidence_of_a_store_its_summary_and_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="no evidence"):
        evidence_of(RunStore())
    store = applied(thread_pool_run(3.0, threads=4))
    evidence = evidence_of(store)
    assert (evidence.workers, evidence.lanes, evidence.pids, evidence.gils, evidence.sharing) == (4, 4, 1, 1, 4)
    assert (evidence.tasks, evidence.done, evidence.over, evidence.handed) == (300, 300, True, True)
    assert evidence.cores_used == pytest.approx(0.97, abs=0.05)
    assert evidence.memory == 12 << 20
    schema = json.loads((ROOT / "resources" / "schema" / "run.v1.json").read_text())
    told = summarise(store)
    jsonschema.validate(told, schema)
    assert [item["id"] for item in told["findings"]] == [finding.id for finding in findings(evidence)]
    assert _report(store, None)
    printed = capsys.readouterr().out
    assert [finding.title in printed for finding in findings(evidence)] == [True]
    live = applied(thread_pool_run(2.0, threads=2, end=False))
    info = live.lanes[1].info
    waiting = replace(info, waiting_for="A", waiting_since_ns=live.now_ns - 500_000_000)
    live.apply(Batch(live.now_ns, live.phase, live.counts, lanes=(waiting,)))
    evidence = evidence_of(live)
    assert (evidence.over, evidence.locks) == (False, (LockWaits("A", 1, 0.5, 0.5),))
    assert all(finding.id != "not_enough_data" for finding in findings(evidence))
    started = RunStore()
    started.apply(next(iter(thread_pool_run(1.0))))
    assert findings(evidence_of(started)) == ()
