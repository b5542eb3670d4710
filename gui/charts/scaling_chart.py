"""ScalingChart: speed-up and efficiency over the number of workers, with intervals and the fitted law."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.charts.base import Series
from gui.charts.curve_shapes import SHAPES, draw_shape
from gui.charts.notes import draw_note
from gui.charts.report_chart import ReportChart
from gui.charts.scales import nice_step, ticks
from gui.figures import grouped, percent, tabular
from gui.style import mix
from gui.sweep_words import SweepWords
from gui.theme import ThemeSource
from workers.sweep.laws import Curve, Point, Ratio

if TYPE_CHECKING:
    from workers.sweep.report import Report

MOST_CURVES = 6
"""Curves that can be told apart; the fastest are shown."""
GAP = 28
_LEFT, _BOTTOM = 44, 24
At = Callable[[float, float], QPointF]
"""From workers and value to a place."""
_NEAR = 12.0
"""Pixels from a point within which the pointer means it."""


class ScalingChart(ReportChart):
    """Two plots side by side. The fastest curve is in the accent colour; each has a mark of its own and its name at its end."""

    def __init__(self, theme: ThemeSource, words: SweepWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self.title = self.tr("Scaling")
        self.axes = (self.tr("workers"), self.tr("value"))
        self.setObjectName("scalingChart")
        self.setAccessibleName(self.title)
        self.setMinimumSize(360, 180)
        self.setMouseTracking(True)
        self._hot: list[tuple[QPointF, str]] = []
        self._built()

    @property
    def curves(self) -> list[Curve]:
        """The curves on show, the one that reaches furthest first."""
        found = self.report.curves if self.report is not None else ()
        drawn = [curve for curve in found if len(curve.points) > 1]
        ranked = sorted(drawn, key=lambda curve: -max(point.speed_up.value for point in curve.points))
        return ranked[:MOST_CURVES]

    def series(self) -> Series:
        """`NAME: speed-up`, `NAME: efficiency` and, where there is one, `NAME: law` -> (workers, value)."""
        found: Series = {}
        for curve in self.curves:
            name = self.name(curve)
            workers = np.array([point.workers for point in curve.points], float)
            for kind, values in (
                ("speed-up", [point.speed_up for point in curve.points]),
                ("efficiency", [point.efficiency for point in curve.points]),
            ):
                found[f"{name}: {kind}"] = workers, np.array([value.value for value in values])
                for end in ("low", "high"):
                    ends = [getattr(value, end) for value in values]
                    found[f"{name}: {kind} {end}"] = workers, np.array([math.nan if e is None else e for e in ends])
            if curve.usl is not None:
                steps = _steps(workers)
                found[f"{name}: law"] = np.array(steps), np.array(curve.fitted(curve.usl, steps))
        return found

    def name(self, curve: Curve) -> str:
        """What a curve is called."""
        return self.words.curve(curve)

    def show_report(self, report: "Report | None", work: str = "") -> None:
        """Show this report from now on."""
        super().show_report(report, work)
        laws = "; ".join(self.words.law(curve) for curve in self.curves)
        self.setAccessibleDescription(laws)

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both plots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._hot.clear()
        curves = self.curves
        if not curves:
            words = self.tr(
                "Here it is shown how each model gains from more workers: measure two numbers of workers or more."
            )
            draw_note(painter, QRectF(self.rect()), words, self._theme_source, self)
            return
        painter.setFont(tabular(self.font(), 12 / 13))
        line = QFontMetricsF(painter.font()).height()
        width = (self.width() - GAP) / 2
        top = line + 8
        height = self.height() - top - _BOTTOM - line
        for place, share in enumerate((False, True)):
            box = QRectF(place * (width + GAP) + _LEFT, top, width - _LEFT - 6, height)
            title = self.tr("Efficiency: speed-up for each worker") if share else self._speed_up_title(curves)
            painter.setPen(QColor(self.theme.muted))
            shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QPointF(place * (width + GAP), line - 2), shown)
            self._plot(painter, box, curves, share)

    def _speed_up_title(self, curves: list[Curve]) -> str:
        if all(curve.base.model == "sequential" for curve in curves):
            return self.tr("Speed-up against one after the other")
        return self.tr("Speed-up against its fewest workers")

    def _plot(self, painter: QPainter, box: QRectF, curves: list[Curve], share: bool) -> None:
        theme = self.theme
        counts = sorted({point.workers for curve in curves for point in curve.points})
        top = self._top(curves, share)
        first, last = math.log2(counts[0]), max(math.log2(counts[-1]), math.log2(counts[0]) + 1e-9)

        def at(workers: float, value: float) -> QPointF:
            x = box.left() + 10 + (math.log2(workers) - first) / (last - first) * (box.width() - 20)
            return QPointF(x, box.bottom() - min(value / top, 1.2) * box.height())

        metrics = QFontMetricsF(painter.font())
        step = nice_step(top, max(2, int(box.height() / 40)))
        for value in ticks(0.0, top, step):
            y = at(counts[0], value).y()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(theme.muted))
            text = self.tr("{n} %").format(n=percent(value)) if share else grouped(value, 0 if step >= 1 else 1)
            right = QRectF(box.left() - _LEFT, y - 10, _LEFT - 6, 20)
            painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        taken = -1e9
        for workers in counts:
            x, text = at(workers, 0).x(), grouped(workers)
            half = metrics.horizontalAdvance(text) / 2
            if x - half > taken + 6:
                taken = x + half
                painter.drawText(QPointF(x - half, box.bottom() + metrics.ascent() + 4), text)
        under = QRectF(box.left(), box.bottom() + metrics.height() + 4, box.width(), metrics.height())
        painter.drawText(under, int(Qt.AlignmentFlag.AlignHCenter), self.tr("workers"))
        painter.save()
        painter.setClipRect(box.adjusted(-8, -8, 8, 8))
        self._ideal(painter, counts, at, share)
        for place, curve in reversed(list(enumerate(curves))):
            self._curve(painter, place, curve, at, share, counts)
        painter.restore()
        self._labels(painter, box, curves, at, share)

    def _top(self, curves: list[Curve], share: bool) -> float:
        values = [self._ratio(point, share) for curve in curves for point in curve.points]
        most = max(value.value for value in values)
        # A wide interval must not squeeze the curves.
        ends = [value.high for value in values if value.high is not None and value.high < 1.5 * most]
        return max(1.05 if share else 1.2, 1.08 * max([most, *ends]))

    @staticmethod
    def _ratio(point: Point, share: bool) -> Ratio:
        return point.efficiency if share else point.speed_up

    def _ideal(self, painter: QPainter, counts: list[int], at: At, share: bool) -> None:
        painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
        steps = _steps(np.array(counts, float))
        points = [at(workers, 1.0 if share else workers) for workers in steps]
        for one, other in pairwise(points):
            painter.drawLine(one, other)

    def _colour(self, place: int) -> QColor:
        theme = self.theme
        return QColor(theme.accent if place == 0 else mix(theme.text, theme.muted, min(1.0, 0.25 * place)))

    def _curve(self, painter: QPainter, place: int, curve: Curve, at: At, share: bool, counts: list[int]) -> None:
        colour = self._colour(place)
        if curve.usl is not None:
            steps = _steps(np.array([curve.points[0].workers, curve.points[-1].workers], float))
            values = curve.fitted(curve.usl, steps)
            line = [
                at(workers, value / workers if share else value) for workers, value in zip(steps, values, strict=True)
            ]
            painter.setPen(QPen(colour, 1))
        else:
            line = [at(point.workers, self._ratio(point, share).value) for point in curve.points]
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        for one, other in pairwise(line):
            painter.drawLine(one, other)
        for point in curve.points:
            found = self._ratio(point, share)
            middle = at(point.workers, found.value)
            if found.low is not None and found.high is not None:
                painter.setPen(QPen(colour, 1))
                low, high = at(point.workers, found.low), at(point.workers, found.high)
                painter.drawLine(low, high)
                for end in (low, high):
                    painter.drawLine(end + QPointF(-3, 0), end + QPointF(3, 0))
            draw_shape(painter, SHAPES[place % len(SHAPES)], middle, colour, QColor(self.theme.card))
            self._hot.append((middle, self._explained(curve, point)))

    def _labels(self, painter: QPainter, box: QRectF, curves: list[Curve], at: At, share: bool) -> None:
        """Each curve's name at its last point, moved apart where they would lie on each other."""
        metrics = QFontMetricsF(painter.font())
        ends = sorted(
            (at(curve.points[-1].workers, self._ratio(curve.points[-1], share).value).y(), place, curve)
            for place, curve in enumerate(curves)
        )
        last = box.top() - metrics.height()
        for y, place, curve in ends:
            x = at(curve.points[-1].workers, 0).x()
            name = self.name(curve)
            wide = metrics.horizontalAdvance(name)
            base = min(max(y - 8, last + metrics.height()), box.bottom())
            last = base
            left = max(box.left() + 2, min(x - 10 - wide, box.right() - wide))
            painter.fillRect(
                QRectF(left - 2, base - metrics.ascent(), wide + 4, metrics.height()), QColor(self.theme.card)
            )
            painter.setPen(self._colour(place))
            painter.drawText(QPointF(left, base), name)

    # ---- the pointer -----------------------------------------------------------------------------------------------
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Explain the point under the pointer."""
        self.setToolTip(self.explained_at(event.position()))
        super().mouseMoveEvent(event)

    def explained_at(self, place: QPointF) -> str:
        """What is said of the point at that place; empty where there is none."""
        near = min(self._hot, key=lambda hot: (hot[0] - place).manhattanLength(), default=None)
        if near is None or (near[0] - place).manhattanLength() > _NEAR:
            return ""
        return near[1]

    def _explained(self, curve: Curve, point: Point) -> str:
        words = self.words
        speed, share = point.speed_up, point.efficiency
        lines = [
            f"{self.name(curve)} × {grouped(point.workers)}",
            self.tr("{0} tasks/s ({1})").format(grouped(point.throughput.value, 1), words.interval(point.throughput)),
            self.tr("speed-up {0}, efficiency {1} %").format(words.times(speed.value), percent(share.value)),
        ]
        return "\n".join(lines)


def _steps(workers: NDArray[np.float64]) -> list[float]:
    """Numbers of workers close enough for a smooth line."""
    return [float(value) for value in np.geomspace(workers.min(), max(workers.max(), workers.min() + 1e-9), 60)]
