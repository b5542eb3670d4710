"""Mandelbrot: each task computes one tile of a picture, in pure Python. Tiles inside the set cost far more than those outside.

The picture grows tile by tile while the run lasts, and is the same for every model. Pixels: 0 is inside the set; the others
stand for how soon the point escapes, from 1 (at once) to 255 (at the last moment).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from math import sqrt
from random import Random
from typing import Any
from zlib import crc32

from workers.plugin import Param, WorkloadInfo, canvas, paint

VIEWS = {
    "seahorses": (-0.7453, 0.1127, 0.012),
    "spiral": (-0.7436, 0.1318, 0.01),
    "whole set": (-0.65, 0.0, 3.2),
}
"""The middle of the picture and its width, in the plane of complex numbers."""

INFO = WorkloadInfo(
    title="Mandelbrot",
    summary="Computes one tile of a picture that assembles while the run lasts, in pure Python; tiles differ in cost.",
    bound="CPU in Python",
    params=(
        Param("width", 480, "Width", "Width of the whole picture.", unit="px", minimum=16, maximum=4_096),
        Param("height", 360, "Height", "Height of the whole picture.", unit="px", minimum=16, maximum=4_096),
        Param("tile", 24, "Tile", "Length of a tile's side: one tile is one task.", unit="px", minimum=4, maximum=512),
        Param(
            "iterations",
            300,
            "Iterations",
            "After how many steps a point counts as inside: more show finer detail and take longer.",
            minimum=1,
            maximum=10_000,
        ),
        Param("view", "seahorses", "View", "Which part of the plane is shown.", choices=tuple(VIEWS)),
    ),
)


def arguments(
    params: Mapping[str, Any], random: Random
) -> Iterator[tuple[int, int, int, int, tuple[int, int], int, str]]:
    """A tile's left, top, width and height, the picture's (width, height), iterations, view: tile after tile, then again."""
    width, height, side = params["width"], params["height"], params["tile"]
    while True:
        for top in range(0, height, side):
            for left in range(0, width, side):
                columns, rows = min(side, width - left), min(side, height - top)
                yield left, top, columns, rows, (width, height), params["iterations"], params["view"]


@contextmanager
def setup(params: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Make the picture that the tasks paint into."""
    canvas(params["width"], params["height"])
    yield params


def run(left: int, top: int, columns: int, rows: int, size: tuple[int, int], iterations: int, view: str) -> bytes:
    """Compute a tile and paint it. Returns its pixels, row by row, one byte each."""
    pixels = tile(left, top, columns, rows, size, iterations, view)
    paint(left, top, columns, pixels)
    return pixels


def tile(left: int, top: int, columns: int, rows: int, size: tuple[int, int], iterations: int, view: str) -> bytes:
    """The pixels of a tile, row by row, one byte each."""
    middle_x, middle_y, width = VIEWS[view]
    step = width / size[0]
    first_x, first_y = middle_x - width / 2, middle_y - step * size[1] / 2
    shades = _shades(iterations)
    pixels = bytearray()
    for row in range(top, top + rows):
        point_y = first_y + row * step
        for column in range(left, left + columns):
            point_x = first_x + column * step
            # Plain floats: the same bits under every Python, which abs() of a complex number does not promise.
            x = y = xx = yy = 0.0
            steps = 0
            while steps < iterations and xx + yy <= 4.0:
                y = 2.0 * x * y + point_y
                x = xx - yy + point_x
                xx, yy = x * x, y * y
                steps += 1
            pixels.append(shades[steps] if xx + yy > 4.0 else 0)
    return bytes(pixels)


@lru_cache(maxsize=4)
def _shades(iterations: int) -> bytes:
    """The pixel for each number of steps. By the square root, or all that escapes early would look the same."""
    return bytes(min(255, 1 + int(255 * sqrt(steps / (iterations + 1)))) for steps in range(iterations + 1))


def checksum(result: bytes) -> int:
    """CRC-32 of the pixels."""
    return crc32(result)
