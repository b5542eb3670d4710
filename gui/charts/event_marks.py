"""Which event belongs to which strip, and which of them stand so close that one sign must do for several. Nothing is painted here."""

import sys
from bisect import bisect_left, insort
from collections import Counter, deque
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from gui.charts.mark_glyphs import SIGNS
from gui.charts.pid_lives import LATE_NS, Life, StripRow
from workers.contract.batch import RunStarted
from workers.insight.store import MARK_LIMIT, RunStore

ELSEWHERE = frozenset({"exit", "workers", "turn"})
"""Marks that get no sign on a strip: ends are known exactly by the process itself; turns stand on the throughput chart."""
RANK = {kind: rank for rank, kind in enumerate(SIGNS)}
HELPERS = frozenset({"forkserver", "resource_tracker"})
"""How multiprocessing's own helpers end is nobody's business here."""
MOST_MEMBERS = 50
"""So many events of a cluster are kept to be told; the rest are counted."""


class Event(NamedTuple):
    """One event on a strip."""

    t_ns: int
    kind: str
    """One of `SIGNS`."""
    text: str
    """What the mark says; plain text from a worker."""
    pid: int
    tid: int = 0
    exit_code: int | None = None
    word: str = ""
    """The kind as it was sent."""


class Cluster:
    """Events of one strip within the width of a sign, drawn as one, or as two above each other."""

    __slots__ = ("count", "events", "kinds", "t_ns")

    def __init__(self, event: Event, last_ns: int) -> None:
        self.t_ns = min(event.t_ns, last_ns)
        self.kinds = [event.kind]
        self.count = 1
        self.events = [event]

    def add(self, event: Event) -> None:
        """Take in one more."""
        self.count += 1
        if len(self.events) < MOST_MEMBERS:
            self.events.append(event)
        if event.kind not in self.kinds:
            insort(self.kinds, event.kind, key=RANK.__getitem__)

    @property
    def kind(self) -> str:
        """The kind that matters most."""
        return self.kinds[0]


_time = attrgetter("t_ns")


