"""ReportChart: a chart of what a sweep says, not of a run. It redraws when another report is shown."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.charts.base import Chart
from gui.sweep_words import SweepWords
from gui.theme import ThemeSource

if TYPE_CHECKING:
    from workers.sweep.report import Report


class ReportChart(Chart):
    """Subclasses paint `report` in their paintEvent and give its numbers in `series`."""

    def __init__(self, theme: ThemeSource, words: SweepWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.words = words
        self.which.setObjectName("sweepWork")
        self.report: Report | None = None
        self.work = ""
        """What is measured, in words."""

    def show_report(self, report: "Report | None", work: str = "") -> None:
        """Show this report from now on."""
        self.report, self.work = report, work
        self.refresh()

    def caption(self) -> str:
        """What a saved picture is of."""
        return f"{self.title}  ·  {self.work}" if self.work else self.title

    def show_which(self) -> None:
        """Say beside the title what is measured."""
        self.which.show_text(self.work if self.report is not None else "")

    def _state(self) -> object:
        return (id(self.report), self.work)

    def _redraw(self) -> None:
        self.update()
