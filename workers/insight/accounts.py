"""Accounts: where the time of each lane, and of the run, went. Wall time is the sum of NAMES, always.

What is exact: recorded spans (tasks, locks, `time.sleep` and `asyncio.sleep`, queues, pickling, start-up) and the CPU time and
run-queue wait that the kernel counts for each thread. They are summed in cells of 50 ms or more; samples come ten times a second
and are spread evenly over the time since the one before. So over an interval shorter than that an account is an interpolation.

What is inferred, for the time of a task that is none of these: it slept in the kernel. Where, was sampled: on a futex it waited for a
lock, which is the GIL unless the user has locks of their own; elsewhere it waited for the outside world. And nobody can wait for
the GIL longer than others who share it were running or ready to run: what is more is `unknown`. A thread alone in its
interpreter therefore never waits for the GIL. A thread that wakes to ask for the GIL first waits for a core: from 4 threads on `gil` is
a lower bound, and `gil` + `run_queue` is the firm number.

    running      on a core (of pickling: see serialising)
    gil          waiting for the GIL
    run_queue    ready, and waiting for a core (Linux only)
    lock         waiting for a watched lock, until it was given back: who could have it then and had no core, or no GIL, waits for that
    queue        waiting for room in a queue
    io           asleep, or waiting for the outside world
    serialising  pickling and unpickling
    ipc          no task under way although one had been submitted for a worker in another process or interpreter: it was on its way
    startup      before the clock, and coming up later
    idle         no task under way, or waiting for others to end or answer
    unknown      the rest

Coroutines are lanes of one thread. The thread's account is that of its first lane, and it is what the run's account counts: its wall time
is that of the clock, however many coroutines there were. In time in which the thread runs nothing, its coroutines wait, each for
something: that time is divided by what they waited for, in proportion. With one that sleeps and three that wait for the lock which
it holds, a quarter is io and three quarters are lock, as it would be of four threads; only that seconds are those of one lane.
Where one of them is in `time.sleep`, so is the thread. Of a coroutine's own account, running and run_queue are its share of the
thread's, as all under way had the same; while others run, what it awaits without a record is io, its turn in the loop included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.contract.batch import LaneInfo
from workers.insight.cells import Floats
from workers.insight.gather import LOOK_NS, Gather, Piece
from workers.insight.ledger import Settled
from workers.insight.split import NAMES

if TYPE_CHECKING:
    from workers.insight.store import RunStore

__all__ = ["NAMES", "Account", "Accounts", "current", "latest"]

OVERLAP = 8
"""Cells that are split again beside those that are new."""
LATE_NS = 1_000_000_000
"""Samples that have not been added up for so long."""


@dataclass(frozen=True)
class Account:
    """Seconds by NAMES, and their sum."""

    seconds: dict[str, float]

    @property
    def wall_s(self) -> float:
        """What was accounted for: the lives of the lanes, added up."""
        return sum(self.seconds.values())

    def share(self, *names: str) -> float:
        """The part of wall time that these take together, from 0 to 1; 0 where there was no time."""
        wall = self.wall_s
        return sum(self.seconds[name] for name in names) / wall if wall else 0.0


def latest(store: "RunStore") -> "Accounts":
    """The accounts as the store stands now: the same ones for whoever asks before it changes. Raises ValueError where nothing has run."""
    figures = store.figures
    had = figures.accounts if figures is not None else None
    if had is None or had.revision != store.revision:
        had = Accounts(store)
        assert store.figures is not None
        store.figures.accounts = had
    return had


def current(store: "RunStore") -> "Accounts":
    """The accounts of what has been added up by now: while a run goes on a tenth of a second behind `latest`, and for less work.

    All who ask meanwhile get the same ones, and so they do while somebody has them `held` who makes them a part at a time: of two at
    a time the older would be wrong about its last cells. Raises ValueError where nothing has run.
    """
    figures = store.figures
    if figures is None or store.ended is not None:
        return latest(store)
    ledger, shared = figures.ledger, figures.accounts
    # Where nobody adds up as it comes, as with very many lanes, it is done here.
    if not ledger.entered_ns or ledger.sampled_ns - ledger.entered_ns >= LATE_NS:
        return latest(store)
    old = shared is None or ledger.entered_ns - shared.end_ns >= (LATE_NS if shared.held else 1)
    if shared is None or old or shared.lanes != len(store.lanes):
        shared = figures.accounts = Accounts(store, standing=True)
    return shared


class Accounts:
    """The accounts of the run in a store, as it stands now. Make a new one when the store's revision has changed, and keep no old one.

    What will not change any more is kept from one to the next, so that a long run costs no more than a short one.
    """

    def __init__(self, store: "RunStore", *, standing: bool = False) -> None:
        """Raises ValueError where nothing has run.

        `standing`: of what has been added up by now, which is a tenth of a second behind at most while a run goes on. It costs nothing.
        """
        self._store = store
        self._made: dict[int, tuple[NDArray[np.int64], Floats]] = {}
        if store.figures is None:
            raise ValueError("Nothing has run yet: there are no accounts.")
        ledger = self._ledger = store.figures.ledger if standing else store.figures.follow(store).ledger
        live = (ledger.entered_ns if standing else ledger.sampled_ns) or store.now_ns
        self.end_ns: int = store.ended.ended_ns if store.ended else live
        """Up to when: the end of the run, or the last sample."""
        self.revision = -1 if standing else store.revision
        """Of the store whose every span and sample is in it; -1: of what had been added up."""
        self.lanes = len(store.lanes)
        """So many had been heard of."""
        self.held = False
        """Whether somebody goes on with them in a moment: see `current`."""
        self._gather = Gather(store, ledger, self.end_ns)

    @cached_property
    def working(self) -> list[int]:
        """Lanes whose accounts make up the run's: who ran tasks, and for coroutines their event loop in their place."""
        found: dict[int, None] = {}
        loops = self._gather.loops
        for row in self._store.lanes:
            info = row.info
            if row.tasks or row.worked:
                found[loops.get((info.pid, info.tid), info.number) if loops else info.number] = None
        return list(found)

    def of_run(self, start_ns: int | None = None, end_ns: int | None = None) -> Account:
        """Of all working lanes together, over the whole run or an interval of it."""
        if start_ns is None and end_ns is None:
            return _account(self.whole(self.working).sum(axis=0))
        self._make(self.working)
        return _account(sum((self._between(number, start_ns, end_ns) for number in self.working), np.zeros(len(NAMES))))

    def whole(self, numbers: Sequence[int]) -> Floats:
        """Seconds by lane and name over their lives: shape (len(numbers), len(NAMES))."""
        self._make(numbers)
        last = [self._made[number][1][:, -1] for number in numbers]
        seconds: Floats = np.array(last).reshape(len(last), len(NAMES)) / 1e9
        return seconds

    def of_lane(self, number: int, start_ns: int | None = None, end_ns: int | None = None) -> Account:
        """Of one lane, over its life or the part of it that lies in the interval."""
        return _account(self._between(number, start_ns, end_ns))

    def of_lanes(self) -> list[Account]:
        """Of every lane, by number."""
        numbers = range(len(self._store.lanes))
        self._make(numbers)
        return [self.of_lane(number) for number in numbers]

    def columns(
        self,
        edges_ns: Sequence[int] | NDArray[np.int64],
        lanes: Iterable[int] | None = None,
        names: Sequence[str] = NAMES,
    ) -> Floats:
        """Seconds by lane, interval and name: shape (lanes, len(edges) - 1, len(names)), for stacked bars over time.

        `lanes`: their numbers; None: the working ones. Where a lane did not live there are zeros.
        """
        rows = [NAMES.index(name) for name in names]
        edges = np.asarray(edges_ns, np.int64)
        chosen = self.working if lanes is None else list(lanes)
        self._make(chosen)
        out = np.zeros((len(chosen), max(0, len(edges) - 1), len(rows)))
        for i, number in enumerate(chosen):
            nodes, totals = self._cumulated(number)
            for k, row in enumerate(rows):
                out[i, :, k] = np.diff(np.interp(edges, nodes, totals[row]))
        return out / 1e9

    def over_time(self) -> tuple[NDArray[np.int64], Floats]:
        """Of all working lanes together, in the cells that time is summed up in: (edges in ns, seconds by cell and name).

        Shapes (cells + 1,) and (cells, len(NAMES)); both empty where nobody has worked. Cheap however many lanes there are.
        """
        numbers = self.working
        self._make(numbers)
        raster = self._ledger.raster
        parts = [(raster.cell(int(self._made[number][0][0])), self._made[number][1]) for number in numbers]
        if not parts:
            return np.zeros(0, np.int64), np.zeros((0, len(NAMES)))
        first = min(start for start, _ in parts)
        count = max(start + totals.shape[1] - 1 for start, totals in parts) - first
        out = np.zeros((len(NAMES), count))
        for start, totals in parts:
            out[:, start - first : start - first + totals.shape[1] - 1] += np.diff(totals, axis=1)
        return raster.edges(first, count), out.T / 1e9

    def _between(self, number: int, start_ns: int | None, end_ns: int | None) -> Floats:
        nodes, totals = self._cumulated(number)
        if start_ns is None and end_ns is None:
            whole: Floats = totals[:, -1] / 1e9
            return whole
        low = nodes[0] if start_ns is None else start_ns
        high = nodes[-1] if end_ns is None else max(end_ns, low)
        both = self._until(number, np.array([low, high], np.int64))
        part: Floats = (both[:, 1] - both[:, 0]) / 1e9
        return part

    def _until(self, number: int, edges: NDArray[np.int64]) -> Floats:
        """Nanoseconds by name from the lane's start up to each edge."""
        nodes, totals = self._cumulated(number)
        return np.array([np.interp(edges, nodes, row) for row in totals])

    def settle_some(self, most: int) -> None:
        """Settle `most` of the lanes that ended long enough ago: done a few at a time they are never many at once."""
        waiting = self._ledger.unsettled
        numbers: list[int] = []
        seen = self._ledger.sampled_ns - 2 * LOOK_NS
        while waiting and len(numbers) < most:
            ended = self._store.lanes[waiting[0]].info.ended_ns
            if ended is None or ended >= seen:
                break
            numbers.append(waiting.popleft())
        self._make(numbers)

    # ---- making them -----------------------------------------------------------------------------------------------
    def _cumulated(self, number: int) -> tuple[NDArray[np.int64], Floats]:
        """The instants between which time counts as even, and nanoseconds by name up to each."""
        if number not in self._made:
            self._make([number])
        return self._made[number]

    def _make(self, numbers: Iterable[int]) -> None:
        """Make those that are not made, all at once."""
        pieces, kept = [], []
        for number in numbers:
            if number in self._made:
                continue
            track = self._ledger.lanes.get(number)
            done = track.account.done if track is not None and track.account is not None else None
            if done is not None:
                self._made[number] = done
                continue
            piece = self._piece(self._store.lanes[number].info)
            had = self._kept(number, piece)
            if had.cells == piece.count:
                self._enter(piece, had)
            else:
                pieces.append(piece)
                kept.append(had)
        # A few cells more to the left: what was sampled may belong to the next cells.
        skips = [max(0, had.cells - OVERLAP) for had in kept]
        fresh = [
            replace(piece, first=piece.first + skip, count=piece.count - skip) if skip else piece
            for piece, skip in zip(pieces, skips, strict=True)
        ]
        for piece, had, skip, parts in zip(pieces, kept, skips, self._gather.split(fresh), strict=True):
            new = np.cumsum(np.maximum(parts[:, had.cells - skip :], 0.0), axis=1)
            totals = had.totals[:, : piece.count + 1]
            totals[:, had.cells + 1 :] = totals[:, had.cells : had.cells + 1] + new
            self._settle(piece, had)
            self._enter(piece, had)

    def _enter(self, piece: Piece, had: Settled) -> None:
        nodes = self._ledger.raster.edges(piece.first, piece.count)
        nodes[0], nodes[-1] = piece.start_ns, piece.end_ns  # they lie in the first and the last cell
        made = self._made[piece.lane.number] = nodes, had.totals[:, : piece.count + 1]
        if had.over and had.cells == piece.count:
            had.done = made

    def _piece(self, lane: LaneInfo) -> Piece:
        """All of a lane's life."""
        end = max(lane.started_ns, min(lane.ended_ns or self.end_ns, self.end_ns))
        first = self._ledger.raster.cell(lane.started_ns)
        return Piece(lane, first, self._ledger.raster.cell(end) - first + 1, lane.started_ns, end)

    def _kept(self, number: int, piece: Piece) -> Settled:
        """What was kept, with room for all cells."""
        track = self._ledger.lanes.get(number)
        width, count = self._ledger.raster.width_ns, piece.count
        kept = track.account if track is not None else None
        if kept is None or (kept.width_ns, kept.first) != (width, piece.first) or kept.cells > count:
            kept = Settled(width, piece.first, np.zeros((len(NAMES), count + 1)))
        if kept.totals.shape[1] < count + 1:
            grown = np.zeros((len(NAMES), count + 1 + count // 4))
            grown[:, : kept.cells + 1] = kept.totals[:, : kept.cells + 1]
            kept = Settled(width, piece.first, grown, kept.cells)
        return kept

    def _settle(self, piece: Piece, kept: Settled) -> None:
        """Note how far nothing will change any more, and keep it."""
        lane, track = piece.lane, self._ledger.lanes.get(piece.lane.number)
        if track is None or self._store.ended is not None or (lane.pid, lane.tid) in self._gather.loops:
            return
        seen = self._ledger.sampled_ns - 2 * LOOK_NS
        if lane.ended_ns is not None and lane.ended_ns < seen:
            cells = piece.count
        else:
            cells = self._ledger.raster.cell(min(track.settled_ns, seen)) - kept.first
        if cells > OVERLAP or cells == piece.count:
            kept.cells = max(kept.cells, min(cells, piece.count))
            kept.over = lane.ended_ns is not None and cells == piece.count
            track.account = kept


def _account(seconds: Floats) -> Account:
    return Account({name: float(value) for name, value in zip(NAMES, seconds, strict=True)})
