"""P11: what we say of a run, against what the kernel, the tasks themselves and arithmetic say."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from tests.benchmarks.bare_threads import waits
from tests.benchmarks.figures import Figure, Scale
from tests.helpers.runs import follow, run, session
from workers.contract.config import RunConfig
from workers.contract.spans import SpanKind
from workers.insight.accounts import Accounts
from workers.insight.store import RunStore

LIMIT = 2.0
SKIPPED_S, SECONDS = 0.4, 2.0
LOOK_S = 0.1
"""See tests/benchmarks/test_accounts.py: who looks more often takes a core from threads that hand the GIL to each other."""
FUNCTION = '''
import os
import resource
import time

def work(n):
    """15 ms of computing and 5 ms of sleep; notes PID, start and end, and this process's CPU time by getrusage."""
    start, before = time.perf_counter_ns(), cpu()
    end = time.perf_counter() + 0.015
    while time.perf_counter() < end:
        sum(range(200))
    time.sleep(0.005)
    with open(NOTES + str(os.getpid()), "a") as file:
        file.write(f"{start} {time.perf_counter_ns()} {before} {cpu()}\\n")
    return n

def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
'''


@dataclass(frozen=True)
class Truth:
    """What the tasks noted of themselves."""

    tasks: int
    elapsed_s: float
    cpu_s: dict[int, float]
    """By PID, from the start of its first task to the end of its last."""


def measure(scale: Scale) -> Iterator[Figure]:
    """Each of them a few runs."""
    rounds = scale.pick(5, 1)
    yield from noted(rounds, 200 if not scale.quick else 60)
    yield from by_perf(scale.pick(3, 1))
    yield from lost_updates(rounds)
    yield from waiting_shares(scale.pick(3, 1))


def off(found: float, truth: float) -> float:
    """By how much per cent."""
    return abs(found / truth - 1) * 100


# ---- what tasks note of themselves -------------------------------------------------------------------------------
def noted(rounds: int, tasks: int) -> Iterator[Figure]:
    """CPU time per PID, elapsed time, tasks."""
    cpu, elapsed, count = [], [], []
    with tempfile.TemporaryDirectory(prefix="benchmark-p11-") as folder:
        for number in range(rounds):
            config = own(Path(folder, str(number)), tasks)
            store = run(config)
            truth = read(Path(folder, str(number)))
            worst = max(
                off(store.processes[pid].cpu_s - store.processes[pid].cpu_at_clock_s, seconds)
                for pid, seconds in truth.cpu_s.items()
            )
            cpu.append(worst)
            elapsed.append(off(store.elapsed_s, truth.elapsed_s))
            spans = int(np.count_nonzero(store.spans["kind"] == SpanKind.TASK))
            count.append(float(abs(store.counts.done - truth.tasks) + abs(spans - truth.tasks)))
    what = "process_pool, 2 workers, tasks of 15 ms computing and 5 ms sleep"
    yield Figure(
        f"CPU time of the worker furthest off; {what}", "%", tuple(cpu), LIMIT, clock="CPU",
        peer="getrusage in the worker, what `/usr/bin/time -v` shows",
    )  # fmt: skip
    yield Figure("elapsed time", "%", tuple(elapsed), LIMIT, peer="the tasks' own clock, first start to last end")
    yield Figure(
        "tasks counted and recorded wrongly",
        "",
        tuple(count),
        0.0,
        peer="the tasks' own notes",
        clock="count",
        steady=True,
    )


def own(folder: Path, tasks: int) -> RunConfig:
    """A run of the function above, whose notes go into the folder."""
    folder.mkdir()
    file = folder / "mine.py"
    file.write_text(f"NOTES = {str(folder / 'notes-')!r}\n{FUNCTION}")
    params = {"file": str(file), "function": "work", "inputs": "range(10)"}
    return RunConfig("process_pool", "own_function", 2, tasks, params=params)


def read(folder: Path) -> Truth:
    """What was noted."""
    rows, cpu = [], {}
    for path in folder.glob("notes-*"):
        mine = [[float(word) for word in line.split()] for line in path.read_text().splitlines()]
        rows += mine
        cpu[int(path.name.removeprefix("notes-"))] = mine[-1][3] - mine[0][2]
    start, end = min(row[0] for row in rows), max(row[1] for row in rows)
    return Truth(len(rows), (end - start) / 1e9, cpu)


# ---- what perf says ----------------------------------------------------------------------------------------------
def by_perf(rounds: int) -> Iterator[Figure]:
    """The CPU share of a worker while it works."""
    what = "CPU share of a worker over 1.5 s"
    perf = shutil.which("perf")
    if perf is None:
        yield Figure(what, "%", (), LIMIT, peer="perf stat, which is not installed", clock="CPU")
        return
    found, problem = [], ""
    with tempfile.TemporaryDirectory(prefix="benchmark-p11-") as folder, session() as opened:
        for number in range(rounds):
            store = RunStore()
            opened.start(own(Path(folder, str(number)), 5_000))
            follow(opened, store, lambda store: store.elapsed_s > SKIPPED_S)
            pid = next(row.pid for row in store.processes.values() if row.role == "worker")
            command = [perf, "stat", "-e", "task-clock", "-x", ";", "-p", str(pid), "--", "sleep", "1.5"]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
                first = store.now_ns
                follow(opened, store, lambda store: process.poll() is not None)
                assert process.stderr is not None
                said = process.stderr.read()
            last = store.now_ns
            fields = next((line.split(";") for line in said.splitlines() if "task-clock" in line), [])
            opened.interrupt()
            follow(opened, store)
            try:
                share = float(fields[5])
            except (IndexError, ValueError):
                problem = " ".join(said.split())[:100]
                continue
            history = store.processes[pid].history
            inside = (history["t"] > first + 100_000_000) & (history["t"] <= last)
            found.append(off(float(np.mean(history["cpu"][inside])), share))
    yield Figure(
        what,
        "%",
        tuple(found),
        LIMIT,
        peer=_perf_version(perf) + (f", which said: {problem}" if problem else ""),
        clock="CPU",
    )


def _perf_version(perf: str) -> str:
    done = subprocess.run([perf, "--version"], capture_output=True, text=True, timeout=10)
    return done.stdout.strip().replace("version ", "") or "perf"


# ---- exact counts ------------------------------------------------------------------------------------------------
def lost_updates(rounds: int) -> Iterator[Figure]:
    """Of a counter to which so often one is added; with a lock none may be lost."""
    tasks, increments = 40, 500
    wrong, locked = [], []
    for _ in range(rounds):
        config = RunConfig("process_pool", "shared_counter", 2, tasks, params={"increments": increments})
        for options, into in (({}, wrong), ({"primitive": "Lock"}, locked)):
            ended = run(config.changed(options=options)).ended
            assert ended is not None
            outcome = ended.outcome
            expected, actual = int(outcome["expected"]), int(outcome["actual"])
            miscounted = abs(expected - tasks * increments) + abs(expected - actual - int(outcome["lost_updates"]))
            into.append(float(miscounted + (abs(expected - actual) if options else 0)))
    yield Figure(
        "lost updates told without a lock, less tasks x increments and what the counter holds", "", tuple(wrong),
        peer="the same numbers: they add up, and are no truth of their own", clock="count", steady=True,
    )  # fmt: skip
    yield Figure("lost updates with a lock", "", tuple(locked), 0.0, peer="none", clock="count", steady=True)


# ---- waiting -----------------------------------------------------------------------------------------------------
def waiting_shares(rounds: int) -> Iterator[Figure]:
    """Threads that compute all the time have a T-th of the GIL each."""
    for threads, kinds in ((2, ("gil",)), (4, ("gil", "run_queue")), (8, ("gil", "run_queue"))):
        config = RunConfig("thread_pool", "count_primes", threads, None, SKIPPED_S + SECONDS, params={"limit": 60_000})
        due = (threads - 1) / threads
        found = tuple(share(config, kinds) for _ in range(rounds))
        bare = median(waits(threads, LOOK_S) for _ in range(rounds))
        yield Figure(
            f"waiting for the {' or a core'.join(['GIL', ''][: len(kinds)])}, {threads} threads: points off", "%",
            tuple(abs(each - due) * 100 for each in found), LIMIT, ours=f"{median(found):.1%}", theirs=f"{due:.1%}",
            peer=f"(T - 1) / T, by arithmetic; a bare script's threads, beside a process that wakes as often as ours: {bare:.1%}",
        )  # fmt: skip
    config = RunConfig("process_pool", "count_primes", 2, None, 1.5, params={"limit": 60_000})
    found = tuple(share(config, ("gil",), 0.3) for _ in range(rounds))
    yield Figure(
        "waiting for the GIL, 2 processes: points off", "%", tuple(each * 100 for each in found), LIMIT, ours=f"{median(found):.1%}",
        theirs="0", peer="none is shared",
    )  # fmt: skip


def share(config: RunConfig, kinds: tuple[str, ...], skipped_s: float = SKIPPED_S) -> float:
    """Of the wall time, while everybody had something to do."""
    store = run(config, period_s=LOOK_S)
    assert store.clock_start_ns is not None
    assert config.seconds is not None
    start = store.clock_start_ns + round(skipped_s * 1e9)
    end = store.clock_start_ns + round(config.seconds * 1e9)
    return float(Accounts(store).of_run(start, end).share(*kinds))
