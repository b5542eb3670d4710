"""The runner: carries a sweep out, a round after the other, each in a host of its own. Driven by `step`, which never waits.

    ask every interpreter -> cells -> [whose turn is it -> run -> round -> kept on disk] ... -> done

It owns no process: session, questions, clock and store are handed to it, so any order of events can be played to it.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from workers.client.limits import worker_limit
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.sweep import MOST_CELLS, Cell, CellResult, LeftOut, SweepPlan, SweepState
from workers.sweep.cells import cells_of
from workers.sweep.costs import Costs
from workers.sweep.facts import Facts
from workers.sweep.round import RoundWatch
from workers.sweep.schedule import schedule
from workers.sweep.store import NOTHING, Kept, SweepStore


class Session(Protocol):
    """What of a RunSession is used."""

    def learn(self, catalogue: Catalogue) -> None:
        """Remember what can be run."""

    def start(self, config: RunConfig) -> None:
        """Start a run. Raises ConfigError."""

    def step(self) -> Batch | None:
        """What has come."""

    def stop(self) -> None:
        """End the run in steps."""

    def interrupt(self) -> None:
        """End it now."""


class Request(Protocol):
    """A question to an interpreter."""

    def poll(self) -> Catalogue | None:
        """The answer, once it is there. Raises ConfigError."""

    def close(self) -> None:
        """End it."""


Ask = Callable[[str | None], Request]
Keep = Callable[[SweepPlan, Mapping[str, str]], SweepStore | None]


class SweepRunner:
    """One sweep. Its state is `state`; `step` brings it on."""

    def __init__(
        self,
        plan: SweepPlan,
        session: Session,
        ask: Ask,
        keep: Keep = SweepStore,
        *,
        resume: bool = True,
        facts: Facts = Facts(),  # noqa: B008 - it is frozen
        clock: Callable[[], float] = time.monotonic,
        cap: Callable[[str], int] = lambda workers_are: worker_limit(workers_are).cap,
    ) -> None:
        """`resume`: go on where an interrupted one was. `facts`: what is known of a task before."""
        self._plan, self._session, self._ask, self._keep = plan, session, ask, keep
        self._resume, self.facts, self._call_s = resume, facts, facts.call_s or 0.0
        self._clock, self._cap = clock, cap
        self.state = SweepState(plan)
        self.catalogues: dict[str, Catalogue] = {}
        """By interpreter, as the plan names it."""
        self._unasked = list(dict.fromkeys([*plan.pythons, *(cell.python for cell in plan.chosen)]))
        self._request: Request | None = None
        self._asked = ""
        self._cells: tuple[Cell, ...] = ()
        self._results: dict[Cell, CellResult] = {}
        self._store: SweepStore | None = None
        self._costs = Costs(plan, {})
        self._watch: RoundWatch | None = None
        self._others: list[CellResult] = []
        """What was measured before of cells that are not in this plan."""
        self._spent_s = 0.0
        self._stopping = False

    # ---- commands ------------------------------------------------------------------------------------------------
    def step(self) -> bool:
        """Bring it on; never waits. Returns whether `state` is another one now."""
        before = self.state
        if self.state.phase == "preparing":
            self._prepare()
        elif self.state.active:
            self._measure()
        return self.state is not before

    def stop(self) -> None:
        """End the round under way, which does not count, and measure no more. What was measured is kept."""
        if not self.state.active or self._stopping:
            return
        self._stopping = True
        if self._watch is not None:
            self._session.stop()
            self.state = replace(self.state, phase="stopping")
        else:
            self._end("stopped")

    def close(self) -> None:
        """Let go of what is under way, at once; the session is its owner's to close."""
        if self._request is not None:
            self._request.close()
            self._request = None

    # ---- preparing -----------------------------------------------------------------------------------------------
    def _prepare(self) -> None:
        try:
            if self._request is None and self._unasked:
                self._asked = self._unasked[0]
                self._request = self._ask(self._asked or self._plan.base.python)
            if self._request is not None:
                catalogue = self._request.poll()
                if catalogue is None:
                    return
                self._request.close()
                self._request = None
                self._unasked.pop(0)
                self.catalogues[self._asked] = catalogue
                self._session.learn(catalogue)
                return
            found = cells_of(self._plan, self.catalogues, self._cap, self.facts.refused)
        except (ConfigError, OSError) as error:
            self.close()
            self.state = replace(self.state, phase="failed", problem=str(error))
            return
        self._begin(found.cells, found.left_out)

    def _begin(self, cells: tuple[Cell, ...], left_out: tuple[LeftOut, ...]) -> None:
        pythons = {key: found.python.version for key, found in self.catalogues.items()}
        self._store = self._keep(self._plan, pythons)
        kept = self._load()
        self._cells = cells
        self._results = {cell: kept.results.get(cell, CellResult(cell)) for cell in cells}
        self._others = [result for cell, result in kept.results.items() if cell not in self._results]
        self._spent_s = sum(came.wall_s for result in self._results.values() for came in result.rounds)
        kinds = {name: info.workers_are for found in self.catalogues.values() for name, info in found.models.items()}
        self._costs = Costs(self._plan, kinds, self._call_s)
        for result in self._results.values():
            if result.rounds:
                self._costs.learn(result)
        self.state = replace(
            self.state,
            phase="measuring",
            left_out=left_out,
            resumed=sum(len(result.rounds) for result in self._results.values()),
            problem=kept.problem,
            pythons=pythons,
        )
        self._show(None)

    def _load(self) -> Kept:
        if self._store is None:
            return NOTHING
        if self._resume:
            return self._store.load()
        self._store.forget()
        return NOTHING

    # ---- measuring -----------------------------------------------------------------------------------------------
    def _measure(self) -> None:
        if self._watch is None:
            self._next()
            return
        batch = self._session.step()
        if batch is None:
            # Somebody else ended it: what is not told is not known.
            self._round_over(replace(self._watch.result(), error="The run was taken away."))
            return
        self._watch.take(batch)
        if batch.ended is not None:
            self._round_over(self._watch.result())
        elif not self._stopping:
            ask = self._watch.due(self._clock())
            if ask:
                self._session.stop() if ask == "stop" else self._session.interrupt()

    def _next(self) -> None:
        plan = schedule(self._plan, self._cells, self._results, self._spent_s, self._costs.of)
        if plan.next is None:
            self._end("done")
            return
        cell = plan.next
        try:
            self._session.start(self._plan.config(cell))
        except (ConfigError, OSError) as error:
            self._results[cell] = replace(self._results[cell], error=str(error))
            self._save()
            self._show(None)
            return
        self._watch = RoundWatch(self._results[cell], self._plan.round_s, self._call_s, self._clock())
        self._show(cell)

    def _round_over(self, result: CellResult) -> None:
        self._watch = None
        if self._stopping:
            self._end("stopped")
            return
        self._results[result.cell] = result
        if result.rounds:
            self._costs.learn(result)
            self._spent_s = self._spent_s + result.rounds[-1].wall_s
        self._save()
        self._show(None)

    def _save(self) -> None:
        if self._store is not None:
            problem = self._store.save([*self._results.values(), *self._others][:MOST_CELLS])
            if problem:
                self.state = replace(self.state, problem=problem)

    def _end(self, phase: str) -> None:
        self.close()
        self.state = replace(
            self.state, phase=phase, current=None, left_s=0.0 if phase == "done" else self.state.left_s
        )

    def _show(self, current: Cell | None) -> None:
        plan = schedule(self._plan, self._cells, self._results, self._spent_s, self._costs.of)
        results: Sequence[CellResult] = [self._results[cell] for cell in self._cells]
        self.state = replace(
            self.state,
            results=tuple(results),
            current=current,
            rounds_done=sum(len(result.rounds) for result in results),
            rounds_left=plan.rounds_left,
            spent_s=self._spent_s,
            left_s=self._costs.left(plan.open, plan.later, self._spent_s),
        )
