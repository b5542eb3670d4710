"""How the time of one lane is split up, cell by cell: pure arithmetic on what the ledger has. See `workers.insight.accounts`.

Each function gives the parts that the time of each cell is divided into, shape (len(NAMES), cells), nanoseconds; none is
negative, and together they are the cell's time. Where sources contradict each other, as samples spread evenly and exact spans
do in a single cell, what is recorded goes before what is sampled, and nothing is counted twice.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.insight.cells import Floats
from workers.insight.ledger_rows import Row, Seen

NAMES = ("running", "gil", "run_queue", "lock", "queue", "io", "serialising", "ipc", "startup", "idle", "unknown")
"""What wall time is the sum of."""
REACH = 2
"""How many cells of 50 ms lie between two samples."""


@dataclass(frozen=True)
class Times:
    """Of one lane, by cell."""

    life: Floats
    """How long it lived in the cell."""
    rows: Floats
    """Shape (len(Row), cells)."""
    seen: Floats
    """Of its thread; shape (len(Seen), cells)."""


@dataclass(frozen=True)
class Evidence:
    """What to make of a thread's sleeping, by cell."""

    futex: Floats
    """How often it was seen asleep on a futex around that time."""
    io: Floats
    """How often elsewhere."""
    sharing: Floats
    """How long others who share its GIL ran or were ready to run."""


class _Parts:
    """Takes parts of what is left of a cell's time."""

    def __init__(self, life: Floats) -> None:
        self.out = np.zeros((len(NAMES), len(life)))

    def add(self, name: str, part: Floats) -> None:
        self.out[NAMES.index(name)] += part


def thread(
    times: Times, evidence: Evidence, *, elsewhere: NDArray[np.bool_] | bool, complete: NDArray[np.bool_] | bool = True
) -> Floats:
    """A lane with a thread of its own. `elsewhere`: tasks come to it from another process or interpreter.

    Not `complete`: spans of it were dropped, and no task under way may mean that.
    """
    parts, rows = _Parts(times.life), times.rows
    startup = np.minimum(rows[Row.START_UP], times.life)
    awake = times.life - startup
    task = np.minimum(rows[Row.TASK], awake)
    lock, held, nap, pickle_in = _inside(task, rows)
    work = np.maximum(task - lock - held - nap - pickle_in, 0.0)
    pickle_out, queue, rest = _fit(awake - task, rows[Row.PICKLE_OUT], rows[Row.QUEUE], rows[Row.REST], first=True)
    gap = np.maximum(awake - task - pickle_out - queue - rest, 0.0)
    # CPU time goes to pickling, then to tasks nearby, then to what lies between tasks, and last to waits that poll.
    lived = np.divide(awake, times.life, out=np.zeros_like(awake), where=times.life > 0)
    cpu = times.seen[Seen.CPU] * lived
    cpu = cpu - np.minimum(cpu, pickle_in + pickle_out)
    in_work, cpu = _near(cpu, work)
    in_gap, in_rest = _pour(cpu, gap, rest)
    queued_work, queued = _near(times.seen[Seen.RUN_QUEUE] * lived, work - in_work)
    (queued_gap,) = _pour(queued, gap - in_gap)
    asleep = work - in_work - queued_work
    unsampled = np.minimum(asleep, work * (1 - _known(times)))
    gil, io, unclear = _asleep(asleep - unsampled, nap, lock + held, evidence)
    between = gap - in_gap - queued_gap
    waiting = np.minimum(np.maximum(rows[Row.DISPATCH] - pickle_out, 0.0), between)
    handed = np.minimum(waiting, np.maximum(evidence.sharing - gil, 0.0))
    between = between - np.where(elsewhere, waiting, handed)
    parts.add("ipc", np.where(elsewhere, waiting, 0.0))
    parts.add("gil", np.where(elsewhere, 0.0, handed))
    parts.add("running", in_work + in_gap + in_rest)
    parts.add("gil", gil)
    parts.add("run_queue", queued_work + queued_gap)
    parts.add("lock", lock)
    parts.add("queue", held + queue)
    parts.add("io", nap + io)
    parts.add("serialising", pickle_in + pickle_out)
    parts.add("startup", startup)
    parts.add("idle", rest - in_rest)
    parts.add("idle", np.where(complete, between, 0.0))
    parts.add("unknown", np.where(complete, 0.0, between))
    parts.add("unknown", unclear + unsampled)
    return parts.out


