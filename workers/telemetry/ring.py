"""A ring of 40-byte records in an mmap'd file: one lane writes, one reader drains, nobody waits.

File: 64 int64 words of header, then `capacity` records of five int64: meta, task, start, end, check.

    meta   kind | failed << 8 | queued_us << 16
    check  sequence ^ meta ^ task ^ start ^ end: a record that is half written does not pass

Writer's words and reader's word stand on cache lines of their own. A full ring drops the record and counts it, so
delivered + dropped == recorded. What was written before the process was killed is still there.

A ring file is claimed by flock, which the kernel gives back whatever ends the process:

    state FREE,  unlocked   anyone may claim it
    state LIVE,  locked     a lane writes
    state ENDED, unlocked   the lane said goodbye; the reader drains the rest and makes it FREE
    state LIVE,  unlocked   the lane's process died; the reader drains the rest and makes it FREE
"""

import errno
import mmap
import os
import sys
import threading

from workers.telemetry.board import allocate
from workers.telemetry.header import (
    ENDED,
    FREE,
    HEADER,
    IDENT,
    LIVE,
    NAME_AT,
    NAME_BYTES,
    PID,
    PPID,
    RECORD,
    ROLE,
    ROLES,
    STARTED,
    STATE,
    TID,
)
from workers.telemetry.writers import writers

try:
    import fcntl
except ImportError:  # Windows has no flock; `threadmill doctor` says that runs need Linux or macOS
    fcntl = None  # type: ignore[assignment]


def file_size(capacity: int) -> int:
    """Bytes of a ring file of `capacity` records."""
    return HEADER + capacity * RECORD


def ring_path(directory: str, index: int) -> str:
    """Where ring number `index` of a run stands."""
    return f"{directory}/{index:05}.ring"


class Ring:
    """A claimed ring. Only the thread that claimed it may write."""

    def __init__(self, fd: int, capacity: int, number: int = 0) -> None:
        """`number` is that of the ring's file."""
        self.number = number
        self._fd = fd
        self._map = mmap.mmap(fd, file_size(capacity))
        self.words = memoryview(self._map)[:HEADER].cast("q")
        self.emit, self.carry = writers(self._map, self.words, capacity)

    def enter(self, name: str, role: str, started_ns: int) -> None:
        """Write who the lane is; from here on the reader takes its records."""
        words = self.words
        data = name.encode()[: NAME_BYTES - 1]
        self._map[NAME_AT : NAME_AT + NAME_BYTES] = data.ljust(NAME_BYTES, b"\0")
        words[PID], words[PPID], words[TID] = os.getpid(), os.getppid(), threading.get_native_id()
        words[IDENT] = threading.get_ident()
        words[STARTED], words[ROLE] = started_ns, ROLES.index(role)
        words[STATE] = LIVE

    def close(self) -> None:
        """End the lane; the reader drains what is left and frees the ring."""
        if self._fd >= 0:
            self.words[STATE] = ENDED
            self.abandon()

    def abandon(self) -> None:
        """Let go without a word: in a forked child, whose parent's lane this is."""
        if self._fd >= 0:
            self.words.release()
            self._map.close()
            os.close(self._fd)
            self._fd = -1


LOOKS = 16
"""How many old rings are looked at before a new one is made: all of them would make n lanes cost n * n looks."""


class Rings:
    """The rings of one run, as one process claims them. Remembers where it was, so that a claim costs a few looks."""

    def __init__(self, directory: str, capacity: int) -> None:
        """`capacity` is a power of two, the same for the whole run."""
        self._directory = directory
        self._capacity = capacity
        self._next = 0
        self._reused = 0

    def claim(self) -> Ring:
        """A free ring, made if none is at hand. Raises OSError (ENOSPC) where the file system is full."""
        index = self._next
        while True:
            try:
                ring = _try(self._directory, index, self._capacity)
            except FileNotFoundError:
                ring = self._look_again(index)
                if ring is not None:
                    return ring
                _make(self._directory, index, self._capacity)
                continue
            if ring is not None:
                self._next = index + 1
                return ring
            index += 1

    def _look_again(self, end: int) -> Ring | None:
        """One of the next LOOKS rings below `end`, if one has become free."""
        low = self._reused if self._reused < end else 0
        for index in range(low, min(low + LOOKS, end)):
            self._reused = index + 1
            ring = _try(self._directory, index, self._capacity)
            if ring is not None:
                return ring
        return None


def _try(directory: str, index: int, capacity: int) -> Ring | None:
    """Ring `index` if it is free, None if not. Raises FileNotFoundError where it does not exist yet."""
    fd = os.open(ring_path(directory, index), os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(fd)
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        return None
    # One that was cut short has no room for a map.
    if int.from_bytes(os.pread(fd, 8, STATE * 8), sys.byteorder) == FREE and os.fstat(fd).st_size >= file_size(
        capacity
    ):
        return Ring(fd, capacity, index)
    os.close(fd)
    return None


def _make(directory: str, index: int, capacity: int) -> None:
    """Make ring `index` under another name and link it into place whole: nobody may map it half grown."""
    draft = f"{directory}/{os.getpid()}-{threading.get_native_id()}.draft"
    fd = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        allocate(fd, file_size(capacity))
        os.link(draft, ring_path(directory, index))
    except FileExistsError:
        pass  # another lane was faster; its ring is as good
    finally:
        os.close(fd)
        os.unlink(draft)
