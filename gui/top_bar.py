"""The line at the top: what to do, what is chosen, how it stands."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from gui.actions import Actions
from gui.figures import tabular
from gui.style import icon
from gui.theme import ThemeSource
from gui.words import clock
from workers.contract.config import RunConfig
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase


class ActionButton(QPushButton):
    """A button for an action: enabled when it is, with its name and key."""

    def __init__(self, action: QAction, name: str, parent: QWidget | None = None) -> None:
        super().__init__(action.text(), parent)
        self.setObjectName(name)
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self.setEnabled(action.isEnabled())
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)


class TopBar(QWidget):
    """Run, Stop and Interrupt now; the choice in words; phase and time; the menu."""

    def __init__(self, actions: Actions, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.run = ActionButton(actions.run, "runButton")
        self.stop = ActionButton(actions.stop, "stopButton")
        self.interrupt = ActionButton(actions.interrupt, "interruptButton")
        self.choice = QLabel()
        self.choice.setObjectName("choiceLabel")
        self.choice.setTextFormat(Qt.TextFormat.PlainText)
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.phase = QLabel()
        self.phase.setObjectName("phaseLabel")
        self.phase.setProperty("muted", True)
        self.phase.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.menu = QToolButton()
        self.menu.setObjectName("menuButton")
        self.menu.setAccessibleName(self.tr("Menu"))
        self.menu.setToolTip(self.tr("Theme, size, commands, keys"))
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setMenu(self._build_menu(actions))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self.run, self.stop, self.interrupt):
            line.addWidget(widget)
        line.addSpacing(8)
        line.addWidget(self.choice, 1)
        line.addWidget(self.phase)
        line.addWidget(self.menu)
        self.restyle()

    def _build_menu(self, actions: Actions) -> QMenu:
        menu = QMenu(self.menu)
        menu.addActions(list(actions.themes.values()))
        menu.addSeparator()
        menu.addActions([actions.present, actions.larger, actions.smaller, actions.usual])
        menu.addSeparator()
        menu.addActions([actions.palette, actions.shortcuts, actions.about])
        menu.addSeparator()
        menu.addAction(actions.quit)
        return menu

    def restyle(self) -> None:
        """Take the theme's icon and fonts of the present size."""
        self.menu.setIcon(icon("menu", self._theme.theme))
        size = max(16, round(self.phase.fontMetrics().height()))
        self.menu.setIconSize(QSize(size, size))
        self.phase.setFont(tabular(self.phase.font()))

    def show_choice(self, config: RunConfig, catalogue: Catalogue | None) -> None:
        """The choice in words: model, workers, workload, start method."""
        if catalogue is None:
            self.choice.setText("")
            return
        model, workload = catalogue.models.get(config.model), catalogue.workloads.get(config.workload)
        if model is None or workload is None:
            return
        first = model.title if model.workers_are == "none" else f"{model.title} × {config.workers}"
        parts = [first, workload.title]
        defaults = {param.name: param.default for param in model.params}
        if "start_method" in defaults:
            parts.append(str(config.options.get("start_method", defaults["start_method"])))
        self.choice.setText("  ·  ".join(parts))
        self.choice.setToolTip(self.choice.text())

    def show_phase(self, phase: RunPhase, elapsed_s: float) -> None:
        """Phase and time since the clock started."""
        words = {
            RunPhase.IDLE: self.tr("ready"),
            RunPhase.STARTING: self.tr("starting"),
            RunPhase.WARMING: self.tr("warming up"),
            RunPhase.RUNNING: self.tr("running"),
            RunPhase.STOPPING: self.tr("stopping"),
            RunPhase.FINISHED: self.tr("finished"),
            RunPhase.FAILED: self.tr("failed"),
        }
        text = words[phase]
        if phase not in (RunPhase.IDLE, RunPhase.STARTING, RunPhase.WARMING):
            text = f"{text}  {clock(elapsed_s)}"
        if text != self.phase.text():
            self.phase.setText(text)
