"""Offers: what can be done about a deadlock or a standstill, from the banner, the picture of the waits, and by key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.actions import Actions
from gui.banner import Banners
from gui.controller import RunController
from gui.stage import OUTPUT, TIMELINE, WAITS, Stage
from workers.contract.batch import Batch
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView
    from gui.charts.wait_graph import WaitGraphView
    from gui.panels.output import OutputPanel
    from workers.insight.store import RunStore

NEWS = ("deadlock", "broken", "standstill", "paused", "resumed")
"""Kinds of marks that are told at once."""


class Offers(QObject):
    """Connects them."""

    def __init__(self, banners: Banners, stage: Stage, actions: Actions, controller: RunController) -> None:
        super().__init__(stage)
        self._stage, self._actions, self._controller = stage, actions, controller
        self._banners = banners
        self._timeline: TimelineView | None = None
        self._output: OutputPanel | None = None
        banners.offer.showAsked.connect(self.show_waits)
        banners.offer.breakAsked.connect(controller.break_wait)
        banners.halt.stacksAsked.connect(self.show_stacks)
        actions.break_wait.triggered.connect(lambda _checked=False: banners.offer.open_menu())
        actions.stacks.triggered.connect(lambda _checked=False: self.show_stacks())

    def attach(self, waits: "WaitGraphView", timeline: "TimelineView", output: "OutputPanel") -> None:
        """The charts are there."""
        self._timeline, self._output = timeline, output
        waits.breakAsked.connect(self._controller.break_wait)
        waits.laneAsked.connect(self._show_lane)

    def is_news(self, batch: Batch) -> bool:
        """Whether a batch brings what is told at once."""
        return (
            batch.standstill is not None
            or batch.stop_step is not None
            or any(mark.kind in NEWS for mark in batch.marks)
        )

    def show_store(self, store: "RunStore") -> None:
        """Offer what there is to offer."""
        on = self._controller.phase is RunPhase.RUNNING
        self._actions.break_wait.setEnabled(on and self._banners.offer.offers)
        self._actions.stacks.setEnabled(bool(store.deadlock) or store.standstill is not None)
        self._stage.show_stuck(
            self._banners.stands or (store.ended is not None and bool(store.deadlock) and not store.broken)
        )

    def show_waits(self) -> None:
        """Bring the picture of the waits to the front, with room to be read."""
        self._stage.make_room()
        self._stage.show_tab(WAITS)

    def show_stacks(self) -> None:
        """Bring the stacks to the front."""
        if self._output is not None:
            self._stage.make_room()
            self._stage.show_tab(OUTPUT)
            self._output.show_stacks()

    def _show_lane(self, lane: int) -> None:
        if self._timeline is not None:
            self._stage.show_tab(TIMELINE)
            self._timeline.show_lane(lane)
