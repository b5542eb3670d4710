"""One life, of a process or a thread, and a strip that holds one or several after each other."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gui.charts.strips import HOLD_NS, PERIOD_NS, Samples, Segments
from workers.insight.columns import Columns
from workers.insight.store import LaneRow, ProcessRow, ThreadRow

LATE_NS = 100_000_000
"""An end may be noted this much too late: after the birth of who took the place."""
SETTLED_NS = 1_000_000_000
"""The last word on an ended process may come this long after its end; a row is called ended after as long a pause."""
_PIECES = {"start": "i8", "end": "i8", "cpu": "f4", "queue": "f4"}
_LIVES = {"start": "i8", "end": "i8"}
Piece = tuple[int, int, float, float]


@dataclass(eq=False)
class Life:
    """One process, or one worker thread of a process that has several."""

    process: ProcessRow
    thread: ThreadRow | None = None
    lane: LaneRow | None = None
    number: int = 0
    """Of the thread, in order of birth, from 1."""
    busy_until_ns: int = 0
    """When its last task ended."""
    row: "StripRow | None" = None

    @property
    def key(self) -> str:
        """Its name in the chart's series."""
        return str(self.process.pid) if self.thread is None else f"{self.process.pid}/{self.thread.sample.tid}"

    @property
    def history(self) -> Columns:
        """Its samples."""
        return self.process.history if self.thread is None else self.thread.history

    def samples(self) -> Samples:
        """What is known of its shares. A process too short to be sampled has its CPU time, and so a mean over its life."""
        history, process = self.history, self.process
        if (
            len(history)
            or self.thread is not None
            or process.started_ns is None
            or process.ended_ns is None
            or process.cpu_s <= 0
        ):
            return Samples.of(history)
        return Samples.of_life(process.started_ns, process.ended_ns, process.cpu_s)

    @property
    def tasks(self) -> int:
        """Tasks that ended on it."""
        return self.process.tasks if self.thread is None or self.lane is None else self.lane.tasks

    @property
    def born_ns(self) -> int | None:
        """When it began."""
        return self.process.started_ns if self.thread is None or self.lane is None else self.lane.info.started_ns

    @property
    def ended_ns(self) -> int | None:
        """When it ended; None while it lives."""
        lane_ended = self.lane.info.ended_ns if self.lane is not None else None
        if lane_ended is not None:
            return min(lane_ended, self.process.ended_ns or lane_ended)
        if self.thread is None:
            return self.process.ended_ns
        return self.thread.sample.t_ns if self.thread.ended else self.process.ended_ns

    @property
    def over_ns(self) -> int | None:
        """The earliest that it can have ended, by all that is known; None while it lives."""
        ended = self.ended_ns
        return max(self.busy_until_ns, ended - LATE_NS) if ended is not None and self.busy_until_ns else ended

    def pieces(self, now_ns: int) -> list[Piece]:
        """(start, end, CPU share, run-queue share) of the stretches of its life that something is known of, in order."""
        born, ended = self.born_ns, self.ended_ns
        if born is None:
            return []
        used = self.process.cpu_s if self.thread is None else 0.0
        if not len(self.history):
            return (
                [] if ended is None or ended <= born or used <= 0 else [(born, ended, used * 1e9 / (ended - born), 0.0)]
            )
        t = self.history["t"].tolist()
        first = min(max(born, t[0] - PERIOD_NS), t[0])
        cpu = self.history["cpu"].tolist()
        queue = np.nan_to_num(self.history["run_queue"]).tolist()
        found = list(zip([first, *t[:-1]], t, cpu, queue, strict=True))
        if ended is None:
            return [*found, (t[-1], now_ns, cpu[-1], queue[-1])] if 0 < now_ns - t[-1] < HOLD_NS else found
        # Before the first sample and after the last it used what the samples do not account for.
        rest = (first - born) + (ended - t[-1])
        if self.thread is None and rest > 0:
            share = max(0.0, used * 1e9 - sum((end - start) * c for start, end, c, _ in found)) / rest
            found = [(born, first, share, 0.0), *found, (t[-1], ended, share, 0.0)]
        return [piece for piece in found if piece[1] > piece[0]]


@dataclass(eq=False)
class StripRow:
    """One strip: a life, or several after each other."""

    lives: list[Life]
    firm: int = 0
    """How many of them stay in this row, and are over for good."""
    _settled: int = 0
    _pieces: Columns = field(default_factory=lambda: Columns(_PIECES, 200_000))
    _spans: Columns = field(default_factory=lambda: Columns(_LIVES, 200_000))

    @property
    def last(self) -> Life:
        """The life that goes on, or the one that ended last."""
        return self.lives[-1]

    @property
    def key(self) -> str:
        """The name of its last life in the chart's series."""
        return self.last.key

    @property
    def process(self) -> ProcessRow:
        """The process of its last life."""
        return self.last.process

    @property
    def thread(self) -> ThreadRow | None:
        """The thread of its last life, where it is one."""
        return self.last.thread

    @property
    def shared(self) -> bool:
        """Whether it holds more than one life."""
        return len(self.lives) > 1

    @property
    def tasks(self) -> int:
        """Tasks that ended in it."""
        return sum(life.tasks for life in self.lives)

    def gone(self, now_ns: int) -> bool:
        """Whether nothing lives in it; between two lives it is not called so."""
        ended = self.last.ended_ns
        return ended is not None and (not self.shared or now_ns - ended > SETTLED_NS)

    def at(self, t_ns: int) -> Life:
        """The life that goes on at a time, or the one before it."""
        return self.lives[max(0, bisect_right(self.lives, t_ns, key=lambda life: life.born_ns or 0) - 1)]

    def segments(self, now_ns: int) -> Segments:
        """All its lives. What is settled is kept as columns: there may be thousands."""
        if self.firm > self._settled:
            settled = self.lives[self._settled : self.firm]
            self._settled = self.firm
            _extend(self._pieces, [piece for life in settled for piece in life.pieces(now_ns)])
            _extend(self._spans, [(life.born_ns or 0, life.ended_ns or 0) for life in settled])
        young = self.lives[self._settled :]
        pieces = _block(_PIECES, [piece for life in young for piece in life.pieces(now_ns)])
        spans = _block(_LIVES, [(life.born_ns or now_ns, life.ended_ns or now_ns) for life in young])
        # An end that was noted late reaches into the next life: that one is told.
        kept = {name: np.concatenate((self._pieces[name], pieces[name])) for name in _PIECES}
        lives = {name: np.concatenate((self._spans[name], spans[name])) for name in _LIVES}
        for columns in (kept, lives):
            if len(columns["start"]) > 1:
                columns["end"][:-1] = np.minimum(columns["end"][:-1], columns["start"][1:])
        return Segments(kept["start"], kept["end"], kept["cpu"], kept["queue"], lives["start"], lives["end"])


def _block(types: dict[str, str], rows: Iterable[tuple[float, ...]]) -> dict[str, NDArray[Any]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    return {name: np.array(column, dtype) for (name, dtype), column in zip(types.items(), columns, strict=True)}


def _extend(columns: Columns, rows: list[tuple[float, ...]]) -> None:
    if rows:
        columns.append(**_block(_PIECES if len(rows[0]) == len(_PIECES) else _LIVES, rows))
