"""The main window: lays the parts out and connects them. What a run is, the controller knows; what a chart is, the charts."""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.appearance import Appearance
from gui.bridge.engine import EngineBridge
from gui.controller import RunController
from gui.controls.panel import WIDTH, ChoicePanel
from gui.dialogs import AboutPage, ShortcutsPage
from gui.foot import Foot
from gui.frame_clock import FrameClock
from gui.memory import Memory
from gui.palette import CommandPalette
from gui.run_names import RunNames
from gui.settings import SettingsFile
from gui.stage import Stage
from gui.tab_actions import TabActions
from gui.top_bar import TopBar
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
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
    ) -> None:
        """`config` is the choice shown first; None for the last one. `charts_later`: the caller calls `load_charts`."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("Threadmill"))
        self.memory = Memory(settings_file or SettingsFile(), theme)
        config = config or self.memory.config or RunConfig()
        self._painted = self._closed = self._refused = False
        self.names = RunNames()
        self.appearance = Appearance(self, self.memory.theme, self.memory.scale)
        self.actions_ = Actions(self)
        self.bridge = bridge or EngineBridge()
        self.bridge.setParent(self)
        self.controller = RunController(self.bridge, config.python, self)
        source = self.appearance.source
        self.top = TopBar(self.actions_, source)
        self.panel = ChoicePanel(source, config)
        self.stage = Stage(source)
        self.tab_actions = TabActions(self)
        self.foot = Foot(source)
        self.clock = FrameClock(lambda: self.phase.active, self)
        self._lay_out()
        self.commands = CommandPalette(source, lambda: self.actions_.all, self)
        self._connect()
        self._restyle()
        self._show_phase(RunPhase.IDLE)
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
    def summary(self) -> dict[str, Any] | None:
        """What the JSON holds on the run that has ended; None before and while another one is under way."""
        return self.controller.summary

    @property
    def store(self) -> "RunStore":
        """What is known of the run."""
        return self.controller.store

    def start(self, config: RunConfig | None = None) -> None:
        """Run `config`, or what is chosen on the left. Waits for the catalogue where it is not there yet, blocking nothing.

        What cannot be run is refused: the signal `refused`, and the sentence in the status line.
        """
        if self._closed:
            self._show_refusal("", self.tr("The window is closed; show it again first."))
            return
        if self.phase.active:
            self._show_refusal("", self.tr("A run is under way; stop it first."))
            return
        try:
            chosen = config or self.panel.config()
        except ConfigError as error:
            self._show_refusal(error.field, str(error))
            return
        if config is not None:
            self.panel.show_config(config)
        self.panel.clear_faults()
        self._refused = False
        self.foot.begin()
        self.controller.start(chosen)

    def stop(self) -> None:
        """End the run in steps; everything is gone within a second. `runFinished` follows, whenever this is called in a run."""
        self.controller.stop()

    def interrupt(self) -> None:
        """End the run at once."""
        self.controller.interrupt()

    def load_charts(self) -> None:
        """Bring in numpy, pyqtgraph and all that draws with them. Does nothing the second time."""
        if self.stage.tabs is not None:
            return
        from gui.charts.card import Card
        from gui.charts.pid_activity import PidActivityChart
        from gui.charts.throughput import ThroughputChart
        from gui.panels.messages import MessagesPanel
        from gui.panels.processes import ProcessTable

        source = self.appearance.source
        throughput, activity = ThroughputChart(source), PidActivityChart(source)
        processes, messages = ProcessTable(source), MessagesPanel(source)
        cards = [Card.around(source, throughput), Card.around(source, activity)]
        for part in (throughput, activity, processes, messages):
            part.show_store(self.store)
            self.clock.parts.append(part)
        throughput.names = activity.names = self.names
        actions = self.actions_
        menu = [actions.save_processes, actions.save_messages, actions.copy_rows]
        self.stage.fill(cards[0], cards[1], processes, messages, menu)
        self.tab_actions.attach(processes, messages, *menu)
        if self.memory.splitter:
            self.stage.setSizes(self.memory.splitter)
        for card, chart, key in zip(cards, (throughput, activity), ("Ctrl+S", "Ctrl+Shift+S"), strict=True):
            card.saved.connect(self._say_saved)
            card.failed.connect(self._say_bad)
            for action in card.save_actions.values():
                self.actions_.adopt(action, chart.title)
            self.actions_.give_key(card.save_actions["png"], key)
        if self.stage.tabs is not None:
            self.stage.tabs.currentChanged.connect(self.clock.wake)
        self.clock.wake()

    # ---- putting together ----------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.panel)
        body.addWidget(self.stage, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(self.top)
        column.addLayout(body, 1)
        column.addWidget(self.foot)
        self.setCentralWidget(page)

    def _connect(self) -> None:
        actions, panel, controller = self.actions_, self.panel, self.controller
        doings: tuple[tuple[QAction, Callable[[], object]], ...] = (
            (actions.run, self.start),
            (actions.stop, self.stop),
            (actions.interrupt, self.interrupt),
            (actions.focus_model, panel.models.list.setFocus),
            (actions.focus_workers, panel.workers.spin.setFocus),
            (actions.focus_workload, panel.workload.setFocus),
            (actions.processes, lambda: self.stage.show_tab(0)),
            (actions.messages, lambda: self.stage.show_tab(1)),
            (actions.toggle_theme, self._toggle_theme),
            (actions.present, self.appearance.present),
            (actions.larger, lambda: self.appearance.resize(1)),
            (actions.smaller, lambda: self.appearance.resize(-1)),
            (actions.usual, lambda: self.appearance.resize(0)),
            (actions.palette, self.commands.open),
            (actions.shortcuts, self._show_shortcuts),
            (actions.about, self._show_about),
            (actions.quit, self.close),
        )
        for action, doing in doings:
            # triggered(bool) would hand its bool to a slot that has defaults.
            action.triggered.connect(lambda _checked=False, doing=doing: doing())
        for choice, action in actions.themes.items():
            action.triggered.connect(lambda _checked=False, choice=choice: self._choose_theme(choice))
        panel.changed.connect(self._choice_changed)
        panel.edited.connect(self._forget_refusal)
        panel.pythonChosen.connect(controller.choose_python)
        controller.catalogueReady.connect(self._show_catalogue)
        controller.catalogueRefused.connect(self._show_catalogue_refusal)
        controller.phaseChanged.connect(self._show_phase)
        controller.phaseChanged.connect(self.phaseChanged)
        controller.refused.connect(self._show_refusal)
        controller.runStarted.connect(self._show_started)
        controller.runStarted.connect(self.runStarted)
        controller.arrived.connect(self._take)
        controller.runFinished.connect(self._show_end)
        controller.runFinished.connect(self.runFinished)
        self.tab_actions.saved.connect(self._say_saved)
        self.tab_actions.failed.connect(self._say_bad)
        self.bridge.pythonsFailed.connect(self._say_bad)
        self.bridge.pythonsReady.connect(lambda found: panel.show_pythons(found, sys.executable))
        self.appearance.changed.connect(self._restyle)
        self.clock.frame.connect(self.foot.progress.advance)
        self.clock.numbers.connect(self._show_numbers)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._shut_down)

    # ---- what is said --------------------------------------------------------------------------------------------
    def _say(self, text: str, bad: bool = False) -> None:
        # In mid-run the counters get their line back.
        self.foot.say(text, bad, for_now=self.phase.active)

    def _say_bad(self, text: str) -> None:
        self._say(text, bad=True)

    def _say_saved(self, path: str) -> None:
        self._say(self.tr("Saved {0}.").format(path))

    # ---- the run -------------------------------------------------------------------------------------------------
    def _show_catalogue(self, catalogue: Catalogue) -> None:
        self.names.catalogue = catalogue
        gone = self.panel.show_catalogue(catalogue)
        if self.phase.active:
            return
        if gone:
            self._say_bad(" ".join(gone))
        elif catalogue.broken:
            first = catalogue.broken[0]
            self._say_bad(self.tr("{0} could not be loaded: {1}").format(first.path, first.error))

    def _show_catalogue_refusal(self, python: str | None, field: str, text: str) -> None:
        self.panel.show_python(self.controller.python)
        self._show_refusal(field, text)

    def _show_refusal(self, field: str, text: str) -> None:
        self.panel.show_error(field, text)
        self._say_bad(text)
        self._refused = not self.phase.active
        if not self.phase.active:
            self.foot.rest()
        self.refused.emit(field, text)

    def _show_end(self, summary: object) -> None:
        if summary is None:
            self.foot.rest()
            self._say(self.tr("Stopped before it started."))

    def _choice_changed(self) -> None:
        if not self.phase.active:
            try:
                self._word_choice(self.panel.config())
            except ConfigError as error:
                self.panel.show_error(error.field, str(error))

    def _word_choice(self, config: RunConfig) -> None:
        """Say what would run next, and that it is another run than the one whose charts are shown."""
        catalogue, store = self.controller.catalogue, self.controller.store_or_none
        if catalogue is None:
            self.top.show_choice("", False)
            return
        with suppress(ConfigError):
            config = catalogue.resolve(config)
        shown = store.started if store is not None else None
        self.top.show_choice(self.names.full(config), shown is not None and shown.config != config)

    def _forget_refusal(self) -> None:
        if self._refused:
            self._refused = False
            self.foot.say(self.tr("Choose on the left, then press Run (Ctrl+R)."))

    def _show_started(self) -> None:
        if self.store.started is not None:
            self.top.show_choice(self.names.full(self.store.started.config), False)

    def _show_phase(self, phase: RunPhase) -> None:
        actions, top = self.actions_, self.top
        had_focus = next((button for button in (top.run, top.stop, top.interrupt) if button.hasFocus()), None)
        actions.run.setEnabled(not phase.active)
        actions.stop.setEnabled(phase.active and phase is not RunPhase.STOPPING)
        actions.interrupt.setEnabled(phase.active)
        if had_focus is not None and not had_focus.isEnabled():
            # The keyboard stays where one would reach next.
            (top.stop if top.stop.isEnabled() else top.interrupt if top.interrupt.isEnabled() else top.run).setFocus()
        if not phase.active and (self.controller.store_or_none is None or self.store.started is None):
            self.foot.rest()
        if not phase.active:
            self._choice_changed()
        self._show_numbers()
        self.clock.wake()

    def _take(self, batch: Batch) -> None:
        if batch.ended is not None:
            self.clock.refresh_all()
            self._show_numbers()
        self.clock.wake()

    def _show_numbers(self) -> None:
        store = self.controller.store_or_none
        stopped = store is not None and store.ended is not None and store.ended.stopped
        self.top.show_phase(self.phase, store.elapsed_s if store is not None else 0.0, stopped)
        if store is not None:
            self.foot.show_run(store, self.phase)
            self.stage.show_failures(store.counts.failed)

    # ---- looks ---------------------------------------------------------------------------------------------------
    def _toggle_theme(self) -> None:
        self._choose_theme("light" if self.appearance.source.theme.dark else "dark")

    def _choose_theme(self, choice: str) -> None:
        self.memory.theme_chosen()
        self.appearance.choose(choice)
        self._save()

    def _restyle(self) -> None:
        self.top.restyle()
        self.foot.restyle()
        width = round(WIDTH * self.appearance.scale)
        self.panel.setFixedWidth(width)
        self.foot.set_length(width)
        self.actions_.themes[self.appearance.choice].setChecked(True)
        self.actions_.present.setChecked(self.appearance.scale > 1.0)
        self.clock.wake()

    def _show_shortcuts(self) -> None:
        ShortcutsPage(self.actions_.all, self).show()

    def _show_about(self) -> None:
        AboutPage(self).show()

    # ---- coming and going ----------------------------------------------------------------------------------------
    def _save(self) -> None:
        config: RunConfig | None = None
        with suppress(ConfigError):
            config = self.panel.config()
        sizes = self.stage.sizes() if self.stage.tabs is not None else []
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once, when the first paint is over."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

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
            self.clock.close()
            self.bridge.close()
            self.controller.end()
