"""The host's own counting, in shared memory: exact whatever is dropped elsewhere, and still there when the host was killed."""

import mmap
import os

FIELDS = ("submitted", "done", "failed", "withdrawn", "active", "clock_start_ns", "closed", "beat", "spent")
SIZE = 4096
PLACES = {name: place for place, name in enumerate(FIELDS)}


def allocate(fd: int, size: int) -> None:
    """Give a file its size and its room on the file system now: writing to a map without room would end the process (SIGBUS)."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(fd, 0, size)
    else:
        os.truncate(fd, size)


def board_path(directory: str) -> str:
    """Where the board of a run stands."""
    return os.path.join(directory, "board")


def make_board(directory: str) -> None:
    """Make it, all zero. Raises OSError where there is no room."""
    fd = os.open(board_path(directory), os.O_RDWR | os.O_CLOEXEC | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        allocate(fd, SIZE)
    finally:
        os.close(fd)


class Board:
    """Named int64 words of one file, as the host writes them. The window reads them: see `workers.client.board`."""

    def __init__(self, directory: str) -> None:
        """Open the board of a run directory."""
        fd = os.open(board_path(directory), os.O_RDWR | os.O_CLOEXEC)
        try:
            self._map = mmap.mmap(fd, SIZE)
        finally:
            os.close(fd)
        self.words = memoryview(self._map)[: len(FIELDS) * 8].cast("q")
        """By PLACES. One thread at a time writes a word."""

    def get(self, name: str) -> int:
        """The word called `name`, one of FIELDS."""
        return self.words[PLACES[name]]

    def set(self, name: str, value: int) -> None:
        """Store `value` in the word called `name`. One thread at a time."""
        self.words[PLACES[name]] = value

    def close(self) -> None:
        """Unmap."""
        self.words.release()
        self._map.close()
