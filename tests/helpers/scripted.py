"""Runs that never happened: batches as the reader would hand them over, always the same, for charts, panels and the bridge.

Every function yields batches in order; feed them to `RunStore.apply`. Tasks end at even distances, so that a rate is known.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from workers.contract.batch import (
    Batch,
    Counts,
    Identity,
    LaneInfo,
    Mark,
    ProcessEvent,
    ProcessSample,
    RunEnded,
    RunStarted,
    Spans,
    TextLine,
    ThreadSample,
)
from workers.contract.config import RunConfig
from workers.contract.info import PythonInfo
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

START_NS = 5_000_000_000_000
"""When the clock of a scripted run starts, on the machine's clock."""
STARTUP_NS = 200_000_000
HOST_PID = 12041
PYTHON = PythonInfo("/usr/bin/python3", "3.11.9", "cpython", True, ("fork", "spawn", "forkserver"), 64)


@dataclass
class Thing:
    """A process or thread of a scripted run."""

    pid: int
    tid: int
    role: str
    share: float
    """CPU share of one core."""
    queue: float | None = 0.0
    """Share of the time that it waited for a core; None where not known."""
    name: str = ""
    ppid: int = HOST_PID
    born_ns: int = START_NS - STARTUP_NS
    ended_ns: int | None = None
    exit_code: int | None = None
    lane: int | None = None
    wave: float = 0.0
    """How much the share swings, from 0 to 1, each thing in its own time."""

    def alive(self, t_ns: int) -> bool:
        return self.born_ns <= t_ns and (self.ended_ns is None or t_ns < self.ended_ns)

    def cpu_s(self, t_ns: int) -> float:
        t = max(0, min(t_ns, self.ended_ns or t_ns) - self.born_ns) / 1e9
        pace = 0.4 + self.tid * 7 % 11 / 4
        return self.share * (t + self.wave * (1 - math.cos(pace * t)) / pace)

    def queue_s(self, t_ns: int) -> float | None:
        return None if self.queue is None else max(0, t_ns - self.born_ns) / 1e9 * self.queue


def applied(batches: Iterable[Batch], store: RunStore | None = None) -> RunStore:
    """A store that has taken in all of them."""
    store = store or RunStore()
    for batch in batches:
        store.apply(batch)
    return store


def starting(config: RunConfig, asked_ns: int = START_NS - STARTUP_NS) -> Batch:
    """The first batch of a run."""
    return Batch(asked_ns, RunPhase.STARTING, Counts(), started=RunStarted(config, PYTHON, asked_ns))


def spans(
    lanes: list[int], starts: list[int], ends: list[int], failed: list[bool] | None = None, first: int = 0
) -> Spans:
    """Spans of tasks."""
    n = len(ends)
    return Spans(
        np.asarray(lanes, np.int32),
        np.full(n, SpanKind.TASK, np.uint8),
        np.asarray(failed or [False] * n, bool),
        np.arange(first, first + n, dtype=np.int64),
        np.asarray(starts, np.int64),
        np.asarray(ends, np.int64),
        np.zeros(n, np.int64),
    )


def process_sample(thing: Thing, t_ns: int, threads: int = 1, rss: int | None = 12 << 20) -> ProcessSample:
    """What the sampler would say of a process."""
    return ProcessSample(
        Identity("here", thing.pid, 1000.0 + thing.pid / 10),
        t_ns,
        thing.ppid,
        thing.role,
        "running" if thing.share > 0.5 else "sleeping",
        threads,
        thing.cpu_s(t_ns),
        rss=rss,
        switches=int((t_ns - thing.born_ns) / 5e6),
        run_queue_s=thing.queue_s(t_ns),
    )


def thread_sample(thing: Thing, t_ns: int, role: str) -> ThreadSample:
    """What the sampler would say of a thread."""
    return ThreadSample(
        thing.pid,
        thing.tid,
        t_ns,
        thing.name,
        role,
        "running" if thing.share > 0.2 else "sleeping",
        thing.cpu_s(t_ns),
        thing.queue_s(t_ns),
        int((t_ns - thing.born_ns) / 5e6),
    )


