"""The ledger: what is known of each lane's and each thread's time, entered into cells as it arrives.

    spans   -> per lane:   time under tasks, under each kind of wait, and between a task's being there and its start
    samples -> per thread: CPU, waiting for a core, and where it slept in the kernel when it was looked at

`workers.insight.accounts` makes accounts of it. Spans may be forgotten afterwards: the cells stay. Cells are 50 ms wide; when
there are too many of them, all become twice as wide, so that memory is bounded however long the run.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from workers.contract.batch import Batch, LaneInfo, ThreadSample
from workers.insight.cells import FEW, Cells, Floats, Raster, Times, spread
from workers.insight.cursor import SpanCursor
from workers.insight.ledger_rows import Row, Seen, found_in

if TYPE_CHECKING:
    from workers.insight.store import RunStore

WIDTH_NS = 50_000_000
CELL_LIMIT = 400_000
"""Cells of all lanes and threads together; each is about 70 bytes."""


@dataclass
class Settled:
    """Of a lane's account what will not change any more; of a long run that is nearly all."""

    width_ns: int
    first: int
    totals: Floats
    """Nanoseconds by name up to each edge from that of cell `first` on: what counts is up to `cells`, and there is room for more."""
    cells: int = 0
    over: bool = False
    """Whether the lane has ended, and all of it is settled."""
    done: tuple[Times, Floats] | None = None
    """Then: the instants and the totals, as accounts need them."""


@dataclass
class Track:
    """A lane's cells."""

    cells: Cells
    last_end: int = 0
    """When its last task ended."""
    settled_ns: int = 0
    """No span that begins before this can come any more."""
    account: "Settled | None" = None
    """What accounts keep of one time for the next."""
    unseen_ns: int = 0
    unseen_at: int = 0
    """How much pickling without spans has been entered, and up to when."""


@dataclass
class ThreadTrack:
    """A thread's cells. A TID that is used again goes on in the same ones: the two were never there at once."""

    cells: Cells
    group: tuple[int, int]
    samples: list[tuple[int, int, int]] = field(default_factory=list)
    """(t, CPU ns, run-queue ns) not entered yet; the last one entered stands first."""


