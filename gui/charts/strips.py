"""From samples to pixels: CPU and run-queue shares per column of time, and the picture made of them. numpy, no Qt."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workers.insight.columns import Columns

PERIOD_NS = 100_000_000
"""The sampler's period: how far before its first history entry a process was first seen."""
HOLD_NS = 400_000_000
"""How long the last sample of something alive stands for what comes after it: one of many who do little is looked at every other time."""
ABSENT, UNKNOWN, KNOWN = 0, 1, 2


@dataclass(frozen=True)
class Samples:
    """What is known of one row: each share stands for the time since the sample before."""

    t: NDArray[np.int64]
    cpu: NDArray[np.float32]
    """Share of one core."""
    run_queue: NDArray[np.float32]
    """Likewise; NaN where not known."""
    begin_ns: int | None = None
    """Where the first one begins; None for a period before it."""

    @classmethod
    def of(cls, history: Columns) -> "Samples":
        """Views of a history's columns; not to be kept across an append."""
        return cls(history["t"], history["cpu"], history["run_queue"])

    @classmethod
    def of_life(cls, born_ns: int, ended_ns: int, cpu_s: float) -> "Samples":
        """The mean over a life that was too short for the sampler."""
        share = cpu_s / max((ended_ns - born_ns) / 1e9, 1e-9)
        return cls(
            np.array([ended_ns], np.int64), np.array([share], np.float32), np.array([np.nan], np.float32), born_ns
        )


@dataclass(frozen=True)
class Cells:
    """One row in columns of time."""

    cpu: NDArray[np.float64]
    """Share of one core; 0 where not known."""
    run_queue: NDArray[np.float64]
    state: NDArray[np.uint8]
    """ABSENT: not alive then. UNKNOWN: alive, and no sample tells. KNOWN."""


def cells(samples: Samples, edges: NDArray[np.int64], born_ns: int | None, ended_ns: int | None, now_ns: int) -> Cells:
    """Mean shares between successive `edges` (ns). A sample stands for the time since the one before."""
    t = samples.t
    low = int(np.searchsorted(t, edges[0], "left"))
    high = min(len(t), int(np.searchsorted(t, edges[-1], "left")) + 1)
    n = len(edges) - 1
    left, right = edges[:-1], edges[1:]
    end = now_ns if ended_ns is None else min(ended_ns, now_ns)
    begin = born_ns if born_ns is not None else (int(t[0]) - PERIOD_NS if len(t) else end)
    alive = (right > begin) & (left < end)
    if low >= high:
        return Cells(np.zeros(n), np.zeros(n), np.where(alive, UNKNOWN, ABSENT).astype(np.uint8))
    if low:
        first = int(t[low - 1])
    elif samples.begin_ns is not None:
        first = samples.begin_ns
    else:
        first = max(begin, int(t[0]) - PERIOD_NS)
    at = np.concatenate(([min(first, int(t[low]))], t[low:high])) - edges[0]
    cpu = samples.cpu[low:high].astype(np.float64)
    queue = np.nan_to_num(samples.run_queue[low:high].astype(np.float64))
    if high == len(t) and ended_ns is None and 0 < now_ns - int(t[-1]) < HOLD_NS:
        at = np.append(at, now_ns - edges[0])
        cpu, queue = np.append(cpu, cpu[-1]), np.append(queue, queue[-1])
    wall = np.diff(at)
    where = np.clip(edges - edges[0], at[0], at[-1])
    covered = np.diff(where)
    known = alive & (covered > 0)
    means = []
    for share in (cpu, queue):
        total = np.concatenate(([0.0], np.cumsum(share * wall)))
        gained = np.diff(np.interp(where, at, total))
        means.append(np.divide(gained, covered, out=np.zeros(n), where=known))
    state = np.where(known, KNOWN, np.where(alive, UNKNOWN, ABSENT)).astype(np.uint8)
    return Cells(means[0], means[1], state)


@dataclass(frozen=True)
class Segments:
    """Successive lives in one row, as columns in order of time. Times in ns."""

    start: NDArray[np.int64]
    """Of the stretches that something is known of."""
    end: NDArray[np.int64]
    cpu: NDArray[np.float32]
    run_queue: NDArray[np.float32]
    born: NDArray[np.int64]
    died: NDArray[np.int64]

    def cpu_share(self, start_ns: int, end_ns: int) -> float:
        """CPU share of one core over a time, the pauses between lives counted in."""
        edges = np.array([start_ns, end_ns], np.int64)
        return float(np.diff(_integral(self.start, self.end, self.cpu, edges))[0]) / max(1, end_ns - start_ns)


def _integral(
    start: NDArray[np.int64], end: NDArray[np.int64], value: NDArray[np.float32] | None, edges: NDArray[np.int64]
) -> NDArray[np.float64]:
    """At each edge, how much of `value` (1 where None) has gathered over the intervals before it."""
    low, high = np.searchsorted(end, edges[0], "left"), np.searchsorted(start, edges[-1], "right")
    if low >= high:
        return np.zeros(len(edges))
    at = np.empty(2 * (high - low))
    at[0::2], at[1::2] = start[low:high] - edges[0], end[low:high] - edges[0]
    at = np.maximum.accumulate(at)
    wall = at[1::2] - at[0::2]
    gathered = np.zeros(len(at))
    gathered[1::2] = np.cumsum(wall if value is None else wall * value[low:high])
    gathered[2::2] = gathered[1:-1:2]
    return np.interp(edges - edges[0], at, gathered)


