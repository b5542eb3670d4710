"""ResultBox: what a run showed, sentence by sentence; and the runs of a lesson side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from gui.figures import UNKNOWN, tabular
from gui.panels.lessons.buttons import set_flag
from gui.panels.lessons.figures import compared, figure, title
from gui.panels.lessons.view import Result, View
from gui.panels.lessons.words import NO, YES, Marked, Section, Words, sentence
from workers.lessons.model import Setup

LETTERS = "ABCDEFGH"
"""Stand for the configurations: their titles are too long for columns."""
BESIDE = 3
"""So many columns have room beside the names of the figures."""
LONGEST = 16
"""Letters of a text that has room in the table; a longer one stands in its own result."""
MOST_ROWS = 16
"""Facts in the table; a proof names a handful."""


class ResultBox(Section):
    """What the last run showed."""

    def __init__(self) -> None:
        super().__init__("", "lessonResult")
        self._shown: object = None
        self.hide()

    def show_view(self, view: View) -> None:
        """Bring it up to the view."""
        result = view.result()
        if result is self._shown:
            return
        self._shown = result
        self.setVisible(result is not None)
        setup = view.lesson.setup(view.latest) if result is not None else None
        if result is None or setup is None:
            self.fill()
            return
        self.head.setText(self.tr("WHAT THIS RUN SHOWED"))
        self.head.setAccessibleName(f"{self.head.text()}: {setup.title}")
        lines: list[QWidget] = [Words(setup.title, "strong", name="lessonResultTitle")]
        lines += [self._line(result, place) for place in range(len(result.proof.verdicts))]
        if not result.held:
            again = self.tr(
                "This run did not show all that it should. A busy machine can do that: close what else computes, and run it again."
            )
            lines.append(Words(again, "warn", name="lessonNotHeld"))
        self.fill(*lines)

    def _line(self, result: Result, place: int) -> Marked:
        verdict = result.proof.verdicts[place]
        found = f"{title(verdict.condition.fact)}: {compared(verdict, result.facts)}"
        marked = Marked(
            YES if verdict.held else NO, sentence(verdict.condition.text), found, name=f"verdict{place + 1}"
        )
        said = self.tr("It held") if verdict.held else self.tr("It did not hold")
        marked.sign.setToolTip(said)
        marked.sign.setAccessibleName(said)
        marked.setAccessibleName(f"{said}: {marked.text.text()}. {found}")
        marked.setToolTip(verdict.condition.expression)
        return marked


class Comparison(Section):
    """Every configuration that has run, with the figures that the proofs name, one column each."""

    def __init__(self) -> None:
        super().__init__(self.tr("SIDE BY SIDE"), "lessonComparison")
        self._shown: object = None

    def show_view(self, view: View) -> None:
        """Bring it up to the view; with fewer than two results there is nothing to compare."""
        setups = [setup for setup in view.lesson.setups if setup.name in view.results]
        results = [view.results[setup.name] for setup in setups]
        state = (view.lesson.key, view.lesson.language, tuple(results))
        if state == self._shown:
            return
        self._shown = state
        self.setVisible(len(results) > 1)
        if len(results) < 2:
            self.fill()
            return
        rows = zip(LETTERS, setups, results, strict=False)
        parts = [*(self._legend(*row) for row in rows), self._table(setups[: len(LETTERS)], results[: len(LETTERS)])]
        names = named(results[: len(LETTERS)])
        if any(not proves(setup, name) for setup in setups for name in names):
            parts.append(Words(self.tr("Bold: what the run had to show."), "muted", "small", name="lessonBold"))
        self.fill(*parts)

    def _legend(self, letter: str, setup: Setup, result: Result) -> Marked:
        said = self.tr("showed all that it should") if result.held else self.tr("did not show all that it should")
        marked = Marked(YES if result.held else NO, f"{letter}   {setup.title}", name=f"legend{letter}")
        for part in (marked, marked.sign):
            part.setToolTip(said)
        marked.setAccessibleName(f"{letter}: {setup.title}, {said}")
        return marked

    def _table(self, setups: Sequence[Setup], results: Sequence[Result]) -> QWidget:
        table = QFrame()
        table.setObjectName("lessonTable")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 3)
        for column, letter in enumerate(LETTERS[: len(setups)], 1):
            grid.setColumnStretch(column, 2)
            head = Words(letter, "small", "muted", "strong")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(head, 0, column)
        # With many columns there is no room beside the figures: the name stands above them.
        wide = len(setups) > BESIDE
        for place, name in enumerate(named(results)):
            row = 1 + place * 3
            grid.addWidget(_rule(), row, 0, 1, len(setups) + 1)
            grid.addWidget(Words(title(name), "muted", "small"), row + 1, 0, 1, len(setups) + 1 if wide else 1)
            for column, (setup, result) in enumerate(zip(setups, results, strict=True), 1):
                grid.addWidget(self._cell(name, setup, result), row + 1 + wide, column)
        return table

    def _cell(self, name: str, setup: Setup, result: Result) -> QLabel:
        cell = QLabel(figure(name, result.facts.get(name)) or UNKNOWN)
        cell.setTextFormat(Qt.TextFormat.PlainText)
        cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        cell.setFont(tabular(cell.font()))
        own = proves(setup, name)
        for flag, value in (("small", True), ("strong", own), ("muted", not own)):
            set_flag(cell, flag, value)
        if own:
            cell.setToolTip(self.tr("Its proof is about this figure."))
        cell.setAccessibleName(f"{title(name)}, {setup.title}: {cell.text()}")
        return cell


def proves(setup: Setup, name: str) -> bool:
    """Whether the proof of a configuration is about that fact."""
    return any(name in (item.fact, item.than) for item in setup.proof)


def named(results: Sequence[Result]) -> list[str]:
    """The facts that the proofs of these name, each once, as far as they have room."""
    names: dict[str, None] = {}
    for result in results:
        for verdict in result.proof.verdicts:
            names.update(dict.fromkeys(filter(None, (verdict.condition.fact, verdict.condition.than))))
    wordy = {name for result in results for name, value in result.facts.items() if len(figure(name, value)) > LONGEST}
    return [name for name in names if name not in wordy][:MOST_ROWS]


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", True)
    rule.setFixedHeight(1)
    return rule
