"""The host's own counting, in shared memory: exact whatever is dropped elsewhere, and still there when the host was killed."""

import mmap
import os
from pathlib import Path

FIELDS = ("submitted", "done", "failed", "withdrawn", "active", "clock_start_ns", "closed", "beat", "spent")
SIZE = 4096
_PLACES = {name: place for place, name in enumerate(FIELDS)}


def allocate(fd: int, size: int) -> None:
    """Give a file its size and its room on the file system now: writing to a map without room would end the process (SIGBUS)."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(fd, 0, size)
    else:
        os.truncate(fd, size)


class Board:
    """Named int64 words of one file. The host writes, the window reads."""

    def __init__(self, directory: str, *, create: bool = False) -> None:
        """Open the board of a run directory; `create` makes it first."""
        path = Path(directory, "board")
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT | os.O_EXCL if create else 0), 0o600)
        try:
            if create:
                allocate(fd, SIZE)
            self._map = mmap.mmap(fd, SIZE)
        finally:
            os.close(fd)
        self._words = memoryview(self._map)[: len(FIELDS) * 8].cast("q")

    def get(self, name: str) -> int:
        """The word called `name`, one of FIELDS."""
        return self._words[_PLACES[name]]

    def set(self, name: str, value: int) -> None:
        """Store `value` in the word called `name`. One thread at a time."""
        self._words[_PLACES[name]] = value

    def close(self) -> None:
        """Unmap."""
        self._words.release()
        self._map.close()
