"""TimelineFeed: reads a RunStore into a Timeline, a bounded piece at a time, and gives lanes their tracks.

A track is a line of the picture: a lane, or several that came after each other. A thread for each task would be thousands of
lines with one span each; what can be seen is the places where they run.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workers.contract.batch import RunStarted
from workers.contract.spans import SpanKind
from workers.insight.store import LaneRow, RunStore
from workers.insight.timeline import Timeline
from workers.insight.timeline_nesting import NOBODY
from workers.insight.timeline_spans import Delta, Span

AT_ONCE = 40_000
"""Rows taken in at once: a few milliseconds."""
MOST_DROPS = 1_000
LOCK_BITS, HOLDER_BITS = 12, 19
"""Of the 31 bits of a span's number: which lock was waited for, and above it who held it."""
_RECORD_LOCK_BITS = 16
"""In the store these two stand in `queued_us`, the lock in the lower bits."""
_NAMES = ("lane", "kind", "failed", "task", "start", "end", "queued_us")


def lock_of(number: int) -> int:
    """Which lock a LOCK span waited for, from 1; 0 where that is not known."""
    return number & ((1 << LOCK_BITS) - 1)


def holder_of(number: int) -> int | None:
    """The lane that held the lock when a LOCK span began; None where that is not known."""
    return (number >> LOCK_BITS) - 1 if number >> LOCK_BITS else None


@dataclass(eq=False)
class Track:
    """One line of the picture."""

    number: int
    """Its lane in the Timeline."""
    lanes: list[LaneRow]
    """In order of time; no two of them lived at once."""

    @property
    def last(self) -> LaneRow:
        """The lane that lives, or the one that ended last."""
        return self.lanes[-1]

    @property
    def pid(self) -> int:
        """The process of the last one."""
        return self.last.info.pid

    @property
    def born_ns(self) -> int:
        """When the first one began."""
        return self.lanes[0].info.started_ns

    @property
    def under_way(self) -> tuple[int, int] | None:
        """(number, when it was first seen) of the task that its last lane is at; None for none. Its span comes when it ends."""
        info = self.last.info
        return (
            (info.task, info.task_since_ns) if info.task >= 0 and info.task_since_ns and info.ended_ns is None else None
        )

    @property
    def waits(self) -> tuple[int, int] | None:
        """(kind, since when) of what its last lane waits for now; None for nothing that is known. Its span comes when it ends."""
        info = self.last.info
        if not info.waiting_for or not info.waiting_since_ns or info.ended_ns is not None:
            return None
        kinds = {"queue": SpanKind.QUEUE, "result": SpanKind.RESULT}
        return int(kinds.get(info.waiting_kind, SpanKind.LOCK)), info.waiting_since_ns

    def at(self, t_ns: int) -> LaneRow:
        """The lane that lived at an instant, or the one before."""
        low = 0
        for i, lane in enumerate(self.lanes):
            if lane.info.started_ns <= t_ns:
                low = i
        return self.lanes[low]


@dataclass(frozen=True)
class Drop:
    """Events of a track that found its ring full, some time in these nanoseconds."""

    track: int
    start_ns: int
    end_ns: int
    count: int


