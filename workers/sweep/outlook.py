"""What a plan will take, before it begins: how many cells, how many seconds, and what was measured of it already."""

from collections.abc import Mapping
from dataclasses import dataclass

from workers.client.limits import worker_limit
from workers.contract.info import Catalogue
from workers.contract.sweep import CellResult, LeftOut, SweepPlan
from workers.sweep.cells import cells_of
from workers.sweep.costs import Costs
from workers.sweep.facts import Facts
from workers.sweep.schedule import schedule
from workers.sweep.store import kept_rounds


@dataclass(frozen=True)
class Outlook:
    """How it looks."""

    cells: int
    rounds: int
    seconds: float
    left_out: tuple[LeftOut, ...]
    kept: int = 0
    """Rounds that are there from before, where the interpreters are known."""


def outlook(plan: SweepPlan, catalogue: Catalogue, facts: Facts, with_kept: bool = True) -> Outlook:
    """The outlook of a plan, with other interpreters taken to offer what this one does. Raises ConfigError as `cells_of` does."""
    pythons = [*plan.pythons, *(cell.python for cell in plan.chosen)]
    catalogues: Mapping[str, Catalogue] = dict.fromkeys(pythons, catalogue)
    found = cells_of(plan, catalogues, lambda kind: worker_limit(kind).cap, facts.refused)
    kinds = {name: info.workers_are for name, info in catalogue.models.items()}
    costs = Costs(plan, kinds, facts.call_s or 0.0)
    empty = {cell: CellResult(cell) for cell in found.cells}
    due = schedule(plan, found.cells, empty, 0.0, costs.of)
    known = set(pythons) == {""}
    kept = kept_rounds(plan, found.cells, {"": catalogue.python.version}) if known and with_kept else 0
    return Outlook(len(found.cells), due.rounds_left, costs.left(due.open, due.later, 0.0), found.left_out, kept)
