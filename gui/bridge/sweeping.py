"""A sweep in the reader's thread: its runner stepped on the tick, and what it says reckoned in a thread of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from gui.lookup import Lookup
from workers.contract.sweep import SweepPlan, SweepState
from workers.sweep.runner import SweepRunner

if TYPE_CHECKING:
    from workers.client.catalogue import CatalogueRequest
    from workers.client.session import RunSession
    from workers.sweep.facts import Facts
    from workers.sweep.report import Report

GRACE_S = 1.0
"""How long closing waits for what is being reckoned."""


class Sweeping:
    """One sweep."""

    def __init__(
        self,
        plan: SweepPlan,
        session: "RunSession",
        ask: "Callable[[str | None], CatalogueRequest]",
        facts: "Facts",
        resume: bool,
    ) -> None:
        self._runner = SweepRunner(plan, session, ask, resume=resume, facts=facts)
        self._told: SweepState | None = None
        self._reckoned: SweepState | None = None
        self._lookup: Lookup[Report] | None = None

    @property
    def active(self) -> bool:
        """Whether it measures, or is about to."""
        return self._runner.state.active

    @property
    def over(self) -> bool:
        """Whether all is told."""
        state = self._runner.state
        return not state.active and self._told is state and self._lookup is None and not self._due(state)

    def step(self) -> "tuple[SweepState | None, Report | None]":
        """Bring it on. What is new of it: its state, its report."""
        if self._runner.state.active:
            self._runner.step()
        state = self._runner.state
        report = self._lookup.poll() if self._lookup is not None else None
        if report is not None:
            self._lookup = None
        if self._lookup is None and self._due(state):
            self._reckoned = state
            self._lookup = Lookup(lambda: self._report(state), "sweep-report")
        if state is self._told:
            return None, report
        self._told = state
        return state, report

    def stop(self) -> None:
        """End the round under way, and measure no more."""
        self._runner.stop()

    def close(self) -> None:
        """Let go of everything; bounded."""
        self._runner.close()
        if self._lookup is not None:
            self._lookup.close(GRACE_S)
            self._lookup = None

    def _due(self, state: SweepState) -> bool:
        """Whether there is something to say that was not reckoned yet."""
        if not self._runner.catalogues or state.phase in ("preparing", "failed"):
            return False
        before = self._reckoned
        if before is None:
            return True
        return before.results is not state.results or (before.phase != state.phase and not state.active)

    def _report(self, state: SweepState) -> "Report":
        # Here, in a thread beside the reader's: it brings in scipy, and takes a second where there are many curves.
        from workers.client.limits import usable_cores
        from workers.sweep.report import report

        return report(state, next(iter(self._runner.catalogues.values())), self._runner.facts, usable_cores())
