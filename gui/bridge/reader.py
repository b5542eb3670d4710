"""The reader: owns the session, reads it on a tick in its own thread, hands on one batch a tick."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from gui.bridge.tending import Tending
from gui.lookup import Lookup
from workers.contract.batch import Identity
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.info import PythonInfo
from workers.contract.memory import AUTOMATIC
from workers.contract.sweep import SweepPlan

if TYPE_CHECKING:
    from gui.bridge.sweeping import Sweeping
    from workers.client.catalogue import CatalogueRequest
    from workers.client.session import RunSession
    from workers.sweep.facts import Facts

TICK_MS = 16
LOOKUP_GRACE_S = 1.0
"""Interpreters answer in tenths of a second; closing waits this long for the children that ask them."""

SessionFactory = Callable[[], "RunSession"]
CatalogueFactory = Callable[[str | None], "CatalogueRequest"]
PythonsFinder = Callable[[], list[PythonInfo]]


def new_session() -> "RunSession":
    """The real session; imported when first needed, in the reader's thread."""
    from workers.client.session import RunSession

    return RunSession()


def new_catalogue_request(python: str | None) -> "CatalogueRequest":
    """The real request to an interpreter's host."""
    from workers.client.catalogue import CatalogueRequest

    return CatalogueRequest(python)


def find_pythons() -> list[PythonInfo]:
    """The interpreters on this machine."""
    from workers.client.interpreters import find

    return find()


