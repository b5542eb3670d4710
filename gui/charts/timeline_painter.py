"""TimelinePainter: what a TimelineView looks like: the picture, and names, times, marks and legend around it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen

from gui.charts import timeline_dress as dress
from gui.charts.notes import draw_note
from gui.charts.timeline_inks import UNFINISHED, look, rank
from gui.charts.timeline_overlays import draw_labels, draw_overlays, pending_kinds
from gui.theme import ThemeSource

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView


class TimelinePainter(QObject):
    """Paints one TimelineView."""

    def __init__(self, view: "TimelineView", theme: ThemeSource) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._names = dress.Names()
        self._legend = dress.TimelineLegend()

    def paint(self, event: QPaintEvent) -> None:
        """Blit the picture and paint what is around it."""
        view = self._view
        painter = QPainter(view)
        frame, theme = view.frame, view.theme
        if not view.rows or frame is None:
            top = view.bar.height()
            painter.fillRect(view.rect(), QColor(theme.card))
            draw_note(painter, QRectF(0, top, view.width(), view.height() - top), view.note, self._theme, view)
            return
        small, ratio = view.small, view.devicePixelRatioF()
        painter.fillRect(QRectF(0, 0, view.width(), frame.top), QColor(theme.card))
        if event.rect().bottom() < frame.top:
            return  # something in the bar has changed, and be it that the search field's cursor blinks
        painter.fillRect(QRectF(0, frame.area.bottom(), view.width(), view.height()), QColor(theme.card))
        painter.fillRect(QRectF(frame.area.right(), 0, view.width(), view.height()), QColor(theme.card))
        rows = [row for row, _ in view.lines.named]
        self._names.draw(painter, frame, view.lines.named, view.choice.track, theme, view.font(), ratio)
        view.plot.draw(painter, frame.left, frame.top, ratio)
        zero = frame.x(view.zero_ns)
        inside = frame.left < zero < frame.left + frame.width
        # Hairlines over a picture that moves cost as much as the picture.
        still = not view.course.moving
        dress.draw_times(painter, frame, view.status.ticks(frame), zero if inside else None, still, theme, small)
        painter.save()
        painter.setClipRect(frame.area)
        painter.setFont(small)
        spreads = view.plot.spreads
        if spreads is not None and len(spreads) == len(rows) and not view.plot.bare:
            draw_labels(painter, frame, spreads, view.store, theme)
        view.samples.band.draw(painter, frame, ratio)
        draw_overlays(painter, frame, rows, view.feed, view.store, view.choice, theme)
        painter.restore()
        below = frame.area.bottom() + QFontMetricsF(small).height() + 4
        foot = QRectF(6, below, view.width() - 12, view.height() - below - view.behind.room)
        said = view.choice.said
        if said:
            dress.draw_elided(painter, foot, said, theme.text, small)
        else:
            kinds = view.feed.timeline.kinds | pending_kinds(rows, view.store)
            items = [(*look(kind), view.words.kind(kind)) for kind in sorted(kinds, key=rank)]
            if view.open_seen:
                items.insert(1, (*UNFINISHED, self.tr("task under way")))
            items += self.sampled_items()
            self._legend.draw(painter, foot, items, theme, small, ratio)
        if view.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(view.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def sampled_items(self) -> list[tuple[str, str, str]]:
        """What the legend says of the bands."""
        sampled = self._view.samples.sampled
        if sampled.known:
            return [
                ("gil", "rising", self.tr("below: waiting for the GIL (sampled)")),
                ("run_queue", "solid", self.tr("waiting for a core (sampled)")),
            ]
        return [("unknown", "bars", self.tr("waits for GIL and core: not known"))] if sampled.revision else []