class EventMarks:
    """The events of a store, strip by strip."""

    def __init__(self) -> None:
        self._run: RunStarted | None = None
        self._known: object = None
        self._made_for = (0, 0)
        self._forget()

    def _forget(self) -> None:
        self._seen = 0
        self._told: Counter[str] = Counter()
        self._marks: deque[Event] = deque(maxlen=MARK_LIMIT)
        self._ends: dict[StripRow, list[Event]] = {}
        """How the lives of a strip ended that are over for good: there may be thousands."""
        self._ended: Counter[str] = Counter()
        self._wanted: set[int] = set()
        self._places: dict[tuple[int, int], list[tuple[int, int]]] = {}
        """When (birth, ns) and on which strips a thread (0: all others of its process) lived, by PID and TID."""
        self._strips: list[list[Event]] = []
        """In order of time."""
        self._clusters: dict[int, list[Cluster]] = {}

    @property
    def counts(self) -> Counter[str]:
        """Events of the whole run by kind, those that no strip shows included."""
        return self._told + self._ended

    # ---- which strip ----------------------------------------------------------------------------------------------
    def find(self, store: RunStore, rows: list[StripRow], known: object) -> None:
        """Give every event its strip. Where the rows are the same, as `known` tells, only new marks are looked at."""
        if store.started is not self._run or store.marks_seen < self._seen:
            self._run, self._known = store.started, None
            self._forget()
        new = self._take(store)
        if known != self._known or any(event.pid not in self._wanted for event in new):
            self._known = known
            self._place_all(rows)
            return
        for event in new:
            strip = self._strip(event)
            if strip is not None:
                insort(self._strips[strip], event, key=_time)
                self._clusters.pop(strip, None)

    def _take(self, store: RunStore) -> list[Event]:
        """The marks that have come since the last time."""
        count = min(store.marks_seen - self._seen, len(store.marks))
        self._seen = store.marks_seen
        new = []
        for mark in islice(store.marks, len(store.marks) - count, None):
            if mark.kind not in ELSEWHERE:
                kind = mark.kind if mark.kind in SIGNS else "other"
                new.append(Event(mark.t_ns, kind, mark.text, mark.pid, mark.tid, None, mark.kind))
                self._told[kind] += 1
        self._marks.extend(new)
        return new

    def _place_all(self, rows: list[StripRow]) -> None:
        wanted = self._wanted = {event.pid for event in self._marks}
        self._places, self._strips, self._clusters = {}, [], {}
        self._ends = {row: self._ends.get(row, []) for row in rows}
        for number, row in enumerate(rows):
            firm = self._ends[row]
            if len(firm) < row.firm:
                firm += _ends(row.lives[len(firm) : row.firm + 1])[: row.firm - len(firm)]
            self._strips.append([event for event in (*firm, *_ends(row.lives[row.firm :])) if event.kind])
            for life in row.lives if wanted else ():
                if life.process.pid in wanted:
                    tid = life.thread.sample.tid if life.thread is not None else 0
                    self._places.setdefault((life.process.pid, tid), []).append((life.born_ns or 0, number))
        self._ended = Counter(event.kind for events in self._strips for event in events)
        for found in self._places.values():
            found.sort()
        for event in self._marks:
            strip = self._strip(event)
            if strip is not None:
                self._strips[strip].append(event)
        for events in self._strips:
            events.sort(key=_time)

    def _strip(self, event: Event) -> int | None:
        """The strip of its thread, else that of its process; of a PID used again, the one that lived then."""
        found = self._places.get((event.pid, event.tid)) or self._places.get((event.pid, 0))
        if not found:
            return None
        # A birth may be noted a little after what its process did first.
        return next((number for born, number in reversed(found) if born <= event.t_ns + LATE_NS), found[0][1])

    # ---- what stands together -------------------------------------------------------------------------------------
    def clusters(self, strip: int, start_ns: int, end_ns: int, gap_ns: int, final: bool = False) -> list[Cluster]:
        """Those of a strip that begin in a time, in order. No two begin within `gap_ns` of each other.

        They are made over all events and kept: a sign does not change when another one leaves the picture.
        `final`: what came after the end, when workers were sent home, stands there as well.
        """
        last_ns = end_ns if final else sys.maxsize
        if (gap_ns, last_ns) != self._made_for:
            self._made_for = (gap_ns, last_ns)
            self._clusters = {}
        found = self._clusters.get(strip)
        if found is None:
            events = self._strips[strip] if strip < len(self._strips) else []
            found = self._clusters[strip] = _clustered(events, gap_ns, last_ns)
        return found[bisect_left(found, start_ns, key=_time) : bisect_left(found, end_ns + 1, key=_time)]


def _ends(lives: list[Life]) -> list[Event]:
    """How each of these successive lives ended; without a kind where that is not known, or not worth a word."""
    made = []
    for i, life in enumerate(lives):
        process = life.process
        code = process.exit_code
        untold = process.role in HELPERS or (process.role == "host" and not code) or life.thread is not None
        if code is None or process.ended_ns is None or untold:
            made.append(Event(0, "", "", process.pid))
            continue
        ended = process.ended_ns
        if i + 1 < len(lives):
            # An end may be noted after the birth of who took the place.
            ended = min(ended, lives[i + 1].born_ns or ended)
        made.append(Event(ended, "killed" if code else "exit", "", process.pid, exit_code=code))
    return made


def _clustered(events: list[Event], gap_ns: int, last_ns: int) -> list[Cluster]:
    made: list[Cluster] = []
    for event in events:
        if made and min(event.t_ns, last_ns) - made[-1].t_ns < gap_ns:
            made[-1].add(event)
        else:
            made.append(Cluster(event, last_ns))
    return made