def shared_cells(segments: Segments, edges: NDArray[np.int64], now_ns: int) -> Cells:
    """Mean shares between successive `edges` of a row that holds several lives; its pauses count as idle."""
    n = len(edges) - 1
    covered = np.diff(_integral(segments.start, segments.end, None, edges))
    alive = np.diff(_integral(segments.born, segments.died, None, edges))
    first, last = (int(segments.born[0]), min(now_ns, int(segments.died[-1]))) if len(segments.born) else (0, 0)
    width = np.diff(np.clip(edges, first, max(first, last))).astype(np.float64)
    told = np.maximum(width - np.maximum(alive - covered, 0.0), covered)
    # A nanosecond is no cover: interpolation rounds.
    known = covered > 1.0
    means = [
        np.divide(np.diff(_integral(segments.start, segments.end, share, edges)), told, out=np.zeros(n), where=known)
        for share in (segments.cpu, segments.run_queue)
    ]
    state = np.where(known, KNOWN, np.where(alive > 1.0, UNKNOWN, ABSENT)).astype(np.uint8)
    return Cells(means[0], means[1], state)


@dataclass(frozen=True)
class Palette:
    """Colours as 0xRRGGBB."""

    card: int
    track: int
    idle: int
    running: int
    run_queue: int
    hatch: int


def mix(a: int, b: int, share: float) -> int:
    """A colour between `a` (share 0) and `b` (share 1)."""
    channels = [(round((a >> s & 255) * (1 - share) + (b >> s & 255) * share) & 255) << s for s in (16, 8, 0)]
    return sum(channels)


@lru_cache(maxsize=4)
def _shades(idle: int, running: int) -> NDArray[np.uint32]:
    """The blues of 256 shares."""
    return np.array([mix(idle, running, 0.5 + 0.5 * i / 255) for i in range(256)], np.uint32)


def paint(
    rows: list[Cells],
    height: int,
    gap: int,
    radius: int,
    shift: int,
    colors: Palette,
    reuse: NDArray[np.uint32] | None = None,
) -> NDArray[np.uint32]:
    """The picture of all rows, each `height` pixels with `gap` pixels below; `shift` is the number of the first column.

    `reuse` is the last picture: where it has the same size it is painted over, which saves a third of the time.
    A cell is filled from the bottom up to the CPU share, deeper the more; above it the run queue; hatched where unknown.
    """
    n, width = len(rows), len(rows[0].cpu)
    cpu = np.clip(np.stack([row.cpu for row in rows]), 0.0, 1.0)
    queue = np.clip(np.stack([row.run_queue for row in rows]), 0.0, 1.0)
    state = np.stack([row.state for row in rows])
    # What is there at all gets at least a pixel.
    ran = np.where(cpu > 0.005, np.maximum(1, np.rint(cpu * height)), 0).astype(np.int16)
    waited = ran + np.where(queue > 0.005, np.maximum(1, np.rint(queue * height)), 0).astype(np.int16)
    blue = _shades(colors.idle, colors.running)[(cpu * 255).astype(np.uint8)]
    rest = np.where(state == KNOWN, np.uint32(colors.idle), np.uint32(colors.track))
    unknown = state == UNKNOWN
    any_unknown = bool(unknown.any())
    size = (n * (height + gap), width)
    picture = reuse if reuse is not None and reuse.shape == size else np.empty(size, np.uint32)
    image = picture.reshape(n, height + gap, width)
    image[:, height:] = colors.card
    # Line by line: whole pictures of intermediate results would cost three times as much.
    for y in range(height):
        up = height - 1 - y
        ground = rest
        if any_unknown:
            # The hatch hangs on the columns' numbers: it moves with the time, and does not crawl through the strip.
            lines = (np.arange(width) + shift + y) % 6 < 2
            ground = np.where(unknown & lines, np.uint32(colors.hatch), rest)
        line = image[:, y]
        np.copyto(line, ground)
        np.copyto(line, np.uint32(colors.run_queue), where=waited > up)
        np.copyto(line, blue, where=ran > up)
    _round(image, height, radius, colors.card)
    return picture


def _round(image: NDArray[np.uint32], height: int, radius: int, card: int) -> None:
    radius = min(radius, height // 2, image.shape[2] // 2)
    if radius < 1:
        return
    away = np.arange(radius)[::-1] + 0.5
    cover = np.clip(radius - np.hypot(away[:, None], away[None, :]) + 0.5, 0.0, 1.0)
    for rows, vertical in ((slice(0, radius), 1), (slice(height - radius, height), -1)):
        for columns, horizontal in ((slice(0, radius), 1), (slice(image.shape[2] - radius, None), -1)):
            corner = image[:, rows, columns]
            share = cover[::vertical, ::horizontal][None]
            mixed = np.zeros_like(corner)
            for bits in (16, 8, 0):
                channel = (corner >> bits & 255) * share + (card >> bits & 255) * (1 - share)
                mixed |= np.rint(channel).astype(np.uint32) << np.uint32(bits)
            image[:, rows, columns] = mixed
