"""RunStore: everything known about one run, as columns and rows. Fed with batches; read by charts and the summary."""

from collections import deque
from dataclasses import replace

import numpy as np

from workers.contract.batch import (
    Batch,
    Counts,
    LaneInfo,
    Mark,
    Picture,
    RaceFilm,
    RunEnded,
    RunStarted,
    Spans,
    Stack,
    TextLine,
)
from workers.contract.ending import StopStep
from workers.contract.memory import RunMemory
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.contract.waits import Standstill, WaitGraph
from workers.insight.blocks import Blocks
from workers.insight.failures import Failures
from workers.insight.figures import Figures
from workers.insight.history import History
from workers.insight.processes import STOPPED, Processes
from workers.insight.rows import LaneRow, ProcessRow, ThreadRow
from workers.insight.sound import sound
from workers.insight.throughput import Throughput

__all__ = [
    "FILM_LIMIT",
    "MARK_LIMIT",
    "STOPPED",
    "TEXT_CHARS",
    "TEXT_LIMIT",
    "LaneRow",
    "ProcessRow",
    "RunStore",
    "ThreadRow",
]

TEXT_LIMIT = 10_000
TEXT_CHARS = 16 << 20
"""Of all lines together: beyond that the oldest go."""
MARK_LIMIT = 2_000
FILM_LIMIT = 30
WORKS_SHARE = 0.25
"""A process that uses this much of a core works. What it takes to dump stacks is far below that, over a tenth of a second."""

_SPAN_TYPES = {"lane": "i4", "kind": "u1", "failed": "?", "task": "i8", "start": "i8", "end": "i8", "queued_us": "i8"}
ENDS = ("finished", "stopped", "deadlock", "standstill", "failed")
"""How a run can end."""


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
        self._processes = Processes()
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

    @property
    def processes(self) -> dict[int, ProcessRow]:
        """The living and ended processes by PID; a PID used again replaces the ended one, which moves to `past`."""
        return self._processes.rows

    @property
    def past(self) -> deque[ProcessRow]:
        """Those that have ended and whose PID another has got since, the last ones."""
        return self._processes.past

    @property
    def past_forgotten(self) -> int:
        """How many more there were."""
        return self._processes.forgotten

    def all_processes(self) -> list[ProcessRow]:
        """Every process of the run that is still remembered, in order of birth."""
        return self._processes.all()

    @property
    def stalled(self) -> list[ProcessRow]:
        """The processes that stand still at present, in order of birth."""
        return self._processes.stalled

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
            self._processes.event(event)
        for lane in batch.lanes:
            self._lane(lane, batch.clock_start_ns)
        for process in batch.processes:
            self._processes.sample(process)
        self._processes.threads(batch.threads, {sample.identity.pid for sample in batch.processes})
        if self.clock_start_ns is None and batch.clock_start_ns is not None:
            self.clock_start_ns = batch.clock_start_ns
            self._processes.start_clock(batch.clock_start_ns)
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
            self._processes.end(batch.ended.ended_ns)
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

    def _lane(self, info: LaneInfo, clock_start_ns: int | None) -> None:
        while len(self.lanes) <= info.number:
            self.lanes.append(LaneRow(replace(info, recorded=0, delivered=0, dropped=0)))
        before, self.lanes[info.number].info = self.lanes[info.number].info, info
        self.lanes[info.number].worked |= info.task >= 0
        # Kept as sums: a thread per task makes too many lanes to add up for every picture.
        self._events[0] += info.recorded - before.recorded
        self._events[1] += info.delivered - before.delivered
        self._events[2] += info.dropped - before.dropped
        row = self._processes.row(info.pid, "host" if info.role == "main" else "worker")
        row.host, row.ppid = info.host, info.ppid or row.ppid
        row.started_ns = row.started_ns or info.started_ns
        row.cpu_s = max(row.cpu_s, info.process_cpu_ns / 1e9)
        if info.ready_cpu_ns and (clock_start_ns is None or info.started_ns < clock_start_ns):
            # Exact, where the sampler's last look may have been a tenth of a second before.
            row.cpu_at_clock_s, row.knows_clock = info.ready_cpu_ns / 1e9, True

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
