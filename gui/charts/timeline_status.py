"""TimelineStatus: the time axis of a TimelineView, and what is said above it of the stretch in sight."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetricsF

from gui.charts import timeline_dress as dress
from gui.charts.scales import nice_step, ticks
from gui.figures import MINUS, grouped
from gui.run_names import SEPARATOR
from gui.words import MOST

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView


class TimelineStatus(QObject):
    """Words about one TimelineView."""

    def __init__(self, view: "TimelineView") -> None:
        super().__init__(view)
        self._view = view
        self._ticked: object = None
        self._tick_list: list[dress.Tick] = []

    def restyle(self) -> None:
        """Measure with another font."""
        self._ticked = None

    def text(self) -> str:
        """What stretch of time and which rows are in sight, and what the picture cannot show."""
        view = self._view
        parts = []
        if view.rows:
            if view.course.moving:
                parts.append(self.tr("last {length}").format(length=view.words.length(view.range.length)))
            else:
                start, end = view.shown
                step = (end - start) / 1_000
                span = self.tr("{a} to {b}").format(
                    a=view.words.instant(start - view.zero_ns, step), b=view.words.instant(end - view.zero_ns, step)
                )
                parts.append(self.tr("held: {span}").format(span=span) if view.live else span)
            if view.frame and len(view.rows) > view.frame.rows:
                first = view.lines.scroller.value() + 1
                parts.append(
                    self.tr("rows {a} to {b} of {n}").format(
                        a=first, b=first + view.frame.rows - 1, n=grouped(len(view.rows))
                    )
                )
            parts += self._gaps()
        return SEPARATOR.join(parts)

    def _gaps(self) -> list[str]:
        """What the picture cannot show, said."""
        view, feed = self._view, self._view.feed
        said = []
        if feed.behind:
            said.append(self.tr("reading %n more span(s) …", "", feed.behind))
        if view.store.dropped:
            said.append(self.tr("%n event(s) dropped", "", min(view.store.dropped, MOST)))
        if feed.missed:
            said.append(self.tr("%n earlier span(s) not kept", "", feed.missed))
        if feed.timeline.detail_from is not None:
            text = self.tr("detail before {when} was thinned to keep within {mb} MB")
            when = view.words.clock_time(feed.timeline.detail_from - view.zero_ns)
            said.append(text.format(when=when, mb=grouped(view.store.history.mb)))
        return said

    def ticks(self, frame: dress.Frame) -> list[dress.Tick]:
        """The labels of the time axis."""
        view = self._view
        moving = view.course.moving
        # Of the moving picture they stay where they are.
        key = (frame.end - frame.start, frame.left, frame.width, moving, None if moving else frame.start, view.zero_ns)
        if key != self._ticked:
            self._ticked = key
            self._tick_list = dress.place_ticks(frame, self._make_ticks(frame, moving), view.small)
        return self._tick_list

    def _make_ticks(self, frame: dress.Frame, moving: bool) -> list[tuple[float, str]]:
        view = self._view
        metrics = QFontMetricsF(view.small)
        seconds = (frame.end - frame.start) / 1e9
        # Finer instants are longer in words, and so there are fewer of them.
        digits = max(1, int(np.ceil(1 - np.log10(max(seconds, 1e-9)))))
        room = metrics.horizontalAdvance("0" * (digits + 5) + " s") + 12
        step = nice_step(seconds, max(1, min(8, int(frame.width / room))))
        zero = view.store.now_ns if moving else view.zero_ns
        first, last = (frame.start - zero) / 1e9, (frame.end - zero) / 1e9
        found = []
        for value in ticks(first, last, step):
            if moving:
                places = max(0, int(np.ceil(-np.log10(step) - 1e-9)))
                text = (
                    self.tr("now")
                    if abs(value) < step / 2
                    else self.tr("{n} s").format(n=f"{MINUS if value < 0 else ''}{abs(value):.{places}f}")
                )
            else:
                text = view.words.instant(round(value * 1e9), step * 1e9)
            found.append((frame.x(zero + value * 1e9), text))
        return found