class _Run:
    """Turns things and tasks into batches, tick by tick."""

    def __init__(self, config: RunConfig, seconds: float, tick_s: float) -> None:
        self.config = config
        self.processes: list[Thing] = []
        self.threads: list[Thing] = []
        self.ends: list[tuple[int, int, int, bool]] = []
        """(end, start, lane, failed) of every task, in order of their ends."""
        self.texts: list[TextLine] = []
        self.marks: list[Mark] = []
        self.end_ns = START_NS + round(seconds * 1e9)
        self.tick_ns = round(tick_s * 1e9)
        self.lanes: list[LaneInfo] = []
        self.failed_phase = False

    def lane(self, thing: Thing, role: str = "worker") -> int:
        thing.lane = len(self.lanes)
        self.lanes.append(
            LaneInfo(thing.lane, "here", thing.pid, thing.tid, thing.ppid, thing.name, role, thing.born_ns)
        )
        return thing.lane

    def batches(self, end: bool) -> Iterator[Batch]:
        yield starting(self.config)
        self.texts.sort(key=lambda text: text.t_ns)
        done = failed = given = said = marked = told = 0
        known: set[int] = set()
        gone: set[int] = set()
        sampled_ns = 0
        t_ns = START_NS - STARTUP_NS
        while t_ns < self.end_ns:
            t_ns = min(t_ns + self.tick_ns, self.end_ns)
            events = []
            for i, thing in enumerate(self.processes):
                if i not in known and thing.born_ns <= t_ns:
                    known.add(i)
                    events.append(ProcessEvent(thing.pid, thing.born_ns, "born", thing.role))
                if i in known and i not in gone and thing.ended_ns is not None and thing.ended_ns <= t_ns:
                    gone.add(i)
                    events.append(ProcessEvent(thing.pid, thing.ended_ns, "exited", thing.role, thing.exit_code))
            new = [lane for lane in self.lanes[told:] if lane.started_ns <= t_ns]
            told += len(new)
            first = given
            while given < len(self.ends) and self.ends[given][0] <= t_ns:
                given += 1
            block = self.ends[first:given]
            failed += sum(item[3] for item in block)
            done += sum(not item[3] for item in block)
            processes: tuple[ProcessSample, ...] = ()
            threads: tuple[ThreadSample, ...] = ()
            if t_ns - sampled_ns >= 100_000_000 or t_ns == self.end_ns:
                sampled_ns = t_ns
                alive = [thing for thing in self.processes if thing.alive(t_ns)]
                living = [thing for thing in self.threads if thing.alive(t_ns)]
                count = {thing.pid: 0 for thing in alive}
                for thing in living:
                    count[thing.pid] = count.get(thing.pid, 0) + 1
                processes = tuple(process_sample(thing, t_ns, max(1, count[thing.pid])) for thing in alive)
                threads = tuple(thread_sample(thing, t_ns, _thread_role(thing)) for thing in living)
            texts, marks = self.texts[said:], self.marks[marked:]
            texts = [text for text in texts if text.t_ns <= t_ns]
            marks = [mark for mark in marks if mark.t_ns <= t_ns]
            said, marked = said + len(texts), marked + len(marks)
            running = t_ns >= START_NS
            yield Batch(
                t_ns,
                RunPhase.RUNNING if running else RunPhase.WARMING,
                Counts(submitted=given, done=done, failed=failed, active=self.config.workers),
                clock_start_ns=START_NS if running else None,
                lanes=tuple(new),
                processes=processes,
                threads=threads,
                spans=spans(
                    [b[2] for b in block], [b[1] for b in block], [b[0] for b in block], [b[3] for b in block], first
                )
                if block
                else None,
                events=tuple(events),
                texts=tuple(texts),
                marks=tuple(marks),
                own_cpu_share=0.004,
            )
        if end:
            counts = Counts(submitted=given, done=done, failed=failed)
            ending = RunEnded(RunPhase.FINISHED, self.end_ns, None, False)
            # Who is still there when a run ends is ended by it.
            exits = tuple(
                ProcessEvent(thing.pid, self.end_ns, "exited", thing.role, 0)
                for i, thing in enumerate(self.processes)
                if i in known and i not in gone
            )
            yield Batch(t_ns, RunPhase.FINISHED, counts, clock_start_ns=START_NS, events=exits, ended=ending)


def _thread_role(thing: Thing) -> str:
    return "main" if thing.tid == thing.pid else "worker" if thing.lane is not None else "helper"


