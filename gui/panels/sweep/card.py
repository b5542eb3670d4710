"""RecommendationCard: what to use in one sentence, three numbers, the runner-up, when it would change, and what to beware of."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.figures import tabular
from gui.sweep_words import SweepWords
from gui.words import rate

if TYPE_CHECKING:
    from workers.contract.sweep import Cell
    from workers.sweep.report import Report


class RecommendationCard(QFrame):
    """The answer.

    Signals:
        runAsked(object): run this Cell.
        scriptAsked(object): show the script of this Cell.
    """

    runAsked = Signal(object)
    scriptAsked = Signal(object)

    def __init__(self, words: SweepWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommendationCard")
        self.setAccessibleName(self.tr("What to use"))
        self._words = words
        self._cell: Cell | None = None
        self.verdict = self._label("recommendationText", "verdict")
        self.run = self._button("recommendationRun", self.tr("Run it"), self.runAsked)
        self.run.setProperty("primary", True)
        self.script = self._button("recommendationScript", self.tr("Show the script"), self.scriptAsked)
        self._numbers = [self._label(f"recommendationNumber{place}", "figure") for place in range(3)]
        self._captions = [self._label(f"recommendationCaption{place}", "muted") for place in range(3)]
        self.runner_up = self._label("recommendationRunnerUp")
        self.warnings = self._label("recommendationWarnings", "warn")
        self.changes = self._label("recommendationChanges", "muted")
        self.findings = self._label("recommendationFindings", "muted")
        self._build()
        self.show_report(None)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        for place in range(3):
            grid.addWidget(self._numbers[place], 0, place)
            grid.addWidget(self._captions[place], 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.run)
        buttons.addWidget(self.script)
        buttons.addStretch(1)
        body = QWidget()
        body.setObjectName("recommendationBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 6, 8, 2)
        column.setSpacing(10)
        column.addWidget(self.verdict)
        column.addLayout(grid)
        for label in (self.warnings, self.runner_up):
            column.addWidget(label)
        column.addLayout(buttons)
        for label in (self.changes, self.findings):
            column.addWidget(label)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("recommendationArea")
        area.setAccessibleName(self.accessibleName())
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _label(self, name: str, look: str = "") -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if look:
            label.setProperty(look, True)
        return label

    def _button(self, name: str, text: str, asked: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: asked.emit(self._cell))  # type: ignore[attr-defined]
        return button

    def show_report(self, report: "Report | None") -> None:
        """Show what a report recommends; None: there is none yet."""
        found = report.recommendation if report is not None else None
        words = self._words
        self._cell = found.cell if found is not None else None
        for widget in (self.run, self.script, self.runner_up, self.warnings, self.changes, self.findings):
            widget.setVisible(found is not None)
        for label in (*self._numbers, *self._captions):
            label.setVisible(found is not None)
        if found is None:
            self.verdict.setText(self._nothing(report))
            return
        running = report is not None and report.state.active
        text = words.said(found.said)
        self.verdict.setText(self.tr("So far: {0}").format(text) if running else text)
        for place, (number, caption) in enumerate(zip(self._numbers, self._captions, strict=True)):
            shown = place < len(found.evidence)
            value, of = words.evidence(found.evidence[place]) if shown else ("", "")
            number.setFont(tabular(number.font(), 1.0))
            number.setText(value)
            number.setAccessibleName(f"{value} {of}")
            caption.setText(of)
        if found.runner_up is not None and found.runner_up_throughput is not None:
            self.runner_up.setText(
                self.tr("Runner-up: {0}, {1} tasks/s ({2}).").format(
                    words.cell(found.runner_up),
                    rate(found.runner_up_throughput.value),
                    words.interval(found.runner_up_throughput),
                )
            )
        else:
            self.runner_up.hide()
        self.warnings.setText("\n".join(self.tr("! {0}").format(words.said(said)) for said in found.warnings))
        self.warnings.setVisible(bool(found.warnings))
        self.changes.setText("\n".join(f"•  {words.said(said)}" for said in found.changes))
        self.findings.setText("\n".join(f"•  {words.said(said)}" for said, _ in found.findings))
        self.findings.setVisible(bool(found.findings))

    def _nothing(self, report: "Report | None") -> str:
        if report is None:
            return self.tr("Which model is right for it? Press Measure.")
        if report.crossover is not None:
            return self.tr("It depends on the length of a task: see the crossover.")
        return self.tr("Nothing could be measured yet.")
