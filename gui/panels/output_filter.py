"""The row above the output: which process, which kinds, which text."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QToolButton,
    QWidget,
)

from gui.combo import Combo
from gui.flow import FlowLayout
from gui.panels.output_log import ERROR, EVENT, PRINTED, Filter

MOST_LISTED = 200
"""Processes in the list; where there are more, the last ones."""


class ProcessBox(Combo):
    """All processes, or one of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumContentsLength(14)


class OutputFilter(QWidget):
    """What of the output is to be shown.

    Signals:
        changed(Filter): something else is to be shown.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.processes = ProcessBox()
        self.processes.setObjectName("outputProcess")
        self.processes.setAccessibleName(self.tr("Output of which process"))
        self.processes.setToolTip(self.tr("Show what one process said, or all of them"))
        self.processes.addItem(self.tr("All processes"), None)
        self.kinds: dict[str, QCheckBox] = {}
        for kind, text, tip in (
            (PRINTED, self.tr("Printed"), self.tr("What tasks print")),
            (ERROR, self.tr("Errors"), self.tr("Tracebacks of failed tasks, and lines that were lost")),
            (EVENT, self.tr("Events"), self.tr("What happened: callbacks, signals, lost tasks, ends of processes …")),
        ):
            box = QCheckBox(text)
            box.setObjectName(f"output{kind.capitalize()}")
            box.setAccessibleName(tip)
            box.setToolTip(tip)
            box.setChecked(True)
            box.toggled.connect(self._tell)
            self.kinds[kind] = box
        self.text = QLineEdit()
        self.text.setObjectName("outputFilter")
        self.text.setAccessibleName(self.tr("Filter the output by text"))
        self.text.setPlaceholderText(self.tr("Filter by text"))
        self.text.setToolTip(self.tr("Show only lines with this text, or of a lane with this name. Esc empties it."))
        self.text.setClearButtonEnabled(True)
        clear = self.text.findChild(QToolButton)
        if clear is not None:
            clear.setObjectName("outputFilterClear")
            clear.setAccessibleName(self.tr("Empty the text filter"))
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._tell)
        self.processes.currentIndexChanged.connect(self._tell)
        row = FlowLayout(self, gap=10)
        for part in (self.processes, *self.kinds.values(), self.text):
            row.addWidget(part)

    def filter(self) -> Filter:
        """What is chosen."""
        kinds = frozenset(kind for kind, box in self.kinds.items() if box.isChecked())
        return Filter(self.processes.currentData(), kinds, self.text.text().strip())

    def show_only(self, pid: int | None, kind: str) -> None:
        """Let through what one process (None: any) said of one kind."""
        for widget in (self.processes, self.text, *self.kinds.values()):
            widget.blockSignals(True)
        # Where that process has said nothing it is not in the list, and nothing is hidden that it might say.
        self.processes.setCurrentIndex(max(0, self.processes.findData(pid)))
        self.text.clear()
        for name, box in self.kinds.items():
            box.setChecked(name == kind)
        for widget in (self.processes, self.text, *self.kinds.values()):
            widget.blockSignals(False)
        self._tell()

    def forget_processes(self) -> None:
        """Another run: its processes are other ones. Nobody is told."""
        self.processes.blockSignals(True)
        while self.processes.count() > 1:
            self.processes.removeItem(1)
        self.processes.blockSignals(False)

    def show_processes(self, named: dict[int, str]) -> None:
        """List these, in their order: PID and name. The chosen one stays, whatever there is; an open list is left alone."""
        if self.processes.view().isVisible():
            return
        listed = [self.processes.itemData(i) for i in range(1, self.processes.count())]
        wanted = list(named)
        chosen = self.processes.currentData()
        if chosen is not None and chosen not in wanted:
            wanted.insert(0, chosen)
        self.processes.blockSignals(True)
        if listed != wanted[: len(listed)]:
            self.forget_processes()
            listed = []
        for index, pid in enumerate(wanted, 1):
            text = f"{pid}  {named.get(pid, '')}".rstrip()
            if index > len(listed):
                self.processes.addItem(text, pid)
            elif self.processes.itemText(index) != text:
                self.processes.setItemText(index, text)
        self.processes.setCurrentIndex(max(0, self.processes.findData(chosen)))
        self.processes.blockSignals(False)
        texts = (self.processes.itemText(i) for i in range(self.processes.count()))
        widest = max(map(self.processes.fontMetrics().horizontalAdvance, texts))
        self.processes.view().setMinimumWidth(widest + 36)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the text field empties it."""
        if (
            watched is self.text
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and self.text.text()
        ):
            self.text.clear()
            return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        self.changed.emit(self.filter())
