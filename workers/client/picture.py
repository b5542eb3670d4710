"""Reads what the tasks of a run paint, at most ten times a second."""

import time

from workers.client.shared_file import CutShort, SharedFile
from workers.contract.batch import Picture
from workers.telemetry.picture import HEADER, MOST_PIXELS, picture_path

EVERY_S = 0.1


class PictureReader:
    """Of one run; most have no picture."""

    def __init__(self, directory: str) -> None:
        self._path = picture_path(directory)
        self._file: SharedFile | None = None
        self._next = 0.0
        self._done = -1

    def read(self, done: int, final: bool) -> Picture | None:
        """The picture, where it may have changed: tasks are `done` that were not, or the run is over (`final`)."""
        if not final and (done == self._done or time.monotonic() < self._next):
            return None
        self._next = time.monotonic() + EVERY_S
        if self._file is None and not self._open():
            return None
        assert self._file is not None
        self._done = done
        try:
            width, height = (int.from_bytes(self._file.read(8, at), "little") for at in (0, 8))
            if not 0 < width * height <= MOST_PIXELS:
                return None  # being made, or overwritten
            return Picture(width, height, self._file.read(width * height, HEADER))
        except CutShort:
            return None

    def close(self) -> None:
        """Let go of it."""
        if self._file is not None:
            self._file.close()

    def _open(self) -> bool:
        try:
            self._file = SharedFile(self._path)
        except OSError:
            return False  # not there yet, or no descriptor is left just now
        return True
