"""From shares and spans to pixels: each cell of the timeline has a code, each code a colour and a pattern. numpy, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.insight.timeline_spans import Spread

KINDS = 16
FAILED, IDLE, OPEN, ABSENT, GAP, UNDER_WAY, CODES = 16, 17, 18, 19, 20, 21, 22
"""Codes beyond the kinds: a failed task; between spans; after the last span that was told; not alive; between two rectangles; a
task that has not ended."""
TILE = 6
"""Patterns repeat after so many pixels."""
_Y, _X = np.mgrid[:TILE, :TILE]
PATTERNS: dict[str, NDArray[np.bool_]] = {
    "solid": np.zeros((TILE, TILE), bool),
    "rising": (_X + _Y) % TILE < 2,
    "falling": (_X - _Y) % TILE < 2,
    "lines": _Y % 3 == 0,
    "dashes": (_Y % 3 == 0) & ((_X + _Y) % TILE < 3),
    "bars": _X % 3 == 0,
    "wide": _X < TILE // 2,
    "dots": (_X % 3 == 1) & (_Y % 3 == 1),
}
_BLOCK = 4
_LITTLE = 0.004
"""A share above this is seen, as a pixel."""


@dataclass(frozen=True)
class Ink:
    """How a code looks."""

    fill: int
    """0xRRGGBB."""
    line: int
    """The pattern's colour."""
    pattern: str = "solid"


def table(inks: dict[int, Ink]) -> NDArray[np.uint32]:
    """Colours by code and place in the tile, flat. Codes that are not given look like OPEN."""
    made = np.empty((CODES, TILE, TILE), np.uint32)
    for code in range(CODES):
        ink = inks.get(code, inks[OPEN])
        made[code] = np.where(PATTERNS[ink.pattern], np.uint32(ink.line), np.uint32(ink.fill))
    return made.ravel()


@dataclass(frozen=True)
class Lives:
    """When the tracks of the rows lived, ns, and until when it is known what they did. One each."""

    born: NDArray[np.int64]
    known: NDArray[np.int64]
    ended: NDArray[np.int64]
    """The largest number for those that live."""
    begun: NDArray[np.int64]
    """When the task under way was first seen; the largest number for none."""
    now: int
    """Up to when it has gone on."""

    def ground(self, rows: slice, at: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Codes (rows, columns) of what is under the spans, between successive instants `at`."""
        start, end = at[None, :-1], at[None, 1:]
        born, known, ended = (column[rows, None] for column in (self.born, self.known, self.ended))
        codes = np.where(start < known, np.uint8(IDLE), np.uint8(OPEN))
        begun = self.begun[rows, None]
        if (begun < self.now).any():
            # Under the spans: what it has waited for so far is known already.
            codes[(end > begun) & (start < self.now)] = UNDER_WAY
        codes[(end <= born) | (start >= ended)] = ABSENT
        return codes


def stacked(
    shares: NDArray[np.float32], kinds: Sequence[int], ground: NDArray[np.uint8], height: int
) -> NDArray[np.uint8]:
    """Codes (rows, height, columns): in each column the kinds stand on each other, as high as their shares.

    `shares` is (kinds, rows, columns), its kinds from the bottom upwards. What is there at all gets a pixel.
    """
    codes = np.repeat(ground[:, None, :], height, axis=1)
    if not len(kinds):
        return codes
    tops = np.rint(np.cumsum(shares, axis=0) * height).astype(np.int16)
    below = np.zeros_like(tops[0])
    for top, share in zip(tops, shares, strict=True):
        np.maximum(top, below + (share > _LITTLE), out=top)
        below = top
    up = np.arange(height - 1, -1, -1, dtype=np.int16)[None, :, None]
    for code, top in zip(reversed(kinds), reversed(tops), strict=True):
        np.copyto(codes, np.uint8(code), where=up < top[:, None, :])
    return codes


def rectangles(spreads: Sequence[Spread], ground: NDArray[np.uint8], start_ns: int, end_ns: int) -> NDArray[np.uint8]:
    """Codes (rows, columns): every span a rectangle of a pixel at least, what is inside over what is around it."""
    rows, columns = ground.shape
    codes = ground.copy()
    scale = columns / (end_ns - start_ns)
    row = np.repeat(np.arange(rows), [len(spread.start) for spread in spreads])
    if not len(row):
        return codes
    kind = np.concatenate([spread.kind for spread in spreads])
    failed = np.concatenate([spread.failed for spread in spreads])
    code = np.where(failed & (kind == 0), np.uint8(FAILED), kind)
    left, right = (
        np.concatenate([getattr(spread, name) for spread in spreads]) - start_ns for name in ("start", "end")
    )
    first = np.clip(np.floor(left * scale), 0, columns - 1).astype(np.int64)
    last = np.clip(np.ceil(right * scale), first + 1, columns).astype(np.int64)
    width = last - first
    # Each rectangle written out cell by cell; where several write to a cell, the last one stays.
    ends = np.cumsum(width)
    at = np.repeat(row * columns + first - (ends - width), width) + np.arange(int(ends[-1]))
    flat = codes.reshape(-1)
    flat[at] = np.repeat(code, width)
    # Neighbours are told apart by a hairline where they are wide enough to afford it.
    apart = (width >= 4) & (left * scale > 0)
    flat[(row * columns + first)[apart]] = GAP
    return codes


def pixels(codes: NDArray[np.uint8], colours: NDArray[np.uint32], shift: int = 0) -> NDArray[np.uint32]:
    """0xRRGGBB by cell, of codes (rows, height, columns). `shift`: number of the first column, which patterns hang on."""
    found = np.empty(codes.shape, np.uint32)
    put_pixels(found, codes, colours, shift)
    return found


def put_strips(out: NDArray[np.uint32], codes: NDArray[np.uint8], colours: NDArray[np.uint32]) -> None:
    """As `put_pixels`, of codes (rows, columns) that are the same from the top of a strip to its bottom."""
    height = out.shape[1]
    once = min(TILE, height)
    put_pixels(out[:, :once], np.broadcast_to(codes[:, None, :], (len(codes), once, codes.shape[1])), colours)
    for y in range(once, height, once):
        out[:, y : y + once] = out[:, : min(once, height - y)]


def put_pixels(
    out: NDArray[np.uint32], codes: NDArray[np.uint8], colours: NDArray[np.uint32], shift: int = 0, each: int = 1
) -> None:
    """As `pixels`, into `out`; each column `each` times, up to the width of `out`."""
    _, height, columns = codes.shape
    tile = (np.arange(height)[:, None] % TILE * TILE + (np.arange(columns) + shift) % TILE).astype(np.uint16)
    # A few rows at a time: what lies between stays in the cache, and no fresh memory is asked for.
    for low in range(0, len(codes), _BLOCK):
        places = codes[low : low + _BLOCK].astype(np.uint16)
        places *= TILE * TILE
        places += tile
        found = colours.take(places)
        out[low : low + _BLOCK] = found if each == 1 else np.repeat(found, each, axis=2)[:, :, : out.shape[2]]
