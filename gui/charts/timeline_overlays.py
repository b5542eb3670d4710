"""What lies over the timeline's picture: numbers and names in rectangles, drops, locks waited for now, what is chosen."""

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.charts import timeline_dress as dress
from gui.charts.timeline_choice import TimelineChoice
from gui.charts.timeline_inks import look
from gui.charts.timeline_rows import TimelineRow
from gui.charts.timeline_words import lock_name
from gui.figures import grouped
from gui.lane_words import in_words
from gui.theme import Theme
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore
from workers.insight.timeline_feed import TimelineFeed
from workers.insight.timeline_spans import Spread

_ON_TASK = {"light": "#FFFFFF", "dark": "#0B1420"}


def draw_overlays(
    painter: QPainter,
    frame: dress.Frame,
    rows: Sequence[TimelineRow],
    feed: TimelineFeed,
    store: RunStore,
    choice: TimelineChoice,
    theme: Theme,
) -> None:
    """What is known beyond the spans of these rows, and what is chosen."""
    place = {row.track.number: i for i, row in enumerate(rows)}
    for drop in feed.drops:
        if drop.track in place:
            dress.draw_hatched(painter, frame, place[drop.track], drop.start_ns, drop.end_ns, theme.bad)
    for i, row in enumerate(rows):
        waits = row.track.waits if store.ended is None else None
        if waits is not None:
            kind, since = waits
            box = dress.draw_wait(painter, frame, i, since, store.now_ns, *look(kind), theme)
            if not box.isEmpty():
                dress.draw_label(painter, box, in_words(row.track.last.info.waiting_for), theme.text, theme.card)
        thinned = feed.timeline.thinned_until(row.track.number) if feed.timeline.thinned else None
        if thinned is not None and frame.start < thinned:
            painter.setPen(QPen(QColor(theme.warn), 1, Qt.PenStyle.DotLine))
            strip = frame.strip_of(i)
            painter.drawLine(QPointF(strip.left(), strip.bottom()), QPointF(frame.x(thinned), strip.bottom()))
    if choice.stretch:
        dress.draw_stretch(painter, frame, *choice.stretch, theme)
    if choice.span is not None and choice.span.lane in place:
        dress.draw_outline(painter, frame, place[choice.span.lane], choice.span.start, choice.span.end, theme)


def pending_kinds(rows: Iterable[TimelineRow], store: RunStore) -> set[int]:
    """What the last lanes of these rows wait for just now, as kinds of spans."""
    return {row.track.waits[0] for row in rows if row.track.waits is not None} if store.ended is None else set()


def draw_labels(
    painter: QPainter, frame: dress.Frame, spreads: Sequence[Spread], store: RunStore, theme: Theme
) -> None:
    """Numbers of tasks and names of locks, where they have room."""
    metrics = QFontMetricsF(painter.font())
    if frame.strip < metrics.height() - 3:
        return
    # Where there are very many nobody would read them.
    least = (frame.end - frame.start) / frame.width * (metrics.horizontalAdvance("00") + 8)
    right_end, done = frame.left + frame.width, 0
    for i, spread in enumerate(spreads):
        strip = frame.strip_of(i)
        inner = spread.kind != SpanKind.TASK
        for j in np.flatnonzero(spread.end - spread.start > least).tolist():
            kind, number = int(spread.kind[j]), int(spread.number[j])
            if kind not in (SpanKind.TASK, SpanKind.LOCK):
                continue
            task = kind == SpanKind.TASK
            text = grouped(number) if task else in_words(lock_name(store, number))
            left = max(frame.x(int(spread.start[j])), frame.left)
            right = min(frame.x(int(spread.end[j])), right_end)
            needed = metrics.horizontalAdvance(text) + 8
            if not text or needed > right - left:
                continue
            # A wait inside the task may lie where its number would stand.
            begins, until = max(int(spread.start[j]), frame.start), frame.t(left + needed)
            if task and bool((inner & (spread.start < until) & (spread.end > begins)).any()):
                continue
            box = QRectF(left, strip.top(), right - left, strip.height())
            dress.draw_label(painter, box, text, _ON_TASK[theme.name], "" if task else theme.kinds["lock"])
            done += 1
            if done >= dress.MOST_LABELS:
                return
