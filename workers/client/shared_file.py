"""Files that the processes of a run write while this one reads them: by system calls, never through a map.

Whoever cuts a mapped file short ends each process that looks at its map then (SIGBUS), and a task may do that to any file of its run.
A read returns fewer bytes instead. It costs a microsecond, and no second descriptor, as a map does.
"""

import os


class CutShort(Exception):
    """A file of the run is smaller than it was made."""


class SharedFile:
    """One of them, open for reading and writing."""

    def __init__(self, path: str) -> None:
        """Raises OSError where it cannot be opened."""
        self.fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)

    def read(self, size: int, at: int) -> bytes:
        """`size` bytes from byte `at` on. Raises CutShort where they are not there."""
        data = os.pread(self.fd, size, at)
        if len(data) != size:
            raise CutShort
        return data

    def write(self, data: bytes, at: int) -> None:
        """Raises OSError where there is no room, which is so only in a file that was cut short."""
        os.pwrite(self.fd, data, at)

    def close(self) -> None:
        """Let go of it."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
