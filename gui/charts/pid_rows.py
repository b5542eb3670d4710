"""Which processes and threads get a strip: a tree in order of birth; where not all fit, the living and most active."""

from dataclasses import dataclass

from gui.charts.strips import Samples
from workers.contract.batch import RunStarted
from workers.insight.store import LaneRow, ProcessRow, RunStore, ThreadRow

STAYS = 1.25
"""How much more CPU time another row must have used to take the place of one that is shown."""


@dataclass
class StripRow:
    """One strip: a process, or one worker thread of a process that has several."""

    process: ProcessRow
    thread: ThreadRow | None = None
    lane: LaneRow | None = None
    number: int = 0
    """Of the thread, in order of birth, from 1."""

    @property
    def key(self) -> str:
        """Its name in the chart's series."""
        return str(self.process.pid) if self.thread is None else f"{self.process.pid}/{self.thread.sample.tid}"

    def samples(self) -> Samples:
        """What is known of its shares. A process too short to be sampled has its CPU time, and so a mean over its life."""
        history = self.process.history if self.thread is None else self.thread.history
        process = self.process
        if (
            len(history)
            or self.thread is not None
            or process.started_ns is None
            or process.ended_ns is None
            or process.cpu_s <= 0
        ):
            return Samples.of(history)
        return Samples.of_life(process.started_ns, process.ended_ns, process.cpu_s)

    @property
    def tasks(self) -> int:
        """Tasks that ended on it."""
        return self.process.tasks if self.lane is None else self.lane.tasks

    @property
    def born_ns(self) -> int | None:
        """When it began."""
        return self.process.started_ns if self.lane is None else self.lane.info.started_ns

    @property
    def ended_ns(self) -> int | None:
        """When it ended; None while it lives."""
        if self.thread is None or self.lane is None:
            return self.process.ended_ns
        if self.lane.info.ended_ns is not None:
            return self.lane.info.ended_ns
        return self.thread.sample.t_ns if self.thread.ended else self.process.ended_ns

    def weight(self, shown: set[str], since_ns: int) -> tuple[bool, bool, bool, float]:
        """How much it deserves to be seen: the host, what has something to show since then, the living, by CPU time used."""
        host = self.thread is None and self.process.role == "host"
        sampled = len(self.process.history if self.thread is None else self.thread.history) > 0
        ended = self.ended_ns
        tells = (sampled or (ended is not None and self.process.cpu_s > 0)) and (ended is None or ended > since_ns)
        used = self.process.cpu_s if self.thread is None else self.thread.sample.cpu_s
        # Among equals those stay that are there: rows that change places all the time cannot be read.
        return host, tells, ended is None, used * (STAYS if self.key in shown else 1.0)


class RowFinder:
    """Finds the rows of a store. Lanes are looked at once each: a thread per task makes very many."""

    def __init__(self) -> None:
        self._run: RunStarted | None = None
        self._lanes_seen = 0
        self._worker_lanes: dict[int, dict[int, tuple[int, LaneRow]]] = {}
        """By PID and TID: the number of the thread in its process, and its lane."""
        self._numbers: dict[int, int] = {}
        self._shown: set[str] = set()

    def find(self, store: RunStore, capacity: int, since_ns: int = 0) -> tuple[list[StripRow], int]:
        """At most `capacity` rows in the order of a tree, and how many found no room. What ended before `since_ns` is out of sight."""
        if store.started is not self._run or len(store.lanes) < self._lanes_seen:
            self._run, self._lanes_seen, self._worker_lanes, self._shown = store.started, 0, {}, set()
            self._numbers = {}
        for lane in store.lanes[self._lanes_seen :]:
            if lane.info.role == "worker":
                # TIDs are used again: the number counts on.
                number = self._numbers[lane.info.pid] = self._numbers.get(lane.info.pid, 0) + 1
                self._worker_lanes.setdefault(lane.info.pid, {})[lane.info.tid] = (number, lane)
        self._lanes_seen = len(store.lanes)
        rows: list[StripRow] = []
        current = store.processes
        for process in store.all_processes():
            rows.append(StripRow(process))
            known = self._worker_lanes.get(process.pid, {})
            # A PID used again: the lanes belong to whoever has it now.
            if len(known) > 1 and current.get(process.pid) is process:
                # Of a thread per task most are gone before a second sample: such have nothing to show.
                found = [
                    (*known[tid], thread)
                    for tid, thread in process.threads.items()
                    if tid in known and len(thread.history)
                ]
                found.sort(key=lambda item: item[0])
                rows += [StripRow(process, thread, lane, number) for number, lane, thread in found]
        if len(rows) <= capacity:
            return rows, 0
        ranked = sorted(range(len(rows)), key=lambda i: rows[i].weight(self._shown, since_ns), reverse=True)
        kept = sorted(ranked[: max(capacity, 0)])
        self._shown = {rows[i].key for i in kept}
        return [rows[i] for i in kept], len(rows) - len(kept)
