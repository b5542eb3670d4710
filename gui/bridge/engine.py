"""The engine as the window sees it: commands in, signals out. Nothing here waits, except `close`, which is bounded."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QMetaObject, QObject, QThread, Signal

from gui.bridge.reader import (
    CatalogueFactory,
    PythonsFinder,
    Reader,
    SessionFactory,
    find_pythons,
    new_catalogue_request,
    new_session,
)
from workers.contract.batch import Identity
from workers.contract.config import RunConfig, Value
from workers.contract.memory import AUTOMATIC
from workers.contract.sweep import SweepPlan

if TYPE_CHECKING:
    from workers.sweep.facts import Facts

CLOSE_MS = 3_000
"""How long the reader may take to end everything; a session needs 1.5 s at most."""

SWITCH_S = 0.001
"""While there is a reader, whoever wants the GIL waits a millisecond for it, not Python's five: the window's beat hangs on it."""

_stranded: list[tuple[QThread, Reader | None]] = []
"""Threads that did not end in time: dropping a running QThread would abort the process. Their readers have yet to hear of it."""


def stranded() -> bool:
    """Whether a reader's thread did not end; the process must then leave by os._exit."""
    return any(thread.isRunning() for thread, _ in _stranded)


class EngineBridge(QObject):
    """Lives in the window's thread and owns the reader's.

    Signals:
        batchReady(Batch): what is new in the run.
        catalogueReady(object, object): a Catalogue, and the interpreter it is of (a path, or None for our own).
        pythonsReady(list): the interpreters found.
        pythonsFailed(str): they could not be looked for; the reason.
        turnRefused(str, str): what was to change cannot; the field and the reason. The run goes on.
        failed(str, str): a run was refused; the field at fault and the reason.
        catalogueFailed(object, str, str): an interpreter did not answer: its path, the field, the reason.
        sweepChanged(SweepState): a sweep stands otherwise than before.
        sweepReported(Report): what can be said of what it has measured so far.
        sweepFailed(str, str): a sweep was refused, or broke off; the field at fault and the reason.
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

    _ask = Signal(object)
    _look = Signal()
    _start = Signal(object)
    _turn = Signal(str, object)
    _limit_memory = Signal(int)
    _break_wait = Signal(str)
    _break_worker = Signal(object, str, int)
    _stop = Signal()
    _interrupt = Signal()
    _sweep = Signal(object, object, bool)
    _stop_sweep = Signal()
    _warm_again = Signal()
    _shut = Signal()

    def __init__(
        self,
        session_factory: SessionFactory = new_session,
        catalogue_factory: CatalogueFactory = new_catalogue_request,
        pythons_finder: PythonsFinder = find_pythons,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._factories = session_factory, catalogue_factory, pythons_finder
        self._thread: QThread | None = None
        self._reader: Reader | None = None
        self._links: list[QMetaObject.Connection] = []
        self._memory_limit_mb = AUTOMATIC
        self._closed = False

    def open(self, python: str | None) -> bool:
        """Start the reader's thread and ask what there is to run. False where it runs already, or the bridge is closed."""
        if self._thread is not None or self._closed:
            return False
        self._switch_s = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        self._thread = QThread(self)
        self._thread.setObjectName("reader")
        self._reader = reader = Reader(*self._factories)
        reader.moveToThread(self._thread)
        for mine, its in (
            (self._ask, reader.ask),
            (self._look, reader.look),
            (self._start, reader.start),
            (self._turn, reader.turn),
            (self._limit_memory, reader.limit_memory),
            (self._break_wait, reader.break_wait),
            (self._break_worker, reader.break_worker),
            (self._stop, reader.stop),
            (self._interrupt, reader.interrupt),
            (self._sweep, reader.sweep),
            (self._stop_sweep, reader.stop_sweep),
            (self._warm_again, reader.warm_again),
            (reader.spareTroubled, self.spareTroubled),
            (reader.sweepChanged, self.sweepChanged),
            (reader.sweepReported, self.sweepReported),
            (reader.sweepFailed, self.sweepFailed),
            (self._shut, reader.shut),
            (reader.batchReady, self.batchReady),
            (reader.catalogueReady, self.catalogueReady),
            (reader.pythonsReady, self.pythonsReady),
            (reader.pythonsFailed, self.pythonsFailed),
            (reader.turnRefused, self.turnRefused),
            (reader.failed, self.failed),
            (reader.catalogueFailed, self.catalogueFailed),
        ):
            self._links.append(mine.connect(its))
        self._thread.start()
        self._limit_memory.emit(self._memory_limit_mb)
        self._ask.emit(python)
        self._look.emit()
        return True

    def reopen(self) -> None:
        """Let `open` start another reader after `close`."""
        self._closed = False

    def ask(self, python: str | None) -> None:
        """Ask another interpreter what it can run."""
        self._ask.emit(python)

    def start(self, config: RunConfig) -> None:
        """Start a run; its batches follow."""
        self._start.emit(config)

    def limit_memory(self, mb: int) -> None:
        """What runs may take that start from now on: see `workers.contract.memory`."""
        self._memory_limit_mb = mb
        self._limit_memory.emit(mb)

    def turn(self, field: str, value: Value) -> None:
        """Change "workers", "params.NAME" or "options.NAME" while the run goes on."""
        self._turn.emit(field, value)

    def break_wait(self, key: str) -> None:
        """Break off the wait of the lane with this key in the wait-for graph; `turnRefused` follows where that cannot be."""
        self._break_wait.emit(key)

    def break_worker(self, identity: Identity, how: str, tid: int = 0) -> None:
        """Break a process of the run, or thread `tid` of it, as `RunSession.break_worker`; `turnRefused` follows where that cannot be."""
        self._break_worker.emit(identity, how, tid)

    def stop(self) -> None:
        """End the run in steps, within a second."""
        self._stop.emit()

    def interrupt(self) -> None:
        """End the run at once."""
        self._interrupt.emit()

    def sweep(self, plan: SweepPlan, facts: "Facts", resume: bool) -> None:
        """Start a sweep, or go on with it where it was. `sweepChanged` and `sweepReported` follow."""
        self._sweep.emit(plan, facts, resume)

    def stop_sweep(self) -> None:
        """End it; what was measured is kept."""
        self._stop_sweep.emit()

    def warm_again(self) -> None:
        """Try once more to have a host stand ready; `spareTroubled` follows."""
        self._warm_again.emit()

    def close(self) -> bool:
        """End the run, every process and the thread. The one place that waits for it. False where it did not end in time."""
        self._closed = True
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        sys.setswitchinterval(self._switch_s)
        self._shut.emit()
        ended = thread.wait(CLOSE_MS)
        reader, self._reader = self._reader, None
        # What the old reader said last must not reach a run of the next one.
        for link in self._links:
            QObject.disconnect(link)
        self._links.clear()
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)
        if ended:
            return True
        thread.setParent(None)
        _stranded.append((thread, reader))
        return False
