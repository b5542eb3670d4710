"""When a run ends: after a number of tasks, after a time, whichever comes first, or only on Stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.combo import Combo
from gui.controls.row import Row
from gui.controls.spin import LARGEST, DecimalSpin, NumberSpin, shortfall

_TASKS, _SECONDS, _EITHER, _STOP = "tasks", "seconds", "either", "stop"


class Ending(Row):
    """What ends the run.

    Signals:
        changed(): another ending was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.mode = Combo()
        fields = QWidget()
        super().__init__(self.mode, fields, parent=parent)
        self.mode.setObjectName("endingPicker")
        self.mode.setAccessibleName(self.tr("What ends the run"))
        for key, text, tip in (
            (_TASKS, self.tr("Tasks"), self.tr("Ends when this many tasks are done.")),
            (_SECONDS, self.tr("Seconds"), self.tr("Hands out tasks for this long.")),
            (_EITHER, self.tr("Either"), self.tr("Tasks or seconds, whichever comes first.")),
            (_STOP, self.tr("On Stop"), self.tr("Runs until you press Stop.")),
        ):
            self.mode.addItem(text, key)
            self.mode.setItemData(self.mode.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.tasks = NumberSpin(0, LARGEST)
        self.tasks.setObjectName("tasksSpin")
        self.tasks.setAccessibleName(self.tr("Number of tasks"))
        self.tasks.setToolTip(self.tr("Ends when this many tasks are done."))
        self.tasks.setValue(200)
        self.tasks.setSingleStep(100)
        self.seconds = DecimalSpin(0.1, 86_400)
        self.seconds.setObjectName("secondsSpin")
        self.seconds.setAccessibleName(self.tr("Seconds to run"))
        self.seconds.setToolTip(self.tr("Hands out tasks for this long."))
        self.seconds.setSuffix(" s")
        self.seconds.setDecimals(2)
        self.seconds.setValue(10)
        self.never = QLabel(self.tr("no limit"))
        self.never.setProperty("muted", True)
        line = QHBoxLayout(fields)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for widget in (self.tasks, self.seconds, self.never):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.addWidget(widget, 1)
        self.mode.currentIndexChanged.connect(self._chosen)
        self.tasks.valueChanged.connect(self._edited)
        self.seconds.valueChanged.connect(self._edited)
        self.tasks.mended.connect(self._edited)
        self.seconds.mended.connect(self._edited)
        self._show_fields()

    def value(self) -> tuple[int | None, float | None]:
        """(tasks, seconds), None where that does not end the run."""
        mode = self.mode.currentData()
        return (
            self.tasks.value() if mode in (_TASKS, _EITHER) else None,
            self.seconds.value() if mode in (_SECONDS, _EITHER) else None,
        )

    def problem(self) -> tuple[str, str]:
        """The field whose text is no number, and why; both empty where there is none."""
        tasks, seconds = self.value()
        for name, box, used, subject in (
            ("tasks", self.tasks, tasks is not None, self.tr("The number of tasks")),
            ("seconds", self.seconds, seconds is not None, self.tr("The number of seconds")),
        ):
            text = shortfall(box, subject) if used else ""
            if text:
                return name, text
        return "", ""

    def set_value(self, tasks: int | None, seconds: float | None) -> None:
        """Show an ending."""
        if tasks is not None:
            self.tasks.setValue(min(tasks, LARGEST))
        if seconds is not None:
            self.seconds.setValue(seconds)
        mode = {(True, False): _TASKS, (False, True): _SECONDS, (True, True): _EITHER, (False, False): _STOP}[
            (tasks is not None, seconds is not None)
        ]
        self.mode.setCurrentIndex(self.mode.findData(mode))

    def show_own(self, own: bool) -> None:
        """A function of one's own without a limit is called once for each input; everything else goes on until Stop."""
        index = self.mode.findData(_STOP)
        self.mode.setItemText(index, self.tr("Once") if own else self.tr("On Stop"))
        tip = self.tr("Calls the function once for each input.") if own else self.tr("Runs until you press Stop.")
        self.mode.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self.never.setText(self.tr("for every input") if own else self.tr("no limit"))

    def _show_fields(self) -> None:
        tasks, seconds = self.value()
        self.tasks.setVisible(tasks is not None)
        self.seconds.setVisible(seconds is not None)
        self.never.setVisible(tasks is None and seconds is None)

    def _chosen(self) -> None:
        self._show_fields()
        self._edited()

    def _edited(self) -> None:
        self.say("")
        self.changed.emit()
