"""TimelinePlot: makes the picture of the rows in sight. A moving one goes on by what arrives; a still one is asked for.

Either is drawn coarsely first where it would take too long, and then made fine a few rows at a time: `unfinished` says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gui.charts.timeline_inks import rank
from gui.charts.timeline_paint import Lives, pixels, put_pixels, put_strips, rectangles, stacked
from gui.charts.timeline_raster import NEAR, TimelineRaster
from workers.insight.timeline import Timeline
from workers.insight.timeline_feed import Track
from workers.insight.timeline_spans import Delta, Spread, edges

AT_ONCE = 4_000
"""Searches, a column of a series each, that the first picture can afford: in ten million spans each costs half a microsecond."""
COARSEST = 48
"""Columns that are one in a coarse picture, at most."""
MORE = 12_000
"""And each frame after it, to make it fine."""
MOST_RECTANGLES = 10_000
FOREVER = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Canvas:
    """What is to be filled: rows of `height` device pixels, `pitch` apart, and `columns` of them wide."""

    tracks: tuple[Track, ...]
    columns: int
    height: int
    pitch: int
    colours: tuple[int, ...]
    """Of the space between rows, then anything that tells one table of colours from another."""


class TimelinePlot:
    """One picture. `follow` or `stand`, then `draw`."""

    def __init__(self) -> None:
        self.spreads: list[Spread] | None = None
        """By row the single spans in sight, where these are few enough."""
        self.begun = FOREVER
        """Since when the oldest task under way in sight has gone on; FOREVER for none."""
        self._canvas: Canvas | None = None
        self._colours: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self._raster: TimelineRaster | None = None
        self._still: tuple[int, int] | None = None
        self._shares: dict[int, NDArray[np.float32]] = {}
        self.bare = False
        """Whether what is written on the spans is left to the next frame: after a jump the picture comes first."""
        self._coarse: list[int] = []
        """Rows that are still to be made fine."""
        self._pixels: NDArray[np.uint32] = np.zeros((0, 0), np.uint32)
        self._row_of: NDArray[np.int64] = np.zeros(0, np.int64)
        self._known: NDArray[np.int64] = np.zeros(0, np.int64)
        self._ended: NDArray[np.int64] = np.zeros(0, np.int64)
        self._begun: NDArray[np.int64] = np.zeros(0, np.int64)
        self._now = 0

    @property
    def unfinished(self) -> bool:
        """Whether it is coarse or bare yet."""
        return bool(self._coarse) or self.bare

    @property
    def single(self) -> bool:
        """Whether each span has a rectangle."""
        return self.spreads is not None

    # ---- a moving picture -----------------------------------------------------------------------------------------
    def follow(
        self,
        canvas: Canvas,
        colours: NDArray[np.uint32],
        timeline: Timeline,
        deltas: Sequence[Delta],
        now_ns: int,
        step: int,
    ) -> None:
        """The columns up to now, `step` ns each. `deltas` must be all that arrived since the last time."""
        raster, self._now = self._raster, now_ns
        self.spreads, self._still, self.bare = None, None, False
        if raster is None or canvas != self._canvas or raster.step != step or self._colours is not colours:
            self._take(canvas, colours, timeline)
            raster = self._raster = TimelineRaster(len(canvas.tracks), canvas.columns, step, now_ns)
            rows = range(len(canvas.tracks))
            each = self._each(timeline, rows)
            self._fill(timeline, rows, each)
            self._coarse = list(rows) if each > 1 else []
        else:
            raster.advance(max([now_ns, *(int(delta.end.max()) for delta in deltas if len(delta.end))]))
            for delta in deltas:
                if len(delta.lane):
                    self._make_room(int(delta.lane.max()) + 1)
                    raster.add(delta, self._row_of, self._known)
                    self._learn(delta)
            self._fill(timeline, self._affordable(timeline, canvas.columns), 1)
        lives = self._lives(canvas)
        changed = np.flatnonzero(lives.ended != self._ended)
        for row in changed.tolist():
            raster.dirty[row] = min(raster.dirty[row], max(raster.first, int(lives.ended[row]) // step))
        for row in np.flatnonzero(lives.begun != self._begun).tolist():
            since = min(int(lives.begun[row]), int(self._begun[row])) // step
            raster.dirty[row] = min(raster.dirty[row], max(raster.first, since))
        self._ended, self._begun = lives.ended, lives.begun
        self._repaint(raster, lives)

    def _fill(self, timeline: Timeline, rows: range, each: int) -> None:
        raster, canvas = self._raster, self._canvas
        assert raster is not None
        assert canvas is not None
        wide = -(-canvas.columns // each)
        at = (raster.first + np.arange(wide + 1, dtype=np.int64) * each) * raster.step
        start, end = int(at[0]), int(at[-1])
        for row in rows:
            track = canvas.tracks[row].number
            raster.fill(row, timeline.shares(track, at, each > 1), each)
            if timeline.count(track, start, end) < MOST_RECTANGLES // 4:
                spread = timeline.spread(track, start, end)
                raster.set_apart(row, spread.start, spread.end)

    def _learn(self, delta: Delta) -> None:
        row = self._row_of[delta.lane]
        seen = row >= 0
        np.maximum.at(self._known, row[seen], delta.end[seen])

    def _repaint(self, raster: TimelineRaster, lives: Lives) -> None:
        near = max(raster.first, raster.last - NEAR)
        far = np.flatnonzero(raster.dirty < near)
        if len(far) * 2 > raster.rows:
            self._paint_live(slice(0, raster.rows), int(raster.dirty.min()), lives)
        else:
            for row in far.tolist():
                self._paint_live(slice(row, row + 1), int(raster.dirty[row]), lives)
            rest = raster.dirty[raster.dirty >= near]
            if len(rest):
                self._paint_live(slice(0, raster.rows), int(rest.min()), lives)
        # The last column goes on filling.
        raster.dirty[:] = raster.last

    def _paint_live(self, rows: slice, first: int, lives: Lives) -> None:
        raster, canvas = self._raster, self._canvas
        assert raster is not None
        assert canvas is not None
        order = sorted(raster.kinds, key=rank)
        ground = lives.ground(rows, raster.edges(first, raster.last))
        codes = stacked(raster.shares(rows, first, raster.last, order), order, ground, canvas.height)
        places = raster.places(first, raster.last)
        apart = raster.apart[rows][:, places]
        if apart.any():
            np.copyto(codes, np.uint8(20), where=apart[:, None, :])
        strips = self._strips()
        strips[rows, : canvas.height, places] = pixels(codes, self._colours, first)

    # ---- a still picture ------------------------------------------------------------------------------------------
    def stand(
        self, canvas: Canvas, colours: NDArray[np.uint32], timeline: Timeline, start: int, end: int, now_ns: int = 0
    ) -> None:
        """[start, end) as it is known now. Call again while `unfinished`. `now_ns`: up to when tasks under way have gone on."""
        self._now = now_ns
        before = self._still
        again = canvas == self._canvas and before == (start, end) and self._colours is colours
        if again and self.bare:
            self.bare = False
            return
        if not again or not self._coarse:
            # Moved by hand it keeps them: they would flicker.
            moved = (
                before is not None and before[1] - before[0] == end - start and before[0] < end and start < before[1]
            )
            self.bare = not again and not moved
            self._take(canvas, colours, timeline)
            self._still, self._raster = (start, end), None
            tracks = [track.number for track in canvas.tracks]
            if _few(timeline, tracks, start, end):
                self._coarse = []
                if not any(_thinned_in(timeline, track, start) for track in tracks):
                    self._single(timeline, start, end)
                    return
            self.spreads, self.bare = None, False
            self._shares = {}
            rows = range(len(tracks))
            each = self._each(timeline, rows)
            self._ask(timeline, rows, each)
            self._coarse = list(rows) if each > 1 else []
            self._paint_still(slice(0, len(tracks)), each)
            return
        rows = self._affordable(timeline, canvas.columns)
        self._ask(timeline, rows, 1)
        if rows:
            self._paint_still(slice(rows.start, rows.stop), 1)

    def _single(self, timeline: Timeline, start: int, end: int) -> None:
        canvas = self._canvas
        assert canvas is not None
        self.spreads = [timeline.spread(track.number, start, end) for track in canvas.tracks]
        ground = self._lives(canvas).ground(slice(None), edges(start, end, canvas.columns))
        codes = rectangles(self.spreads, ground, start, end)
        put_strips(self._strips()[:, : canvas.height], codes, self._colours)

    def _ask(self, timeline: Timeline, rows: range, each: int) -> None:
        canvas, still = self._canvas, self._still
        assert canvas is not None
        assert still is not None
        at = edges(*still, canvas.columns)
        at = np.append(at[:-1:each], at[-1]) if each > 1 else at
        for held in self._shares.values():
            held[rows.start : rows.stop] = 0.0
        for row in rows:
            for kind, share in timeline.shares(canvas.tracks[row].number, at, each > 1).items():
                found = self._shares.get(kind)
                if found is None:
                    found = self._shares[kind] = np.zeros((len(canvas.tracks), canvas.columns), np.float32)
                # Of a coarse picture only the first places are used.
                found[row, : len(share)] = share

    def _paint_still(self, rows: slice, each: int) -> None:
        canvas, still = self._canvas, self._still
        assert canvas is not None
        assert still is not None
        order = sorted(self._shares, key=rank)
        at = edges(*still, canvas.columns)
        # A coarse picture is as coarse when it is painted: that costs as much as the searches.
        thin = slice(0, -(-canvas.columns // each))
        shares = np.array([self._shares[kind][rows, thin] for kind in order], np.float32)
        at = np.append(at[:-1:each], at[-1])
        codes = stacked(shares, order, self._lives(canvas).ground(rows, at), canvas.height)
        strips = self._strips()
        put_pixels(strips[rows, : canvas.height], codes, self._colours, each=each)

    # ---- both -----------------------------------------------------------------------------------------------------
    def _take(self, canvas: Canvas, colours: NDArray[np.uint32], timeline: Timeline) -> None:
        size = (len(canvas.tracks) * canvas.pitch, canvas.columns)
        if self._pixels.shape != size or self._canvas is None or self._canvas.pitch != canvas.pitch:
            self._pixels = np.empty(size, np.uint32)
        self._canvas, self._colours = canvas, colours
        self._strips()[:, canvas.height :] = canvas.colours[0]
        self._row_of = np.full(max(1, len(timeline)), -1)
        self._make_room(max([len(timeline), *(track.number + 1 for track in canvas.tracks)]))
        self._known = np.zeros(len(canvas.tracks), np.int64)
        self._ended = np.zeros(len(canvas.tracks), np.int64)
        self._begun = np.full(len(canvas.tracks), FOREVER)
        for row, track in enumerate(canvas.tracks):
            self._row_of[track.number] = row
            bounds = timeline.bounds(track.number)
            self._known[row] = bounds[1] if bounds else 0

    def _make_room(self, tracks: int) -> None:
        if tracks > len(self._row_of):
            self._row_of = np.concatenate((self._row_of, np.full(tracks + 64 - len(self._row_of), -1)))

    def _strips(self) -> NDArray[np.uint32]:
        canvas = self._canvas
        assert canvas is not None
        return self._pixels.reshape(len(canvas.tracks), canvas.pitch, canvas.columns)

    def _lives(self, canvas: Canvas) -> Lives:
        infos = [track.last.info for track in canvas.tracks]
        ended = np.array([FOREVER if info.ended_ns is None else info.ended_ns for info in infos], np.int64)
        born = np.array([track.born_ns for track in canvas.tracks], np.int64)
        opened = [track.under_way for track in canvas.tracks]
        begun = np.array([FOREVER if task is None else task[1] for task in opened], np.int64)
        self.begun = int(begun.min(initial=FOREVER))
        return Lives(born, np.where(ended < FOREVER, ended, self._known), ended, begun, self._now)

    def _each(self, timeline: Timeline, rows: range) -> int:
        canvas = self._canvas
        assert canvas is not None
        parts = sum(timeline.parts(canvas.tracks[row].number) for row in rows)
        return min(COARSEST, max(1, -(-parts * canvas.columns // AT_ONCE)))

    def _affordable(self, timeline: Timeline, columns: int) -> range:
        """The next rows to be made fine, as many as a frame can afford."""
        canvas, cost = self._canvas, 0
        assert canvas is not None
        first = n = self._coarse[0] if self._coarse else 0
        while self._coarse and (n == first or cost < MORE):
            n = self._coarse.pop(0) + 1
            cost += timeline.parts(canvas.tracks[n - 1].number) * columns
        return range(first, n)

    def draw(self, painter: QPainter, left: float, top: float, ratio: float) -> None:
        """Blit it with its upper left corner there, `ratio` device pixels to a logical one."""
        height, width = self._pixels.shape
        if not height or not width:
            return
        # QImage keeps no reference to the buffer: self._pixels does.
        image = QImage(self._pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        if self._raster is None:
            painter.drawImage(QRectF(left, top, width / ratio, height / ratio), image, QRectF(0, 0, width, height))
            return
        # The ring begins after its last column.
        split = (self._raster.last + 1) % width
        for x, first, wide in ((left, split, width - split), (left + (width - split) / ratio, 0, split)):
            if wide:
                target = QRectF(x, top, wide / ratio, height / ratio)
                painter.drawImage(target, image, QRectF(first, 0, wide, height))


def _few(timeline: Timeline, tracks: Sequence[int], start: int, end: int) -> bool:
    """Whether each span in sight can have a rectangle."""
    room = MOST_RECTANGLES
    for track in tracks:
        room -= timeline.count(track, start, end)
        if room <= 0:
            return False
    return True


def _thinned_in(timeline: Timeline, track: int, start: int) -> bool:
    until = timeline.thinned_until(track)
    return until is not None and until > start
