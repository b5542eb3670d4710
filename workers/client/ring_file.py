"""One ring as its reader sees it: the header in one look, the records, and the words that are the reader's to write."""

import sys

try:
    import fcntl
except ImportError:  # see workers.telemetry.ring
    fcntl = None  # type: ignore[assignment]

import numpy as np
from numpy.typing import NDArray

from workers.client.shared_file import SharedFile
from workers.telemetry import header
from workers.telemetry.table import SLOTS

MOST = 1 << 62
"""No count and no time is larger."""
SLACK_NS = 60_000_000_000
"""What a lane has noted may lie so far ahead: a look at the clock comes after the look at the ring."""
MOST_PID = 1 << 31
MOST_RINGS = 1 << 20


MOST_OF = {
    header.STATE: header.ENDED,
    header.PID: MOST_PID,
    header.PPID: MOST_PID,
    header.ROLE: len(header.ROLES) - 1,
    header.GIL: header.GIL_OFF,
    header.CURRENT: 1 << 53,
    header.WAITING: SLOTS,
    header.WAIT_HOW: 1 << 16,
    header.HELD_BY: MOST_RINGS,
    header.INTERPRETER: MOST_PID,
}
"""The largest value of a word, where that is less than MOST; the least is 0 nearly everywhere."""
_MOST_OF = tuple(MOST_OF.items())
TIMES = (header.STARTED, header.WAIT_SINCE, header.TRIED, header.LEFT, header.TASK_SINCE)
_BEFORE, _BEHIND = bytes(header.STATE * 8), bytes((header.NAP + 1 - header.WAITING) * 8)


class RingFile(SharedFile):
    """A ring that nobody else reads."""

    def __init__(self, path: str, capacity: int) -> None:
        """Of `capacity` records. Raises OSError where it cannot be opened."""
        super().__init__(path)
        self._capacity = capacity

    def header(self) -> bytes:
        """All of its words, as they are now. Raises CutShort, as all that reads."""
        return self.read(header.HEADER, 0)

    def records(self, first: int, last: int) -> NDArray[np.int64]:
        """Records number `first` to `last` - 1. Shape (n, 5), not to be written."""
        low, high = first % self._capacity, last % self._capacity
        parts = (self._part(low, high),) if low < high else (self._part(low, self._capacity), self._part(0, high))
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        return np.frombuffer(data, np.int64).reshape(-1, 5)

    def _part(self, start: int, end: int) -> bytes:
        return self.read((end - start) * header.RECORD, header.HEADER + start * header.RECORD)

    def put(self, word: int, value: int) -> None:
        """Write one of the reader's words."""
        self.write(value.to_bytes(8, sys.byteorder, signed=True), word * 8)

    def free(self) -> None:
        """Hand it to the next lane."""
        self.write(_BEFORE, 0)
        self.write(_BEHIND, header.WAITING * 8)
        self.put(header.STATE, header.FREE)

    def locked(self) -> bool:
        """Whether a living lane holds it."""
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.flock(self.fd, fcntl.LOCK_UN)
        return False


def words_of(data: bytes) -> "memoryview[int]":
    """The words of a header."""
    return memoryview(data).cast("q")


def sound(words: "memoryview[int]", tail: int, capacity: int, t_ns: int) -> bool:
    """Whether a header says what a lane may have written there up to `t_ns`. `tail`: the number of records taken so far."""
    # Asked for every lane that works, 60 times a second: as lists of numbers it takes half of what numpy does.
    values = words[: header.NAME_AT // 8].tolist()
    last = t_ns + SLACK_NS
    for word in TIMES:
        if values[word] > last:
            return False
    for word, most in _MOST_OF:
        if values[word] > most:
            return False
    values[header.NAP_SINCE] = abs(values[header.NAP_SINCE])
    values[header.NAP] = min(values[header.NAP], MOST)  # somebody may sleep for 200 years
    values[header.CHECKSUM] -= header.CHECKSUM_UNKNOWN
    values[header.HELD_BY] += 1
    possible = min(values) >= 0 and max(values) <= MOST + 1 and values[header.PID] > 0
    return possible and tail <= values[header.HEAD] <= tail + capacity
