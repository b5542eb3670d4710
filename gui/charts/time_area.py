"""Where time lies in the charts that stand above each other: the same instants at the same place in all of them."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from gui.figures import monospace, tabular

RIGHT = 16
"""Pixels right of the last instant: half of the word under it hangs over."""


@dataclass(frozen=True)
class Columns:
    """Left and right edges of what stands before the time area, in pixels."""

    pid: float
    role: float
    cpu: float
    """Right edge of the CPU figures."""
    tasks: float
    """Right edge of the task figures."""
    start: float
    """Where the time area begins."""

    @classmethod
    def of(cls, font: QFont) -> "Columns":
        """The columns for a widget's font."""
        digits = QFontMetricsF(monospace(font, 12 / 13)).horizontalAdvance("0")
        small = QFontMetricsF(tabular(font, 12 / 13))
        role = 10 + digits * 7 + 8
        cpu = role + small.horizontalAdvance("resource tr") + 4 + small.horizontalAdvance("6 400 %") + 8
        tasks = cpu + small.horizontalAdvance("0 000 000") + 4
        return cls(0.0, role, cpu, tasks, float(round(tasks + 12)))
