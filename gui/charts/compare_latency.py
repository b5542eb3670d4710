"""CompareLatency: how long tasks waited and took in two runs, as curves over the same logarithmic time."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.charts.compare_part import LEFT, LETTERS, ComparePart
from gui.charts.durations import duration
from gui.charts.ghost import Floats
from gui.charts.latency_data import grouped_counts
from gui.figures import UNKNOWN
from gui.theme import ThemeSource
from workers.insight.latency import BUCKETS, KINDS, PER_OCTAVE, bucket_edges_s

GAP = 26
BY = PER_OCTAVE // 4


class CompareLatency(ComparePart):
    """Two areas beside each other: time in line, time at work. A filled, B as a dashed outline; the same tasks the same area."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, "compareLatency", "", parent)
        self.setAccessibleName(self.tr("Latency of both runs"))
        self.setMinimumHeight(100)

    def curves(self, kind: str) -> list[tuple[Floats, Floats]]:
        """(edges in seconds, share of all tasks between them) of A and of B; empty where there is none."""
        found = []
        for run in self.runs:
            counts = run.latency[kind] if run is not None else np.zeros(0, np.int64)
            if len(counts) != BUCKETS or not counts.any():
                found.append((np.zeros(0), np.zeros(0)))
                continue
            edges, parts = grouped_counts(counts, BY)
            found.append((edges, parts / counts.sum()))
        return found

    def things(self) -> list[tuple[QRectF, str]]:
        """Each area with the percentiles of both runs."""
        told = []
        for i, kind in enumerate(KINDS):
            lines = [self._title(kind)]
            lines += [
                self.tr("{letter}: p50 {p50}, p90 {p90}, p99 {p99}").format(
                    letter=LETTERS[run], **{name: self._quantile(run, kind, name) for name in ("p50", "p90", "p99")}
                )
                for run in (0, 1)
                if self.runs[run] is not None
            ]
            told.append((self._area(i), "\n".join(lines)))
        return told

    def _title(self, kind: str) -> str:
        return self.tr("Waited to be begun") if kind == "queue" else self.tr("Took")

    def _quantile(self, run: int, kind: str, name: str, brief: bool = False) -> str:
        found = self.runs[run]
        seconds = found.percentiles[kind][name] if found is not None else None
        return UNKNOWN if seconds is None else duration(seconds, brief)

    def _area(self, place: int) -> QRectF:
        wide = (self.width() - GAP) / 2
        return QRectF(place * (wide + GAP), 0, wide, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Both areas."""
        painter = QPainter(self)
        painter.setFont(self.small())
        metrics = QFontMetricsF(self.small())
        theme, line = self._theme.theme, metrics.height()
        low, high = self._range()
        for place, kind in enumerate(KINDS):
            area = self._area(place)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(area.left(), 0, area.width(), line), LEFT, self._title(kind))
            y = line
            for run in (0, 1):
                if self.runs[run] is None:
                    continue
                painter.setPen(QColor(theme.text))
                marks = (
                    f"p50 {self._quantile(run, kind, 'p50', True)}",
                    f"p99 {self._quantile(run, kind, 'p99', True)}",
                )
                text = metrics.elidedText(
                    f"{LETTERS[run]}  {'   '.join(marks)}", Qt.TextElideMode.ElideRight, area.width()
                )
                painter.drawText(QRectF(area.left(), y, area.width(), line), LEFT, text)
                y += line
            box = QRectF(area.left(), 3 * line + 4, area.width(), max(10.0, area.height() - 4 * line - 10))
            if high > low:
                self._paint_curves(painter, box, kind, low, high)
                self._paint_axis(painter, box, low, high)
        self.frame(painter)

    def _range(self) -> tuple[float, float]:
        """Whole powers of ten around all times of both runs; equal where there are none."""
        total = sum(
            (run.latency[kind] for run in self.runs if run is not None for kind in KINDS), np.zeros(BUCKETS, np.int64)
        )
        used = np.flatnonzero(total)
        if not len(used):
            return 0.0, 0.0
        edges = bucket_edges_s()
        low = float(np.floor(np.log10(edges[used[0]]) + 1e-9))
        return low, max(low + 1.0, float(np.ceil(np.log10(edges[used[-1] + 1]) - 1e-9)))

    def _paint_curves(self, painter: QPainter, box: QRectF, kind: str, low: float, high: float) -> None:
        theme, curves = self._theme.theme, self.curves(kind)
        most = max((float(parts.max()) for _, parts in curves if len(parts)), default=0.0)
        for run, (edges, parts) in enumerate(curves):
            if not len(parts):
                continue
            used = np.flatnonzero(parts)
            first, last = int(used[0]), int(used[-1])
            x = box.left() + (np.log10(edges[first : last + 2]) - low) / (high - low) * box.width()
            y = box.bottom() - parts[first : last + 1] / most * box.height()
            steps = np.repeat(x, 2)[1:-1]
            points = [QPointF(a, b) for a, b in zip(steps.tolist(), np.repeat(y, 2).tolist(), strict=True)]
            points = [QPointF(points[0].x(), box.bottom()), *points, QPointF(points[-1].x(), box.bottom())]
            colour = QColor(theme.accent)
            colour.setAlpha(60)
            painter.setBrush(Qt.BrushStyle.NoBrush if run else colour)
            painter.setPen(self.pen(run) if run else Qt.PenStyle.NoPen)
            if run:
                painter.drawPolyline(QPolygonF(points))
            else:
                painter.drawPolygon(QPolygonF(points))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(self.pen(0))
                painter.drawPolyline(QPolygonF(points))

    def _paint_axis(self, painter: QPainter, box: QRectF, low: float, high: float) -> None:
        metrics, theme, taken = QFontMetricsF(self.small()), self._theme.theme, float("-inf")
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        for power in range(round(low), round(high) + 1):
            x = box.left() + (power - low) / (high - low) * box.width()
            text = duration(10.0**power).replace(".00", "").replace(".0", "")
            half = metrics.horizontalAdvance(text) / 2
            begin = min(max(x - half, box.left()), box.right() - 2 * half)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 3))
            if begin > taken:
                taken = begin + 2 * half + 6
                painter.setPen(QColor(theme.muted))
                painter.drawText(QPointF(begin, box.bottom() + 4 + metrics.ascent()), text)
