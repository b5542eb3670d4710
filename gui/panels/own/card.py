"""The pre-flight card: a line for each question, with its mark, what was found, and what to do about it."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.panels.lessons.buttons import set_flag
from gui.translations import sentence
from workers.contract.preflight import IDS, CheckLine, Preflight

OUTPUT_HEIGHT = 110
MARKS = {True: "✓", False: "✕", None: "–"}


def titles() -> dict[str, str]:
    """What each check is called."""
    words = (
        ("importable", QCoreApplication.translate("Preflight", "Import")),
        ("picklable_arguments", QCoreApplication.translate("Preflight", "Inputs")),
        ("picklable_result", QCoreApplication.translate("Preflight", "Result")),
        ("main_guard", QCoreApplication.translate("Preflight", "Main guard")),
        ("call_time", QCoreApplication.translate("Preflight", "Time")),
        ("gil_released", QCoreApplication.translate("Preflight", "GIL")),
        ("subinterpreter_safe", QCoreApplication.translate("Preflight", "Interpreters")),
        ("native_threads", QCoreApplication.translate("Preflight", "Threads")),
        ("global_state", QCoreApplication.translate("Preflight", "Globals")),
        ("memory", QCoreApplication.translate("Preflight", "Memory")),
    )
    return dict(words)


class _Line:
    """The widgets of one line of the card."""

    def __init__(self, key: str, title: str, grid: QGridLayout, row: int) -> None:
        self.mark, self.title, self.words = QLabel(MARKS[None]), QLabel(title), QLabel()
        self.mark.setObjectName("bannerMark")
        self.mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.title.setProperty("strong", True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setObjectName(f"check_{key}")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remedy = QLabel()
        self.remedy.setObjectName(f"remedy_{key}")
        self.remedy.setTextFormat(Qt.TextFormat.PlainText)
        self.remedy.setWordWrap(True)
        self.remedy.setProperty("muted", True)
        self.remedy.hide()
        both = QVBoxLayout()
        both.setSpacing(1)
        both.addWidget(self.words)
        both.addWidget(self.remedy)
        grid.addWidget(self.mark, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.title, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(both, row, 2)

    def show(self, line: CheckLine | None) -> None:
        """Show what was found; None: nothing yet."""
        self.mark.setText("" if line is None else MARKS[line.ok])
        set_flag(self.mark, "bad", line is not None and line.ok is False)
        set_flag(self.mark, "muted", line is None or line.ok is None)
        text, remedy = (sentence(line.text), sentence(line.remedy)) if line is not None else ("", "")
        self.words.setText(text)
        self.remedy.setText(f"→ {remedy}" if remedy else "")
        self.remedy.setVisible(bool(remedy))
        set_flag(self.words, "muted", line is None or line.ok is None)
        self.words.setAccessibleName(f"{self.title.text()}: {text} {remedy}".strip())


class PreflightCard(QFrame):
    """Shows a Preflight.

    Signals:
        checkAsked(): look at the function.
    """

    checkAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preflightCard")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Before it runs"))
        self.head = QLabel(self.tr("BEFORE IT RUNS"))
        self.head.setProperty("head", True)
        self.state = QLabel()
        self.state.setObjectName("preflightState")
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for flag in ("muted", "small"):
            self.state.setProperty(flag, True)
        self.check = QPushButton(self.tr("Check"))
        self.check.setObjectName("checkButton")
        self.check.setProperty("compact", True)
        self.check.setAccessibleName(self.tr("Check the function"))
        self.check.setToolTip(self.tr("Imports the file and calls the function a few times (Ctrl+P)"))
        self.check.clicked.connect(self.checkAsked)
        self.empty = QLabel()
        self.empty.setObjectName("preflightEmpty")
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("muted", True)
        self.printed = QPushButton()
        self.printed.setObjectName("preflightPrinted")
        self.printed.setAccessibleName(self.tr("What it printed while it was looked at"))
        self.printed.setProperty("link", True)
        self.printed.setCheckable(True)
        self.output = QPlainTextEdit()
        self.output.setObjectName("preflightOutput")
        self.output.setAccessibleName(self.tr("What it printed while it was looked at"))
        self.output.setReadOnly(True)
        self.output.setTabChangesFocus(True)
        self.output.setFixedHeight(OUTPUT_HEIGHT)
        self.printed.toggled.connect(self.output.setVisible)
        self.body = QWidget()
        self.body.setObjectName("lessonBody")  # transparent, as the page of a lesson is
        grid = QGridLayout(self.body)
        grid.setContentsMargins(0, 0, 2, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        self._lines = {key: _Line(key, title, grid, row) for row, (key, title) in enumerate(titles().items())}
        grid.setRowStretch(len(IDS), 1)
        self.area = QScrollArea()
        self.area.setObjectName("findingsArea")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.accessibleName())
        self.area.setWidget(self.body)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head)
        top.addWidget(self.state, 1)
        top.addWidget(self.check)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.printed)
        layout.addWidget(self.output)
        self.shown: Preflight | None = None
        self.say_nothing("")

    def say_nothing(self, words: str) -> None:
        """Nothing is known: say what would be shown here, and how to get it."""
        self.shown = None
        self.empty.setText(words or self.tr("What is to be known of a function before it runs appears here."))
        self.empty.show()
        self.area.hide()
        self.printed.hide()
        self.output.hide()
        self.state.setText("")

    def say_fault(self, words: str) -> None:
        """It cannot be looked at."""
        self.say_nothing(f"✕ {words}")

    def say_doing(self, words: str) -> None:
        """It is being looked at."""
        self.state.setText(f"{words} …" if words else self.tr("Looking at it …"))
        self.check.setEnabled(False)

    def show_preflight(self, found: Preflight) -> None:
        """Show what was found out."""
        self.shown = found
        for key, line in self._lines.items():
            line.show(found.line(key))
        self.empty.hide()
        self.area.show()
        self.printed.setText(self.tr("It printed %n line(s) meanwhile", "", found.printed_lines))
        self.printed.setAccessibleName(self.printed.text())
        self.printed.setVisible(found.printed_lines > 0)
        left = found.printed_lines - len(found.printed)
        more = [self.tr("… and %n line(s) more", "", left)] if left > 0 else []
        self.output.setPlainText("\n".join([*found.printed, *more]))
        self.output.setVisible(self.printed.isChecked() and found.printed_lines > 0)
        wrong = sum(line.ok is False for line in found.lines)
        words = self.tr("%n thing(s) to know", "", wrong) if wrong else self.tr("nothing stands in the way")
        self.state.setText(self.tr("Not finished: {0}").format(sentence(found.stopped)) if found.stopped else words)
        self.state.setToolTip(self.state.text())
        self.check.setEnabled(True)

    def show_old(self) -> None:
        """Function, inputs or workers are others than those that were looked at."""
        if self.shown is not None:
            self.state.setText(self.tr("of another choice: check again"))
