"""What the ledger's cells hold, and which of it the spans of many lanes come to: all lanes at once, for there may be thousands."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import AWAITED, SpanKind
from workers.insight.cells import Times


class Row(IntEnum):
    """Rows of a lane's cells, nanoseconds."""

    TASK = 0
    LOCK = 1
    NAP = 2
    PICKLE_IN = 3
    """Pickling inside a task."""
    PICKLE_OUT = 4
    QUEUE = 5
    REST = 6
    """Waiting for others to end or to answer."""
    START_UP = 7
    DISPATCH = 8
    """No task under way although the next one had been submitted."""
    QUEUE_IN = 9
    """Waiting inside a task: for a queue of the workload's, or for the result of what it has submitted."""
    DOZE = 10
    """Asleep in the event loop, while others could go on."""


class Seen(IntEnum):
    """Rows of a thread's cells."""

    CPU = 0
    RUN_QUEUE = 1
    KNOWN = 2
    """Nanoseconds for which CPU is known."""
    FUTEX = 3
    """How often it was seen asleep on a futex while a task of its was under way."""
    IO = 4
    """How often it was seen asleep elsewhere."""


_ROWS = {
    SpanKind.TASK: Row.TASK,
    SpanKind.CUT: Row.TASK,
    SpanKind.LOCK: Row.LOCK,
    SpanKind.IO: Row.NAP,
    SpanKind.QUEUE: Row.QUEUE,
    SpanKind.JOIN: Row.REST,
    SpanKind.RESULT: Row.REST,
    SpanKind.START_UP: Row.START_UP,
}
_PICKLING = -1
_ROW_OF = np.full(256, _PICKLING, np.int64)
for _kind, _row in _ROWS.items():
    _ROW_OF[_kind] = _row


class Intervals(NamedTuple):
    """Intervals of time (ns) that belong into these rows of these lanes; columns of equal length."""

    lane: NDArray[np.int64]
    """A place in the list of lanes."""
    row: NDArray[np.int64]
    start: Times
    end: Times


class Found(NamedTuple):
    """What a block of spans comes to."""

    intervals: Intervals
    last_end: Times
    """By lane when its last task ended."""
    settled: Times
    """By lane up to when nothing more can come; 0 where this block says nothing of it."""


def found_in(
    lane: NDArray[np.int64],
    kind: NDArray[np.uint8],
    task: NDArray[np.int64],
    start: Times,
    end: Times,
    queued_us: NDArray[np.int64],
    last_end: Times,
    clock_ns: int,
) -> Found:
    """Of spans in order of their lanes, each lane's in order of their ends. `last_end` is by lane, as known before."""
    is_task = (kind == SpanKind.TASK) | (kind == SpanKind.CUT)
    # These lie one after the other, and what is within them comes before them.
    handed = (kind == SpanKind.QUEUE) | (kind == SpanKind.RESULT)
    within = handed & (queued_us > 0)  # a task's own, which says what it waited for
    outer = is_task | (handed & ~within) | (kind == SpanKind.JOIN)
    lows = np.flatnonzero(np.diff(lane, prepend=-1))
    settled = np.maximum.reduceat(np.where(outer, end, 0), lows)
    row = _ROW_OF[kind]
    pickling = row == _PICKLING
    # Before the clock everything is start-up, recorded or not.
    since = np.where(pickling, start, np.maximum(start, clock_ns))
    row = np.where(pickling, np.where(task >= 0, int(Row.PICKLE_IN), int(Row.PICKLE_OUT)), row)
    row[within] = int(Row.QUEUE_IN)
    row[(kind == SpanKind.IO) & (queued_us == AWAITED)] = int(Row.DOZE)
    whose, starts, ends = lane[is_task], start[is_task], end[is_task]
    before, last_end = _before(whose, ends, last_end, clock_ns)
    waiting = np.maximum(before, starts - queued_us[is_task] * 1_000)
    intervals = Intervals(
        np.concatenate((lane, whose)),
        np.concatenate((row, np.full(len(whose), int(Row.DISPATCH)))),
        np.concatenate((since, waiting)),
        np.concatenate((end, starts)),
    )
    good = intervals.end > intervals.start
    return Found(Intervals(*(column[good] for column in intervals)), last_end, settled)


def _before(lane: NDArray[np.int64], ends: Times, last_end: Times, clock_ns: int) -> tuple[Times, Times]:
    """For each task when the latest one before it in its lane had ended, the clock's start at the earliest; and by lane the last end."""
    if not len(lane):
        return ends, last_end
    lanes = len(last_end)
    known = np.maximum(last_end, clock_ns)
    base = min(int(ends.min()), int(known.min()))
    length = max(int(ends.max()), int(known.max())) - base + 1
    # What was known of each lane stands before its tasks, and each lane has a stretch of one long axis to itself.
    at = np.arange(len(lane)) + lane + 1
    axis = np.empty(len(lane) + lanes, np.int64)
    first = np.searchsorted(lane, np.arange(lanes)) + np.arange(lanes)
    axis[first] = known - base + np.arange(lanes) * length
    axis[at] = ends - base + lane * length
    reached = np.maximum.accumulate(axis)
    final = reached[np.append(first[1:], len(axis)) - 1] + base - np.arange(lanes) * length
    ran = np.bincount(lane, minlength=lanes) > 0
    return reached[at - 1] + base - lane * length, np.where(ran, final, last_end)
