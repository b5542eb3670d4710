"""Looks after the host that stands ready while nothing runs: in the reader's thread, now and then."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workers.contract.ending import SpareTrouble

if TYPE_CHECKING:
    from workers.client.session import RunSession

TEND_MS = 500


class Tending(QObject):
    """One of them, of the reader. It rests while there is no such host.

    Signals:
        troubled(object): a SpareTrouble, where none will stand ready; None where that is over.
    """

    troubled = Signal(object)

    def __init__(self, session: "Callable[[], RunSession | None]", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._told: SpareTrouble | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TEND_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """There may be one from now on, or it was given up."""
        self._tell()
        self._timer.start()

    def stop(self) -> None:
        """The session is going to be closed."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        session = self._session()
        if session is None or session.spare_pid is None:
            self._timer.stop()
            return
        try:
            session.tend()
        except OSError:
            pass  # no room for another one just now; the next run will say so
        self._tell()

    def _tell(self) -> None:
        session = self._session()
        trouble = session.spare_trouble if session is not None else None
        if trouble != self._told:
            self._told = trouble
            self.troubled.emit(trouble)
