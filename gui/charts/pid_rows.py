"""Which processes and threads get a strip, and in which order.

Lives that do not overlap share a row: with a process per task every place where one runs is a row, and not every process.
"""

import heapq

import numpy as np
from numpy.typing import NDArray

from gui.charts.pid_lives import LATE_NS, SETTLED_NS, Life, StripRow
from workers.contract.batch import RunStarted
from workers.insight.store import LaneRow, ProcessRow, RunStore

ALONE = frozenset({"host", "forkserver", "resource_tracker", "manager"})
"""Roles that share a row with nobody."""
MOST_LIVES = 40_000
"""Beyond this the rows are made anew from what the store remembers."""


class _Places:
    """Rows for lives of one sort: each goes where the life before it is over, else to a row of its own."""

    def __init__(self) -> None:
        self.rows: list[StripRow] = []
        self.young: list[Life] = []

    def place(self, new: list[Life], now_ns: int) -> None:
        """Take in `new` ones. Who lives or ended just now is placed anew: that a life is over is told after the next one's birth."""
        if not new and not self.young:
            return
        for life in self.young:
            if life.row is not None:
                del life.row.lives[life.row.firm :]
        taken = [(row.last.over_ns or 0, i) for i, row in enumerate(self.rows) if row.lives]
        heapq.heapify(taken)
        free = [i for i, row in enumerate(self.rows) if not row.lives]
        self.young = sorted((*self.young, *new), key=lambda life: life.born_ns or now_ns)
        for life in self.young:
            while taken and taken[0][0] <= (life.born_ns or now_ns):
                heapq.heappush(free, heapq.heappop(taken)[1])
            # The first row that is free: those beyond what is needed then run out.
            i = heapq.heappop(free) if free else len(self.rows)
            if i == len(self.rows):
                self.rows.append(StripRow([]))
            life.row = self.rows[i]
            life.row.lives.append(life)
            over = life.over_ns
            if over is not None:
                heapq.heappush(taken, (over, i))
        self.rows = [row for row in self.rows if row.lives]
        for row in self.rows:
            while row.firm < len(row.lives) and (row.lives[row.firm].ended_ns or now_ns) < now_ns - SETTLED_NS:
                row.lives[row.firm].row = None
                row.firm += 1
        self.young = [life for life in self.young if life.row is not None]