def thread_pool_run(
    seconds: float = 3.0,
    threads: int = 4,
    per_second: float = 100.0,
    failed_every: int = 0,
    tick_s: float = 0.1,
    end: bool = True,
    seed: int = 1,
    wave: float = 0.0,
) -> Iterator[Batch]:
    """Threads of one process that share the GIL: one core's worth of CPU among them."""
    run = _Run(
        RunConfig("thread_pool", "count_primes", threads, round(seconds * per_second), seed=seed), seconds, tick_s
    )
    rng = np.random.default_rng(seed)
    host = Thing(HOST_PID, HOST_PID, "host", 0.97, 0.02, "MainThread", ppid=900)
    run.processes.append(host)
    run.threads.append(replace(host, share=0.03))
    run.lane(run.threads[0], "main")
    run.threads.append(Thing(HOST_PID, HOST_PID + 1, "host", 0.01, 0.0, "control"))
    workers = [
        Thing(HOST_PID, HOST_PID + 2 + i, "host", 0.94 / threads, 0.04, f"worker {i}", wave=wave)
        for i in range(threads)
    ]
    for thing in workers:
        run.lane(thing)
    run.threads += workers
    _even_tasks(run, workers, per_second, failed_every)
    for i in range(int(seconds * 2)):
        at = START_NS + i * 500_000_000
        run.texts.append(
            TextLine(at, HOST_PID, workers[i % threads].tid, "stdout", f"block {i}: {rng.integers(10, 99)} primes\n")
        )
    run.marks.append(Mark("workers", HOST_PID, START_NS + round(seconds * 0.5e9), f"{threads} workers"))
    return run.batches(end)


def process_pool_run(
    seconds: float = 3.0,
    processes: int = 2,
    per_second: float = 200.0,
    failed_every: int = 0,
    tick_s: float = 0.1,
    end: bool = True,
    start_method: str = "fork",
    wave: float = 0.0,
) -> Iterator[Batch]:
    """A pool of processes; with forkserver the workers are children of that helper process."""
    config = RunConfig(
        "process_pool", "count_primes", processes, round(seconds * per_second), options={"start_method": start_method}
    )
    run = _Run(config, seconds, tick_s)
    host = Thing(HOST_PID, HOST_PID, "host", 0.06, 0.01, "MainThread", ppid=900)
    run.processes.append(host)
    run.threads.append(host)
    run.lane(host, "main")
    parent = HOST_PID
    if start_method == "forkserver":
        run.processes.append(Thing(HOST_PID + 1, HOST_PID + 1, "resource_tracker", 0.0))
        run.processes.append(Thing(HOST_PID + 2, HOST_PID + 2, "forkserver", 0.0))
        parent = HOST_PID + 2
    born = START_NS - STARTUP_NS // 2
    workers = [
        Thing(HOST_PID + 3 + i, HOST_PID + 3 + i, "worker", 0.95, 0.03, "MainThread", parent, born)
        for i in range(processes)
    ]
    for thing in workers:
        thing.wave = wave
        run.lane(thing)
    run.processes += workers
    run.threads += workers
    _even_tasks(run, workers, per_second, failed_every)
    return run.batches(end)


def process_per_task_run(
    count: int = 3000,
    seconds: float = 6.0,
    life_s: float = 0.03,
    tick_s: float = 0.1,
    end: bool = True,
    killed_every: int = 0,
) -> Iterator[Batch]:
    """A process for each task: most are gone before anybody could sample them."""
    run = _Run(RunConfig("process_per_task", "count_primes", 2, count), seconds, tick_s)
    host = Thing(HOST_PID, HOST_PID, "host", 0.3, 0.02, "MainThread", ppid=900)
    run.processes.append(host)
    run.lane(host, "main")
    gap, life = round(seconds * 1e9 / count), round(life_s * 1e9)
    for i in range(count):
        born = START_NS + i * gap
        ended = min(born + life, run.end_ns)
        code = -9 if killed_every and i % killed_every == killed_every - 1 else 0
        thing = Thing(
            HOST_PID + 1 + i, HOST_PID + 1 + i, "worker", 0.9, 0.05, "MainThread", HOST_PID, born, ended, code
        )
        run.processes.append(thing)
        run.lane(thing)
        if code == 0:
            run.ends.append((ended, born, thing.lane or 0, False))
    return run.batches(end)


def _even_tasks(run: _Run, workers: list[Thing], per_second: float, failed_every: int) -> None:
    gap = 1e9 / per_second
    i = 0
    while True:
        i += 1
        end = START_NS + round(i * gap)
        if end > run.end_ns:
            return
        worker = workers[i % len(workers)]
        failed = bool(failed_every) and i % failed_every == 0
        run.ends.append((end, max(START_NS, end - round(gap * len(workers))), worker.lane or 0, failed))
        if failed:
            text = 'Traceback (most recent call last):\n  File "task.py", line 7, in run\n    raise ValueError(n)\nValueError: 7\n'
            run.texts.append(TextLine(end, worker.pid, worker.tid, "failure", text))