@dataclass
class TimelineFeed:
    """Call `follow` until nothing is `behind`; `timeline` and `tracks` are what has been read."""

    limit: int | None = None
    """Spans kept one by one; None: as many as the store's history says."""
    timeline: Timeline = field(init=False)
    tracks: list[Track] = field(init=False)
    drops: list[Drop] = field(init=False)
    """The newest ones."""
    behind: int = field(init=False)
    """Spans that the store has and the timeline has not."""
    missed: int = field(init=False)
    """Spans that the store had given up before they were read."""
    revision: int = field(init=False, default=0)
    """Changes with whatever was read."""

    def __post_init__(self) -> None:
        self._run: RunStarted | None = None
        self.clear()

    def clear(self) -> None:
        """Forget the run."""
        self.timeline = Timeline()
        self.tracks, self.drops = [], []
        self.behind = self.missed = 0
        self._track_of: NDArray[np.int64] = np.zeros(0, np.int64)
        self._read = self._lanes_seen = self._dropped = self._looked_ns = 0
        self._dropped_of: dict[int, int] = {}
        self._living: dict[object, list[Track]] = {}
        self._over: dict[object, list[tuple[int, int]]] = {}
        """Tracks that nobody lives in, by place: (since when, number)."""
        self._free: dict[object, list[int]] = {}
        """Those of them that whoever comes next may have."""
        self.revision += 1

    def under_way(self, number: int, now_ns: int) -> Span | None:
        """The task that a track is at, as a span that ends now; None for none, and where its own span has been read."""
        task = self.tracks[number].under_way
        if task is None or task[1] >= now_ns:
            return None
        # The reader's word and the span may come in either order of two looks.
        around = self.timeline.at(number, task[1])
        if around is not None and around.kind in (SpanKind.TASK, SpanKind.CUT) and around.number == task[0]:
            return None
        return Span(number, SpanKind.TASK, task[1], now_ns, max(task[0], 0), False, NOBODY, under_way=True)

    def sums(self, numbers: Iterable[int], start_ns: int, end_ns: int, now_ns: int) -> dict[int, int]:
        """As Timeline.sums, and what of these tracks' tasks under way lies in the interval as TASK, or as what they wait for."""
        chosen = list(numbers)
        total = self.timeline.sums(chosen, start_ns, end_ns)
        for number in chosen:
            span = self.under_way(number, now_ns)
            if span is None or span.start >= end_ns or span.end <= start_ns:
                continue
            low, high = max(start_ns, span.start), min(end_ns, span.end)
            # Its waits that are over have spans already.
            more = high - low - sum(self.timeline.sums([number], low, high).values())
            kind, since = self.tracks[number].waits or (SpanKind.TASK, high)
            waiting = min(max(more, 0), max(0, high - max(since, low)))
            for each, ns in ((kind, waiting), (int(SpanKind.TASK), more - waiting)):
                if ns > 0:
                    total[each] = total.get(each, 0) + ns
        return total

    def track_of(self, lane: int) -> int | None:
        """The track of a lane of the store; None where it is not known yet."""
        return int(self._track_of[lane]) if lane < self._lanes_seen else None

    def follow(self, store: RunStore, most: int = AT_ONCE) -> list[Delta]:
        """Take in at most `most` new spans. Returns what they change."""
        if store.started is not self._run or len(store.lanes) < self._lanes_seen:
            self._run = store.started
            self.clear()
        self.timeline.limit = store.history.timeline if self.limit is None else self.limit
        self._follow_lanes(store)
        self._follow_drops(store)
        spans = store.spans
        if self._read < spans.forgotten:
            self.missed += spans.forgotten - self._read
            self._read = spans.forgotten
        low = self._read - spans.forgotten
        high = min(len(spans), low + most)
        self.behind = len(spans) - high
        if high <= low:
            return []
        lane, kind, failed, task, start, end, number = spans.part(_NAMES, low, high)
        self._read += high - low
        self.revision += 1
        numbers = np.where((kind == SpanKind.TASK) | (kind == SpanKind.CUT), task, number)
        locks = kind == SpanKind.LOCK
        if locks.any():
            numbers[locks] = _packed(number[locks])
        up = kind == SpanKind.START_UP
        if up.any():
            # Until the clock starts a worker is coming up, as accounts say too. No span gets into the store before that.
            end = np.where(up, np.maximum(end, store.clock_start_ns or 0), end)
        delta = self.timeline.append(self._track_of[lane], kind, start, end, np.maximum(numbers, 0), failed)
        return [delta]

    def _follow_lanes(self, store: RunStore) -> None:
        count = len(store.lanes)
        if count == self._lanes_seen:
            return
        if count > len(self._track_of):
            grown = np.zeros(max(64, 2 * count), np.int64)
            grown[: len(self._track_of)] = self._track_of
            self._track_of = grown
        last_end = self._last_ends(store, count)
        for place, tracks in self._living.items():
            ended = [track for track in tracks if track.last.info.ended_ns is not None]
            if ended:
                self._living[place] = [track for track in tracks if track.last.info.ended_ns is None]
                for track in ended:
                    self._let_go(place, track, last_end)
        new = store.lanes[self._lanes_seen : count]
        for lane in sorted(new, key=lambda row: row.info.started_ns):
            place = _place_of(lane)
            track = self._track_for(place, lane)
            self._track_of[lane.info.number] = track.number
            if lane.info.ended_ns is None:
                self._living.setdefault(place, []).append(track)
            else:
                self._let_go(place, track, last_end)
        self._lanes_seen = count
        self.revision += 1

    def _last_ends(self, store: RunStore, count: int) -> NDArray[np.int64]:
        """By lane the end of its last span, of those that are read or come next; 0 for none."""
        found = np.zeros(count, np.int64)
        for track in (track for tracks in self._living.values() for track in tracks):
            bounds = self.timeline.bounds(track.number)
            if bounds and bounds[1] >= track.last.info.started_ns:
                found[track.last.info.number] = bounds[1]
        low = max(0, self._read - store.spans.forgotten)
        lane, end = store.spans.part(("lane", "end"), low, low + AT_ONCE)
        known = lane < count
        np.maximum.at(found, lane[known], end[known])
        return found

    def _let_go(self, place: object, track: Track, last_end: NDArray[np.int64]) -> None:
        # That a lane ended is noticed a little later: after the birth of who took its place.
        over = int(last_end[track.last.info.number]) or track.last.info.ended_ns or 0
        heapq.heappush(self._over.setdefault(place, []), (over, track.number))

    def _track_for(self, place: object, lane: LaneRow) -> Track:
        over, free = self._over.get(place, []), self._free.setdefault(place, [])
        while place is not None and over and over[0][0] <= lane.info.started_ns:
            heapq.heappush(free, heapq.heappop(over)[1])
        if free:
            # The first line that is free: those beyond what is needed then run out.
            track = self.tracks[heapq.heappop(free)]
            track.lanes.append(lane)
            return track
        track = Track(len(self.tracks), [lane])
        self.tracks.append(track)
        return track

    def _follow_drops(self, store: RunStore) -> None:
        # All lanes are asked only where something was dropped at all: there may be very many.
        if store.dropped != self._dropped:
            self._dropped = store.dropped
            since = self._looked_ns or store.clock_start_ns or store.now_ns
            for lane in store.lanes[: self._lanes_seen]:
                info = lane.info
                more = info.dropped - self._dropped_of.get(info.number, 0)
                if more > 0:
                    self._dropped_of[info.number] = info.dropped
                    self._note(Drop(int(self._track_of[info.number]), since, store.now_ns, more))
            del self.drops[:-MOST_DROPS]
            self.revision += 1
        self._looked_ns = store.now_ns

    def _note(self, drop: Drop) -> None:
        for i in range(len(self.drops) - 1, max(-1, len(self.drops) - 65), -1):
            old = self.drops[i]
            if old.track == drop.track and old.end_ns >= drop.start_ns:
                self.drops[i] = Drop(drop.track, old.start_ns, drop.end_ns, old.count + drop.count)
                return
        self.drops.append(drop)


def _place_of(lane: LaneRow) -> object:
    """Lanes of one place follow each other in its tracks: threads those of their process, processes other processes."""
    info = lane.info
    if info.role == "main":
        return None
    return "process" if info.tid == info.pid and info.role == "worker" else (info.host, info.pid)


def _packed(number: NDArray[np.int64]) -> NDArray[np.int64]:
    lock, holder = number & ((1 << _RECORD_LOCK_BITS) - 1), number >> _RECORD_LOCK_BITS
    lock = np.where(lock < 1 << LOCK_BITS, lock, 0)
    holder = np.where((holder >= 0) & (holder < 1 << HOLDER_BITS), holder, 0)
    return holder << LOCK_BITS | lock
