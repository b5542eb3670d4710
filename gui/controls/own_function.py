"""The left part of "My function": which file, which of its functions, and what to call it with."""

import os
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.combo import Combo
from gui.controls.row import Fault, Name, Row, set_flag
from gui.figures import grouped
from workers.contract.config import Value
from workers.contract.functions import FileFunctions, FunctionInfo, InputsSeen

TYPING_MS = 300
"""What is typed is looked at when the keyboard has rested so long."""
FIELDS = ("file", "function", "inputs")


class FunctionCombo(Combo):
    """Functions with their signatures; closed, only the name of the one that is chosen."""

    def brief(self, text: str) -> str:
        """The name."""
        return text.partition("(")[0]


class FileButton(QPushButton):
    """As wide as there is room, however long the name of the file is."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With dots in the middle where it is too long: a name's ending says as much as its beginning."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class OwnChooser(QWidget):
    """Asks nothing itself: it tells what is chosen, and shows what was found out.

    Signals:
        fileChosen(str): this file was picked.
        changed(): function or inputs are others.
        inputsChanged(): the inputs are others, and whoever typed them has paused.
    """

    fileChosen = Signal(str)
    changed = Signal()
    inputsChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownChooser")
        self.path = ""
        self._wanted = ""
        """The function to choose once the file's functions are known."""
        self.drop = FileButton(self.tr("Choose a Python file …"))
        self.drop.setObjectName("ownFile")
        self.drop.setAccessibleName(self.tr("Choose a Python file"))
        self.drop.clicked.connect(self.browse)
        self.recent = QToolButton()
        self.recent.setObjectName("ownRecent")
        self.recent.setText("▾")
        self.recent.setAccessibleName(self.tr("Files used before"))
        self.recent.setToolTip(self.recent.accessibleName())
        self.recent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.recent.setMenu(QMenu(self.recent))
        self.function = FunctionCombo()
        self.function.setObjectName("ownFunction")
        self.function.setAccessibleName(self.tr("Function"))
        self.function.setEnabled(False)
        self.inputs = QLineEdit()
        self.inputs.setObjectName("ownInputs")
        self.inputs.setAccessibleName(self.tr("Inputs"))
        self.inputs.setPlaceholderText(self.tr("such as {0}").format("range(9)"))
        self.inputs.setMaxLength(100_000)
        self.inputs.setAcceptDrops(False)
        self.note = Name()
        self.note.setObjectName("ownInputsNote")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        for flag in ("muted", "small"):
            self.note.setProperty(flag, True)
        self.file_fault = Fault()
        summary = self.tr("A list, range(…), @FILE.csv:COLUMN, @FILE.jsonl, or :GENERATOR of the same file.")
        self._rows = {
            "function": Row(self.tr("Function"), self.function),
            "inputs": Row(self.tr("Inputs"), self.inputs, summary),
        }
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.drop, 1)
        line.addWidget(self.recent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.file_fault)
        layout.addWidget(self._rows["function"])
        layout.addWidget(self._rows["inputs"])
        layout.addWidget(self.note)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.inputsChanged)
        self.function.activated.connect(self._picked)
        self.inputs.textEdited.connect(self._typed)
        self.inputs.editingFinished.connect(self._rested)
        self.show_recent([])

    # ---- what is chosen ------------------------------------------------------------------------------------------
    def params(self) -> dict[str, Value]:
        """The parameters of the workload."""
        name = self.function.currentData() or self._wanted
        return {"file": self.path, "function": str(name), "inputs": self.inputs.text().strip()}

    def show_params(self, params: Mapping[str, Value]) -> None:
        """Show these; the functions come when they have been asked for."""
        path = str(params.get("file", ""))
        self._wanted = str(params.get("function", ""))
        self.inputs.setText(str(params.get("inputs", "")))
        if path != self.path:
            self.show_path(path)
        else:
            self.function.setCurrentIndex(max(0, self.function.findData(self._wanted)))

    def show_path(self, path: str) -> None:
        """Name the file; its functions are not known yet."""
        self.path = path
        self.drop.setText(os.path.basename(path) if path else self.tr("Choose a Python file …"))
        self.drop.setToolTip(path or self.tr("Drop a file anywhere on the window, or press here (Ctrl+O)"))
        self.function.clear()
        self.function.setEnabled(False)
        self.file_fault.say("")

    def show_functions(self, found: FileFunctions) -> None:
        """List what can be called, the one that was chosen before still chosen."""
        wanted = self.function.currentData() or self._wanted
        self.function.clear()
        for item in found.functions:
            if not item.name.startswith("_"):
                self.function.addItem(f"{item.name}{item.signature}", item.name)
                self.function.setItemData(self.function.count() - 1, item.doc, Qt.ItemDataRole.ToolTipRole)
        index = self.function.findData(wanted) if wanted else self._likely(found.functions)
        if wanted and index < 0:
            self._rows["function"].say(
                self.tr("There is no {0} in this file any more: choose another function.").format(wanted)
            )
            index = 0
        else:
            self._rows["function"].say("")
        self.function.setCurrentIndex(max(0, index))
        self.function.setEnabled(self.function.count() > 0)
        if not self.function.count():
            self.file_fault.say(self.tr("This file has no function: put what a task does into one."))
        self._wanted = str(self.function.currentData() or "")
        self.changed.emit()

    @staticmethod
    def _likely(functions: Sequence[FunctionInfo]) -> int:
        """The first that takes an input and is no generator."""
        shown = [item for item in functions if not item.name.startswith("_")]
        return next(
            (place for place, item in enumerate(shown) if not item.is_generator and "(" in item.signature[:1]), 0
        )

    def show_inputs(self, seen: InputsSeen | None) -> None:
        """Say how many inputs there are and the first of them; None: nothing is known."""
        if seen is None:
            self.note.setText("")
        elif seen.count is None:
            words = (
                self.tr("What it yields is seen when it runs")
                if seen.kind == "generator"
                else self.tr("It is called without inputs")
            )
            self.note.setText(words)
        else:
            first = ", ".join(seen.first) + (" …" if seen.count > len(seen.first) else "")
            self.note.setText(
                f"{self.tr('%n input(s)', '', seen.count).replace(str(seen.count), grouped(seen.count))}: {first}"
            )
        self.note.setToolTip(self.note.text())
        self._rows["inputs"].say("")

    def show_recent(self, paths: Sequence[str]) -> None:
        """Offer these files, the latest first."""
        menu = self.recent.menu()
        menu.clear()
        for path in paths:
            action = menu.addAction(f"{os.path.basename(path)}  ·  {os.path.dirname(path)}")
            action.triggered.connect(lambda _checked=False, path=path: self.fileChosen.emit(path))
        self.recent.setEnabled(bool(paths))

    def fault_at(self, name: str, text: str) -> bool:
        """Say what is wrong beside a field of FIELDS. False where there is none of that name."""
        if name == "file":
            self.file_fault.say(text)
            set_flag(self.drop, "bad", bool(text))
            return True
        if name not in self._rows:
            return False
        self._rows[name].say(text)
        set_flag(self._rows[name].field, "bad", bool(text))
        if name == "inputs" and text:
            self.note.setText("")
        return True

    def clear_faults(self) -> None:
        """Take all messages away."""
        for name in FIELDS:
            self.fault_at(name, "")

    # ---- by hand -------------------------------------------------------------------------------------------------
    def browse(self) -> None:
        """Let a file be chosen."""
        path = self.choose_file()
        if path:
            self.fileChosen.emit(path)

    def choose_file(self) -> str:
        """Ask for a file; empty for none. Tests put another function here."""
        folder = os.path.dirname(self.path) or os.path.expanduser("~")
        return QFileDialog.getOpenFileName(
            self, self.tr("Choose a Python file"), folder, self.tr("Python files (*.py)")
        )[0]

    def _picked(self) -> None:
        self._wanted = str(self.function.currentData() or "")
        self._rows["function"].say("")
        self.changed.emit()

    def _typed(self) -> None:
        self.fault_at("inputs", "")
        self._typing.start()

    def _rested(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.inputsChanged.emit()
