"""The main window: lays the parts out and connects them. What a run is, the controller knows; what a chart is, the charts."""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from gui.actions import Actions
from gui.appearance import Appearance
from gui.banner import Banners
from gui.break_it import BreakIt
from gui.bridge.engine import EngineBridge
from gui.choice_words import ChoiceWords
from gui.controller import RunController
from gui.controls.live import LiveControls
from gui.controls.panel import OWN, WIDTH, ChoicePanel
from gui.desk import Desk
from gui.doings import bind
from gui.dropped import dropped_file
from gui.findings_strip import FindingsStrip
from gui.foot import Foot
from gui.frame_clock import FrameClock
from gui.ghosts import Ghosts
from gui.kept_runs import KeptRuns
from gui.memory import Memory
from gui.notices import Notices
from gui.offers import Offers
from gui.page import Page
from gui.palette import CommandPalette
from gui.run_names import RunNames
from gui.run_view import RunView
from gui.settings import SettingsFile
from gui.settings_door import SettingsDoor
from gui.side import SideColumn
from gui.stage import Stage
from gui.sweeps import SweepController
from gui.tab_actions import TabActions
from gui.top_bar import ROOMY, TopBar
from gui.workspace import Workspace
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
    from gui.compare import Compare
    from gui.own import OwnFunction
    from gui.panels.code import CodePanel
    from gui.study import Study
    from gui.sweep_desk import SweepDesk
    from workers.insight.store import RunStore


