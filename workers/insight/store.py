"""RunStore: everything known about one run, as columns and rows. Fed with batches; read by charts and the summary."""

from collections import deque
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from workers.contract.batch import (
    Batch,
    Counts,
    LaneInfo,
    Mark,
    Picture,
    ProcessEvent,
    ProcessSample,
    RaceFilm,
    RunEnded,
    RunStarted,
    Spans,
    Stack,
    TextLine,
    ThreadSample,
)
from workers.contract.ending import StopStep
from workers.contract.memory import RunMemory
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.contract.waits import Standstill, WaitGraph
from workers.insight.blocks import Blocks
from workers.insight.columns import Columns
from workers.insight.failures import Failures
from workers.insight.figures import Figures
from workers.insight.history import History
from workers.insight.sound import sound
from workers.insight.throughput import Throughput

TEXT_LIMIT = 10_000
TEXT_CHARS = 16 << 20
"""Of all lines together: beyond that the oldest go."""
MARK_LIMIT = 2_000
FILM_LIMIT = 30
ENDED_PROCESS_LIMIT = 10_000
HISTORY_LIMIT = 36_000
"""Samples kept per process or thread: one hour at 10 Hz."""

STOPPED = "stopped"
"""What the sampler calls the state of a process that a signal has stopped, and why it is said to stand still."""
WORKS_SHARE = 0.25
"""A process that uses this much of a core works. What it takes to dump stacks is far below that, over a tenth of a second."""

_SPAN_TYPES = {"lane": "i4", "kind": "u1", "failed": "?", "task": "i8", "start": "i8", "end": "i8", "queued_us": "i8"}
ENDS = ("finished", "stopped", "deadlock", "standstill", "failed")
"""How a run can end."""
_HISTORY_TYPES = {"t": "i8", "cpu": "f4", "run_queue": "f4"}


def _history() -> Columns:
    return Columns(_HISTORY_TYPES, HISTORY_LIMIT)


@dataclass
class ThreadRow:
    """One thread: its latest sample and its history."""

    sample: ThreadSample
    cpu_share: float = 0.0
    ended: bool = False
    history: Columns = field(default_factory=_history)
    """t (ns), cpu (share of one core since the sample before), run_queue (likewise; NaN where not known)."""


@dataclass
class ProcessRow:
    """One process: its latest sample, its exact birth and end, its tasks and its history."""

    pid: int
    role: str
    host: str = ""
    ppid: int = 0
    create_time: float = 0.0
    started_ns: int | None = None
    ended_ns: int | None = None
    exit_code: int | None = None
    tasks: int = 0
    sample: ProcessSample | None = None
    cpu_share: float = 0.0
    cpu_s: float = 0.0
    cpu_at_clock_s: float = 0.0
    """CPU time that it had used when the clock started."""
    knows_clock: bool = False
    """Whether it said itself what it had used by then."""
    clock_start_ns: int | None = None
    stalled: str = ""
    """Why it is said to stand still: "stopped" (by a signal, until SIGCONT) or "silent" (no heartbeat); empty while it goes on."""
    threads: dict[int, ThreadRow] = field(default_factory=dict)
    history: Columns = field(default_factory=_history)

    @property
    def mean_share(self) -> float | None:
        """CPU share of one core from the start of the clock, or its birth if that was later, to its end; None before its end."""
        if self.ended_ns is None or self.started_ns is None:
            return None
        life = self.ended_ns - max(self.started_ns, self.clock_start_ns or self.started_ns)
        used = self.cpu_s - self.cpu_at_clock_s
        return used * 1e9 / life if life > 0 and (self.cpu_s > 0 or self.sample is not None) else None

    @property
    def ended(self) -> bool:
        """Whether it is known to be gone."""
        return self.ended_ns is not None


@dataclass
class LaneRow:
    """One lane with the sums of its spans."""

    info: LaneInfo
    tasks: int = 0
    busy_ns: int = 0
    worked: bool = False
    """Whether a task was ever seen in its hands, ended or not."""


