"""Sweeps in the window: what is chosen becomes what is measured, and what came of it a run or a script."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.controls.panel import OWN
from gui.modes import EXPLORE
from gui.panels.own.page import STUDY
from gui.run_names import SEPARATOR
from gui.sweep_page import SweepPage
from gui.translations import sentence, told
from gui.workspace import CHOOSING
from workers.client.limits import usable_cores
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.contract.sweep import Cell, SweepPlan, SweepState
from workers.sweep.facts import Facts
from workers.sweep.script import script_config

if TYPE_CHECKING:
    from gui.window import MainWindow
    from workers.sweep.report import Report


class SweepDesk(QObject):
    """Connects the page with the window. What is chosen on the left is measured: a workload, or a function of the user's."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._sweeps = window.sweeps
        self._views = window.page.views
        self.page = SweepPage(window.appearance.source, window.names)
        self._views.set_study(self.page)
        self._facts = Facts()
        """Of what is measured."""
        self._looking: dict[str, Value] | None = None
        """The parameters of the function that is looked at before it is measured."""
        self._wrong: tuple[dict[str, Value], str] | None = None
        """Those with which it could not be called, and why."""
        self.page.form.restore(window.memory.settings.sweep)
        self._connect()
        self._follow()

    def _connect(self) -> None:
        window, page, sweeps = self._window, self.page, self._sweeps
        window.panel.changed.connect(self._follow)
        window.workspace.changed.connect(self._show_mode)
        self._views.chosen.connect(self._show_view)
        if window.own is not None:
            window.own.known.connect(self._known)
            window.panel.own.changed.connect(self._follow)
        window.controller.catalogueReady.connect(lambda _found: self._follow())
        window.controller.phaseChanged.connect(self._show_phase)
        window.controller.runStarted.connect(self._show_run)
        page.form.startAsked.connect(self._start)
        page.form.stopAsked.connect(sweeps.stop)
        page.answer.runAsked.connect(self._run)
        page.answer.scriptAsked.connect(self._script)
        page.table.saved.connect(window.run_view.say_saved)
        page.table.failed.connect(window.run_view.say_bad)
        for card in page.cards:
            card.saved.connect(window.run_view.say_saved)
            card.failed.connect(window.run_view.say_bad)
            for action in card.save_actions.values():
                window.actions_.adopt(action, card.body.title if hasattr(card.body, "title") else "")
        for action in page.table.actions_.values():
            window.actions_.adopt(action, self.tr("Measure"))
        sweeps.changed.connect(self._show_state)
        sweeps.reported.connect(self._show_report)
        sweeps.refused.connect(lambda _field, text: window.run_view.say_bad(sentence(text)))
        sweeps.activeChanged.connect(self._show_active)

    # ---- for the window ------------------------------------------------------------------------------------------
    @property
    def shown(self) -> bool:
        """Whether the page is in front."""
        return self._views.view == STUDY

    def show_page(self, shown: bool) -> None:
        """Bring it to the front, or the run's charts again."""
        window = self._window
        if window.workspace.mode not in CHOOSING and shown:
            window.workspace.choose(EXPLORE)
        self._views.measure(shown)
        if shown:
            self.page.form.take_keyboard()

    def keep(self) -> None:
        """Put what is to be remembered into the settings."""
        self._window.memory.settings.sweep = self.page.form.choice()

    def close(self) -> None:
        """Let go of what is under way; bounded."""
        self.page.close()

    # ---- what is measured ------------------------------------------------------------------------------------------
    def _work(self) -> tuple[RunConfig | None, Facts | None, str]:
        """What is to be measured, what is known of it, and why it cannot be, where it cannot."""
        catalogue = self._window.controller.catalogue
        try:
            config = self._window.panel.config()
        except ConfigError as error:
            return None, None, sentence(str(error))
        if config.workload == OWN:
            return self._own_work(config)
        info = catalogue.workloads.get(config.workload) if catalogue is not None else None
        return config, Facts.of_workload(info) if info is not None else None, ""

    def _own_work(self, config: RunConfig) -> tuple[RunConfig | None, Facts | None, str]:
        own = self._window.own
        why = own.why_not(config) if own is not None else ""
        if own is None or why:
            return None, None, why
        found = own.preflight_of(config)
        if found is not None:
            return config, Facts.of_preflight(found), ""
        if self._wrong is not None and self._wrong[0] == dict(config.params):
            return None, None, self._wrong[1]
        if self._looking != dict(config.params):
            # What pre-flight finds decides what is worth trying.
            self._looking = dict(config.params)
            own.check(bring=False)
        return None, None, self.tr("Looking at the function first …")

    def _known(self, fault: str) -> None:
        """Pre-flight is over."""
        self._wrong = (self._looking, fault) if fault and self._looking is not None else None
        self._looking = None
        self._follow()

    def _follow(self) -> None:
        if not self.shown or self._sweeps.active:
            return
        config, facts, why = self._work()
        catalogue = self._window.controller.catalogue
        self.page.form.show_work(config if facts is not None else None, catalogue, facts, usable_cores(), why)

    def _title(self, config: RunConfig) -> str:
        """What is measured, in words."""
        catalogue = self._window.controller.catalogue
        info = catalogue.workloads.get(config.workload) if catalogue is not None else None
        name = str(config.params.get("function", "")) if config.workload == OWN else ""
        return name or (told(info.title) if info is not None else config.workload)

    def _start(self, plan: SweepPlan, resume: bool) -> None:
        config, facts, _ = self._work()
        if config is None or facts is None:
            return
        self._facts = facts
        version = self._window.controller.catalogue.python.version if self._window.controller.catalogue else ""
        self.page.show_work(SEPARATOR.join(filter(None, (self._title(config), f"Python {version}"))))
        self.page.show_report(None)
        self.page.bring(self.page.form.kind.place)
        self._sweeps.start(plan, facts, resume)

    # ---- how it goes -----------------------------------------------------------------------------------------------
    def _show_mode(self, mode: str) -> None:
        able = mode in CHOOSING
        self._window.actions_.measure.setEnabled(able)
        self._window.top.offer_measure(mode=able)
        if not able:
            self._views.measure(False)
        self._show_view()

    def _show_view(self, _view: int = 0) -> None:
        self._window.actions_.measure.setChecked(self.shown)
        self._window.top.measure.setChecked(self.shown)
        self._follow()

    def _show_run(self) -> None:
        """Who presses Run wants to see it go."""
        if self.shown:
            self.show_page(False)

    def _show_state(self, state: SweepState) -> None:
        self.page.show_state(state)

    def _show_report(self, report: "Report") -> None:
        self.page.show_report(report)

    def _show_active(self, active: bool) -> None:
        window = self._window
        window.desk.blocked = active
        window.desk.offer_run()
        window.actions_.stop.setEnabled(active or window.phase.active)
        window.run_view.show_measuring(active)
        self.page.form.show_running(active, window.phase.active)
        if not active:
            self._follow()

    def _show_phase(self, phase: RunPhase) -> None:
        self.page.form.show_running(self._sweeps.active, phase.active)

    # ---- what came of it -------------------------------------------------------------------------------------------
    def _config(self, cell: Cell) -> RunConfig | None:
        report = self._sweeps.report
        found = report.recommendation if report is not None else None
        if report is None or found is None or found.cell != cell:
            return None
        return script_config(report.state.plan, found, None, self._facts.result_bytes)

    def _run(self, cell: Cell) -> None:
        config = self._config(cell)
        if config is not None and not self._sweeps.active:
            self.show_page(False)
            self._window.start(config.changed(tasks=None, seconds=5.0))

    def _script(self, cell: Cell) -> None:
        config = self._config(cell)
        if config is None:
            return
        window = self._window
        if not window.workspace.room.shown:
            window.workspace.toggle_script()
        window.code.show_config(config)
