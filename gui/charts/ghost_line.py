"""GhostLine: the throughput of a kept run behind that of the run on show: dashed, called a ghost at its end, named by `words`."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from gui.charts.ghost import Floats, Ghost
from gui.figures import grouped, rate
from gui.run_names import SEPARATOR
from gui.theme import Theme


class GhostLine(QObject):
    """Add it before the curves that are to lie above it."""

    def __init__(self, item: pg.PlotItem) -> None:
        super().__init__()
        self._line = pg.PlotCurveItem(connect="all", skipFiniteCheck=True)
        self._name = pg.TextItem(self.tr("ghost"), anchor=(1, 1))
        self.words = ""
        """Which run it is, for the head of the chart; empty where nothing is drawn."""
        for part in (self._line, self._name):
            item.addItem(part, ignoreBounds=True)
            part.hide()
        self._end = 0.0, 0.0

    def restyle(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours."""
        self._line.setPen(pg.mkPen(QColor(theme.muted), width=1, style=Qt.PenStyle.DashLine))
        self._name.setColor(theme.muted)
        # It may lie over a curve.
        plate = QColor(theme.card)
        plate.setAlpha(210)
        self._name.fill = pg.mkBrush(plate)
        self._name.setFont(font)

    def hide(self) -> None:
        """Draw nothing."""
        self._line.hide()
        self._name.hide()
        self.words = ""

    def show(
        self, ghost: Ghost | None, window_s: float, start_s: float, end_s: float, shift_s: float
    ) -> tuple[Floats, Floats] | None:
        """Draw what it did in [start_s, end_s] of its own clock, `shift_s` to the left. Returns what is drawn; None for nothing.

        `place` follows, once it is known how high the chart reaches.
        """
        found = ghost.rates(window_s, start_s, end_s) if ghost is not None else (np.zeros(0), np.zeros(0))
        if ghost is None or not len(found[0]):
            self.hide()
            return None
        x, y = found[0] - shift_s, found[1]
        self._line.setData(x, y)
        self._line.show()
        seconds = self.tr("{0} s").format(grouped(ghost.elapsed_s, 2 if ghost.elapsed_s < 1 else 1))
        mean = self.tr("{0} tasks/s").format(rate(ghost.mean or 0.0))
        self.words = "┄ " + SEPARATOR.join((self.tr("ghost: {0}").format(ghost.label), mean, seconds))
        self._end = float(x[-1]), float(y[-1])
        return x, y

    def place(self, start: float, end: float, top: float) -> None:
        """Put the word at its end, where there is room: the chart shows [start, end] and reaches up to `top`."""
        x, y = self._end
        self._name.setAnchor((0 if x - start < 0.1 * (end - start) else 1, 0 if y > 0.75 * top else 1))
        self._name.setPos(x, y)
        self._name.show()
