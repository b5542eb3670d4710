"""GhostLine: the throughput of a kept run behind that of the run on show: dashed, and named at its end."""

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
        self._name = pg.TextItem("", anchor=(1, 1))
        for part in (self._line, self._name):
            item.addItem(part, ignoreBounds=True)
            part.hide()

    def restyle(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours."""
        self._line.setPen(pg.mkPen(QColor(theme.muted), width=1, style=Qt.PenStyle.DashLine))
        self._name.setColor(theme.muted)
        self._name.setFont(font)

    def hide(self) -> None:
        """Draw nothing."""
        self._line.hide()
        self._name.hide()

    def show(
        self, ghost: Ghost | None, window_s: float, start_s: float, end_s: float, shift_s: float
    ) -> tuple[Floats, Floats] | None:
        """Draw what it did in [start_s, end_s] of its own clock, `shift_s` to the left. Returns what is drawn; None for nothing."""
        found = ghost.rates(window_s, start_s, end_s) if ghost is not None else (np.zeros(0), np.zeros(0))
        if ghost is None or not len(found[0]):
            self.hide()
            return None
        x, y = found[0] - shift_s, found[1]
        self._line.setData(x, y)
        self._line.show()
        seconds = self.tr("{0} s").format(grouped(ghost.elapsed_s, 2 if ghost.elapsed_s < 1 else 1))
        mean = self.tr("{0} tasks/s").format(rate(ghost.mean or 0.0))
        self._name.setText(SEPARATOR.join((self.tr("ghost: {0}").format(ghost.label), mean, seconds)))
        # At its end, to the side where there is room.
        left = x[-1] + shift_s - start_s < (end_s - start_s) / 2
        self._name.setAnchor((0 if left else 1, 1))
        self._name.setPos(x[-1], y[-1])
        self._name.show()
        return x, y
