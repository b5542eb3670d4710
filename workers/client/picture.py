"""Reads what the tasks of a run paint, at most ten times a second."""

import mmap
import os
import time

from workers.contract.batch import Picture
from workers.telemetry.picture import HEADER, picture_path

EVERY_S = 0.1


class PictureReader:
    """Of one run; most have no picture."""

    def __init__(self, directory: str) -> None:
        self._path = picture_path(directory)
        self._map: mmap.mmap | None = None
        self._next = 0.0
        self._done = -1

    def read(self, done: int, final: bool) -> Picture | None:
        """The picture, where it may have changed: tasks are `done` that were not, or the run is over (`final`)."""
        if not final and (done == self._done or time.monotonic() < self._next):
            return None
        if self._map is None and not self._open():
            self._next = time.monotonic() + EVERY_S
            return None
        assert self._map is not None
        self._next, self._done = time.monotonic() + EVERY_S, done
        width, height = (int.from_bytes(self._map[at : at + 8], "little") for at in (0, 8))
        return Picture(width, height, self._map[HEADER:]) if width else None

    def close(self) -> None:
        """Unmap."""
        if self._map is not None:
            self._map.close()

    def _open(self) -> bool:
        try:
            fd = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False  # not there yet, or no descriptor is left just now
        try:
            if os.fstat(fd).st_size <= HEADER:
                return False  # being made
            self._map = mmap.mmap(fd, 0, prot=mmap.PROT_READ)
        finally:
            os.close(fd)
        return True
