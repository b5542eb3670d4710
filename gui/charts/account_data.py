"""The accounts of a run as they are shown: rows by lane, and sums over time. No Qt."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.contract.lanes import short
from workers.insight.accounts import NAMES, Account, Accounts
from workers.insight.store import RunStore

MOST = 64
"""Lanes that have a row; the others have one together."""
WIDTHS_NS = tuple(50_000_000 * 2**i for i in range(24))
"""How long an interval over time may be: 50, 100, 200 ms, and doubled further where a run has too many of these."""

GHOST = "ghost"
"""The kind of a row that is of a kept run."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class LaneName:
    """What a lane is called."""

    number: int = -1
    """-1: several."""
    pid: int = 0
    """0: of several processes."""
    tid: int = 0
    name: str = ""
    """What it is called, as `workers.contract.lanes.short` has it."""
    kind: str = ""
    """run, ghost, more, main, loop, worker, thread, interpreter, coroutine or helper."""
    order: int = 0
    """Which thread, interpreter or coroutine of its process, from 1; of `more` how many lanes, of `run` how many count."""
    counts: bool = True
    """Whether it is part of the run's account."""


@dataclass(frozen=True, kw_only=True)
class LaneAccount(LaneName):
    """One row."""

    seconds: Floats
    """By NAMES."""

    @property
    def wall_s(self) -> float:
        """How long it lived; of several lanes their lives added up."""
        return float(self.seconds.sum())


@dataclass(frozen=True)
class AccountData:
    """All rows, the run's first."""

    rows: tuple[LaneAccount, ...]

    def beside(self, seconds: Floats, label: str) -> "AccountData":
        """With a kept run, so called, below the run."""
        ghost = LaneAccount(seconds=seconds, kind=GHOST, name=label, counts=False)
        return AccountData((self.rows[0], ghost, *self.rows[1:]))

    @property
    def run(self) -> LaneAccount:
        """The run's own."""
        return self.rows[0]


@dataclass(frozen=True)
class OverTime:
    """How many lanes were at what, on the average of each interval."""

    edges_s: Floats
    """Seconds since the start of the clock, n + 1 of them."""
    lanes: Floats
    """Shape (n, len(NAMES))."""


def read(store: RunStore, accounts: Accounts, most: int = MOST) -> AccountData:
    """The run, then the lanes: those that count first, by process. Beyond `most`, the longest-lived have a row."""
    working = accounts.working
    run = LaneAccount(seconds=_array(accounts.of_run()), kind="run", order=len(working))
    if not store.lanes:
        return AccountData((run,))
    counting = set(accounts.working)
    shown: Sequence[int] = range(len(store.lanes))
    if len(store.lanes) > most:
        end = accounts.end_ns
        infos = [row.info for row in store.lanes]
        short = [
            (info.number not in counting, info.role != "main", info.started_ns - (info.ended_ns or end))
            for info in infos
        ]
        shown = sorted(shown, key=short.__getitem__)[:most]
    first: dict[int, int] = {}
    for row in store.lanes:
        first.setdefault(row.info.pid, row.info.number)
    named = names(store, accounts, set(shown))
    shown_names = sorted(named, key=lambda lane: (not lane.counts, first[lane.pid], lane.number))
    rows = [LaneAccount(**vars(lane), seconds=_array(accounts.of_lane(lane.number))) for lane in shown_names]
    left = len(counting) - sum(row.counts for row in rows)
    if left:
        rest = run.seconds - sum((row.seconds for row in rows if row.counts), np.zeros(len(NAMES)))
        rows.append(LaneAccount(seconds=np.maximum(rest, 0.0), kind="more", order=left))
    return AccountData((run, *rows))


def every(store: RunStore, accounts: Accounts) -> AccountData:
    """All lanes, however many."""
    accounts.of_lanes()
    return read(store, accounts, max(1, len(store.lanes)))


def over_time(store: RunStore, accounts: Accounts, most: int) -> OverTime:
    """The whole run in `most` intervals or fewer."""
    edges, seconds = accounts.over_time()
    if len(edges) < 2:
        return OverTime(np.zeros(0), np.zeros((0, len(NAMES))))
    cell = int(edges[1] - edges[0])
    width = next((w for w in WIDTHS_NS if w >= cell and len(seconds) * cell <= w * most), WIDTHS_NS[-1])
    # Cells are 50 ms or a doubling of that, too.
    group = max(1, width // cell)
    count = -(-len(seconds) // group)
    padded = np.zeros((count * group, len(NAMES)))
    padded[: len(seconds)] = seconds
    sums = padded.reshape(count, group, len(NAMES)).sum(axis=1)
    zero = store.clock_start_ns if store.clock_start_ns is not None else int(edges[0])
    marks = edges[0] + np.arange(count + 1, dtype=np.int64) * group * cell
    # The last interval, and the first, are only as long as the run was in them.
    born = min(store.lanes[number].info.started_ns for number in accounts.working)
    marks[0], marks[-1] = max(marks[0], born), max(min(marks[-1], accounts.end_ns), marks[-2] + 1)
    lengths = np.diff(marks) / 1e9
    return OverTime((marks - zero) / 1e9, sums / lengths[:, None])


def names(store: RunStore, accounts: Accounts, only: Container[int] | None = None) -> list[LaneName]:
    """What lanes are called, by number: all of them, or `only` these (there may be thousands)."""
    working = set(accounts.working)
    alone: dict[int, int] = {}
    for row in store.lanes:
        if row.info.role == "worker":
            alone[row.info.pid] = alone.get(row.info.pid, 0) + 1
    seen: dict[tuple[int, str], int] = {}
    found = []
    for row in store.lanes:
        info = row.info
        counts = info.number in working
        if info.role != "worker":
            worked = row.tasks or info.task >= 0
            kind = "loop" if counts and not worked else info.role
        elif not counts and (row.tasks or info.task >= 0):
            kind = "coroutine"
        elif info.interpreter:
            kind = "interpreter"
        else:
            kind = "worker" if alone[info.pid] == 1 else "thread"
        order = seen[info.pid, kind] = seen.get((info.pid, kind), 0) + 1
        if only is None or info.number in only:
            found.append(
                LaneName(
                    number=info.number,
                    pid=info.pid,
                    tid=info.tid,
                    name=short(info),
                    kind=kind,
                    order=order,
                    counts=counts,
                )
            )
    return found


def _array(account: Account) -> Floats:
    return np.array([account.seconds[name] for name in NAMES])
