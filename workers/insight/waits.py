"""Waits that were recorded, added up by kind and, for locks, by name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import HOLDER_SHIFT, SpanKind
from workers.insight.cursor import SpanCursor

if TYPE_CHECKING:
    from workers.insight.store import RunStore

NAMED = (SpanKind.LOCK, SpanKind.QUEUE, SpanKind.RESULT)
WAITS = (SpanKind.LOCK, SpanKind.QUEUE, SpanKind.JOIN, SpanKind.RESULT, SpanKind.IO, SpanKind.START_UP)

MOST_HOLDERS = 4_096


@dataclass(frozen=True)
class WaitSum:
    """All waits of one kind for one thing."""

    kind: SpanKind
    name: str
    """What a lock or a queue of the workload's is called; empty for other kinds, and where no name is known."""
    count: int
    seconds: float
    longest_s: float = 0.0
    held_by: int | None = None
    """The lane that held the lock most often when a wait began; None where that is not known."""
    held: int = 0
    """At how many of the waits it is known who held the lock."""
    several: bool = False
    """Whether it is a semaphore: several can have it at once, and nobody is noted."""


class Waits:
    """The recorded waits of a run. `follow` before it is read."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], list[int]] = {}
        """(kind, number of the lock) -> count, nanoseconds, the longest."""
        self._holders: dict[int, dict[int, int]] = {}
        """Number of the lock -> lane -> at how many waits it held it."""
        self._up: list[tuple[int, int]] = []
        """(asked for, ready) of workers that have come up before the clock has started."""
        self._cursor = SpanCursor()

    def follow(self, store: "RunStore") -> None:
        """Add up what has come since the last time."""
        kind, start, end, number = self._cursor.take(store.spans, ("kind", "start", "end", "queued_us"))
        up = kind == SpanKind.START_UP
        self._up += zip(start[up].tolist(), end[up].tolist(), strict=True)
        if store.clock_start_ns is not None or store.ended is not None:
            self._come_up(store.clock_start_ns or 0)
        chosen = np.isin(kind, WAITS) & ~up
        if not chosen.any():
            return
        kind, length = kind[chosen], (end - start)[chosen]
        number = number[chosen]
        is_lock = kind == SpanKind.LOCK
        lock = np.where(np.isin(kind, NAMED), number & ((1 << HOLDER_SHIFT) - 1), 0)
        self._note_holders(lock[is_lock], number[is_lock] >> HOLDER_SHIFT)
        keys, places = np.unique(kind.astype(np.int64) << HOLDER_SHIFT | lock, return_inverse=True)
        counts, times = np.bincount(places, minlength=len(keys)), np.bincount(places, length, len(keys))
        longest = np.zeros(len(keys), np.int64)
        np.maximum.at(longest, places, length)
        for key, count, ns, most in zip(keys.tolist(), counts.tolist(), times.tolist(), longest.tolist(), strict=True):
            self._add((key >> HOLDER_SHIFT, key & ((1 << HOLDER_SHIFT) - 1)), count, round(ns), most)

    def _add(self, key: tuple[int, int], count: int, ns: int, longest: int) -> None:
        found = self._sums.setdefault(key, [0, 0, 0])
        found[0] += count
        found[1] += ns
        found[2] = max(found[2], longest)

    def _come_up(self, clock_ns: int) -> None:
        """Until the clock starts a worker is coming up, as accounts say too."""
        for start, ready in self._up:
            length = max(ready, clock_ns) - start
            self._add((int(SpanKind.START_UP), 0), 1, length, length)
        self._up = []

    def _note_holders(self, lock: NDArray[np.int64], holder: NDArray[np.int64]) -> None:
        known = (holder > 0) & (holder < 1 << HOLDER_SHIFT)
        pairs, counts = np.unique(lock[known] << HOLDER_SHIFT | holder[known], return_counts=True)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            held = self._holders.setdefault(pair >> HOLDER_SHIFT, {})
            lane = (pair & ((1 << HOLDER_SHIFT) - 1)) - 1
            # Beyond so many the most frequent one is among those already met, or there is none worth a name.
            if lane in held or len(held) < MOST_HOLDERS:
                held[lane] = held.get(lane, 0) + count

    def sums(self, store: "RunStore") -> list[WaitSum]:
        """The longest together first."""
        results: dict[str, list[int]] = {}
        found = []
        for (kind, lock), (count, ns, most) in self._sums.items():
            name = store.lock_names.get(lock, "")
            if kind == SpanKind.RESULT:
                # Each has a place of its own in the table, and all those of one function one name.
                had = results.setdefault(name, [0, 0, 0])
                results[name] = [had[0] + count, had[1] + ns, max(had[2], most)]
                continue
            several = kind == SpanKind.LOCK and lock in store.semaphores
            held = self._held_by(kind, lock)
            found.append(WaitSum(SpanKind(kind), name, count, ns / 1e9, most / 1e9, *held, several))
        found += [
            WaitSum(SpanKind.RESULT, name, count, ns / 1e9, most / 1e9) for name, (count, ns, most) in results.items()
        ]
        return sorted(found, key=lambda wait: -wait.seconds)

    def _held_by(self, kind: int, lock: int) -> tuple[int | None, int]:
        held = self._holders.get(lock, {}) if kind == SpanKind.LOCK else {}
        return max(held, key=lambda lane: (held[lane], -lane), default=None), sum(held.values())
