"""CrossoverMap: task length x workers -> the model that wins, with how far it is ahead written into every field."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.charts.base import Series
from gui.charts.notes import draw_note
from gui.charts.report_chart import ReportChart
from gui.figures import grouped, tabular
from gui.style import mix
from gui.sweep_words import SweepWords
from gui.theme import ThemeSource
from workers.sweep.words import duration

if TYPE_CHECKING:
    from workers.sweep.crossover import Crossover, Square

TALL = 44
"""Pixels that a field is high, at most."""
_PATTERNS = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.HorPattern,
)


class CrossoverMap(ReportChart):
    """A field for each task length and number of workers. Models differ by name, pattern and shade; what is within the noise has ~."""

    def __init__(self, theme: ThemeSource, words: SweepWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self.title = self.tr("Crossover")
        self.axes = (self.tr("task (s)"), self.tr("ahead (times)"))
        self.setObjectName("crossoverMap")
        self.setAccessibleName(self.title)
        self.setMinimumSize(300, 150)
        self.setMouseTracking(True)
        self._fields: list[tuple[QRectF, str]] = []
        self._built()

    @property
    def map(self) -> "Crossover | None":
        """What is shown."""
        return self.report.crossover if self.report is not None else None

    def series(self) -> Series:
        """`MODEL × WORKERS` -> (task length in s, how far it is ahead), where it wins."""
        found: dict[str, list[tuple[float, float]]] = {}
        for square in self.map.squares if self.map is not None else ():
            name = f"{self.words.model(square.winner.model)} × {square.workers}"
            found.setdefault(name, []).append((square.task_s, square.ahead))
        return {
            name: (np.array([x for x, _ in points]), np.array([y for _, y in points])) for name, points in found.items()
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map."""
        painter = QPainter(self)
        self._fields.clear()
        found = self.map
        if found is None:
            words = self.tr(
                "Measure tasks of several sizes: here it is shown which model wins from which length of a task on."
            )
            draw_note(painter, QRectF(self.rect()), words, self._theme_source, self)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tabular(self.font(), 12 / 13))
        metrics = QFontMetricsF(painter.font())
        left = max(metrics.horizontalAdvance(duration(task)) for _, task in found.lengths) + 16
        head = 2 * metrics.height() + 6
        wide = (self.width() - left - 2) / len(found.workers)
        tall = min(TALL * metrics.height() / 16, (self.height() - head - 2) / len(found.lengths))
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(QPointF(0, metrics.ascent()), self.tr("a task takes"))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(QRectF(left, 0, self.width() - left, metrics.height()), middle, self.tr("workers"))
        for column, workers in enumerate(found.workers):
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(
                QRectF(left + column * wide, metrics.height(), wide, metrics.height()), middle, grouped(workers)
            )
        winners = sorted({square.winner.model for square in found.squares})
        fields = {(square.size, square.workers): square for square in found.squares}
        for row, (size, task) in enumerate(found.lengths):
            y = head + row * tall
            painter.setPen(QColor(self.theme.muted))
            side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, y, left - 10, tall), side, duration(task))
            for column, workers in enumerate(found.workers):
                square = fields.get((size, workers))
                if square is not None:
                    box = QRectF(left + column * wide + 1, y + 1, wide - 2, tall - 2)
                    self._field(painter, box, square, winners.index(square.winner.model))

    def _field(self, painter: QPainter, box: QRectF, square: "Square", place: int) -> None:
        theme = self.theme
        shade = (0.30, 0.10, 0.20, 0.05, 0.15)[place % 5]
        ground = mix(theme.card, theme.accent, shade)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        pattern = _PATTERNS[place % len(_PATTERNS)]
        if pattern is not Qt.BrushStyle.NoBrush:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(mix(ground, theme.muted, 0.35)), pattern))
            painter.drawRoundedRect(box, 4, 4)
        name = self.words.model(square.winner.model)
        ahead = self.tr("{0} ×").format(self.words.times(square.ahead))
        text = f"{'' if square.sure else '~ '}{ahead}"
        metrics = QFontMetricsF(painter.font())
        middle = int(Qt.AlignmentFlag.AlignCenter)
        lines = [name, text] if box.height() >= 2 * metrics.height() + 4 else [f"{name}  {text}"]
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        plate = QRectF(0, 0, min(widest + 10, box.width()), len(lines) * metrics.height() + 2)
        plate.moveCenter(box.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRect(plate)
        painter.setPen(QColor(theme.text))
        for number, line in enumerate(lines):
            shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(box.width() - 6))
            row = QRectF(box.left(), plate.top() + 1 + number * metrics.height(), box.width(), metrics.height())
            painter.drawText(row, middle, shown)
        self._fields.append((box, self._explained(square)))

    def _explained(self, square: "Square") -> str:
        words = self.words
        lines = [
            self.tr("A task of {0}, {1} workers: {2}").format(
                duration(square.task_s), grouped(square.workers), words.cell(square.winner)
            ),
            self.tr("{0} tasks/s ({1})").format(grouped(square.throughput.value, 1), words.interval(square.throughput)),
        ]
        if square.second:
            sure = self.tr("beyond the noise") if square.sure else self.tr("within the noise")
            lines.append(
                self.tr("{0} times {1}, {2}").format(words.times(square.ahead), words.model(square.second), sure)
            )
        return "\n".join(lines)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Explain the field under the pointer."""
        at = event.position()
        self.setToolTip(next((text for box, text in self._fields if box.contains(at)), ""))
        super().mouseMoveEvent(event)
