"""Where time lies in the charts that stand above each other: the same instants at the same place in all of them."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from gui.figures import monospace, tabular

RIGHT = 16
"""Pixels right of the last instant: half of the word under it hangs over."""

_AFTER = 12
_MOST = 0.38
"""Of a chart's width is at most taken by what stands before the time area."""


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
    has_role: bool = True
    has_cpu: bool = True
    has_tasks: bool = True

    @property
    def whole(self) -> bool:
        """Whether there is room for all of them."""
        return self.has_tasks

    @classmethod
    def of(cls, font: QFont, width: float) -> "Columns":
        """The columns for a widget's font, as many as leave most of its `width` (in pixels) to time: tasks go first, then roles."""
        digits = QFontMetricsF(monospace(font, 12 / 13)).horizontalAdvance("0")
        small = QFontMetricsF(tabular(font, 12 / 13))
        role = 10 + digits * 7 + 8
        share = small.horizontalAdvance("6 400 %") + 8
        cpu = role + small.horizontalAdvance("resource tr") + 4 + share
        tasks = cpu + small.horizontalAdvance("0 000 000") + 4
        for last, shown in (
            (tasks, (True, True, True)),
            (cpu, (True, True, False)),
            (role + share, (False, True, False)),
        ):
            if last + _AFTER <= width * _MOST:
                return cls(0.0, role, min(cpu, last), last, float(round(last + _AFTER)), *shown)
        return cls(0.0, role, role, role, float(round(role + _AFTER)), False, False, False)
