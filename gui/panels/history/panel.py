"""HistoryPanel: the kept runs with a filter above them, and below them what can be done with the current one."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.flow import FlowLayout
from gui.keyboard import HandsOn, takes_escape
from gui.panels.history.rows import HistoryRows
from gui.theme import ThemeSource


class NameField(QLineEdit):
    """Where a run gets another name, in place of the buttons.

    Signals:
        left(): Esc was pressed.
    """

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Take Esc for ourselves."""
        return takes_escape(event, self.left.emit) or super().event(event)


class HistoryPanel(HandsOn, QFrame):
    """Which two runs.

    Signals:
        lettered(str, str): this run (its id) is to be "A" or "B".
        asked(str, str): something is to be done with this run: "delete", "pin", "ghost", "export".
        renamed(str, str): this run is to be called so.
        importAsked(), undoAsked(): a file is to be put into the list; what was deleted last is to come back.
    """

    lettered = Signal(str, str)
    asked = Signal(str, str)
    renamed = Signal(str, str)
    importAsked = Signal()
    undoAsked = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyPanel")
        self.setProperty("card", True)
        self.list = HistoryRows(theme)
        self.keyboard = self.list
        self.list.lettered.connect(self.lettered)
        self.list.asked.connect(self._ask)
        self.list.currentItemChanged.connect(self.follow)
        head = QLabel(self.tr("KEPT RUNS"))
        head.setProperty("head", True)
        self.filter = QLineEdit()
        self.filter.setObjectName("historyFilter")
        self.filter.setAccessibleName(self.tr("Filter the kept runs"))
        self.filter.setPlaceholderText(self.tr("Filter  /"))
        self.filter.setToolTip(self.tr("Words of model, workload, Python or name (Ctrl+F or /). Esc shows all."))
        self.filter.setClearButtonEnabled(True)
        clear = self.filter.findChild(QToolButton)
        if clear is not None:
            clear.setObjectName("historyFilterClear")
            clear.setAccessibleName(self.tr("Show all kept runs"))
        self.filter.textChanged.connect(self.list.filter)
        self.filter.installEventFilter(self)
        self.hint = QLabel(self.tr("Click: B. Shift+click: A."))
        self.hint.setObjectName("historyHint")
        self.hint.setToolTip(self.tr("Or with the keys: A, B, Enter for B; P pins, F2 renames, G ghost, Del deletes"))
        self.bin = QPushButton(self.tr("Undo delete"))
        self.bin.setObjectName("historyUndo")
        self.bin.setAccessibleName(self.tr("Bring back the run that was deleted last"))
        self.bin.setProperty("link", True)
        self.bin.clicked.connect(self.undoAsked)
        self.bin.hide()
        for flag in ("muted", "small"):
            self.hint.setProperty(flag, True)
        self._buttons: dict[str, QPushButton] = {}
        self.name = NameField()
        self.name.setObjectName("historyName")
        self.name.setMaxLength(120)
        self.name.setAccessibleName(self.tr("Another name for the run"))
        self.name.setPlaceholderText(self.tr("Name of the run; Enter takes it"))
        self.name.returnPressed.connect(self._take_name)
        self.name.left.connect(self._leave_name)
        self.name.hide()
        self._naming = ""
        self._arrange(head)
        self.follow()

    def focus_filter(self) -> None:
        """Bring the keyboard to the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def show_pinned(self, pinned: bool) -> None:
        """Say whether the current run would be pinned or let go."""
        self._buttons["pin"].setText(self.tr("Unpin") if pinned else self.tr("Pin"))

    def show_undo(self, can: bool) -> None:
        """Offer to bring back what was deleted last."""
        self.bin.setVisible(can)

    def begin_name(self, name: str) -> None:
        """Let the current run be renamed from `name`."""
        self._naming = self.list.key()
        self.name.setText(name)
        self.name.setVisible(bool(self._naming))
        self.name.selectAll()
        self.name.setFocus()

    # ---- inside ---------------------------------------------------------------------------------------------------
    def _arrange(self, head: QLabel) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 8, 0)
        top.setSpacing(12)
        top.addWidget(head, 1)
        top.addWidget(self.filter, 2)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 8, 0)
        line.addWidget(self.hint, 1)
        line.addWidget(self.bin)
        buttons = FlowLayout(gap=6)
        for key, text, tip in (
            ("pin", self.tr("Pin"), self.tr("Never drop this run to make room, or let it go (P)")),
            ("rename", self.tr("Rename"), self.tr("Give this run a name of its own (F2)")),
            ("delete", self.tr("Delete"), self.tr("Take this run off the list; it can be brought back (Del)")),
            ("ghost", self.tr("As ghost"), self.tr("Lay this run behind those of Explore, or take it away (G)")),
            ("export", self.tr("Export …"), self.tr("Write this run to a file")),
            ("import", self.tr("Import …"), self.tr("Put a file of such a run into the list")),
        ):
            button = self._buttons[key] = QPushButton(text)
            button.setObjectName(f"history{key.capitalize()}")
            button.setAccessibleName(tip)
            button.setToolTip(tip)
            button.setProperty("offer", "plain")
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(
                self.importAsked if key == "import" else lambda _checked=False, key=key: self._ask(key, self.list.key())
            )
            buttons.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 8, 6, 10)
        outer.setSpacing(6)
        outer.addLayout(top)
        outer.addWidget(self.list, 1)
        outer.addLayout(line)
        outer.addWidget(self.name)
        outer.addLayout(buttons)

    def _ask(self, what: str, key: str) -> None:
        if key:
            self.asked.emit(what, key)

    def follow(self) -> None:
        """Another run is the current one, or there are others in the list."""
        for key, button in self._buttons.items():
            button.setEnabled(key == "import" or bool(self.list.key()))
        if self._naming and self._naming != self.list.key():
            self._leave_name()

    def _take_name(self) -> None:
        self.renamed.emit(self._naming, self.name.text())
        self._leave_name()

    def _leave_name(self) -> None:
        had = self.name.hasFocus()
        self._naming = ""
        self.name.hide()
        if had:
            self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter: arrows walk over the runs, Enter goes to them, Esc shows all again and does not stop the run."""
        if watched is not self.filter or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if takes_escape(event, self.filter.clear):
            if event.type() == QEvent.Type.KeyPress:
                self.list.setFocus()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)
