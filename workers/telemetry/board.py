"""The host's own counting, in shared memory: exact whatever is dropped elsewhere, and still there when the host was killed."""

import mmap
import os
from pathlib import Path

FIELDS = ("submitted", "done", "failed", "withdrawn", "active", "clock_start_ns", "closed")
SIZE = 4096


class Board:
    """Named int64 words of one file. The host writes, the window reads."""

    def __init__(self, directory: str, *, create: bool = False) -> None:
        """Open the board of a run directory; `create` makes it first."""
        path = Path(directory, "board")
        if create:
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            os.write(fd, bytes(SIZE))
        else:
            fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            self._map = mmap.mmap(fd, SIZE)
        finally:
            os.close(fd)
        self._words = memoryview(self._map)[: len(FIELDS) * 8].cast("q")

    def get(self, name: str) -> int:
        """The word called `name`, one of FIELDS."""
        return self._words[FIELDS.index(name)]

    def set(self, name: str, value: int) -> None:
        """Store `value` in the word called `name`. One thread at a time."""
        self._words[FIELDS.index(name)] = value

    def close(self) -> None:
        """Unmap."""
        self._words.release()
        self._map.close()
