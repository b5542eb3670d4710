"""SweepPage: what is to be measured, how it goes, and what came of it: the answer, the curves, the map, the cells."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QProgressBar, QTabWidget, QVBoxLayout, QWidget

from gui.charts.card import Card
from gui.charts.crossover_map import CrossoverMap
from gui.charts.scaling_chart import ScalingChart
from gui.controls.sweep_form import LENGTH, SCALE, SweepForm
from gui.dots import Dots
from gui.panels.sweep.card import RecommendationCard
from gui.panels.sweep.table import SweepTable
from gui.run_names import RunNames
from gui.sweep_words import SweepWords
from gui.theme import ThemeSource
from workers.contract.sweep import SweepState

if TYPE_CHECKING:
    from workers.sweep.report import Report

FEW = 200
"""Cells that a table can follow round by round."""
ANSWER, CURVES, MAP, CELLS = range(4)


class SweepPage(QWidget):
    """In the middle of the window, in place of a run's charts.

    Signals:
        leaveAsked(): show the run again.
    """

    leaveAsked = Signal()

    def __init__(self, theme: ThemeSource, names: RunNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweepPage")
        self.setAccessibleName(self.tr("Measure and recommend"))
        self.words = words = SweepWords(names, self)
        self.form = SweepForm(words)
        self.answer = RecommendationCard(words)
        self.scaling, self.crossover = ScalingChart(theme, words), CrossoverMap(theme, words)
        self.table = SweepTable(words)
        self.bar = QProgressBar()
        self.bar.setObjectName("sweepProgress")
        self.bar.setAccessibleName(self.tr("Progress of the sweep"))
        self.bar.setTextVisible(False)
        self.status = QLabel()
        self.status.setObjectName("sweepStatus")
        self.status.setProperty("muted", True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.laws, self.pairs = self._lines("sweepLaws"), self._lines("sweepPairs")
        self.cards: list[Card] = []
        self.tabs = QTabWidget()
        self.tabs.setObjectName("sweepTabs")
        self.tabs.setAccessibleName(self.tr("What came of it"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self._framed(self.answer), self.tr("Answer"))
        self.tabs.addTab(self._chart(theme, self.scaling, self.laws), self.tr("Scaling"))
        self.tabs.addTab(self._chart(theme, self.crossover, self.pairs), self.tr("Crossover"))
        self.tabs.addTab(self._framed(self.table), self.tr("Cells"))
        dots = Dots(theme)
        dots.setObjectName("sweepMenu")
        dots.setAccessibleName(self.tr("Save the sweep"))
        dots.setToolTip(self.tr("Save the cells as CSV, or all of it as JSON"))
        menu = QMenu(dots)
        menu.addActions(list(self.table.actions_.values()))
        dots.setMenu(menu)
        self.tabs.setCornerWidget(dots)
        progress = QHBoxLayout()
        progress.setSpacing(10)
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addLayout(progress)
        column.addWidget(self.tabs, 1)
        self._work = ""
        self._report: Report | None = None
        self.tabs.currentChanged.connect(self._show_cells)
        self.show_state(None)

    def _framed(self, body: QWidget) -> QFrame:
        frame = QFrame()
        frame.setProperty("card", True)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 8, 10, 10)
        column.addWidget(body)
        return frame

    def _chart(self, theme: ThemeSource, chart: ScalingChart | CrossoverMap, lines: QLabel) -> QWidget:
        card = Card.around(theme, chart)
        self.cards.append(card)
        layout = card.layout()
        assert layout is not None
        layout.addWidget(lines)
        return card

    def _lines(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.hide()
        return label

    # ---- for the window ------------------------------------------------------------------------------------------
    def show_work(self, words: str) -> None:
        """What is measured next, in words."""
        self._work = words

    def show_state(self, state: SweepState | None) -> None:
        """How it stands."""
        for widget in (self.bar, self.status):
            widget.setVisible(state is not None)
        if state is None:
            return
        total = state.rounds_done + state.rounds_left
        self.bar.setRange(0, max(1, total) if state.phase != "preparing" else 0)
        self.bar.setValue(state.rounds_done if state.phase != "done" else max(1, total))
        text = self.words.standing(state)
        if state.problem and state.phase != "failed":
            text = f"{text}  ·  {state.problem}"
        self.status.setText(text)
        self.status.setAccessibleName(text)
        self.status.setToolTip(text)

    def show_report(self, report: "Report | None") -> None:
        """What came of it so far."""
        self.answer.show_report(report)
        self.scaling.show_report(report, self._work)
        self.crossover.show_report(report, self._work)
        self._report = report
        self._show_cells()
        curves = self.scaling.curves
        self.laws.setText("\n".join(self.words.law(curve) for curve in curves))
        self.laws.setToolTip("\n\n".join(self.words.law_explained(curve) for curve in curves))
        self.laws.setVisible(bool(curves))
        pairs = self.crossover.map.pairs if self.crossover.map is not None else ()
        self.pairs.setText("\n".join(map(self.words.break_even, pairs)))
        self.pairs.setVisible(bool(pairs))

    def _show_cells(self, _tab: int = 0) -> None:
        """A long table is made anew when it is looked at, or when the sweep is over: not with every round."""
        report = self._report
        if report is self.table.report:
            return
        follows = self.tabs.currentIndex() == CELLS and report is not None and len(report.rows) <= FEW
        if report is None or not report.state.active or follows:
            self.table.show_report(report)

    def bring(self, kind: int) -> None:
        """Bring what was asked to the front."""
        self.tabs.setCurrentIndex({SCALE: CURVES, LENGTH: MAP}.get(kind, ANSWER))

    def refresh(self) -> None:
        """Charts follow what they show by themselves."""

    def close(self) -> bool:
        """Let go of what is under way."""
        self.form.close()
        return super().close() if self.isWindow() else True
