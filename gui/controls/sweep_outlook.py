"""Asks, in a thread of its own, what a plan will take: what was measured before lies on a disk, and a disk may be slow."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.lookup import Lookup
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.sweep import SweepPlan
from workers.sweep.outlook import Outlook, outlook

if TYPE_CHECKING:
    from workers.sweep.facts import Facts

POLL_MS = 20


class OutlookAsker(QObject):
    """One question at a time; the latest counts.

    Signals:
        answered(Outlook): how it looks.
        refused(str): it cannot be measured; the reason.
    """

    answered = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lookup: Lookup[Outlook] | None = None
        self._next: tuple[SweepPlan, Catalogue, Facts] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    def ask(self, plan: SweepPlan, catalogue: Catalogue, facts: "Facts") -> None:
        """Ask; an older question that was not begun is dropped."""
        self._next = plan, catalogue, facts
        self._begin()

    def _begin(self) -> None:
        if self._lookup is None and self._next is not None:
            plan, catalogue, facts = self._next
            self._next = None
            self._lookup = Lookup(lambda: outlook(plan, catalogue, facts), "sweep-outlook")
            self._timer.start()

    def _poll(self) -> None:
        if self._lookup is None:
            self._timer.stop()
            return
        try:
            found = self._lookup.poll()
        except (ConfigError, OSError) as error:
            self._lookup = None
            if self._next is None:
                self.refused.emit(str(error))
            self._begin()
            return
        if found is not None:
            self._lookup = None
            if self._next is None:
                self.answered.emit(found)
            self._begin()

    def close(self) -> None:
        """Hear no answer any more; bounded."""
        self._timer.stop()
        self._next = None
        if self._lookup is not None:
            self._lookup.close(1.0)
            self._lookup = None