@dataclass(frozen=True)
class Beneath:
    """What the coroutines of an event loop did, added up, by cell."""

    under_way: Floats
    """Time under tasks, without known waits."""
    naps: Floats
    """How long one of them slept in `time.sleep`, and with it the thread: nothing else can go on meanwhile."""
    locks: Floats
    queues: Floats
    dozes: Floats
    """Their time in `asyncio.sleep`."""


def event_loop(times: Times, beneath: Beneath, evidence: Evidence) -> Floats:
    """The thread of an event loop: what it does not run is divided by what its coroutines waited for, as many as they were."""
    naps = beneath.naps
    parts, rows = _Parts(times.life), times.rows
    startup = np.minimum(rows[Row.START_UP], times.life)
    awake = times.life - startup
    pickling, queue, rest = _fit(awake, rows[Row.PICKLE_OUT], rows[Row.QUEUE], rows[Row.REST], first=True)
    left = np.maximum(awake - pickling - queue - rest, 0.0)
    napping = np.minimum(naps, left)
    left = left - napping
    lived = np.divide(awake, times.life, out=np.zeros_like(awake), where=times.life > 0)
    cpu = times.seen[Seen.CPU] * lived
    (running,) = _pour(cpu - np.minimum(cpu, pickling), left)
    (queued,) = _pour(times.seen[Seen.RUN_QUEUE] * lived, left - running)
    left = left - running - queued
    # While one of them runs, it is under way itself.
    elsewhere = np.maximum(beneath.under_way - running - queued, 0.0)
    awaiting, dozing, at_lock, at_queue = _fit(left, elsewhere, beneath.dozes, beneath.locks, beneath.queues)
    unsampled = awaiting * (1 - _known(times))
    # Whatever they wait for, the thread sleeps in its selector.
    gil, io, unclear = _asleep(
        awaiting - unsampled, napping + dozing + at_lock + at_queue, np.zeros_like(left), evidence
    )
    parts.add("running", running)
    parts.add("gil", gil)
    parts.add("run_queue", queued)
    parts.add("lock", at_lock)
    parts.add("queue", queue + at_queue)
    parts.add("io", napping + dozing + io)
    parts.add("serialising", pickling)
    parts.add("startup", startup)
    parts.add("idle", rest + left - awaiting - dozing - at_lock - at_queue)
    parts.add("unknown", unclear + unsampled)
    return parts.out


def coroutine(times: Times, under_way: Floats, evidence: Evidence) -> Floats:
    """One coroutine. `under_way`: time under tasks of all coroutines of its loop, added up, without known waits.

    While others of its loop run it waits for its turn, or for what it awaits: nobody knows which. Beyond that it waits as its thread does.
    """
    parts, rows = _Parts(times.life), times.rows
    startup = np.minimum(rows[Row.START_UP], times.life)
    awake = times.life - startup
    task = np.minimum(rows[Row.TASK], awake)
    lock, held, nap, pickling = _inside(task, rows)
    work = np.maximum(task - lock - held - nap - pickling, 0.0)
    mine = np.minimum(np.divide(work, under_way, out=np.zeros_like(work), where=under_way > 0), 1.0)
    (running,) = _pour(times.seen[Seen.CPU] * mine, work)
    (queued,) = _pour(times.seen[Seen.RUN_QUEUE] * mine, work - running)
    left = work - running - queued
    turn = np.minimum(left, (times.seen[Seen.CPU] + times.seen[Seen.RUN_QUEUE]) * (1 - mine))
    unsampled = (left - turn) * (1 - _known(times))
    gil, io, unclear = _asleep(left - turn - unsampled, nap + lock + held, np.zeros_like(left), evidence)
    parts.add("running", running)
    parts.add("run_queue", queued)
    parts.add("lock", lock)
    parts.add("queue", held)
    parts.add("gil", gil)
    parts.add("io", nap + turn + io)
    parts.add("serialising", pickling)
    parts.add("startup", startup)
    parts.add("idle", awake - task)
    parts.add("unknown", unclear + unsampled)
    return parts.out