class RowFinder:
    """Finds the rows of a store. Lanes, processes and threads are placed once each: there may be very many."""

    def __init__(self) -> None:
        self._run: RunStarted | None = None
        self._final = False
        self._forget()

    def _forget(self) -> None:
        self._lanes_seen = 0
        self._worker_lanes: dict[int, dict[int, tuple[int, LaneRow]]] = {}
        """By PID and TID: the number of the thread in its process, and its lane."""
        self._numbers: dict[int, int] = {}
        self._last_ends: NDArray[np.int64] = np.zeros(0, np.int64)
        self._spans_seen = 0
        self._lives: dict[int, Life] = {}
        """By the id of a process's or thread's row, which the life keeps alive."""
        self._doubted: set[int] = set()
        self._looked_ns = 0
        self._alone: dict[int, StripRow] = {}
        self._workers = _Places()
        self._threads: dict[int, _Places] = {}

    def find(self, store: RunStore, since_ns: int = 0) -> list[StripRow]:
        """The main process first, then who lives, then who ended, the latest first. What ended before `since_ns` is out of sight."""
        final = store.ended is not None
        # Once all ends are known the places are given out anew, as few as there can be.
        if (
            store.started is not self._run
            or len(store.lanes) < self._lanes_seen
            or final is not self._final
            or len(self._lives) > MOST_LIVES
        ):
            self._run, self._final = store.started, final
            self._forget()
        self._follow_lanes(store)
        self._follow_spans(store)
        new: list[Life] = []
        blocks: list[list[StripRow]] = []
        for process in store.all_processes():
            several = len(self._worker_lanes.get(process.pid, {})) > 1 and store.processes.get(process.pid) is process
            if process.role in ALONE or several:
                row = self._alone.get(id(process))
                if row is None:
                    row = self._alone[id(process)] = StripRow([Life(process)])
                blocks.append([row, *(self._thread_rows(process, store.now_ns) if several else ())])
            elif id(process) not in self._lives:
                if self._looked_ns and self._doubtful(process):
                    continue
                self._doubted.discard(id(process))
                self._lives[id(process)] = life = Life(process)
                new.append(life)
        for life in (*new, *self._workers.young):
            self._know_lane(life)
        self._workers.place(new, store.now_ns)
        self._looked_ns = 0 if final else store.now_ns
        alone = {id(block[0].process) for block in blocks}
        blocks += [[row] for row in self._workers.rows if id(row.process) not in alone]
        shown = [block for block in blocks if not _out_of_sight(block[0], since_ns)]
        return [row for block in _living_first(shown, store.now_ns) for row in block]

    def _follow_lanes(self, store: RunStore) -> None:
        for lane in store.lanes[self._lanes_seen :]:
            if lane.info.role == "worker":
                # TIDs are used again: the number counts on.
                number = self._numbers[lane.info.pid] = self._numbers.get(lane.info.pid, 0) + 1
                self._worker_lanes.setdefault(lane.info.pid, {})[lane.info.tid] = (number, lane)
        self._lanes_seen = len(store.lanes)

    def _doubtful(self, process: ProcessRow) -> bool:
        """Just come up, and yet born before the last look: its lane was heard of first, and its birth will be told next."""
        if id(process) in self._doubted or (process.started_ns or 0) > self._looked_ns - LATE_NS:
            return False
        self._doubted.add(id(process))
        return True

    def _know_lane(self, life: Life) -> None:
        lane = self._worker_lanes.get(life.process.pid, {}).get(life.process.pid, (0, None))[1]
        # A PID used again: a lane that was over before the birth is another's.
        if lane is None or life.born_ns is None or (lane.info.ended_ns or life.born_ns) < life.born_ns:
            return
        life.lane = lane
        if lane.info.number < len(self._last_ends):
            life.busy_until_ns = max(life.born_ns, int(self._last_ends[lane.info.number]))

    def _follow_spans(self, store: RunStore) -> None:
        """Note the end of the last task of each lane: more exact than when somebody noticed that its process had gone."""
        if len(self._last_ends) < len(store.lanes):
            grown = np.zeros(max(64, 2 * len(store.lanes)), np.int64)
            grown[: len(self._last_ends)] = self._last_ends
            self._last_ends = grown
        seen = store.spans.forgotten + len(store.spans)
        new = min(seen - self._spans_seen, len(store.spans))
        self._spans_seen = seen
        if new > 0:
            lanes, ends = store.spans.part(("lane", "end"), len(store.spans) - new)
            self._last_ends[lanes] = ends

    def _thread_rows(self, process: ProcessRow, now_ns: int) -> list[StripRow]:
        places = self._threads.setdefault(id(process), _Places())
        known = self._worker_lanes[process.pid]
        # Of a thread per task most are gone before a second sample: such have nothing to show.
        new = [
            (*known[tid], thread)
            for tid, thread in process.threads.items()
            if tid in known and len(thread.history) and id(thread) not in self._lives
        ]
        lives = []
        for number, lane, thread in sorted(new, key=lambda item: item[0]):
            self._lives[id(thread)] = life = Life(process, thread, lane, number)
            lives.append(life)
        places.place(lives, now_ns)
        rows = sorted(places.rows, key=lambda row: row.lives[0].number)
        return [row for block in _living_first([[row] for row in rows], now_ns) for row in block]


def _out_of_sight(row: StripRow, since_ns: int) -> bool:
    ended = row.last.ended_ns
    return ended is not None and ended <= since_ns and row.process.role != "host"


def _living_first(blocks: list[list[StripRow]], now_ns: int) -> list[list[StripRow]]:
    # sorted() is stable: the living stay in the order of their births, and so do all that went together at the end.
    def rank(block: list[StripRow]) -> tuple[bool, int]:
        ended = block[0].last.ended_ns
        gone = ended is not None and now_ns - ended > SETTLED_NS
        return block[0].process.role != "host", now_ns - (ended or 0) if gone else 0

    return sorted(blocks, key=rank)
