"""A counter that is watched: where a write overwrites what others have written, the reads and writes that led to it are told.

Nothing is locked, nothing is made safer: `value` is read and written as it would be without us. Each lane remembers its own last
read. Each write is noted in a log that all lanes share, in the place of the number written, so that whoever finds a number there
that is not the one it has read can look up who wrote it. That makes a film of one lost update:

    A reads v, B reads w - 1, B writes w, A writes v + 1: the w - v updates that stood there are gone

A read is timed after it and a write before it, and the log is written after the write and looked up before the next one. So a
write whose time is later than A's read, and which is in the log when A looks, did come between A's read and A's write. What
cannot be told for certain is left out of the film, and the film says so.

A film travels as one frame of the text channel: JSON [counter, lost, note, [[t_ns, pid, tid, lane, op, value], ...]].
"""

import json
import os
import struct
from functools import reduce
from operator import xor
from typing import Any, NamedTuple, Protocol

from workers.telemetry import recorder
from workers.telemetry.clock import now
from workers.telemetry.recorder import Lane
from workers.telemetry.text import TEXT_CHARS

FILMS_A_LANE, FILMS_A_RUN = 3, 30
NAME_CHARS, NAME_BYTES = 40, 48
PLACES = 64
"""Of the log; a power of two. The number that stands in the counter is never older than the last write."""
_MASK = PLACES - 1
_RECORD = struct.Struct(f"@6q{NAME_BYTES}sq")
_WORDS = struct.Struct(f"@{_RECORD.size // 8}q")
SHARED_WORDS = 1 + PLACES * _RECORD.size // 8
"""64-bit words of a log that processes share; the first counts the run's films."""


class Update(NamedTuple):
    """A read of the counter and the write that followed it, by one lane."""

    read: int
    read_ns: int
    written: int
    written_ns: int
    pid: int
    tid: int
    lane: str

    def steps(self) -> list[list[Any]]:
        """As a film has them."""
        who = [self.pid, self.tid, self.lane[:NAME_CHARS]]
        return [[self.read_ns, *who, "read", self.read], [self.written_ns, *who, "write", self.written]]


class Log(Protocol):
    """The last update that wrote a number, by that number."""

    def note(self, read: int, read_ns: int, written: int, written_ns: int, lane: Lane) -> None:
        """Keep it."""

    def find(self, written: int) -> Update | None:
        """The last that wrote `written`, if it is still there."""

    def take_film(self) -> bool:
        """Whether the run may have one more film. Lanes may ask at once: one or two too many do no harm."""


class ThreadLog:
    """The log of threads and coroutines: tuples in a list."""

    def __init__(self) -> None:
        self._places: list[tuple[int, int, int, int, Lane] | None] = [None] * PLACES
        self._films = 0

    def note(self, read: int, read_ns: int, written: int, written_ns: int, lane: Lane) -> None:
        """See `Log`."""
        self._places[written & _MASK] = read, read_ns, written, written_ns, lane

    def find(self, written: int) -> Update | None:
        """See `Log`."""
        kept = self._places[written & _MASK]
        if kept is None or kept[2] != written:
            return None
        return Update(*kept[:4], os.getpid(), kept[4].tid, kept[4].name)

    def take_film(self) -> bool:
        """See `Log`."""
        self._films += 1
        return self._films <= FILMS_A_RUN


