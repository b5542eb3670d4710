"""How long a sweep will take: what its rounds took so far, and before there are any, what such rounds usually take."""

from collections.abc import Iterable, Mapping
from statistics import median

from workers.contract.sweep import Cell, CellResult, SweepPlan

STARTUP_S = {"none": 0.25, "threads": 0.25, "coroutines": 0.3, "processes": 0.4, "interpreters": 0.5}
"""A round's time besides handing out tasks, where nothing was measured: host, workers, end."""
EACH_S = {"processes": 0.03, "interpreters": 0.08}
"""For each worker, what starting it adds to that."""


class Costs:
    """Learns from each round."""

    def __init__(self, plan: SweepPlan, workers_are: Mapping[str, str], call_s: float = 0.0) -> None:
        """`workers_are`: of each model. `call_s`: how long a task takes, where that is known; 0: not known, or short."""
        self._plan, self._kinds, self._call_s = plan, workers_are, call_s
        self._own: dict[Cell, list[float]] = {}
        self._beside: dict[str, list[float]] = {}

    def learn(self, result: CellResult) -> None:
        """Take in the rounds of a cell, all that it has."""
        self._own[result.cell] = [came.wall_s for came in result.rounds]
        kind = self._kind(result.cell)
        beside = self._beside.setdefault(kind, [])
        beside.extend(max(0.0, came.wall_s - self._plan.round_s) for came in result.rounds[-1:])

    def of(self, cell: Cell) -> float:
        """Seconds that a round of this cell will take."""
        own = self._own.get(cell)
        if own:
            return median(own)
        kind = self._kind(cell)
        beside = self._beside.get(kind)
        if beside:
            return self._plan.round_s + median(beside)
        # What is under way when the time is up runs on.
        under_way = min(self._call_s * cell.chunksize / 2, 60.0)
        return self._plan.round_s + STARTUP_S.get(kind, 0.4) + EACH_S.get(kind, 0.0) * cell.workers + under_way

    def left(self, wanted: Iterable[tuple[Cell, int]], later: int, spent_s: float) -> float:
        """Seconds that these rounds and `later` more of any cells will take, as far as the budget lets them."""
        listed = list(wanted)
        seconds = sum(self.of(cell) * count for cell, count in listed)
        if listed:
            seconds += later * sum(self.of(cell) for cell, _ in listed) / len(listed)
        budget = self._plan.budget_s
        return seconds if budget is None else max(0.0, min(seconds, budget - spent_s))

    def _kind(self, cell: Cell) -> str:
        return self._kinds.get(cell.model, "processes")
