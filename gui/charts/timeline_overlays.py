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

_DIGITS = 10
_POWERS = 10 ** np.arange(_DIGITS)
"""A span's number has 31 bits."""
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
    # Where there are very many nobody would read them. Figures are of equal width: a number is as wide as it has digits.
    widths = np.array([metrics.horizontalAdvance(grouped(10**digits)) + 8 for digits in range(_DIGITS)])
    row = np.repeat(np.arange(len(spreads)), [len(spread.start) for spread in spreads])
    if not len(row):
        return
    start, end, kind, number = (
        np.concatenate([getattr(spread, name) for spread in spreads]) for name in ("start", "end", "kind", "number")
    )
    room = (np.minimum(end, frame.end) - np.maximum(start, frame.start)) * (frame.width / (frame.end - frame.start))
    needed = widths[np.searchsorted(_POWERS, np.maximum(number, 1), "right") - 1]
    # How wide a lock's name is is seen when it is written out.
    fits = (room >= needed) & (kind == SpanKind.TASK) | (room >= widths[0]) & (kind == SpanKind.LOCK)
    done = 0
    for j in np.flatnonzero(fits).tolist():
        task, spread, strip = kind[j] == SpanKind.TASK, spreads[row[j]], frame.strip_of(int(row[j]))
        text = grouped(int(number[j])) if task else in_words(lock_name(store, int(number[j])))
        wide = float(needed[j]) if task else metrics.horizontalAdvance(text) + 8
        if not text or wide > room[j]:
            continue
        left = max(frame.x(int(start[j])), frame.left)
        # A wait inside the task may lie where its number would stand.
        begins, until = max(int(start[j]), frame.start), frame.t(left + wide)
        inner = (spread.kind != SpanKind.TASK) & (spread.start < until) & (spread.end > begins)
        if task and bool(inner.any()):
            continue
        box = QRectF(left, strip.top(), float(room[j]), strip.height())
        dress.draw_label(painter, box, text, _ON_TASK[theme.name], "" if task else theme.kinds["lock"])
        done += 1
        if done >= dress.MOST_LABELS:
            return
