"""CompareRates: the throughput of two runs on one time axis, from the start of both clocks."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.charts.compare_part import LEFT, LETTERS, RIGHT, ComparePart
from gui.charts.ghost import Floats, smoothed_s
from gui.charts.scales import nice_step, ticks
from gui.figures import UNKNOWN, grouped, rate
from gui.theme import ThemeSource


class CompareRates(ComparePart):
    """A drawn through and filled, B dashed; each named at its end."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, "compareRates", "", parent)
        self.setAccessibleName(self.tr("Throughput of both runs over time"))
        self.setMinimumHeight(90)

    def curves(self) -> list[tuple[Floats, Floats]]:
        """(seconds, tasks per second) of A and of B, both averaged over the same window; empty where there is none."""
        longest = max((run.elapsed_s for run in self.runs if run is not None), default=0.0)
        window = smoothed_s(longest)
        return [run.rates(window) if run is not None else (np.zeros(0), np.zeros(0)) for run in self.runs]

    def words(self, run: int) -> str:
        """One of them in a line."""
        found = self.runs[run]
        if found is None:
            return ""
        mean = rate(found.mean) if found.mean is not None else UNKNOWN
        text = self.tr("{letter}: {rate} tasks/s on average over {seconds} s").format(
            letter=LETTERS[run], rate=mean, seconds=grouped(found.elapsed_s, 2)
        )
        return self.tr("{0}, cut short").format(text) if found.partial else text

    def things(self) -> list[tuple[QRectF, str]]:
        """Both runs, each over the whole area."""
        box = self._box()
        half = box.height() / 2
        return [
            (QRectF(box.left(), box.top() + half * i, box.width(), half), f"{self.words(i)}\n{run.label}")
            for i, run in enumerate(self.runs)
            if run is not None
        ]

    def _box(self) -> QRectF:
        metrics = QFontMetricsF(self.small())
        left = metrics.horizontalAdvance("000 000") + 8
        line = metrics.height()
        above = 2 * line + 10
        return QRectF(left, above, max(1.0, self.width() - left - 16), max(1.0, self.height() - above - line - 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, curves, names."""
        painter = QPainter(self)
        painter.setFont(self.small())
        theme, box, curves = self._theme.theme, self._box(), self.curves()
        end = max((run.elapsed_s for run in self.runs if run is not None), default=0.0)
        most = max((float(y.max()) for _, y in curves if len(y)), default=0.0)
        if end <= 0:
            return
        step = nice_step(max(most * 1.1, 0.1), max(2, int(box.height() / 34)))
        top = np.ceil(max(most * 1.1, 0.1) / step) * step
        self._paint_axes(painter, box, end, top, step)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, (x, y) in enumerate(curves):
            if not len(x):
                continue
            points = [
                QPointF(box.left() + a / end * box.width(), box.bottom() - b / top * box.height())
                for a, b in zip(x.tolist(), y.tolist(), strict=True)
            ]
            if not i:
                area = QColor(theme.accent)
                area.setAlpha(36)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(area)
                feet = [QPointF(points[-1].x(), box.bottom()), QPointF(points[0].x(), box.bottom())]
                painter.drawPolygon(QPolygonF([*points, *feet]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.pen(i))
            painter.drawPolyline(QPolygonF(points))
            if self.runs[1 - i] is not None and x[-1] < 0.97 * end:
                painter.drawLine(points[-1], QPointF(points[-1].x(), box.bottom()))
                painter.drawText(points[-1] + QPointF(4, -3), LETTERS[i])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_names(painter, box)
        self.frame(painter)

    def _paint_axes(self, painter: QPainter, box: QRectF, end: float, top: float, step: float) -> None:
        theme = self._theme.theme
        digits = max(0, -int(np.floor(np.log10(step))))
        for value in ticks(0.0, top, step):
            y = box.bottom() - value / top * box.height()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(0, y - 10, box.left() - 8, 20), RIGHT, grouped(value, digits))
        across = nice_step(end, max(2, int(box.width() / 56)))
        digits = max(0, -int(np.floor(np.log10(across))))
        for value in ticks(0.0, end, across):
            x = box.left() + value / end * box.width()
            text = self.tr("{n} s").format(n=grouped(value, digits))
            painter.drawText(QRectF(x - 40, box.bottom() + 3, 80, 18), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_names(self, painter: QPainter, box: QRectF) -> None:
        """Above the curves, each with a piece of its line."""
        metrics, room = QFontMetricsF(self.small()), box.width() - 28
        for i, run in enumerate(self.runs):
            if run is None:
                continue
            top = i * metrics.height()
            painter.setPen(self.pen(i))
            painter.drawLine(
                QPointF(box.left(), top + metrics.height() / 2), QPointF(box.left() + 22, top + metrics.height() / 2)
            )
            painter.setPen(QColor(self._theme.theme.text))
            text = metrics.elidedText(self.words(i), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(box.left() + 28, top, room, metrics.height()), LEFT, text)