class ProcessLog:
    """The log of processes, in shared memory. A record that two have written at once does not check, and is none."""

    def __init__(self, words: Any) -> None:
        """`words`: a shared array of SHARED_WORDS 64-bit numbers, all 0."""
        self._words = words
        self._who: dict[int, tuple[Lane, int, bytes, int]] = {}

    def __getstate__(self) -> Any:
        return self._words

    def __setstate__(self, words: Any) -> None:
        self._words, self._who = words, {}

    def note(self, read: int, read_ns: int, written: int, written_ns: int, lane: Lane) -> None:
        """See `Log`."""
        known = self._who.get(lane.number)
        if known is None or known[0] is not lane:
            known = self._who[lane.number] = self._introduce(lane)
        _, pid, name, check = known
        check ^= read ^ read_ns ^ written ^ written_ns
        at = 8 + (written & _MASK) * _RECORD.size
        _RECORD.pack_into(self._words, at, read, read_ns, written, written_ns, pid, lane.tid, name, check)

    def _introduce(self, lane: Lane) -> tuple[Lane, int, bytes, int]:
        """What is the same in all records of a lane: its PID, its name, and what these add to the check."""
        pid, name = os.getpid(), lane.name[:NAME_CHARS].encode()[: NAME_BYTES - 1].ljust(NAME_BYTES, b"\0")
        return lane, pid, name, reduce(xor, struct.unpack(f"@{NAME_BYTES // 8}q", name), pid ^ lane.tid)

    def find(self, written: int) -> Update | None:
        """See `Log`."""
        at = 8 + (written & _MASK) * _RECORD.size
        words = _WORDS.unpack_from(self._words, at)  # once: others go on writing
        if reduce(xor, words) or words[2] != written or not words[4]:
            return None
        name = struct.pack(f"@{NAME_BYTES // 8}q", *words[6:-1]).split(b"\0", 1)[0].decode(errors="ignore")
        read, read_ns, _, written_ns, pid, tid = words[:6]
        return Update(read, read_ns, written, written_ns, pid, tid, name)

    def take_film(self) -> bool:
        """See `Log`."""
        self._words[0] += 1
        return bool(self._words[0] <= FILMS_A_RUN)


class WatchedCounter:
    """A whole number of 64 bits that lanes share, watched. Picklable where the cell and the log are."""

    def __init__(self, cell: Any, log: Log, name: str) -> None:
        """`cell.value` is the number itself; `name` is what it is called on screen."""
        self._cell = cell
        self._log = log
        self._name = name
        self._reads: dict[int, tuple[int, int, Lane]] = {}
        self._films: dict[int, int] = {}

    def __reduce__(self) -> Any:
        return WatchedCounter, (self._cell, self._log, self._name)

    @property
    def value(self) -> int:
        """The number. The lane that reads it is taken to write it next."""
        value: int = self._cell.value
        read_ns = now()
        lane = recorder.current()
        if lane is not None:
            self._reads[lane.number] = value, read_ns, lane
        return value

    @value.setter
    def value(self, value: int) -> None:
        lane = recorder.current()
        kept = self._reads.pop(lane.number, None) if lane is not None else None
        if lane is None or kept is None or kept[2] is not lane:
            self._cell.value = value  # nothing was read before: this is no update
            return
        cell = self._cell
        read, read_ns, _ = kept
        written_ns = now()
        found = cell.value
        if found > read and self._films.get(lane.number, 0) < FILMS_A_LANE:
            other = self._log.find(found)
            written_ns = now()
            # From this look to the write nothing is called: with a GIL nobody can get in between, without one hardly.
            certain = cell.value == found
            cell.value = value
            self._log.note(read, read_ns, value, written_ns, lane)
            if certain:
                own = Update(read, read_ns, value, written_ns, os.getpid(), lane.tid, lane.name)
                self._tell(lane.number, own, found, other)
        else:
            cell.value = value
            self._log.note(read, read_ns, value, written_ns, lane)

    def _tell(self, lane: int, own: Update, found: int, other: Update | None) -> None:
        """Send a film of `own`, which has overwritten `found`; `other` wrote that, as far as is known."""
        films = self._films.get(lane, 0)
        steps, note = own.steps(), ""
        if other is not None and own.read_ns < other.written_ns <= own.written_ns:
            steps = sorted([*steps, *other.steps()])
        elif films:
            return  # one that leaves something out is enough
        else:
            note = f"Who wrote {found} is not known: it is not in the records any more, or not yet."
        story = json.dumps([self._name[:NAME_CHARS], found - own.read, note, steps], ensure_ascii=False)
        if len(story) <= TEXT_CHARS and self._log.take_film():
            self._films[lane] = films + 1
            recorder.say("film", story)
