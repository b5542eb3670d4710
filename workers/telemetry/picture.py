"""A picture that the tasks of a run paint together: a file in the run directory, one byte a pixel, which the window reads.

File: four int64 words (width, height, 0, 0), then `height` rows of `width` bytes.
"""

import mmap
import os
from functools import lru_cache

from workers.telemetry import recorder
from workers.telemetry.board import allocate

HEADER = 32
MOST_PIXELS = 16 << 20


def picture_path(directory: str) -> str:
    """Where the picture of a run stands."""
    return os.path.join(directory, "picture")


def canvas(width: int, height: int) -> None:
    """Make the run's picture, all zero. Called in the host, by a workload's `setup`. Raises ValueError for a senseless size."""
    if width < 1 or height < 1 or width * height > MOST_PIXELS:
        raise ValueError(
            f"a picture of {width} x {height} pixels: each side must be above 0, and both together below 16 Mi"
        )
    fd = os.open(picture_path(recorder.scratch()), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        allocate(fd, HEADER + width * height)
        os.pwrite(fd, width.to_bytes(8, "little") + height.to_bytes(8, "little"), 0)
    finally:
        os.close(fd)


def paint(x: int, y: int, width: int, pixels: bytes) -> None:
    """Put rows of `width` pixels into the picture, the first one's left end at (x, y). Raises ValueError where they stand out of it."""
    picture, across, down = _picture(recorder.scratch())
    rows = len(pixels) // width
    if not (0 <= x <= x + width <= across and 0 <= y <= y + rows <= down and rows * width == len(pixels)):
        raise ValueError(f"{len(pixels)} pixels in rows of {width} at ({x}, {y}) do not fit into {across} x {down}")
    for row in range(rows):
        start = HEADER + (y + row) * across + x
        picture[start : start + width] = pixels[row * width : (row + 1) * width]


@lru_cache(maxsize=1)
def _picture(directory: str) -> tuple[mmap.mmap, int, int]:
    fd = os.open(picture_path(directory), os.O_RDWR | os.O_CLOEXEC)
    try:
        mapped = mmap.mmap(fd, 0)
    finally:
        os.close(fd)
    return mapped, int.from_bytes(mapped[0:8], "little"), int.from_bytes(mapped[8:16], "little")
