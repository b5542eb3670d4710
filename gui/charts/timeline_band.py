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
AT_ONCE = 4
"""Rows that are made between two frames: those of a hundred lanes would be felt."""


class TimelineBand:
    """Made ten times a second at most, a few rows at a time, and moved with the picture meanwhile.

    `show` in each frame says what is wanted, `make_some` between two of them goes on with it while it is `unfinished`.
    """

    def __init__(self) -> None:
        self._place: object = None
        self._known: object = None
        self._pixels: NDArray[np.uint32] | None = None
        """(rows, height, columns), premultiplied ARGB."""
        self._starts: list[int] = []
        """By row where its band begins: rows are made one after the other."""
        self._due: list[int] = []
        self._wanted: tuple[Sampled, tuple[Track, ...], Frame, Theme] | None = None

    @property
    def unfinished(self) -> bool:
        """Whether there are rows yet to be made."""
        return bool(self._due)

    def show(
        self, sampled: Sampled, tracks: tuple[Track, ...], frame: Frame, ratio: float, theme: Theme, moving: bool
    ) -> None:
        """What is known of these rows over the frame's time is wanted. `moving`: the same stretch of time goes on."""
        columns = max(1, round(frame.width * ratio))
        place = (tracks, frame.end - frame.start, columns, frame.band, ratio, theme.name, moving or frame.start)
        if place != self._place:
            self._place, self._known, self._due = place, None, []
            height = max(2, round(frame.band * ratio))
            self._pixels = np.zeros((len(tracks), height, columns), np.uint32) if frame.band else None
            self._starts = [frame.start] * len(tracks)
        self._wanted = sampled, tracks, frame, theme
        if sampled.revision != self._known and not self._due and self._pixels is not None:
            self._known, self._due = sampled.revision, list(range(len(tracks)))

    def make_some(self) -> None:
        """Make the next AT_ONCE rows."""
        if not self._due or self._pixels is None or self._wanted is None:
            return
        sampled, tracks, frame, theme = self._wanted
        rows, self._due = self._due[:AT_ONCE], self._due[AT_ONCE:]
        first, after = rows[0], rows[-1] + 1
        _, height, columns = self._pixels.shape
        bands = sampled.bands(tracks[first:after], frame.start, frame.end, columns // _PIXELS)
        if bands is not None:
            self._pixels[first:after] = _pixels(bands, frame.start, frame.end, columns, height, theme)
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


def _pixels(bands: Bands, start: int, end: int, columns: int, height: int, theme: Theme) -> NDArray[np.uint32]:
    """What fills the lower part of a column is the GIL, what fills the upper part the run queue."""
    high = np.rint(bands.shares * height).astype(np.int8)
    np.maximum(high, bands.shares > _LITTLE, out=high)
    down = np.arange(height)[None, :, None]
    steps = np.zeros((high.shape[1], height, high.shape[2]), np.uint32)
    steps[down < high[1][:, None, :]] = QColor(theme.kinds["run_queue"]).rgba()
    steps[down >= height - high[0][:, None, :]] = QColor(theme.kinds["gil"]).rgba()
    # Where each step's columns begin: by the middles of the columns.
    width = end - start
    edges = bands.edges - start
    first = np.clip((edges * (2 * columns) + width - 1) // (2 * width), 0, columns)
    first[0], first[-1] = 0, columns
    return np.repeat(steps, np.diff(first), axis=2)
