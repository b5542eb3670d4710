"""CodePanel: what is chosen, as the script that a person would type."""

from collections.abc import Callable
from errno import EINVAL

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.asker import Asker
from gui.files import save_as, write
from gui.flow import FlowLayout
from gui.keyboard import HandsOn
from gui.panels.code_asker import AskFor, Coloured, Script, new_request
from gui.panels.code_runner import TerminalRunner
from gui.panels.code_view import CodeView
from gui.theme import ThemeSource
from gui.translations import sentence
from workers.client.script import refuse_place
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

DEBOUNCE_MS = 150
"""A slider that moves asks once, when it rests."""
COPIED_MS = 1_500


class CodePanel(HandsOn, QFrame):
    """A card with the script, and what can be done with it. It asks only while it is seen.

    Signals:
        saved(str): a file was written; its path.
        failed(str): something could not be done; the reason in one sentence.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        theme: ThemeSource,
        parent: QWidget | None = None,
        *,
        ask: AskFor = new_request,
        runner: TerminalRunner | None = None,
    ) -> None:
        super().__init__(parent)
        self._wanted: RunConfig | None = None
        self._script: Script | None = None
        self._refused: RunConfig | None = None
        """What was refused last."""
        self._runner = runner or TerminalRunner()
        self.may_run: Callable[[RunConfig], bool] = lambda config: True
        """Whether a script may be carried out; who says no says why."""
        self.setObjectName("codePanel")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("The same, as a script"))
        self.actions: dict[str, QAction] = {}  # type: ignore[assignment]
        """What can be done with the script: copy, save, terminal. (Hides a method of QWidget that nobody calls here.)"""
        self._buttons: dict[str, QPushButton] = {}
        self._ask_for = ask
        self._asker = Asker(self)
        self._asker.answered.connect(self._show_script)
        self._asker.refused.connect(self._show_refusal)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.timeout.connect(self._ask)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(COPIED_MS)
        self._calm.timeout.connect(self._say_copy)
        self.view = CodeView(theme)
        self.note = QLabel()
        self.note.setObjectName("codeNote")
        self.note.setProperty("muted", True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.note)
        self._pages.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self._pages, 1)
        self.keyboard = self.view
        self._say_nothing_chosen()

    def _head(self) -> FlowLayout:
        title = QLabel(self.tr("THE SAME, AS A SCRIPT"))
        title.setProperty("head", True)
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = FlowLayout(gap=6, head_alone=True)
        head.addWidget(title)
        for key, name, text, tip, doing in (
            ("copy", "copyCode", self.tr("Copy"), self.tr("Copy the script"), self._copy),
            ("save", "saveCode", self.tr("Save …"), self.tr("Save the script to a file …"), self._save),
            ("terminal", "runCode", self.tr("Run in a terminal"), self.tr("Run the script in a terminal"), self._run),
        ):
            action = self.actions[key] = QAction(tip, self)
            action.setObjectName(name)
            action.triggered.connect(lambda _checked=False, doing=doing: doing())
            head.addWidget(self._button(action, f"{name}Button", text, tip))
        return head

    def _button(self, action: QAction, name: str, text: str, tip: str) -> QPushButton:
        # With a text of its own: the action's is a whole line for the command palette.
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("link", True)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self._buttons[action.objectName()] = button
        return button

    # ---- for the window -------------------------------------------------------------------------------------------
    def show_config(self, config: RunConfig | None) -> None:
        """Show the script of this configuration, as soon as it is there; None: nothing that could be run is chosen."""
        if config == self._wanted:
            return
        self._wanted = config
        self._asker.give_up()
        self._debounce.stop()
        if config is None:
            self._script = self._refused = None
            self._say_nothing_chosen()
        elif self._current():
            self.view.dim(False)
            self._able(self._script is not None)
        elif self.isVisible():
            self._debounce.start(DEBOUNCE_MS)
            self._able(False)

    def text(self) -> str:
        """The script that is shown; empty where there is none."""
        return self._script.text if self._script is not None else ""

    def close(self) -> bool:
        """End what is under way and remove what was saved for terminals; bounded. When shown again, it asks again."""
        self._end()
        return super().close() if self.isWindow() else True

    def choose_file(self, suggestion: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        pattern = self.tr("Python (*.py)")
        return QFileDialog.getSaveFileName(self, self.tr("Save the script"), suggestion, pattern)[0]

    # ---- asking ---------------------------------------------------------------------------------------------------
    def _current(self) -> bool:
        """Whether what is shown belongs to what is wanted."""
        shown = self._script.config if self._script is not None else self._refused
        return shown is not None and shown == self._wanted

    def _ask(self) -> None:
        if self._wanted is None or self._current() or not self.isVisible():
            return
        self._able(False)
        if self._script is not None:
            self.view.dim(True)
        elif self._refused is None:
            self._say(self.tr("The script is being written …"))
        wanted, ask_for = self._wanted, self._ask_for
        self._asker.ask(wanted, lambda: Coloured(wanted, ask_for))

    def _show_script(self, _config: RunConfig, script: Script) -> None:
        if script.config != self._wanted:
            return
        self._script, self._refused = script, None
        self.view.dim(False)
        self.view.show_code(script.text, script.lines)
        self._pages.setCurrentWidget(self.view)
        self._able(True)

    def _show_refusal(self, config: RunConfig, _field: str, text: str) -> None:
        if config != self._wanted:
            return
        self._script, self._refused = None, config
        self._say(sentence(text))

    def _say_nothing_chosen(self) -> None:
        self._say(self.tr("What is chosen on the left appears here as a script of its own."))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self._pages.setCurrentWidget(self.note)
        self.view.dim(False)
        self._able(False)

    def _end(self) -> None:
        self._debounce.stop()
        self._asker.close()
        self._runner.close()

    # ---- doing ----------------------------------------------------------------------------------------------------
    def _able(self, able: bool) -> None:
        for action in self.actions.values():
            action.setEnabled(able)

    def _copy(self) -> None:
        if self._script is not None:
            QGuiApplication.clipboard().setText(self._script.text)
            self._buttons["copyCode"].setText(self.tr("Copied"))
            self._calm.start()

    def _say_copy(self) -> None:
        self._buttons["copyCode"].setText(self.tr("Copy"))

    def _save(self) -> None:
        if self._script is None:
            return
        text = self._script.text  # what was shown when it was asked for: the dialog may stay open for long
        config = self._script.config

        def save(path: str) -> None:
            try:
                refuse_place(path, config, text)
            except ConfigError:
                hides = self.tr(
                    "the script would hide or overwrite a file that it needs; give it another name or folder"
                )
                raise OSError(EINVAL, hides) from None
            write(path, text.encode())

        save_as(self.choose_file(self._file_name()), ".py", save, self.saved.emit, self.failed.emit)

    def _run(self) -> None:
        script = self._script
        if script is None or not self.may_run(script.config):
            return
        try:
            command = self._runner.run(self._file_name(), script.text, script.python)
        except OSError as error:
            self.failed.emit(error.strerror or str(error))
            return
        self._show_terminal()
        if command:
            QGuiApplication.clipboard().setText(command)
            self.failed.emit(
                self.tr("No terminal was found. Paste this into one, it has been copied: {0}").format(command)
            )

    def _file_name(self) -> str:
        config = self._script.config if self._script is not None else RunConfig()
        # Never the name of a module of the standard library: the script would be imported in its place.
        return f"{config.model}_{config.workload}.py"

    def _show_terminal(self) -> None:
        """Say on the button what it will do."""
        tip = self.actions["terminal"].text()
        if not self._runner.available():
            tip = self.tr("No terminal was found here: the command is copied instead, to be pasted into one.")
        self._buttons["runCode"].setToolTip(tip)
        self._buttons["runCode"].setAccessibleDescription(tip)

    # ---- coming and going -----------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Now somebody sees it: ask for what is wanted."""
        super().showEvent(event)
        self._show_terminal()
        if self._wanted is not None and not self._current():
            self._debounce.start(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As a window of its own: end what is under way."""
        self._end()
        super().closeEvent(event)
