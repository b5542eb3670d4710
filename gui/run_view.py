"""What the window shows of a run: phase and numbers as they come, what is refused, what else is to be said at its foot."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from gui.translations import sentence
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
    from gui.window import MainWindow


class RunView(QObject):
    """Hands what the controller tells to the parts of the window.

    Signals:
        refused(str, str): something that was asked for cannot be: the field at fault (or nothing), and why.
    """

    refused = Signal(str, str)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._refused = False
        self.film_actions: list[QAction] = []
        """How a race film is saved and copied; the window puts them in."""
        controller = window.controller
        controller.catalogueReady.connect(self._show_catalogue)
        controller.catalogueRefused.connect(self._show_catalogue_refusal)
        controller.phaseChanged.connect(self.show_phase)
        controller.refused.connect(self.show_refusal)
        controller.runStarted.connect(self._show_started)
        controller.arrived.connect(self._take)
        controller.runFinished.connect(self._show_end)
        window.panel.edited.connect(self._forget_refusal)
        window.clock.numbers.connect(self._show_numbers)

    def begin(self) -> None:
        """A run is asked for: what was refused before is of no interest."""
        self._refused = False

    # ---- what is said --------------------------------------------------------------------------------------------
    def say(self, text: str, bad: bool = False) -> None:
        """Say it at the foot; `bad`: something could not be."""
        # In mid-run the counters get their line back.
        self._window.foot.say(text, bad, for_now=self._window.phase.active)

    def say_bad(self, text: str) -> None:
        """Say at the foot what could not be."""
        self.say(text, bad=True)

    def say_saved(self, path: str) -> None:
        """Say at the foot where a file has been written."""
        self.say(self.tr("Saved {0}.").format(path))

    def try_out(self, change: dict[str, Any]) -> None:
        """Set up what a finding offers: its run with these fields changed."""
        started = self._window.store.started
        if started is None:
            return
        try:
            config = started.config.changed(**change)
        except ConfigError as error:
            self.say_bad(sentence(str(error)))
            return
        self.set_up(config)

    def set_up(self, config: RunConfig) -> None:
        """Set a run up on the left of Explore, ready to be run."""
        self._window.desk.explore(config)
        self.say(self.tr("It is set up on the left: press Run (Ctrl+R)."))

    # ---- the run -------------------------------------------------------------------------------------------------
    def _show_catalogue(self, catalogue: Catalogue) -> None:
        self._window.names.catalogue = catalogue
        gone = self._window.panel.show_catalogue(catalogue)
        if gone:
            self.say_bad(" ".join(gone))
        elif catalogue.broken and not self._window.phase.active:
            first = catalogue.broken[0]
            self.say_bad(self.tr("{0} could not be loaded: {1}").format(first.path, sentence(first.error)))

    def _show_catalogue_refusal(self, python: str | None, field: str, text: str) -> None:
        self._window.panel.show_python(self._window.controller.python)
        self.show_refusal(field, text)

    def show_refusal(self, field: str, text: str) -> None:
        """What was asked for cannot be: say why beside the field at fault, and at the foot."""
        self._window.panel.show_error(field, sentence(text))
        self._window.live.refused(field)
        self.say_bad(sentence(text))
        self._refused = not self._window.phase.active
        if not self._window.phase.active:
            self._window.foot.rest()
        self.refused.emit(field, text)

    def _show_end(self, summary: object) -> None:
        if summary is None:
            self._window.foot.rest()
            self.say(self.tr("Stopped before it started."))
        else:
            self._keep(summary)

    def _keep(self, summary: object) -> None:
        """Keep the run that has ended, to be compared."""
        window = self._window
        config, catalogue = window.store.started.config if window.store.started else None, window.controller.catalogue
        if config is None or not isinstance(summary, dict):
            return
        model = catalogue.models.get(config.model) if catalogue is not None else None
        workload = catalogue.workloads.get(config.workload) if catalogue is not None else None
        titles = {"model": model.title if model else "", "workload": workload.title if workload else ""}
        window.kept.keep(window.store, summary, titles)

    def _forget_refusal(self) -> None:
        if self._refused:
            self._refused = False
            self._window.foot.say(self.tr("Choose on the left, then press Run (Ctrl+R)."))

    def _show_started(self) -> None:
        self._window.ghosts.begin()
        if self._window.store.started is not None:
            self._window.choice.show_running(self._window.store.started.config)
            self._window.live.begin(self._window.store.started.config, self._window.controller.catalogue)

    def show_phase(self, phase: RunPhase) -> None:
        """The run is in this phase."""
        actions, top = self._window.actions_, self._window.top
        had_focus = next((button for button in (top.run, top.stop, top.interrupt) if button.hasFocus()), None)
        self._window.desk.offer_run()
        actions.stop.setEnabled((phase.active and phase is not RunPhase.STOPPING) or self._window.sweeps.active)
        actions.interrupt.setEnabled(phase.active)
        if had_focus is not None and not had_focus.isEnabled():
            # The keyboard stays where one would reach next.
            (top.stop if top.stop.isEnabled() else top.interrupt if top.interrupt.isEnabled() else top.run).setFocus()
        if not phase.active and (self._window.controller.store_or_none is None or self._window.store.started is None):
            self._window.foot.rest()
        if not phase.active:
            self._window.choice.show()
        self._window.live.show_phase(phase)
        self._show_numbers()
        self._window.clock.wake()

    def show_measuring(self, active: bool) -> None:
        """A sweep is under way, or over: the top and the foot say so in every view."""
        foot, store = self._window.foot, self._window.controller.store_or_none
        if active:
            foot.say(self.tr("Measuring: Stop (Esc) ends it, and what was measured is kept."))
        elif store is not None and store.started is not None:
            foot.forget()
        else:
            foot.say(self.tr("Choose on the left, then press Run (Ctrl+R)."))
        self._show_numbers()

    def _take(self, batch: Batch) -> None:
        started = self._window.store.started
        if started is not None and self._window.names.heed(started.config, batch.marks):
            self._window.choice.show_running(started.config)
        if batch.ended is not None:
            self._window.clock.refresh_all()
        if batch.ended is not None or batch.started is not None or self._window.offers.is_news(batch):
            self._show_numbers()
        for mark in batch.marks:
            if mark.kind == "break" and batch.ended is None:  # else how the run ended is what is to be said
                self.say(sentence(mark.text))
        if batch.picture is not None:
            self._show_picture()
        self._window.clock.wake()

    def _show_numbers(self) -> None:
        store = self._window.controller.store_or_none
        elapsed_s, ended_by = (store.elapsed_s, store.ended_by) if store is not None else (0.0, "")
        paused = store is not None and store.memory is not None and store.memory.held
        self._window.top.show_phase(self._window.phase, elapsed_s, ended_by, self._window.sweeps.active, paused)
        if store is not None:
            self._window.foot.show_run(store, self._window.phase)
            self._window.stage.show_failures(store.counts.failed)
            self.show_film(bool(store.films))
            self._window.banners.show_store(store)
            self._window.offers.show_store(store)
            self._window.top.show_gil(self._window.banners.watch)
            self._show_picture()

    def _show_picture(self) -> None:
        there = self._window.stage.follow(self._window.store)
        for action in (
            self._window.actions_.picture,
            self._window.actions_.save_picture,
            self._window.actions_.copy_picture,
        ):
            action.setEnabled(there)

    def show_film(self, there: bool) -> None:
        """Whether there is a race film to be looked at."""
        self._window.stage.show_film(there)
        for action in (self._window.actions_.film, *self.film_actions):
            action.setEnabled(there)