def _inside(task: Floats, rows: Floats) -> list[Floats]:
    """Of the time of tasks: waits for locks, for queues, sleep, and pickling."""
    asleep = rows[Row.NAP] + rows[Row.DOZE]
    return _fit(task, rows[Row.LOCK], rows[Row.QUEUE_IN], asleep, rows[Row.PICKLE_IN])


def _asleep(asleep: Floats, nap: Floats, lock: Floats, evidence: Evidence) -> tuple[Floats, Floats, Floats]:
    """(GIL, io, unknown) of the time of tasks asleep without a record; `nap` and `lock` (and queues) are what was recorded beside it.

    The samples saw those as well, as io and on a futex: they are taken off before the rest is divided.
    """
    seen = evidence.futex + evidence.io
    all_asleep = asleep + nap + lock
    share = np.divide(evidence.futex, seen, out=np.zeros_like(seen), where=seen > 0)
    futex = np.maximum(all_asleep * share - lock, 0.0)
    io = np.where(seen > 0, np.maximum(all_asleep * (1 - share) - nap, 0.0), 0.0)
    both = futex + io
    futex = np.divide(asleep * futex, both, out=np.zeros_like(both), where=both > 0)
    io = np.divide(asleep * io, both, out=np.zeros_like(both), where=both > 0)
    gil = np.minimum(futex, evidence.sharing)
    return gil, io, np.maximum(asleep - gil - io, 0.0)


def _known(times: Times) -> Floats:
    """The part of each cell's life for which the thread's CPU time is known."""
    share: Floats = np.divide(times.seen[Seen.KNOWN], times.life, out=np.zeros_like(times.life), where=times.life > 0)
    return np.clip(share, 0.0, 1.0)


def _fit(room: Floats, *parts: Floats, first: bool = False) -> list[Floats]:
    """`parts` made smaller where they do not fit into `room` together; all alike, or with `first` the others before the first."""
    given: list[Floats] = []
    rest = list(parts)
    if first:
        given.append(np.minimum(rest.pop(0), room))
        room = room - given[0]
    total = np.sum(rest, axis=0)
    scale = np.where(total > room, np.divide(room, total, out=np.ones_like(room), where=total > 0), 1.0)
    return [*given, *(part * scale for part in rest)]


def _near(amount: Floats, room: Floats) -> tuple[Floats, Floats]:
    """(what fits, what is left) where what finds no room in its own cell may go to the next ones.

    A sample says how much it was since the one before, a tenth of a second ago; in which cells of these, the tasks say.
    """
    (filled,) = _pour(amount, room)
    left, room = amount - filled, np.maximum(room - filled, 0.0)
    cells = len(room)
    for step in range(1, min(REACH, cells - 1) + 1):
        for giving, taking in (
            (slice(0, cells - step), slice(step, cells)),
            (slice(step, cells), slice(0, cells - step)),
        ):
            moved = np.minimum(left[giving], room[taking])
            filled[taking] += moved
            room[taking] -= moved
            left[giving] -= moved
    return filled, np.maximum(left, 0.0)


def _pour(amount: Floats, *rooms: Floats) -> list[Floats]:
    """Fill the rooms one after the other; what fits into none is spilt."""
    poured = []
    for room in rooms:
        part = np.minimum(amount, np.maximum(room, 0.0))
        poured.append(part)
        amount = amount - part
    return poured
