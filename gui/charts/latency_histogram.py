"""A histogram of times over a logarithmic axis, with its percentiles marked and told."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.charts.durations import duration
from gui.charts.latency_data import LatencyData, Spread, grouped_counts
from gui.charts.latency_words import LatencyWords
from gui.style import mix
from gui.theme import Theme
from workers.insight.latency import PER_OCTAVE

GAP = 22
"""Pixels between two of them."""
LEAST_BAR = 3
"""Pixels: buckets are put together until they are as wide."""
_DASHES = {
    "p50": Qt.PenStyle.SolidLine,
    "p90": Qt.PenStyle.DashLine,
    "p99": Qt.PenStyle.DotLine,
    "max": Qt.PenStyle.DashDotLine,
}


def place_of(data: LatencyData, box: QRectF, seconds: float) -> float:
    """Where a time lies in `box`."""
    low, high = np.log10(data.low_s), np.log10(data.high_s)
    share = (np.log10(max(seconds, data.low_s)) - low) / (high - low)
    return float(box.left() + min(share, 1.0) * box.width())


def paint_histogram(
    painter: QPainter, box: QRectF, spread: Spread, data: LatencyData, words: LatencyWords, theme: Theme
) -> None:
    """Title and figures above `box`, in it the tasks by how long they took, below it the time. With the painter's font."""
    metrics = QFontMetricsF(painter.font())
    line = float(int(metrics.height()))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(theme.muted))
    painter.drawText(QRectF(box.left(), 0, box.width(), line), left, words.title(spread.kind))
    painter.setPen(QColor(theme.text))
    marks, room = words.marks(spread), box.width() + GAP - 8
    if metrics.horizontalAdvance("   ".join(marks)) > room:
        # What is too much for one line stands in the one above, at its end.
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(box.left(), 0, box.width(), line), right, marks.pop())
        if metrics.horizontalAdvance("   ".join(marks)) > room:
            marks = words.marks(spread, brief=True)[:-1]
            if metrics.horizontalAdvance("   ".join(marks)) > room:
                del marks[1]  # its line and the tooltip have it still
    shown = metrics.elidedText("   ".join(marks), Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(box.left(), line, room, line), left, shown)
    decades = np.log10(data.high_s / data.low_s)
    bucket = box.width() / decades * np.log10(2) / PER_OCTAVE
    edges, counts = grouped_counts(spread.counts, max(1, int(np.ceil(LEAST_BAR / bucket))))
    most = max(1, int(counts.max()))
    painter.setPen(Qt.PenStyle.NoPen)
    colour = theme.kinds["queue" if spread.kind == "queue" else "running"]
    painter.setBrush(QColor(mix(colour, theme.text, 0.1)))
    for i in np.flatnonzero(counts).tolist():
        x0, x1 = place_of(data, box, float(edges[i])), place_of(data, box, float(edges[i + 1]))
        tall = max(1.5, counts[i] / most * box.height())
        painter.drawRect(QRectF(x0, box.bottom() - tall, max(1.0, x1 - x0 - 0.5), tall))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    for name, seconds in spread.marks:
        x = place_of(data, box, seconds)
        painter.setPen(QPen(QColor(theme.text), 1, _DASHES[name]))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    plate = QColor(theme.card)
    plate.setAlphaF(0.85)
    painter.setPen(QColor(theme.muted))
    for name, place in label_places(painter, box, spread, data):
        painter.fillRect(place, plate)
        painter.drawText(place, left, name)
    _paint_axis(painter, box, data, theme)


def label_places(painter: QPainter, box: QRectF, spread: Spread, data: LatencyData) -> list[tuple[str, QRectF]]:
    """Where the percentiles are named, each beside its line: one below the other where they lie close together."""
    metrics = QFontMetricsF(painter.font())
    line, placed = float(int(metrics.height())), list[tuple[str, QRectF]]()
    for name, seconds in spread.marks:
        if name == "max":
            continue
        x, width = place_of(data, box, seconds), metrics.horizontalAdvance(name) + 3
        begin = x + 3 if x + 3 + width <= box.right() + GAP else x - 3 - width
        label = QRectF(begin, box.top(), width, line)
        while any(label.intersects(other) for _, other in placed):
            label.translate(0, line)
        if label.bottom() <= max(box.bottom(), box.top() + line):
            placed.append((name, label))
    return placed


def _paint_axis(painter: QPainter, box: QRectF, data: LatencyData, theme: Theme) -> None:
    metrics = QFontMetricsF(painter.font())
    first, last = (round(float(np.log10(value))) for value in (data.low_s, data.high_s))
    taken = float("-inf")
    for power in range(first, last + 1):
        x = place_of(data, box, 10.0**power)
        text = duration(10.0**power).replace(".00", "").replace(".0", "")
        half = metrics.horizontalAdvance(text) / 2
        begin = min(max(x - half, box.left()), box.right() + GAP / 2 - 2 * half)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 3))
        if begin > taken:
            taken = begin + 2 * half + 6
            painter.setPen(QColor(theme.muted))
            painter.drawText(QPointF(begin, box.bottom() + 4 + metrics.ascent()), text)
