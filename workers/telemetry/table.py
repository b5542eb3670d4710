"""The table of what tasks wait for: locks, semaphores, queues, results. The file `locks` of a run's directory.

A slot of 128 bytes for each, by its number from 1: seven int64 words (the lane that holds it, the lane that held it last, its kind,
a queue's bound, whether it is open, when it was last given back, how often it was taken), and its name. Lanes are named by their
ring's number plus 1; 0: nobody, or not known. What lanes wait for stands in their rings.
"""

import mmap
import os
import struct
from functools import lru_cache

from workers.telemetry import recorder
from workers.telemetry.board import allocate

SLOTS = 1_024
SLOT = 128
_WORDS = 7
NAME_BYTES = SLOT - 8 * _WORDS
_WORD = struct.Struct("@q")
_HOLDER, _LAST, _KIND, _BOUND, _OPEN, _RELEASED, _TAKEN = range(_WORDS)

LOCK, SEMAPHORE, QUEUE, RESULT, OTHER = range(5)
"""Kinds. LOCK: has one holder. OTHER: an Event, a Barrier; who could end that wait is not known."""
ENDED = -1
"""In place of a result's holder: what was submitted has run."""


def locks_path(directory: str) -> str:
    """Where the table of a run stands."""
    return os.path.join(directory, "locks")


class Table:
    """What can be asked of it; how it is read is for others to say."""

    def name(self, number: int) -> str:
        """What it is called."""
        start = (number - 1) * SLOT + 8 * _WORDS
        return self._bytes(start, NAME_BYTES).split(b"\0", 1)[0].decode(errors="replace")

    def holder(self, number: int) -> int:
        """The number of the lane that holds it, or runs what was submitted; ENDED where that has run."""
        return self._read(number, _HOLDER)

    def last(self, number: int) -> int:
        """The number of the lane that has it, or had it last."""
        return self._read(number, _LAST)

    def taken(self, number: int) -> int:
        """How many holders have noted themselves so far."""
        return self._read(number, _TAKEN)

    def released(self, number: int) -> int:
        """When a lock or semaphore was last given back, on the clock of all processes; 0: not yet."""
        return self._read(number, _RELEASED)

    def kind(self, number: int) -> int:
        """What it is: LOCK, SEMAPHORE, QUEUE, RESULT or OTHER."""
        return self._read(number, _KIND)

    def bound(self, number: int) -> int:
        """How many items a queue holds; 0: any number."""
        return self._read(number, _BOUND)

    def open(self, number: int) -> bool:
        """Whether a thread that is no lane has used it: then it is not known who could end a wait for it."""
        return bool(self._read(number, _OPEN))

    def _read(self, number: int, word: int) -> int:
        return int(_WORD.unpack(self._bytes((number - 1) * SLOT + 8 * word, 8))[0])

    def _bytes(self, start: int, size: int) -> bytes:
        raise NotImplementedError


class LockTable(Table):
    """As the processes of a run have it: the host makes it, every one of them writes holders."""

    def __init__(self, directory: str, *, create: bool = False) -> None:
        """Raises FileNotFoundError where there is none and it is not to be created."""
        fd = os.open(locks_path(directory), os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT | os.O_EXCL if create else 0), 0o600)
        try:
            if create:
                allocate(fd, SLOTS * SLOT)
            self._map = mmap.mmap(fd, SLOTS * SLOT)
        finally:
            os.close(fd)

    def make(self, number: int, name: str, kind: int, bound: int = 0) -> None:
        """Say what stands in this slot. `bound` is a queue's; 0: none."""
        for word, value in (
            (_HOLDER, 0),
            (_LAST, 0),
            (_KIND, kind),
            (_BOUND, bound),
            (_OPEN, 0),
            (_RELEASED, 0),
            (_TAKEN, 0),
        ):
            self._write(number, word, value)
        self.set_name(number, name)

    def set_name(self, number: int, name: str) -> None:
        """Call it so."""
        start = (number - 1) * SLOT + 8 * _WORDS
        self._map[start : start + NAME_BYTES] = name.encode()[: NAME_BYTES - 1].ljust(NAME_BYTES, b"\0")

    def set_holder(self, number: int, lane: int) -> None:
        """Note who holds it. Called by the holder."""
        self._write(number, _HOLDER, lane)
        if lane > 0:
            self._write(number, _LAST, lane)
            self._write(number, _TAKEN, self._read(number, _TAKEN) + 1)  # who holds it is alone here

    def set_released(self, number: int, t_ns: int) -> None:
        """Note that it is being given back. Called before it is, so that who takes it next finds this."""
        self._write(number, _RELEASED, t_ns)

    def set_open(self, number: int) -> None:
        """A thread that is no lane uses it."""
        self._write(number, _OPEN, 1)

    def close(self) -> None:
        """Unmap."""
        self._map.close()

    def _read(self, number: int, word: int) -> int:
        return int(_WORD.unpack_from(self._map, (number - 1) * SLOT + 8 * word)[0])  # faster, and asked for each lock

    def _bytes(self, start: int, size: int) -> bytes:
        return self._map[start : start + size]

    def _write(self, number: int, word: int, value: int) -> None:
        _WORD.pack_into(self._map, (number - 1) * SLOT + 8 * word, value)


@lru_cache(maxsize=1)
def _opened(directory: str) -> LockTable:
    return LockTable(directory)


def table() -> LockTable:
    """The table of the run that this process belongs to."""
    return _opened(recorder.scratch())