class RunStore:
    """One run. `apply` is the only way in; `revision` changes with each batch that brought something."""

    def __init__(self, history: History | None = None) -> None:
        """`history`: how many spans are kept; it may be changed at any time."""
        self.revision = 0
        self._history = history or History()
        self._clear()

    def _clear(self) -> None:
        self.started: RunStarted | None = None
        self.ended: RunEnded | None = None
        self.stop_step: StopStep | None = None
        """The last step of Stop that was taken."""
        self.phase = RunPhase.IDLE
        self.counts = Counts()
        self.clock_start_ns: int | None = None
        self.now_ns = 0
        self.own_cpu_share = 0.0
        self.lanes: list[LaneRow] = []
        self.processes: dict[int, ProcessRow] = {}
        """The living and ended processes by PID; a PID used again replaces the ended one, which moves to `past`."""
        self.past: deque[ProcessRow] = deque(maxlen=ENDED_PROCESS_LIMIT)
        self.past_forgotten = 0
        self.spans = Blocks(_SPAN_TYPES, self._history.stored, self._before_drop)
        self.detail_from_ns: int | None = None
        """All spans that ended after this instant are kept; None where all are."""
        self.throughput = Throughput()
        self.texts: deque[TextLine] = deque(maxlen=TEXT_LIMIT)
        self.texts_seen = 0
        self._text_chars = 0
        self.failures = Failures()
        """The errors of failed tasks, counted."""
        self.marks: deque[Mark] = deque(maxlen=MARK_LIMIT)
        self.marks_seen = 0
        self.films: tuple[RaceFilm, ...] = ()
        """The first FILM_LIMIT lost updates that were recorded step by step."""
        self.picture: Picture | None = None
        """What the tasks have painted; None where they do not paint."""
        self.deadlock = ""
        """Who waits for whom for ever, in words; empty where no deadlock was found."""
        self.broken = False
        """Whether a wait was broken off since that was found."""
        self.stacks: dict[tuple[int, int, str], Stack] = {}
        """Where those in a deadlock or a standstill stood when they were last asked, by (PID, thread, name)."""
        self.waits = WaitGraph()
        """Who waits for what now; its `t_ns` is 0 as long as nothing of it has come."""
        self.deadlock_graph: WaitGraph | None = None
        """The waits when a deadlock was last seen: at the end of a run those in it are ended, and nobody waits any more."""
        self.standstill: Standstill | None = None
        """That nothing has progressed for a while; None again as soon as something does."""
        self.stood: Standstill | None = None
        """The one that the run was in when it was stopped, or that stands now: what Stop set free afterwards was no progress."""
        self.figures: Figures | None = None
        """Times, latencies, waits and the queue's depth, added up; None before anything has run."""
        self.lock_names: dict[int, str] = {}
        """What the locks are called that were waited for, by number."""
        self.semaphores: set[int] = set()
        """Which of them are semaphores: who has their permits is not recorded."""
        self._machine: tuple[tuple[int, float], tuple[int, float]] | None = None
        """(t_ns, seconds that the cores were busy) at the start of the clock or soon after, and at the last look."""
        self.memory: RunMemory | None = None
        """What the processes of the run have together, at the last look; None before."""
        self.memory_peak = 0
        """The most that was seen, in bytes."""
        self.pauses = 0
        """How often no new tasks were handed out because of memory."""
        self._early: list[Spans] = []
        self._events = [0, 0, 0]

    @property
    def history(self) -> History:
        """How many spans are kept, one by one. Sums, accounts, latencies and counts are of all that came."""
        return self._history

    @history.setter
    def history(self, history: History) -> None:
        self._history = history
        self.spans.limit = history.stored

    # ---- figures -------------------------------------------------------------------------------------------------
    @property
    def elapsed_s(self) -> float:
        """Seconds since the start of the clock; 0.0 before it, fixed once the run ended."""
        if self.clock_start_ns is None:
            return 0.0
        end = self.ended.ended_ns if self.ended else self.now_ns
        return max(0.0, (end - self.clock_start_ns) / 1e9)

    @property
    def machine_cores(self) -> float | None:
        """How many of the cores that the run may use were busy, with whatever it was, on average since the start of the clock.

        None where the system does not tell, or nobody has looked twice.
        """
        if self._machine is None or self._machine[1][0] <= self._machine[0][0]:
            return None
        (first_ns, first_s), (last_ns, last_s) = self._machine
        return max(0.0, (last_s - first_s) / ((last_ns - first_ns) / 1e9))

    @property
    def startup_s(self) -> float | None:
        """Seconds from the request to every worker being ready; None before."""
        if self.clock_start_ns is None or self.started is None:
            return None
        return (self.clock_start_ns - self.started.asked_ns) / 1e9

    @property
    def recorded(self) -> int:
        """Events the lanes wrote or had to drop."""
        return self._events[0]

    @property
    def delivered(self) -> int:
        """Events that arrived."""
        return self._events[1]

    @property
    def dropped(self) -> int:
        """Events that found their ring full."""
        return self._events[2]

    @property
    def checksum(self) -> int | None:
        """Sum of the checksums of all results, modulo 2**62: the same for every model.

        None where no task was done, where tasks were lost (what they came to before that is not known), and where a result has none.
        """
        known = self.counts.done and not self.counts.lost and all(row.info.checksum >= 0 for row in self.lanes)
        return sum(row.info.checksum for row in self.lanes) % 2**62 if known else None

    @property
    def ended_by(self) -> str:
        """One of ENDS once the run is over, else nothing. Who stopped a deadlock did not stop the run: it did not go on any more."""
        if self.ended is None:
            return ""
        if self.phase is RunPhase.FAILED:
            return "failed"
        if self.ended.stopped and self.deadlock and not self.broken:
            return "deadlock"
        if self.ended.stopped and self.stood is not None:
            return "standstill"
        return "stopped" if self.ended.stopped else "finished"

    @property
    def gil(self) -> bool | None:
        """Whether the GIL is on where the tasks run, as the workers see it themselves; None as long as none has looked."""
        seen = [row.info.gil for row in self.lanes if row.info.gil is not None]
        return any(seen) if seen else None

    def all_processes(self) -> list[ProcessRow]:
        """Every process of the run that is still remembered, in order of birth."""
        rows = [*self.past, *self.processes.values()]
        return sorted(rows, key=lambda row: (row.role != "host", row.started_ns or 0, row.pid))

    @property
    def stalled(self) -> list[ProcessRow]:
        """The processes that stand still at present, in order of birth."""
        found = (row for row in self.processes.values() if row.stalled and not row.ended)
        return sorted(found, key=lambda row: (row.started_ns or 0, row.pid))

    # ---- the way in ----------------------------------------------------------------------------------------------
    def apply(self, batch: Batch) -> None:
        """Take in a batch. One that starts a run clears what was there."""
        started = batch.started or self.started
        batch = sound(batch, started.asked_ns if started is not None else batch.t_ns)
        if batch.started is not None:
            self._clear()
            self.started = batch.started
            self.figures = Figures(batch.started.asked_ns)
        if batch.standstill is not None:
            self.standstill = self.stood = batch.standstill
        elif self.stood is not None:
            progressed = self._progressed(batch)
            self.standstill = None if progressed or batch.ended is not None else self.standstill
            self.stood = None if progressed and batch.phase is RunPhase.RUNNING else self.stood
        self.now_ns = batch.t_ns
        self.phase = batch.phase
        self.counts = batch.counts
        self.own_cpu_share = batch.own_cpu_share
        for event in batch.events:
            self._event(event)
        for lane in batch.lanes:
            self._lane(lane, batch.clock_start_ns)
        for process in batch.processes:
            self._process(process)
        self._threads(batch.threads, {sample.identity.pid for sample in batch.processes})
        if self.clock_start_ns is None and batch.clock_start_ns is not None:
            self.clock_start_ns = batch.clock_start_ns
            for row in self.processes.values():
                row.clock_start_ns = self.clock_start_ns
                if not row.knows_clock:
                    row.cpu_at_clock_s = row.cpu_s
        if batch.machine_busy_s is not None and self.clock_start_ns is not None and batch.ended is None:
            look = batch.t_ns, batch.machine_busy_s
            self._machine = (self._machine[0] if self._machine else look), look
        new = [batch.spans] if batch.spans is not None and len(batch.spans.task) else []
        if self.clock_start_ns is None:
            # Spans and the host's word that the clock runs come by different ways: what is early waits.
            self._early += new
        else:
            early, self._early = self._early, []
            self._spans([*early, *new])
        if batch.memory is not None:
            self.pauses += batch.memory.held and not (self.memory is not None and self.memory.held)
            self.memory, self.memory_peak = batch.memory, max(self.memory_peak, batch.memory.used)
        self._texts(batch.texts)
        self.texts_seen += len(batch.texts)
        for text in batch.texts:
            if text.stream == "failure":
                self.failures.add(text.text)
        self.marks.extend(batch.marks)
        self.marks_seen += len(batch.marks)
        self.films += batch.films[: FILM_LIMIT - len(self.films)]
        for mark in batch.marks:
            if mark.kind == "deadlock":
                self.deadlock, self.broken = mark.text, False
            elif mark.kind == "broken":
                self.broken = True
            elif mark.kind in ("stalled", "thawed") and mark.pid in self.processes:
                row = self.processes[mark.pid]
                row.stalled = (row.stalled or "silent") if mark.kind == "stalled" else ""
        if batch.waits is not None:
            self.waits = batch.waits
            self.deadlock_graph = batch.waits if batch.waits.stuck else self.deadlock_graph
        for stack in batch.stacks:
            self.stacks[stack.pid, stack.ident, stack.name] = stack
        self.picture = batch.picture or self.picture
        self.stop_step = batch.stop_step or self.stop_step
        if batch.ended is not None:
            self.ended = batch.ended
            for row in self.processes.values():
                row.ended_ns = row.ended_ns or batch.ended.ended_ns
                row.cpu_share = 0.0
        self.lock_names.update(batch.lock_names)
        self.semaphores |= batch.semaphores
        if self.figures is not None:
            self.figures.take(batch, self)
        self.revision += 1

    def _progressed(self, batch: Batch) -> bool:
        """Whether something goes on again. Stacks that were asked for come as stderr, and dumping them takes some CPU."""
        ended = batch.counts.done + batch.counts.failed > self.counts.done + self.counts.failed
        printed = any(line.stream == "stdout" for line in batch.texts)
        return (
            ended or printed or any(row.cpu_share >= WORKS_SHARE and not row.ended for row in self.processes.values())
        )

    def _row(self, pid: int, role: str) -> ProcessRow:
        row = self.processes.get(pid)
        if row is None:
            row = self.processes[pid] = ProcessRow(pid, role, clock_start_ns=self.clock_start_ns)
            self._trim()
        return row

    def _trim(self) -> None:
        # A process per task makes thousands: the ended ones beyond the limit are forgotten, oldest first, and counted.
        if len(self.processes) > ENDED_PROCESS_LIMIT:
            ended = [pid for pid, row in self.processes.items() if row.ended][: ENDED_PROCESS_LIMIT // 4]
            for pid in ended:
                del self.processes[pid]
            self.past_forgotten += len(ended)

    def _retire(self, pid: int) -> None:
        if len(self.past) == self.past.maxlen:
            self.past_forgotten += 1
        self.past.append(self.processes.pop(pid))

    def _event(self, event: ProcessEvent) -> None:
        if event.kind == "born":
            old = self.processes.get(event.pid)
            if old is not None and old.ended:
                self._retire(event.pid)
            row = self._row(event.pid, event.role)
            row.started_ns, row.role = event.t_ns, event.role
        else:
            row = self._row(event.pid, event.role)
            row.ended_ns, row.exit_code = event.t_ns, event.exit_code
            row.cpu_share = 0.0

    def _lane(self, info: LaneInfo, clock_start_ns: int | None) -> None:
        while len(self.lanes) <= info.number:
            self.lanes.append(LaneRow(replace(info, recorded=0, delivered=0, dropped=0)))
        before, self.lanes[info.number].info = self.lanes[info.number].info, info
        self.lanes[info.number].worked |= info.task >= 0
        # Kept as sums: a thread per task makes too many lanes to add up for every picture.
        self._events[0] += info.recorded - before.recorded
        self._events[1] += info.delivered - before.delivered
        self._events[2] += info.dropped - before.dropped
        row = self._row(info.pid, "host" if info.role == "main" else "worker")
        row.host, row.ppid = info.host, info.ppid or row.ppid
        row.started_ns = row.started_ns or info.started_ns
        row.cpu_s = max(row.cpu_s, info.process_cpu_ns / 1e9)
        if info.ready_cpu_ns and (clock_start_ns is None or info.started_ns < clock_start_ns):
            # Exact, where the sampler's last look may have been a tenth of a second before.
            row.cpu_at_clock_s, row.knows_clock = info.ready_cpu_ns / 1e9, True

    def _process(self, sample: ProcessSample) -> None:
        identity = sample.identity
        old = self.processes.get(identity.pid)
        if old is not None and old.create_time and old.create_time != identity.create_time:
            self._retire(identity.pid)
        row = self._row(identity.pid, sample.role)
        row.role, row.ppid, row.host, row.create_time = sample.role, sample.ppid, identity.host, identity.create_time
        if row.started_ns is None:
            row.started_ns = sample.t_ns
        if row.sample is not None and sample.t_ns > row.sample.t_ns:
            wall = (sample.t_ns - row.sample.t_ns) / 1e9
            row.cpu_share = max(0.0, sample.cpu_s - row.sample.cpu_s) / wall
            queue = _difference(sample.run_queue_s, row.sample.run_queue_s, wall)
            _append(row.history, sample.t_ns, row.cpu_share, queue)
        if sample.state == STOPPED:
            row.stalled = STOPPED
        elif row.stalled == STOPPED:
            row.stalled = ""
        row.sample = sample
        row.cpu_s = max(row.cpu_s, sample.cpu_s)

    def _threads(self, samples: tuple[ThreadSample, ...], sampled: set[int]) -> None:
        seen: dict[int, set[int]] = {pid: set() for pid in sampled}
        for sample in samples:
            process = self.processes.get(sample.pid)
            if process is None:
                continue
            seen.setdefault(sample.pid, set()).add(sample.tid)
            row = process.threads.get(sample.tid)
            if row is None:
                process.threads[sample.tid] = ThreadRow(sample)
                continue
            if sample.t_ns > row.sample.t_ns:
                wall = (sample.t_ns - row.sample.t_ns) / 1e9
                row.cpu_share = max(0.0, sample.cpu_s - row.sample.cpu_s) / wall
                queue = _difference(sample.run_queue_s, row.sample.run_queue_s, wall)
                _append(row.history, sample.t_ns, row.cpu_share, queue)
            row.sample = sample
        for pid, tids in seen.items():
            process = self.processes.get(pid)
            if process is not None:
                gone = [tid for tid in process.threads if tid not in tids]
                for tid in gone:
                    process.threads[tid].ended = True
                # A thread per task makes thousands: keep the ended ones of the last moments only.
                for tid in gone[: max(0, len(gone) - 256)]:
                    del process.threads[tid]

    def _texts(self, texts: tuple[TextLine, ...]) -> None:
        """Keep the last lines, as many as there is room for."""
        kept = self.texts
        for line in texts:
            if len(kept) == TEXT_LIMIT:
                self._text_chars -= len(kept.popleft().text)
            kept.append(line)
            self._text_chars += len(line.text)
        while self._text_chars > TEXT_CHARS and len(kept) > 1:
            self._text_chars -= len(kept.popleft().text)

    def _before_drop(self, row: int) -> None:
        """The spans before this row are about to go: whoever adds them up must have done so."""
        if self.figures is not None and self.figures.followed < row:
            self.figures.follow(self)
        (end,) = self.spans.part(("end",), 0, row - self.spans.forgotten)
        self.detail_from_ns = max(self.detail_from_ns or 0, int(end.max()))

    def _spans(self, blocks: list[Spans]) -> None:
        for block in blocks:
            self.spans.append(
                lane=block.lane,
                kind=block.kind,
                failed=block.failed,
                task=block.task,
                start=block.start,
                end=block.end,
                queued_us=block.queued_us,
            )
            for number in np.unique(block.lane[block.kind == SpanKind.CUT]).tolist():
                self.lanes[number].worked = True
            is_task = block.kind == SpanKind.TASK
            lane_numbers, start, end = block.lane[is_task], block.start[is_task], block.end[is_task]
            if not len(end):
                continue
            tasks = np.bincount(lane_numbers)
            busy = np.bincount(lane_numbers, end - start)
            for number in np.flatnonzero(tasks).tolist():
                lane = self.lanes[number]
                lane.tasks += int(tasks[number])
                lane.busy_ns += int(busy[number])
                process = self.processes.get(lane.info.pid)
                if process is not None:
                    process.tasks += int(tasks[number])
            self.throughput.add(end - self.clock_start_ns, block.failed[is_task])


def _difference(new: float | None, old: float | None, wall: float) -> float:
    return float("nan") if new is None or old is None else max(0.0, new - old) / wall


def _append(history: Columns, t_ns: int, cpu: float, run_queue: float) -> None:
    history.append(t=_one(t_ns, "i8"), cpu=_one(cpu, "f4"), run_queue=_one(run_queue, "f4"))


def _one(value: float, dtype: str) -> "NDArray[np.generic]":
    return np.array([value], dtype)
