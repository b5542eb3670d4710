"""TimelineBand: the thin band under the spans of each row, of what was sampled there: GIL from below, run queue from above."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.charts.timeline_dress import Frame
from gui.theme import Theme
from workers.insight.sampled import Bands, Sampled
from workers.insight.timeline_feed import Track

HEIGHT = 4
"""Logical pixels."""
_PIXELS = 2
"""A step is so wide at least."""
_LITTLE = 0.02
"""A share above this is seen, as a pixel."""
AT_ONCE = 3
"""Rows that are made in a frame: those of a hundred lanes would be felt."""


class TimelineBand:
    """Made ten times a second at most, a few rows in each frame, and moved with the picture in between."""

    def __init__(self) -> None:
        self._place: object = None
        self._known: object = None
        self._pixels: NDArray[np.uint32] | None = None
        """(rows, height, columns), premultiplied ARGB."""
        self._starts: list[int] = []
        """By row where its band begins: rows are made one after the other."""
        self._due: list[int] = []

    @property
    def unfinished(self) -> bool:
        """Whether there are rows yet to be made."""
        return bool(self._due)

    def take(
        self,
        sampled: Sampled,
        tracks: tuple[Track, ...],
        frame: Frame,
        ratio: float,
        theme: Theme,
        moving: bool,
        hurry: bool = False,
    ) -> None:
        """Have what is known of these rows over the frame's time ready. `moving`: the same stretch of time goes on.

        Call it again while `unfinished`. `hurry`: this frame has no time left for it.
        """
        columns = max(1, round(frame.width * ratio))
        place = (tracks, frame.end - frame.start, columns, frame.band, ratio, theme.name, moving or frame.start)
        if place != self._place:
            self._place, self._known, self._due = place, None, []
            height = max(2, round(frame.band * ratio))
            self._pixels = np.zeros((len(tracks), height, columns), np.uint32) if frame.band else None
            self._starts = [frame.start] * len(tracks)
        if sampled.revision != self._known and not self._due:
            self._known, self._due = sampled.revision, list(range(len(tracks)))
        if self._pixels is None:
            self._due = []
        if hurry or not self._due:
            return
        rows, self._due = self._due[:AT_ONCE], self._due[AT_ONCE:]
        first, after = rows[0], rows[-1] + 1
        bands = sampled.bands(tracks[first:after], frame.start, frame.end, columns // _PIXELS)
        if bands is not None and self._pixels is not None:
            self._pixels[first:after] = _pixels(bands, frame.start, frame.end, columns, frame, ratio, theme)
            self._starts[first:after] = [frame.start] * len(rows)

    def draw(self, painter: QPainter, frame: Frame, ratio: float) -> None:
        """Blit the rows' bands."""
        if self._pixels is None:
            return
        rows, height, columns = self._pixels.shape
        for row in range(rows):
            data = self._pixels[row]
            # QImage keeps no reference to the buffer: self._pixels does.
            image = QImage(data.data, columns, height, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
            strip = frame.strip_of(row)
            target = QRectF(frame.x(self._starts[row]), strip.bottom(), columns / ratio, height / ratio)
            painter.drawImage(target, image, QRectF(0, 0, columns, height))


def _pixels(
    bands: Bands, start: int, end: int, columns: int, frame: Frame, ratio: float, theme: Theme
) -> NDArray[np.uint32]:
    """What fills the lower part of a column is the GIL, what fills the upper part the run queue."""
    height = max(2, round(frame.band * ratio))
    middle = start + (np.arange(columns, dtype=np.int64) * 2 + 1) * (end - start) // (2 * columns)
    step = int(bands.edges[1] - bands.edges[0])
    at = np.clip((middle - int(bands.edges[0])) // step, 0, len(bands.edges) - 2)
    shares = bands.shares[:, :, at]
    high = np.rint(shares * height).astype(np.int64)
    np.maximum(high, shares > _LITTLE, out=high)
    down = np.arange(height)[None, :, None]
    out = np.zeros((shares.shape[1], height, columns), np.uint32)
    out[down < high[1][:, None, :]] = QColor(theme.kinds["run_queue"]).rgba()
    out[down >= height - high[0][:, None, :]] = QColor(theme.kinds["gil"]).rgba()
    return out
