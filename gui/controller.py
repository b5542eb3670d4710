"""The run as the window sees it: which phase, which catalogue, what is stored. No widgets."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.bridge.engine import EngineBridge
from workers.contract.batch import Batch, Identity, RunEnded
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase
from workers.insight.history import History

if TYPE_CHECKING:
    from workers.insight.ranks import Steps
    from workers.insight.store import RunStore

AT_ONCE = 100_000
"""Spans of which the summary is worked out in one go, in some milliseconds; with millions it takes half a second."""
STEP_S = 0.006
"""How long it is worked at otherwise, before the window has its turn."""


class RunController(QObject):
    """Starts and ends runs, and keeps what comes from them.

    Signals:
        phaseChanged(RunPhase): the run is in another phase.
        runStarted(): a run has begun; the store is empty but for it.
        runFinished(object): the run is over; what the JSON holds, or None where it was stopped before it started.
        arrived(Batch): a batch is in the store.
        refused(str, str): a run, or a change of it, cannot be; the field at fault (or nothing) and the reason.
        catalogueReady(Catalogue): what the interpreter in use offers.
        catalogueRefused(object, str, str): an interpreter did not answer: its path, the field, the reason.
    """

    phaseChanged = Signal(object)
    runStarted = Signal()
    runFinished = Signal(object)
    arrived = Signal(object)
    refused = Signal(str, str)
    catalogueReady = Signal(object)
    catalogueRefused = Signal(object, str, str)

    def __init__(self, bridge: EngineBridge, python: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.phase = RunPhase.IDLE
        self._summary: dict[str, Any] | None = None
        self._summing: Steps[dict[str, Any]] | None = None
        """What is left of working the summary out."""
        self._untold = False
        """Whether a run is over and `runFinished` has yet to say so."""
        self._sum_on = QTimer(self)
        self._sum_on.timeout.connect(self._sum_up)
        self.catalogue: Catalogue | None = None
        self._python: str | None = python
        """The interpreter asked last."""
        self._known: str | None = None
        """The interpreter that `catalogue` is of, where there is one."""
        self._asking = False
        """Whether an interpreter has yet to answer."""
        self._queued: RunConfig | None = None
        self._before: tuple[RunPhase, dict[str, Any] | None] = (RunPhase.IDLE, None)
        """Phase and summary before the run was asked for: what holds again where it is refused."""
        self._begun = False
        """Whether the run's first batch is here."""
        self._store: RunStore | None = None
        self._history = History(drawn=True)
        bridge.catalogueReady.connect(self._take_catalogue)
        bridge.catalogueFailed.connect(self._lose_catalogue)
        bridge.batchReady.connect(self._take)
        bridge.failed.connect(self._failed)
        bridge.turnRefused.connect(self.refused)

    @property
    def store(self) -> "RunStore":
        """What is known of the run. Made when first asked for: it brings in numpy."""
        if self._store is None:
            from workers.insight.store import RunStore

            self._store = RunStore(self._history)
        return self._store

    def keep_history(self, mb: int) -> None:
        """How much memory the single spans of a run may take, from now on."""
        self._history = History(mb, drawn=True)
        if self._store is not None:
            self._store.history = self._history

    @property
    def summary(self) -> dict[str, Any] | None:
        """What the JSON holds of the run that is over; None before. Who asks before `runFinished` waits for it."""
        if self._summing is not None:
            self._work_out(None)
        return self._summary

    @property
    def store_or_none(self) -> "RunStore | None":
        """The store where there is one; asking brings in nothing."""
        return self._store

    @property
    def python(self) -> str | None:
        """The interpreter in use, or being asked: a path, or None for our own."""
        return self._python

    def open(self) -> None:
        """Start the bridge."""
        if self.bridge.open(self._python):
            self._asking = True

    def end(self) -> None:
        """The bridge was closed, and with it whatever ran: say how it ended."""
        self._asking = False
        self._finish()
        if self._queued is not None or (self.phase.active and not self._begun):
            self._withdraw()
        elif self.phase.active:
            self._end_here(RunPhase.FINISHED, None)

    # ---- commands ------------------------------------------------------------------------------------------------
    def choose_python(self, python: str | None) -> None:
        """Ask `python` what it can run."""
        if python != self._python or self.catalogue is None:
            self._python, self._asking = python, True
            self.bridge.ask(python)

    def start(self, config: RunConfig) -> bool:
        """Start a run, once the catalogue of its interpreter is there. False where one is under way."""
        if self.phase.active:
            return False
        self._finish()  # the store is the next run's
        self.open()
        self._before, self._begun, self._queued = (self.phase, self._summary), False, config
        self._summary = None
        self._set_phase(RunPhase.STARTING)
        if self.catalogue is not None and self._known == config.python:
            self._launch(self.catalogue)
        elif self._python != config.python or not self._asking:
            self.choose_python(config.python)
        return True

    def turn(self, field: str, value: Value) -> None:
        """Change "workers", "params.NAME" or "options.NAME" of the run under way; `refused` follows where that cannot be."""
        if self.phase is RunPhase.RUNNING:
            self.bridge.turn(field, value)
        elif self.phase is RunPhase.STOPPING:
            self.refused.emit(field, self.tr("The run is stopping: it can no longer be changed."))
        elif self.phase.active:
            self.refused.emit(field, self.tr("The run is starting: wait until it runs, then change it."))
        else:
            self.refused.emit(field, self.tr("No run is under way that could be changed: start one first."))

    def break_wait(self, key: str) -> None:
        """Break off the wait of the lane with this key in the wait-for graph; `refused` follows where that cannot be."""
        if self.phase is RunPhase.RUNNING:
            self.bridge.break_wait(key)
        else:
            self.refused.emit("", self.tr("No run is under way whose waits could be broken off."))

    def break_worker(self, identity: Identity, how: str, tid: int = 0) -> None:
        """Break a process of the run under way, as `RunSession.break_worker`; `refused` follows where that cannot be."""
        if self.phase is RunPhase.RUNNING:
            self.bridge.break_worker(identity, how, tid)
        else:
            self.refused.emit("", self.tr("No run is under way whose workers could be broken."))

    def stop(self) -> None:
        """End the run in steps; one that still waits for its catalogue is withdrawn. `runFinished` comes either way."""
        if self._queued is not None:
            self._withdraw()
        elif self.phase.active:
            self.bridge.stop()
            self._set_phase(RunPhase.STOPPING)

    def interrupt(self) -> None:
        """End the run at once."""
        if self._queued is not None:
            self._withdraw()
        elif self.phase.active:
            self.bridge.interrupt()
            self._set_phase(RunPhase.STOPPING)

    # ---- what comes back -----------------------------------------------------------------------------------------
    def _launch(self, catalogue: Catalogue) -> None:
        config, self._queued = self._queued, None
        if config is None:
            return
        from workers.client.limits import check_workers

        try:
            resolved = catalogue.resolve(config)
            check_workers(resolved.workers, catalogue.models[resolved.model].workers_are)
        except ConfigError as error:
            self._take_back()
            self.refused.emit(error.field, str(error))
            return
        self.bridge.start(resolved)

    def _take_back(self) -> None:
        """As if the run had not been asked for."""
        self._queued = None
        phase, self._summary = self._before
        self._set_phase(phase)

    def _withdraw(self) -> None:
        """The run was stopped before anything of it was there."""
        self._queued = None
        self._set_phase(RunPhase.IDLE)
        self.runFinished.emit(None)

    def _end_here(self, phase: RunPhase, error: str | None) -> None:
        """Nobody will tell how the run ended: what had arrived by now is all there is."""
        store = self.store
        counts = replace(
            store.counts, lost=max(0, store.counts.submitted - store.counts.done - store.counts.failed), active=0
        )
        ended = RunEnded(phase, store.now_ns, error, error is None)
        self._take(Batch(store.now_ns, phase, counts, store.clock_start_ns, ended=ended))

    def _take_catalogue(self, catalogue: Catalogue, python: str | None) -> None:
        if python != self._python:
            return
        self._asking = False
        self.catalogue, self._known = catalogue, python
        self.catalogueReady.emit(catalogue)
        if self._queued is not None and self._queued.python == python:
            self._launch(catalogue)

    def _lose_catalogue(self, python: str | None, field: str, text: str) -> None:
        if python != self._python:
            return
        self._python, self._asking = self._known, False
        if self._queued is not None:
            self._take_back()
        self.catalogueRefused.emit(python, field, text)
        if self.catalogue is None and python is not None:
            # Without any catalogue there is nothing to choose from: our own interpreter always has one.
            self.choose_python(None)

    def _take(self, batch: Batch) -> None:
        if batch.started is None and not self._begun:
            return  # of a run that was given up
        self.store.apply(batch)
        if batch.started is not None:
            self._begun, self._summary = True, None
            self.runStarted.emit()
        phase = batch.phase
        if self.phase is RunPhase.STOPPING and phase.active:
            # Read before the request to stop got there.
            phase = RunPhase.STOPPING
        if batch.ended is not None:
            from workers.insight.summary import summary_steps

            self._summing, self._untold = summary_steps(self.store), True
            if len(self.store.spans) <= AT_ONCE:
                self._work_out(None)
        self.arrived.emit(batch)
        self._set_phase(phase)
        if self._untold:
            self._sum_up()

    def _work_out(self, seconds: float | None) -> None:
        """Go on with the summary for so long; None: to its end."""
        end = None if seconds is None else time.perf_counter() + seconds
        while self._summing is not None:
            try:
                next(self._summing)
            except StopIteration as done:
                self._summing, self._summary = None, done.value
            if end is not None and time.perf_counter() >= end:
                return

    def _sum_up(self) -> None:
        """Go on with the summary for a step, and say that the run is over once it is there."""
        self._work_out(STEP_S)
        if self._summing is not None:
            self._sum_on.start()
            return
        self._sum_on.stop()
        self._untold = False
        self.runFinished.emit(self._summary)

    def _finish(self) -> None:
        """Nobody can wait for the summary any more."""
        if self._untold:
            self._work_out(None)
            self._sum_up()

    def _failed(self, field: str, text: str) -> None:
        if self.phase.active and self._begun:
            self._end_here(RunPhase.FAILED, text)
        elif self.phase is RunPhase.STOPPING:
            self._withdraw()
        elif self.phase.active:
            self._take_back()
        self.refused.emit(field, text)

    def _set_phase(self, phase: RunPhase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phaseChanged.emit(phase)
