"""The line at the top: what to do, what is chosen, how it stands."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from gui.actions import Actions
from gui.controls.row import Name, set_flag
from gui.figures import tabular
from gui.gil import GilWatch
from gui.modes import ModeSwitch
from gui.run_names import SEPARATOR
from gui.style import icon
from gui.theme import ThemeSource
from gui.words import clock
from workers.contract.phase import RunPhase

ROOMY = 1.2
"""The size of type up to which there is room for everything."""


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


class YieldingLabel(Name):
    """A label that gives way where there is little room: it never widens the window.

    Emptied, it keeps its place: what stands beside it must not jump when a run begins, and again when this one is filled.
    """

    def __init__(self) -> None:
        super().__init__()
        self._width = 0

    def sizeHint(self) -> QSize:
        """As wide as its text, or as the last one that it had."""
        hint = super().sizeHint()
        self._width = hint.width() if self.text() else max(self._width, hint.width())
        return QSize(self._width, hint.height())

    def minimumSizeHint(self) -> QSize:
        """No width at all."""
        return QSize(0, super().minimumSizeHint().height())


class TopBar(QWidget):
    """Run, Stop and Interrupt now; the choice in words; phase and time; the menu."""

    def __init__(self, actions: Actions, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.modes = ModeSwitch(actions.modes)
        self.script = QPushButton(self.tr("Script"))
        self.script.setObjectName("scriptButton")
        self.script.setAccessibleName(actions.script.text())
        self.script.setToolTip(actions.script.toolTip())
        self.script.setCheckable(True)
        self.script.clicked.connect(actions.script.trigger)
        self._measures = True, True
        self.measure = QPushButton(self.tr("Measure"))
        self.measure.setObjectName("measureButton")
        self.measure.setAccessibleName(actions.measure.text())
        self.measure.setToolTip(actions.measure.toolTip())
        self.measure.setCheckable(True)
        self.measure.clicked.connect(actions.measure.trigger)
        self.run = ActionButton(actions.run, "runButton")
        self.stop = ActionButton(actions.stop, "stopButton")
        self.interrupt = ActionButton(actions.interrupt, "interruptButton")
        self.choice = Name()
        self.choice.setObjectName("choiceLabel")
        self.choice.setTextFormat(Qt.TextFormat.PlainText)
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.gil = YieldingLabel()
        self.gil.setObjectName("gilLabel")
        self.gil.setTextFormat(Qt.TextFormat.PlainText)
        for name in ("muted", "small"):
            self.gil.setProperty(name, True)
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
        line.addWidget(self.modes)
        line.addWidget(self.gil)
        line.addWidget(self.phase)
        line.addWidget(self.measure)
        line.addWidget(self.script)
        line.addWidget(self.menu)
        self.restyle()

    def _build_menu(self, actions: Actions) -> QMenu:
        menu = QMenu(self.menu)
        menu.addActions(list(actions.themes.values()))
        menu.addSeparator()
        menu.addActions([actions.present, actions.larger, actions.smaller, actions.usual])
        menu.addSeparator()
        menu.addActions(
            [actions.measure, actions.script, actions.settings, actions.palette, actions.shortcuts, actions.about]
        )
        menu.addSeparator()
        menu.addAction(actions.quit)
        return menu

    def restyle(self) -> None:
        """Take the theme's icon and fonts of the present size."""
        self.menu.setIcon(icon("menu", self._theme.theme))
        size = max(16, round(self.phase.fontMetrics().height()))
        self.menu.setIconSize(QSize(size, size))
        self.phase.setFont(tabular(self.phase.font()))
        # As wide as it will ever be, hours included: the window's least width must not hang on a word.
        metrics = self.phase.fontMetrics()
        widest = max(metrics.horizontalAdvance(word) for word in (*self._words().values(), *self._ends().values()))
        self.phase.setFixedWidth(widest + metrics.horizontalAdvance("  00:00:00"))

    def offer_measure(self, *, mode: bool | None = None, room: bool | None = None) -> None:
        """Whether the mode has it, and whether there is room for its button: the menu has it as well."""
        self._measures = self._measures[0] if mode is None else mode, self._measures[1] if room is None else room
        self.measure.setVisible(all(self._measures))

    def showEvent(self, event: QShowEvent) -> None:
        """Measure with the fonts that hold by now."""
        super().showEvent(event)
        self.restyle()

    def show_choice(self, text: str, other: bool) -> None:
        """The choice in words; `other`: it is not the run that is shown below, but what would run next."""
        self.choice.setText(self.tr("Next:  {0}").format(text) if other and text else text)
        self.choice.setToolTip(self.choice.text())

    def show_gil(self, watch: GilWatch) -> None:
        """Say whether the GIL is on in the workers, as they see it themselves."""
        if watch.label != self.gil.text():
            self.gil.setText(watch.label)
            self.gil.setAccessibleName(SEPARATOR.join(filter(None, (watch.label, watch.interpreter))))
            self.gil.setToolTip(f"{watch.interpreter}\n{watch.explanation}" if watch.label else "")
            set_flag(self.gil, "warn", watch.came_back)
            set_flag(self.gil, "muted", not watch.came_back)

    def _words(self) -> dict[RunPhase, str]:
        return {
            RunPhase.IDLE: self.tr("ready"),
            RunPhase.STARTING: self.tr("starting"),
            RunPhase.WARMING: self.tr("warming up"),
            RunPhase.RUNNING: self.tr("running"),
            RunPhase.STOPPING: self.tr("stopping"),
            RunPhase.FINISHED: self.tr("finished"),
            RunPhase.FAILED: self.tr("failed"),
        }

    def _ends(self) -> dict[str, str]:
        return {
            "stopped": self.tr("stopped"),
            "deadlock": self.tr("deadlock"),
            "standstill": self.tr("no progress"),
        }

    def show_phase(
        self, phase: RunPhase, elapsed_s: float, ended_by: str = "", measuring: bool = False, paused: bool = False
    ) -> None:
        """Phase and time since the clock started; `ended_by`: how a run that is over ended (`RunStore.ended_by`).

        `measuring`: a sweep is under way, and no run. `paused`: no new tasks are begun for now.
        """
        text = self._ends().get(ended_by, "") if phase is RunPhase.FINISHED else ""
        if paused and phase is RunPhase.RUNNING:
            text = self.tr("paused")
        text = text or self._words()[phase]
        if measuring:
            text = self.tr("measuring")
        elif phase not in (RunPhase.IDLE, RunPhase.STARTING, RunPhase.WARMING):
            # It counts whole seconds while it runs; once it is over it rounds, as the seconds told elsewhere do.
            text = f"{text}  {clock(elapsed_s if phase.active else round(elapsed_s))}"
        if text != self.phase.text():
            self.phase.setText(text)
