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


def _limits() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The least and the largest value of each word."""
    low, high = np.zeros(header.NAME_AT // 8, np.int64), np.full(header.NAME_AT // 8, MOST, np.int64)
    for word, (least, most) in {
        header.STATE: (header.FREE, header.ENDED),
        header.PID: (1, MOST_PID),
        header.PPID: (0, MOST_PID),
        header.ROLE: (0, len(header.ROLES) - 1),
        header.GIL: (0, header.GIL_OFF),
        header.CURRENT: (0, 1 << 53),
        header.CHECKSUM: (header.CHECKSUM_UNKNOWN, MOST),
        header.WAITING: (0, SLOTS),
        header.WAIT_HOW: (0, 1 << 16),
        header.HELD_BY: (-1, MOST_RINGS),
        header.INTERPRETER: (0, MOST_PID),
        header.NAP_SINCE: (-MOST, MOST),
        header.IDENT: (-MOST, MOST),
        header.BREAK: (-MOST, MOST),  # nobody but the reader looks for more in these two than for what it has written
        header.ASKED: (-MOST, MOST),
    }.items():
        low[word], high[word] = least, most
    return low, high


LOW, HIGH = _limits()
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
        parts = [(low, high)] if low < high else [(low, self._capacity), (0, high)]
        data = b"".join(
            self.read((end - start) * header.RECORD, header.HEADER + start * header.RECORD)
            for start, end in parts
            if start < end
        )
        return np.frombuffer(data, np.int64).reshape(-1, 5)

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


def sound(data: bytes, words: "memoryview[int]", tail: int, capacity: int, t_ns: int) -> bool:
    """Whether a header says what a lane may have written there up to `t_ns`. `tail`: the number of records taken so far."""
    values = np.frombuffer(data, np.int64, len(LOW))
    if not tail <= words[header.HEAD] <= tail + capacity or max(words[word] for word in TIMES) > t_ns + SLACK_NS:
        return False
    return bool(((values >= LOW) & (values <= HIGH)).all())