class Ledger:
    """See the module. Belongs to a RunStore, which hands it every batch."""

    def __init__(self, asked_ns: int) -> None:
        self.raster = Raster(asked_ns, WIDTH_NS)
        self.lanes: dict[int, Track] = {}
        self.threads: dict[tuple[int, int], ThreadTrack] = {}
        self.groups: dict[tuple[int, int], Cells] = {}
        """(PID, interpreter), who share a GIL -> the sums of their threads, rows as `Seen`."""
        self.lanes_on: dict[tuple[int, int], list[int]] = {}
        """(PID, TID) -> numbers of its lanes, in the order in which they came."""
        self.sampled_ns = 0
        """When a thread was last sampled."""
        self.entered_ns = 0
        """Up to when samples have been entered."""
        self.unsettled: deque[int] = deque()
        """Lanes that have ended, in that order, whose accounts may not be settled yet."""
        self._sampled: dict[tuple[int, int], ThreadTrack] = {}
        """Threads with samples that have not been entered: of thousands most are long gone."""
        self._cursor = SpanCursor()
        self._met: set[int] = set()
        self._open: dict[int, None] = {}
        """Lanes whose last word on their CPU time has not been entered."""

    # ---- as it arrives ---------------------------------------------------------------------------------------------
    def take(self, batch: Batch, store: "RunStore") -> None:
        """Take in a batch that `store` has taken in."""
        for lane in batch.lanes:
            if lane.number not in self._met:
                self._meet(lane)
        for sample in batch.threads:
            self._sample(sample, store)

    def _meet(self, lane: LaneInfo) -> None:
        key = lane.pid, lane.tid
        self._met.add(lane.number)
        self._open[lane.number] = None
        self.lanes_on.setdefault(key, []).append(lane.number)
        if lane.interpreter and key in self.threads:
            # It was sampled before it had said that it is a sub-interpreter, with a GIL of its own.
            self.threads[key].group = self._group((lane.pid, lane.interpreter))

    def _sample(self, sample: ThreadSample, store: "RunStore") -> None:
        key = sample.pid, sample.tid
        lanes = [store.lanes[number].info for number in self.lanes_on.get(key, ())]
        track = self.threads.get(key)
        self.sampled_ns = max(self.sampled_ns, sample.t_ns)
        if track is None:
            track = self._thread(key, lanes)
        cpu, queue = round(sample.cpu_s * 1e9), round((sample.run_queue_s or 0.0) * 1e9)
        last = track.samples[-1] if track.samples else None
        if last is not None and sample.t_ns <= last[0]:
            return  # it was not looked at anew
        if last is None or cpu < last[1]:
            self._enter_samples(track)
            track.samples = []
            # A thread that began as this lane had used nothing before it. The main thread of a host had.
            if lanes and lanes[-1].ended_ns is None and lanes[-1].role != "main":
                track.samples.append((max(lanes[-1].started_ns, last[0] if last else 0), 0, 0))
        track.samples.append((sample.t_ns, cpu, queue))
        self._sampled[key] = track
        if sample.sleeps_in and any(lane.task >= 0 and lane.ended_ns is None for lane in lanes):
            row = Seen.FUTEX if sample.sleeps_in == "futex" else Seen.IO
            track.cells.count_at(row, sample.t_ns)
            self.groups[track.group].count_at(row, sample.t_ns)

    def _thread(self, key: tuple[int, int], lanes: list[LaneInfo]) -> ThreadTrack:
        group = key[0], max((lane.interpreter for lane in lanes), default=0)
        track = self.threads[key] = ThreadTrack(Cells(self.raster, len(Seen)), self._group(group))
        return track

    def _group(self, group: tuple[int, int]) -> tuple[int, int]:
        self.groups.setdefault(group, Cells(self.raster, len(Seen)))
        return group

    # ---- entering --------------------------------------------------------------------------------------------------
    def fold(self, store: "RunStore") -> None:
        """Enter everything that has come."""
        self.enter_spans(store)
        self.enter_samples(store)

    def enter_samples(self, store: "RunStore") -> None:
        """Enter the samples that have come, and close the lanes that are over."""
        for number in self._open:
            self._enter_unseen(store.lanes[number].info, store)
        self.entered_ns = self.sampled_ns
        sampled, self._sampled = self._sampled, {}
        for track in sampled.values():
            self._enter_samples(track)
        for number in list(self._open):
            info = store.lanes[number].info
            if info.ended_ns is not None or store.ended is not None:
                del self._open[number]
                self._close(info, store)
                if store.ended is None:
                    self.unsettled.append(number)
        while self.raster.allocated > CELL_LIMIT and self.raster.width_ns < 60_000_000_000:
            self.raster.width_ns *= 2
            for cells in self._all():
                cells.halve()
            for lane in self.lanes.values():
                lane.account = None

    def _all(self) -> Iterator[Cells]:
        for track in self.lanes.values():
            yield track.cells
        for thread in self.threads.values():
            yield thread.cells
        yield from self.groups.values()

    def enter_spans(self, store: "RunStore") -> None:
        """Enter the spans that have come."""
        lane, *columns = self._cursor.take(store.spans, ("lane", "kind", "task", "start", "end", "queued_us"))
        if not len(lane):
            return
        order = np.argsort(lane, kind="stable")
        numbers, places = np.unique(lane[order], return_inverse=True)
        tracks = [self._track(number) for number in numbers.tolist()]
        last_end = np.array([track.last_end for track in tracks], np.int64)
        kind, task, start, end, queued_us = (column[order] for column in columns)
        found = found_in(places, kind, task, start, end, queued_us, last_end, store.clock_start_ns or 0)
        spread([track.cells for track in tracks], len(Row), *found.intervals)
        for track, last, settled in zip(tracks, found.last_end.tolist(), found.settled.tolist(), strict=True):
            track.last_end, track.settled_ns = last, max(track.settled_ns, settled)

    def _enter_unseen(self, lane: LaneInfo, store: "RunStore") -> None:
        """Pickling too short for spans, evenly over the time since it was last looked at."""
        more = lane.unseen_ns - (self.lanes[lane.number].unseen_ns if lane.number in self.lanes else 0)
        if more <= 0:
            return
        track = self._track(lane.number)
        start = max(track.unseen_at, lane.started_ns, store.clock_start_ns or 0)
        end = min(lane.ended_ns or store.now_ns, store.ended.ended_ns if store.ended else store.now_ns)
        if end > start:
            track.cells.add_one(Row.PICKLE_OUT, start, end, min(1.0, more / (end - start)))
            track.unseen_ns, track.unseen_at = lane.unseen_ns, end

    def _track(self, number: int) -> Track:
        track = self.lanes.get(number)
        if track is None:
            track = self.lanes[number] = Track(Cells(self.raster, len(Row)))
        return track

    def _enter_samples(self, track: ThreadTrack) -> None:
        samples = track.samples
        if len(samples) < 2:
            return
        if len(samples) <= FEW + 1:
            # Of a run that goes on there is one more at a time: arrays of one would take five times as long.
            for one, next_one in pairwise(samples):
                self._enter_sample(track, one, next_one)
            track.samples = samples[-1:]
            return
        t, cpu, queue = (np.array(column, np.int64) for column in zip(*samples, strict=True))
        used, queued = np.maximum(np.diff(cpu), 0), np.maximum(np.diff(queue), 0)
        # The kernel counts a wait for a core when it is over: it may have begun before the last sample.
        began = np.minimum(t[:-1], t[1:] - used - queued)
        for row, start, ns in (
            (Seen.CPU, t[:-1], used),
            (Seen.RUN_QUEUE, began, queued),
            (Seen.KNOWN, t[:-1], np.diff(t)),
        ):
            share = np.minimum(ns / np.maximum(t[1:] - start, 1), 1.0)
            track.cells.add(row, start, t[1:], share)
            self.groups[track.group].add(row, start, t[1:], share)
        track.samples = samples[-1:]

    def _enter_sample(self, track: ThreadTrack, one: tuple[int, int, int], next_one: tuple[int, int, int]) -> None:
        """What lies between two samples, as `_enter_samples` does it for many."""
        start, end = one[0], next_one[0]
        used, queued = max(0, next_one[1] - one[1]), max(0, next_one[2] - one[2])
        began = min(start, end - used - queued)
        running = min(used / max(end - start, 1), 1.0)
        waiting = min(queued / max(end - began, 1), 1.0)
        for cells in (track.cells, self.groups[track.group]):
            cells.add_one(Seen.CPU, start, end, running)
            cells.add_one(Seen.RUN_QUEUE, began, end, waiting)
            cells.add_one(Seen.KNOWN, start, end)

    def _close(self, lane: LaneInfo, store: "RunStore") -> None:
        """Of a lane that is over: after its last sample, or if it never was sampled, what it said itself counts."""
        key = lane.pid, lane.tid
        on = [store.lanes[number].info for number in self.lanes_on[key]]
        if on[0].role == "main" and on[0].number != lane.number:
            return  # a coroutine: its thread is closed with its first lane
        track = self.threads.get(key) or self._thread(key, on)
        end = store.ended.ended_ns if store.ended else store.now_ns
        over, clock = min(lane.ended_ns or end, end), store.clock_start_ns or end
        cpu = max((other.cpu_ns for other in on), default=0) if lane.role == "main" else lane.cpu_ns
        last = track.samples[-1] if track.samples else None
        if last is not None and last[0] >= lane.started_ns:
            at, base_cpu, base_queue = last
            if lane.died:
                return  # what it said was before that
        elif lane.tid == lane.pid:
            # What a process used until it was ready belongs to its start-up.
            at, base_cpu, base_queue = max(lane.started_ns, clock), lane.ready_cpu_ns, lane.ready_run_queue_ns
        else:
            at, base_cpu, base_queue = max(lane.started_ns, clock), 0, 0
        if over > at:
            wall = over - at
            running = min(1.0, max(0, cpu - base_cpu) / wall)
            queued = min(1.0 - running, max(0, lane.run_queue_ns - base_queue) / wall)
            for cells in (track.cells, self.groups[track.group]):
                for row, share in ((Seen.CPU, running), (Seen.RUN_QUEUE, queued), (Seen.KNOWN, 1.0)):
                    cells.add_one(row, at, over, share)
        if last is not None and last[0] <= over:
            track.samples = []