class MainWindow(QMainWindow):
    """The window. It can be made in a test as it is; the bridge starts with the first show or run.

    Closing ends the run; shown again, the window works again.

    Signals:
        runStarted(): a run has begun.
        runFinished(object): it is over; what the JSON holds, or None where it was stopped before it started.
        refused(str, str): something that was asked for cannot be: the field at fault (or nothing), and why.
        phaseChanged(RunPhase): it is in another phase.
        painted(): the first paint is done.
    """

    runStarted = Signal()
    runFinished = Signal(object)
    refused = Signal(str, str)
    phaseChanged = Signal(object)
    painted = Signal()

    def __init__(
        self,
        config: RunConfig | None = None,
        *,
        bridge: EngineBridge | None = None,
        settings_file: SettingsFile | None = None,
        theme: str | None = None,
        charts_later: bool = False,
        language: str = "en",
    ) -> None:
        """`config` is the choice shown first; None for the last one. `charts_later`: the caller calls `load_charts`.

        `language`: of the lessons; the window's own texts are in that of the application.
        """
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAcceptDrops(True)
        self.setWindowTitle(self.tr("Threadmill"))
        self.memory = Memory(settings_file or SettingsFile(), theme)
        config = config or self.memory.config or RunConfig()
        self._painted = self._closed = False
        self._waiting: list[Callable[[], None]] = []
        """What is to be done once the charts are there."""
        self.language = language
        self.study: Study | None = None
        self.own: OwnFunction | None = None
        self.code: CodePanel
        """There once the charts are."""
        self.names = RunNames()
        self.appearance = Appearance(self, self.memory.theme, self.memory.scale)
        self.actions_ = Actions(self)
        self.settings_door = SettingsDoor(self, self.appearance, self.memory)
        self.bridge = bridge or EngineBridge()
        self.bridge.setParent(self)
        self.bridge.limit_memory(self.memory.settings.memory_limit_mb)
        self.controller = RunController(self.bridge, config.python, self)
        self.controller.keep_history(self.memory.settings.history_mb)
        self.sweeps = SweepController(self.controller, self)
        self.sweep_desk: SweepDesk | None = None
        source = self.appearance.source
        self.top = TopBar(self.actions_, source)
        self.panel = ChoicePanel(source, config)
        self.choice = ChoiceWords(self.panel, self.top, self.controller, self.names)
        self.live = LiveControls(self.panel, self)
        self.stage = Stage(source)
        self.banners = Banners(source, self.actions_)
        settings = self.memory.settings
        self.kept = KeptRuns(settings.runs_kept, settings.runs_mb, self)
        self.ghosts = Ghosts(self.kept, self.names, self._drawn, self)
        self.compare: Compare | None = None
        self.offers = Offers(self.banners, self.stage, self.actions_, self.controller)
        self.break_it = BreakIt(self)
        self.notices = Notices(self)
        self.tab_actions = TabActions(self)
        self.foot = Foot(source)
        self.clock = FrameClock(lambda: self.phase.active, self)
        side = SideColumn()
        strip = FindingsStrip(source)
        self.page = page = Page(self.top, self.panel, self.banners, strip, self.stage, side, self.foot)
        self.workspace = Workspace(page, self.panel, strip, side, self.top, self.memory)
        self.clock.parts.append(strip)
        self.desk = Desk(self.workspace, self.panel, self.actions_, self.controller, self.choice, self.start)
        self.setCentralWidget(page)
        self.commands = CommandPalette(source, lambda: self.actions_.all, self)
        self.run_view = RunView(self)
        self._connect()
        self._restyle()
        self.run_view.show_phase(RunPhase.IDLE)
        self.memory.place(self)
        if self.memory.problem:
            self.foot.say(self.memory.problem, bad=True)
        if not charts_later:
            self.load_charts()

    # ---- for callers and tests -----------------------------------------------------------------------------------
    @property
    def phase(self) -> RunPhase:
        """Where the run stands."""
        return self.controller.phase

    @property
    def closed(self) -> bool:
        """Whether it was closed, and not shown again."""
        return self._closed

    @property
    def summary(self) -> dict[str, Any] | None:
        """What the JSON holds on the run that has ended; None before and while another one is under way."""
        return self.controller.summary

    @property
    def store(self) -> "RunStore":
        """What is known of the run."""
        return self.controller.store

    def _drawn(self) -> bool:
        """Whether there is a run that charts have something of."""
        shown = self.controller.store_or_none
        return shown is not None and shown.clock_start_ns is not None

    def start(self, config: RunConfig | None = None) -> None:
        """Run `config`, or what is chosen on the left. Waits for the catalogue where it is not there yet, blocking nothing.

        What cannot be run is refused: the signal `refused`, and the sentence in the status line.
        """
        if self._closed:
            self.run_view.show_refusal("", self.tr("The window is closed; show it again first."))
            return
        if self.phase.active:
            self.run_view.show_refusal("", self.tr("A run is under way; stop it first."))
            return
        if self.sweeps.active:
            self.run_view.show_refusal("", self.tr("A sweep is under way: stop it first."))
            return
        try:
            chosen = config or self.panel.config()
        except ConfigError as error:
            self.run_view.show_refusal(error.field, str(error))
            return
        if config is not None:
            self.panel.show_config(config)
        self.panel.clear_faults()
        if chosen.workload == OWN and (self.own is None or not self.own.allows(chosen)):
            if self.own is None:
                self.run_view.show_refusal("", self.tr("The window is still opening: press Run again."))
            return
        self.begin(chosen)

    def begin(self, chosen: RunConfig) -> None:
        """Run what may be run."""
        self.run_view.begin()
        self.foot.begin()
        self.controller.start(chosen)

    def stop(self) -> None:
        """End the run in steps; everything is gone within a second. `runFinished` follows, whenever this is called in a run.

        A sweep is ended as well; what it has measured is kept.
        """
        self.controller.stop()
        self.sweeps.stop()

    def interrupt(self) -> None:
        """End the run at once."""
        self.controller.interrupt()

    def turn(self, field: str, value: Value) -> None:
        """Change the run under way: "workers", or "params.NAME" or "options.NAME" of those that are live.

        What cannot be is refused, and the run goes on: the signal `refused`, and the sentence beside the field.
        """
        self.live.follow(field, value)
        self.controller.turn(field, value)

    def break_worker(self, pid: int, how: str, tid: int = 0) -> None:
        """Break a process of the run under way without a question, in one of `workers.contract.breaking.WAYS`; `tid`: which thread of it.

        What cannot be is refused, and the run goes on: the signal `refused`, and the sentence in the status line.
        """
        self.break_it.go(pid, how, tid)

    def load_charts(self) -> None:
        """Bring in numpy, pyqtgraph and all that draws with them. Does nothing the second time."""
        if self.stage.tabs is not None:
            return
        from gui.bring import bring

        bring(self)
        waiting, self._waiting = self._waiting, []
        for doing in waiting:
            doing()

    def once_loaded(self, doing: Callable[[], None]) -> None:
        """Do it now, or as soon as the charts are there: keys work from the first paint on."""
        if self.stage.tabs is not None:
            doing()
        else:
            self._waiting.append(doing)

    def check_function(self) -> None:
        """Say what is to be known of the function that is chosen, before it runs."""

        def check() -> None:
            if self.own is not None:
                self.own.check()

        self.once_loaded(check)

    def measure(self) -> None:
        """Show or hide what measures and recommends."""

        def turn() -> None:
            if self.sweep_desk is not None:
                self.sweep_desk.show_page(not self.sweep_desk.shown)

        self.once_loaded(turn)

    # ---- putting together ----------------------------------------------------------------------------------------
    def _connect(self) -> None:
        panel, controller = self.panel, self.controller
        bind(self)
        self.run_view.refused.connect(self.refused)
        panel.pythonChosen.connect(controller.choose_python)
        self.live.turned.connect(self.turn)
        controller.phaseChanged.connect(self.phaseChanged)
        controller.runStarted.connect(self.runStarted)
        controller.runFinished.connect(self.runFinished)
        self.tab_actions.saved.connect(self.run_view.say_saved)
        self.tab_actions.failed.connect(self.run_view.say_bad)
        self.bridge.pythonsFailed.connect(self.run_view.say_bad)
        self.bridge.pythonsReady.connect(lambda found: panel.show_pythons(found, sys.executable))
        self.appearance.changed.connect(self._restyle)
        self.settings_door.themeChosen.connect(self.choose_theme)
        self.settings_door.historyChanged.connect(self.controller.keep_history)
        self.settings_door.runsChanged.connect(self.kept.bound)
        self.settings_door.memoryLimitChanged.connect(self.bridge.limit_memory)
        self.settings_door.changed.connect(self._save)
        self.clock.frame.connect(self.foot.progress.advance)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._shut_down)

    # ---- looks ---------------------------------------------------------------------------------------------------
    def toggle_theme(self) -> None:
        """From light to dark, and back."""
        self.choose_theme("light" if self.appearance.source.theme.dark else "dark")

    def choose_theme(self, choice: str) -> None:
        """Take the theme "system", "light" or "dark", and remember it."""
        self.memory.theme_chosen()
        self.appearance.choose(choice)
        self._save()

    def _restyle(self) -> None:
        self.top.restyle()
        self.top.offer_measure(room=self.appearance.scale <= ROOMY)
        self.foot.restyle()
        self.workspace.arrange(self.appearance.scale)
        self.foot.set_length(round(WIDTH * self.appearance.scale))
        self.actions_.themes[self.appearance.choice].setChecked(True)
        self.actions_.present.setChecked(self.appearance.scale > 1.0)
        self.clock.wake()

    # ---- coming and going ----------------------------------------------------------------------------------------
    def keep_settings(self) -> None:
        """Write down what is chosen, where the window stands and how it looks."""
        self._save()

    def _save(self) -> None:
        config: RunConfig | None = None
        with suppress(ConfigError):
            config = self.panel.chosen_without_own()
        if self.own is not None:
            self.own.keep()
        if self.sweep_desk is not None:
            self.sweep_desk.keep()
        sizes = self.stage.usual_sizes() if self.stage.tabs is not None else []
        self.workspace.keep()
        if not self.memory.keep(self, self.appearance.choice, self.appearance.scale, sizes, config):
            self.foot.say(self.memory.problem, bad=True)

    def showEvent(self, event: QShowEvent) -> None:
        """With the charts in already there is nothing to wait for; else the bridge opens after the first paint."""
        super().showEvent(event)
        if self._closed:
            self._closed = False
            self.bridge.reopen()
            self.clock.reopen()
            self.clock.wake()
        if self.stage.tabs is not None:
            self.controller.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column is there where there is room."""
        super().resizeEvent(event)
        self.workspace.arrange(self.appearance.scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once, when the first paint is over."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A Python file may be dropped anywhere; it is shown and does not run."""
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the file."""
        path = dropped_file(event.mimeData())
        if path and self.own is not None:
            event.acceptProposedAction()
            self.own.take_file(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Disappear at once, then end the run and every process of it; bounded."""
        if not self._closed:
            self._save()
            self.hide()
            self._shut_down()
        super().closeEvent(event)

    def _shut_down(self) -> None:
        if not self._closed:
            self._closed = True
            self.break_it.shut()
            self.clock.close()
            self.bridge.close()
            if self.own is not None:
                self.own.close()
            if self.study is not None:
                self.study.close()
                self.code.close()
            self.controller.end()
            self.sweeps.end()
            if self.sweep_desk is not None:
                self.sweep_desk.close()
            # Last: the run that has just been ended is kept too.
            self.kept.close()
