"""The sweep as the window sees it: how it stands, and what it says. No widgets."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.controller import RunController
from workers.contract.sweep import SweepPlan, SweepState

if TYPE_CHECKING:
    from workers.sweep.facts import Facts
    from workers.sweep.report import Report


class SweepController(QObject):
    """Starts and stops sweeps. A sweep and a run exclude each other: each is refused, in words, while the other is under way.

    Signals:
        changed(SweepState): it stands otherwise than before.
        reported(Report): what can be said of what was measured so far.
        refused(str, str): it cannot be; the field at fault (or nothing) and the reason.
        activeChanged(bool): it begins, or is over.
    """

    changed = Signal(object)
    reported = Signal(object)
    refused = Signal(str, str)
    activeChanged = Signal(bool)

    def __init__(self, controller: RunController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.state: SweepState | None = None
        self.report: Report | None = None
        self._asked = False
        self._was_active = False
        bridge = controller.bridge
        bridge.sweepChanged.connect(self._take)
        bridge.sweepReported.connect(self._take_report)
        bridge.sweepFailed.connect(self._fail)

    @property
    def active(self) -> bool:
        """Whether it measures, or is about to."""
        return self._asked or (self.state is not None and self.state.active)

    def start(self, plan: SweepPlan, facts: "Facts", resume: bool = True) -> bool:
        """Start it. False where it was refused."""
        if self._controller.phase.active:
            self.refused.emit("", self.tr("A run is under way: stop it before you measure."))
            return False
        if self.active:
            self.refused.emit("", self.tr("A sweep is under way already: stop it first."))
            return False
        self._controller.open()
        self._asked = True
        self.report = None
        self.state = SweepState(plan)
        self.changed.emit(self.state)
        self._tell()
        self._controller.bridge.sweep(plan, facts, resume)
        return True

    def stop(self) -> None:
        """End it; what was measured is kept."""
        if self.active:
            self._controller.bridge.stop_sweep()

    def end(self) -> None:
        """The bridge was closed, and with it whatever ran."""
        self._asked = False
        if self.state is not None and self.state.active:
            from dataclasses import replace

            self.state = replace(self.state, phase="stopped", current=None)
            self.changed.emit(self.state)
        self._tell()

    def _take(self, state: SweepState) -> None:
        self._asked = False
        self.state = state
        self.changed.emit(state)
        if state.phase == "failed":
            self.refused.emit("", state.problem)
        self._tell()

    def _take_report(self, report: "Report") -> None:
        self.report = report
        self.reported.emit(report)

    def _fail(self, field: str, text: str) -> None:
        self.end()
        self.refused.emit(field, text)

    def _tell(self) -> None:
        if self.active != self._was_active:
            self._was_active = self.active
            self.activeChanged.emit(self.active)
