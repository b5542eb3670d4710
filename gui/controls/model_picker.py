"""Which model: a filter, the list by family, and one line of explanation."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.controls.model_list import ModelList
from gui.controls.model_rows import KEY
from gui.controls.row import Fault, Section
from gui.gil import version
from gui.theme import ThemeSource
from gui.translations import sentence, told
from workers.contract.info import ModelInfo, PythonInfo


class ModelPicker(QWidget):
    """Which model.

    Signals:
        changed(str): the key of the model chosen.
        elsewhere(str, str): the key of a model that cannot run here is wanted under another interpreter, whose path follows.
    """

    changed = Signal(str)
    elsewhere = Signal(str, str)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: Mapping[str, ModelInfo] = {}
        self._pythons: Sequence[PythonInfo] = ()
        self._asked = ""
        """The greyed model that is being explained."""
        self.head = Section(self.tr("MODEL"))
        self.filter = QLineEdit()
        self.filter.setObjectName("modelFilter")
        self.filter.setAccessibleName(self.tr("Filter models"))
        self.filter.setPlaceholderText(self.tr("Filter  /"))
        self.filter.setToolTip(
            self.tr("Part of a name or family (Ctrl+F or /). Arrow keys choose, Enter takes the first, Esc shows all.")
        )
        self.filter.setClearButtonEnabled(True)
        clear = self.filter.findChild(QToolButton)
        if clear is not None:
            clear.setObjectName("modelFilterClear")
            clear.setAccessibleName(self.tr("Show all models"))
        self.filter.textChanged.connect(self._filtered)
        self.list = ModelList(theme)
        self.list.currentItemChanged.connect(self._moved)
        self.list.asked.connect(self.explain)
        self.list.typed.connect(self._begin)
        self.summary = QLabel()
        self.summary.setObjectName("modelSummary")
        for name in ("muted", "small"):
            self.summary.setProperty(name, True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.there = QPushButton()
        self.there.setObjectName("useOtherPython")
        self.there.setProperty("link", True)
        self.there.setAccessibleName(self.tr("Use the interpreter that has it"))
        self.there.hide()
        self.there.clicked.connect(self._go_there)
        for part in (self.filter, self.list, self.there):
            part.installEventFilter(self)
        self.fault = Fault()
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.head)
        line.addWidget(self.filter, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.list)
        layout.addWidget(self.summary)
        layout.addWidget(self.there, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.fault)

    def show_models(self, models: Mapping[str, ModelInfo]) -> None:
        """Fill the list, from the simplest family to the heaviest, keeping the choice where it still exists."""
        chosen = self.key()
        self._models = models
        self.list.fill(models)
        self._name_places()
        able = [key for key, info in models.items() if not info.unavailable]
        self.choose(chosen if chosen in able else next(iter(able), ""))

    def show_pythons(self, pythons: Sequence[PythonInfo]) -> None:
        """Take the interpreters found: a greyed model is said to be had there."""
        self._pythons = pythons
        self._name_places()

    def key(self) -> str:
        """The chosen model's key; empty before there is a list."""
        item = self.list.currentItem()
        return str(item.data(KEY) or "") if item is not None else ""

    def title(self) -> str:
        """The chosen model's name; empty before there is a list."""
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def choose(self, key: str) -> bool:
        """Select `key`. False where it is not in the list or cannot run."""
        return self.list.choose(key)

    def say(self, text: str) -> None:
        """Show what is wrong with the choice, or nothing."""
        self.fault.say(text)

    # ---- what cannot run here ----------------------------------------------------------------------------------------
    def reason(self, key: str) -> str:
        """Why a model cannot run under this interpreter, and which one has it, in sentences."""
        info = self._models[key]
        has = self._who_has(info)
        lack = sentence(info.unavailable)
        reason = self.tr("{0}.").format(lack[:1].upper() + lack[1:])
        if not self._pythons:
            return reason  # those are still being looked for
        place = self.tr("Python {0} has it.").format(version(has)) if has else self.tr("No Python found here has it.")
        return self.tr("{0} {1}").format(reason, place)

    def explain(self, key: str) -> None:
        """Say why a greyed model cannot run here, and offer the interpreter that has it."""
        self._asked = key
        info = self._models[key]
        has = self._who_has(info)
        self.summary.setText(self.tr("{0}: {1}").format(told(info.title), self.reason(key)))
        self.there.setVisible(has is not None)
        if has is not None:
            self.there.setText(self.tr("Use Python {0}").format(version(has)))
            self.there.setToolTip(has.executable)
            self.there.setAccessibleDescription(self.summary.text())

    def _who_has(self, info: ModelInfo) -> PythonInfo | None:
        from workers.client.interpreters import who_has

        return who_has(info.requires, self._pythons) if info.requires else None

    def _name_places(self) -> None:
        for item in self.list.rows():
            key = item.data(KEY)
            if key and self._models[key].unavailable:
                item.setToolTip(self.reason(key))
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, self.reason(key))

    def _go_there(self) -> None:
        has = self._who_has(self._models[self._asked]) if self._asked in self._models else None
        if has is not None:
            asked = self._asked
            self._leave()  # what is chosen there must not stay behind the filter
            self.elsewhere.emit(asked, has.executable)

    # ---- filter ------------------------------------------------------------------------------------------------------
    def focus_filter(self) -> None:
        """Bring the keyboard to the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _begin(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.setText(text)

    def _filtered(self, text: str) -> None:
        self.list.set_filter(text)
        found = [str(item.data(KEY)) for item in self.list.matches()]
        if text and found and all(self._models[key].unavailable for key in found):
            self.explain(found[0])
        else:
            self._summarise()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter: arrows choose, Enter takes the first match, Esc shows all again and does not stop the run.

        While it holds something, Esc does so in the list and on the button below it too; Enter presses that button.
        """
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is not self.filter:
            return self._beside_key(watched, event) or super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            return super().eventFilter(watched, event)
        return True

    def _beside_key(self, watched: QObject, event: QKeyEvent) -> bool:
        """A key in the list or on the button; whether it was for the filter."""
        escape = event.key() == Qt.Key.Key_Escape and bool(self.filter.text())
        enter = watched is self.there and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride and escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not (escape or enter):
            return False
        if escape:
            self._leave()
        else:
            self.there.click()
        return True

    def _leave(self) -> None:
        self.filter.clear()
        self.list.setFocus()

    def _take(self) -> None:
        if not self.there.isHidden():
            self.there.setFocus()
            return
        found = [str(item.data(KEY)) for item in self.list.matches()]
        able = [key for key in found if not self._models[key].unavailable]
        if able and self.key() not in able:
            self.choose(able[0])
        if able:
            self._leave()

    # ---- what changes ------------------------------------------------------------------------------------------------
    def _moved(self) -> None:
        if self.key() in self._models:
            self._summarise()
            self.say("")
            self.changed.emit(self.key())

    def _summarise(self) -> None:
        self._asked = ""
        self.there.hide()
        info = self._models.get(self.key())
        self.summary.setText(told(info.summary) if info is not None else "")