class Reader(QObject):
    """Lives in the reader's thread; its slots are called through queued signals only.

    Signals:
        batchReady(Batch): what is new in the run, once a tick at most.
        catalogueReady(object, object): what an interpreter offers, and its path as it was asked for.
        pythonsReady(list): the interpreters found.
        pythonsFailed(str): they could not be looked for; the reason.
        turnRefused(str, str): what was to change cannot; the field and the reason. The run goes on.
        failed(str, str): a request was refused; the field at fault and the reason in one sentence.
        catalogueFailed(object, str, str): likewise for a catalogue; the path it was asked for comes first.
        sweepChanged(SweepState): a sweep stands otherwise than before.
        sweepReported(Report): what can be said of what it has measured so far.
        sweepFailed(str, str): a sweep was refused; the field at fault and the reason.
        spareTroubled(object): a SpareTrouble, where no host will stand ready; None where that is over.
    """

    batchReady = Signal(object)
    catalogueReady = Signal(object, object)
    pythonsReady = Signal(object)
    pythonsFailed = Signal(str)
    turnRefused = Signal(str, str)
    failed = Signal(str, str)
    catalogueFailed = Signal(object, str, str)
    sweepChanged = Signal(object)
    sweepReported = Signal(object)
    sweepFailed = Signal(str, str)
    spareTroubled = Signal(object)

    def __init__(self, session: SessionFactory, catalogue: CatalogueFactory, pythons: PythonsFinder) -> None:
        super().__init__()
        self._new_session, self._new_request, self._find_pythons = session, catalogue, pythons
        self._session: RunSession | None = None
        self._request: CatalogueRequest | None = None
        self._lookup: Lookup[list[PythonInfo]] | None = None
        self._python: str | None = None
        self._timer: QTimer | None = None
        self._running = False
        self._shut = False
        self._sweeping: Sweeping | None = None
        self._memory_limit_mb = AUTOMATIC
        self._tending = Tending(lambda: self._session, self)
        self._tending.troubled.connect(self.spareTroubled)

    @Slot(object)
    def ask(self, python: str | None) -> None:
        """Ask `python` what it can run; an older question is dropped."""
        if self._shut:
            return
        if self._request is not None:
            self._request.close()
            self._request = None
        self._python = python
        try:
            self._request = self._new_request(python)
        except (ConfigError, OSError) as error:
            self.catalogueFailed.emit(python, getattr(error, "field", "") or "python", str(error))
            return
        self._wake()

    @Slot()
    def look(self) -> None:
        """Find the interpreters; in a thread of its own, for it may take a second and a run must not wait."""
        if not self._shut and self._lookup is None:
            self._lookup = Lookup(self._find_pythons, "find-pythons")
            self._wake()

    @Slot(object)
    def start(self, config: RunConfig) -> None:
        """Start a run."""
        if self._shut:
            return
        if self._sweeping is not None and self._sweeping.active:
            self.failed.emit("", self.tr("A sweep is under way: stop it first."))
            return
        try:
            self._sessions().start(config)
        except (ConfigError, OSError) as error:
            self.failed.emit(getattr(error, "field", ""), str(error))
            return
        except Exception as error:
            self.failed.emit(
                "", self.tr("The run could not be started: {0}.").format(str(error) or type(error).__name__)
            )
            raise
        self._running = True
        self._wake()
        self._tick()  # a host that stands ready is told at once what to run, not when the next tick is due

    @Slot(int)
    def limit_memory(self, mb: int) -> None:
        """What runs may take that start from now on."""
        self._memory_limit_mb = mb
        if self._session is not None:
            self._session.memory_limit_mb = mb

    @Slot(str, object)
    def turn(self, field: str, value: Value) -> None:
        """Change something of the run under way."""
        if not self._running:
            return
        try:
            self._sessions().turn(field, value)
        except (ConfigError, OSError) as error:
            self.turnRefused.emit(getattr(error, "field", "") or field, str(error))

    @Slot(str)
    def break_wait(self, key: str) -> None:
        """Break off one wait of the run under way."""
        if not self._running:
            return
        try:
            self._sessions().break_wait(key)
        except (ConfigError, OSError) as error:
            self.turnRefused.emit(getattr(error, "field", ""), str(error))

    @Slot(object, str, int)
    def break_worker(self, identity: Identity, how: str, tid: int) -> None:
        """Break a process of the run under way."""
        if not self._running:
            return
        try:
            self._sessions().break_worker(identity, how, tid)
        except (ConfigError, OSError) as error:
            self.turnRefused.emit(getattr(error, "field", ""), str(error))

    @Slot()
    def stop(self) -> None:
        """End the run in steps."""
        if self._running:
            self._sessions().stop()

    @Slot()
    def interrupt(self) -> None:
        """End the run at once."""
        if self._running:
            self._sessions().interrupt()

    @Slot(object, object, bool)
    def sweep(self, plan: SweepPlan, facts: "Facts", resume: bool) -> None:
        """Start a sweep, or go on with it where it was."""
        if self._shut:
            return
        if self._running or (self._sweeping is not None and self._sweeping.active):
            self.sweepFailed.emit("", self.tr("Something runs already: stop it first."))
            return
        from gui.bridge.sweeping import Sweeping

        try:
            sweeping = Sweeping(plan, self._sessions(), self._new_request, facts, resume)
        except (ConfigError, OSError) as error:
            self.sweepFailed.emit(getattr(error, "field", ""), str(error))
            return
        self._sweeping = sweeping
        self._wake()

    @Slot()
    def stop_sweep(self) -> None:
        """End the round under way and measure no more."""
        if self._sweeping is not None:
            self._sweeping.stop()

    @Slot()
    def shut(self) -> None:
        """End everything; afterwards the thread may be ended."""
        self._shut, self._running = True, False
        self._tending.stop()
        if self._timer is not None:
            self._timer.stop()
        try:
            if self._session is not None:
                self._session.close()
        finally:
            if self._sweeping is not None:
                self._sweeping.close()
                self._sweeping = None
            if self._request is not None:
                self._request.close()
                self._request = None
            if self._lookup is not None:
                self._lookup.close(LOOKUP_GRACE_S)
                self._lookup = None
            self.thread().quit()

    def _sessions(self) -> "RunSession":
        if self._session is None:
            self._session = self._new_session()
            self._session.memory_limit_mb = self._memory_limit_mb
        return self._session

    @Slot()
    def warm_again(self) -> None:
        """Try once more to have a host ready, where that was given up."""
        if self._shut:
            return
        try:
            self._sessions().warm_again(self._python)
        except (ConfigError, OSError) as error:
            self.turnRefused.emit(getattr(error, "field", ""), str(error))
        self._tending.begin()

    def _warm(self) -> None:
        """Have a host ready for the next run: it starts 66 to 164 ms sooner."""
        try:
            self._sessions().warm(self._python)
        except (ConfigError, OSError):
            # Nobody asked for anything yet; a run that is asked for will say what is wrong.
            return
        self._tending.begin()

    def _wake(self) -> None:
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.setTimerType(Qt.TimerType.PreciseTimer)
            self._timer.setInterval(TICK_MS)
            self._timer.timeout.connect(self._tick)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _tick(self) -> None:
        if self._running:
            try:
                batch = self._sessions().step()
            except Exception as error:
                self._running = False
                self.failed.emit(
                    "", self.tr("The run could not be read: {0}.").format(str(error) or type(error).__name__)
                )
                raise
            if batch is not None:
                self.batchReady.emit(batch)
                if batch.ended is not None:
                    self._running = False
                    self._warm()
        self._poll_sweep()
        self._poll_catalogue()
        self._poll_pythons()
        idle = not self._running and self._request is None and self._lookup is None and self._sweeping is None
        if idle and self._timer is not None:
            self._timer.stop()

    def _poll_sweep(self) -> None:
        sweeping = self._sweeping
        if sweeping is None:
            return
        try:
            state, report = sweeping.step()
        except Exception as error:
            self._sweeping = None
            sweeping.close()
            if self._session is not None:
                self._session.interrupt()
            self.sweepFailed.emit("", self.tr("The sweep broke off: {0}.").format(str(error) or type(error).__name__))
            raise
        if state is not None:
            self.sweepChanged.emit(state)
        if report is not None:
            self.sweepReported.emit(report)
        if sweeping.over:
            self._sweeping = None
            self._warm()

    def _poll_catalogue(self) -> None:
        if self._request is None:
            return
        python = self._python
        try:
            catalogue = self._request.poll()
        except (ConfigError, OSError) as error:
            self._request.close()
            self._request = None
            self.catalogueFailed.emit(python, getattr(error, "field", "") or "python", str(error))
            return
        if catalogue is not None:
            self._request.close()
            self._request = None
            self.catalogueReady.emit(catalogue, python)
            self._sessions().learn(catalogue)
            if not self._running and self._sweeping is None:
                self._warm()

    def _poll_pythons(self) -> None:
        if self._lookup is None:
            return
        try:
            found = self._lookup.poll()
        except OSError as error:
            self._lookup = None
            self.pythonsFailed.emit(str(error))
            return
        if found is not None:
            self._lookup = None
            self.pythonsReady.emit(found)
