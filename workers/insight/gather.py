"""Gathers what the ledger has of many lanes into one row of cells, so that thousands of short lanes are split at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.contract.batch import LaneInfo
from workers.insight.cells import Cells, Floats
from workers.insight.ledger import Ledger
from workers.insight.ledger_rows import Row, Seen
from workers.insight.split import REACH, Beneath, Evidence, Times, coroutine, event_loop, thread

if TYPE_CHECKING:
    from workers.insight.store import RunStore

LOOK_NS = 1_000_000_000
"""Where threads sleep is judged by what was sampled within so much time before and after."""
ENOUGH = 4
"""Samples of one thread; with fewer, those of its whole process count."""


@dataclass(frozen=True)
class Piece:
    """A part of a lane's life: `count` cells from `first` on, as far as they lie between start and end."""

    lane: LaneInfo
    first: int
    count: int
    start_ns: int
    end_ns: int


class Gather:
    """Splits pieces of lanes. For one state of a store: make a new one when it has changed."""

    def __init__(self, store: "RunStore", ledger: Ledger, end_ns: int) -> None:
        self._store = store
        self._ledger = ledger
        self._end_ns = end_ns
        # A lane may have come after the last sample.
        self._last_ns = max([end_ns, *(row.info.started_ns for row in store.lanes)])
        self._around = max(1, LOOK_NS // ledger.raster.width_ns)
        self._host_pid = next((row.info.pid for row in store.lanes if row.info.role == "main"), 0)
        self._groups: dict[tuple[int, int], tuple[int, Floats]] = {}
        self._busy: dict[tuple[int, int], tuple[int, Floats]] = {}
        """By thread of coroutines: (first cell, rows as `_under_way` gives them)."""
        self.loops = self._find_loops()
        """(PID, TID) of each thread that coroutines run on -> its first lane, the event loop's."""

    def split(self, pieces: list[Piece]) -> list[Floats]:
        """The parts of each piece, shape (len(NAMES), count)."""
        if not pieces:
            return []
        # Between two pieces lie empty cells, over which nothing is moved.
        starts = np.cumsum([0, *(piece.count + REACH for piece in pieces)])
        size = int(starts[-1])
        rows, seen = np.zeros((len(Row), size)), np.zeros((len(Seen), size))
        futex, io, sharing = np.zeros((3, size))
        beneath = np.zeros((5, size))
        away, complete = np.zeros((2, size), bool)
        for piece, low in zip(pieces, starts.tolist(), strict=False):
            at = slice(low, low + piece.count)
            rows[:, at] = self._rows(piece)
            self._see(piece, at, seen, futex, io, sharing)
            lane = piece.lane
            away[at] = lane.role != "main" and (lane.interpreter > 0 or lane.pid != self._host_pid)
            complete[at] = not lane.dropped
            if (lane.pid, lane.tid) in self.loops:
                beneath[:, at] = self._under_way(piece)
        life = self._life(pieces, starts, rows)
        times, evidence = Times(life, rows, seen), Evidence(futex, io, sharing)
        parts = thread(times, evidence, elsewhere=away, complete=complete)
        of_loop = event_loop(times, Beneath(*beneath), evidence) if self.loops else parts
        of_coroutine = coroutine(times, beneath[0], evidence) if self.loops else parts
        out = []
        for piece, low in zip(pieces, starts.tolist(), strict=False):
            at = slice(low, low + piece.count)
            loop = self.loops.get((piece.lane.pid, piece.lane.tid))
            mine = parts if loop is None else of_loop if loop == piece.lane.number else of_coroutine
            out.append(mine[:, at])
        return out

    def _life(self, pieces: list[Piece], starts: NDArray[np.int64], rows: Floats) -> Floats:
        """How long each lived in each cell; what of it was before the clock becomes start-up."""
        clock = self._store.clock_start_ns
        size = rows.shape[1]
        counts = np.diff(starts)
        born = np.repeat([piece.start_ns for piece in pieces], counts)
        over = np.repeat([piece.end_ns for piece in pieces], counts)
        cell = np.arange(size) - np.repeat(starts[:-1] - [piece.first for piece in pieces], counts)
        left = self._ledger.raster.zero_ns + cell * self._ledger.raster.width_ns
        low, high = np.maximum(left, born), np.minimum(left + self._ledger.raster.width_ns, over)
        inside = np.arange(size) - np.repeat(starts[:-1], counts) < np.repeat(counts - REACH, counts)
        life: Floats = np.where(inside, np.maximum(high - low, 0), 0).astype(np.float64)
        before = life if clock is None else np.clip(np.minimum(high, clock) - low, 0, life)
        rows[Row.START_UP] = np.minimum(life, rows[Row.START_UP] + before)
        return life

    def _rows(self, piece: Piece) -> Floats:
        """The lane's rows, with what it is at just now."""
        lane, track = piece.lane, self._ledger.lanes.get(piece.lane.number)
        rows = track.cells.read(piece.first, piece.count) if track is not None else np.zeros((len(Row), piece.count))
        if lane.task < 0 and not lane.waiting_since_ns:
            return rows
        pending = Cells(self._ledger.raster, len(Row))
        if lane.task >= 0:
            since = max(lane.task_since_ns, lane.started_ns, track.last_end if track is not None else 0)
            pending.add_one(Row.TASK, since, piece.end_ns)
        if lane.waiting_since_ns:
            row = Row.LOCK if lane.waiting_kind == "lock" else Row.QUEUE_IN
            pending.add_one(row, max(lane.waiting_since_ns, lane.started_ns), piece.end_ns)
        return rows + pending.read(piece.first, piece.count)

    def _see(self, piece: Piece, at: slice, seen: Floats, futex: Floats, io: Floats, sharing: Floats) -> None:
        """What was sampled of the lane's thread, and what to make of its sleeping."""
        track = self._ledger.threads.get((piece.lane.pid, piece.lane.tid))
        if track is None:
            return
        mine = seen[:, at] = track.cells.read(piece.first, piece.count)
        low, group = self._group(track.group)
        near = group[:, piece.first - low : piece.first - low + piece.count]
        own = self._window(track.cells, piece)
        enough = own.sum(axis=0) >= ENOUGH
        futex[at] = np.where(enough, own[0], near[Seen.FUTEX])
        io[at] = np.where(enough, own[1], near[Seen.IO])
        if piece.lane.gil is not False:
            sharing[at] = np.maximum(near[Seen.CPU] + near[Seen.RUN_QUEUE] - mine[Seen.CPU] - mine[Seen.RUN_QUEUE], 0.0)

    def _window(self, cells: Cells, piece: Piece) -> Floats:
        """How often a thread was seen on a futex and elsewhere, around each cell; shape (2, count)."""
        if cells.count <= self._around:
            # All that there is lies around each of them.
            return np.repeat(cells.total()[Seen.FUTEX :, None], piece.count, axis=1)
        return _moving(
            cells.read(piece.first - self._around, piece.count + 2 * self._around)[Seen.FUTEX :], self._around
        )

    def _group(self, key: tuple[int, int]) -> tuple[int, Floats]:
        """The first cell, and the rows of those who share a GIL over the whole run; sleeping as seen around each cell."""
        found = self._groups.get(key)
        if found is None:
            low = min(0, self._ledger.groups[key].first)
            size = self._ledger.raster.cell(self._last_ns) - low + 2
            rows = self._ledger.groups[key].read(low - self._around, size + 2 * self._around)
            near = _moving(rows[Seen.FUTEX :], self._around)
            # Where nobody was looked at around that time, all of the run counts.
            near = np.where(near.sum(axis=0) > 0, near, rows[Seen.FUTEX :].sum(axis=1)[:, None])
            found = low, np.concatenate((rows[: Seen.FUTEX, self._around : self._around + size], near))
            self._groups[key] = found
        return found

    # ---- coroutines ------------------------------------------------------------------------------------------------
    def _find_loops(self) -> dict[tuple[int, int], int]:
        lanes = self._store.lanes
        return {
            key: numbers[0]
            for key, numbers in self._ledger.lanes_on.items()
            if len(numbers) > 1 and lanes[numbers[0]].info.role == "main"
        }

    def _under_way(self, piece: Piece) -> Floats:
        """Of all coroutines of the lane's thread, added up: time under tasks without what is known to be waiting, naps, waits for
        locks and for queues, and what they slept in the loop. Shape (5, count).
        """
        key = piece.lane.pid, piece.lane.tid
        found = self._busy.get(key)
        if found is None:
            start = min(self._store.lanes[number].info.started_ns for number in self._ledger.lanes_on[key])
            low = self._ledger.raster.cell(start)
            size = self._ledger.raster.cell(self._last_ns) - low + 2
            waits = [Row.NAP, Row.LOCK, Row.QUEUE_IN, Row.DOZE]
            busy = np.zeros((5, size))
            for number in self._ledger.lanes_on[key]:
                whole = Piece(self._store.lanes[number].info, low, size, start, self._end_ns)
                rows = self._rows(whole)
                busy[0] += np.maximum(rows[Row.TASK] - rows[waits].sum(axis=0), 0.0)
                busy[1:] += rows[waits]
            found = self._busy[key] = low, busy
        low, busy = found
        return busy[:, piece.first - low : piece.first - low + piece.count]


def _moving(rows: Floats, around: int) -> Floats:
    """Sums over each cell and `around` cells on both sides, of rows that have as many more at both ends."""
    total = np.concatenate((np.zeros((len(rows), 1)), np.cumsum(rows, axis=1)), axis=1)
    sums: Floats = total[:, 2 * around + 1 :] - total[:, : -2 * around - 1]
    return sums
