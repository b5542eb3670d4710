"""Whose turn it is next. Pure: from a plan and what was measured so far to a cell, so that a sweep goes on where it was.

Rounds are interleaved: the cells with the fewest rounds come first, in an order shuffled anew for every pass, so that a machine
that grows slower or busier does so for all alike. Two ways to spend them:

- for a curve, every cell gets `repeats` rounds; then those with too wide an interval, or that may be the best, get more;
- for a recommendation, successive halving (K. Jamieson and A. Talwalkar, "Non-stochastic best arm identification and
  hyperparameter optimization", AISTATS 2016): after each pass the worse half gets no more, as far as it is clearly behind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from workers.contract.sweep import Cell, CellResult, SweepPlan
from workers.sweep.intervals import Estimate, apart, estimate, pooled

NOISE = 0.10
"""Half the width of an interval, as a share of its median, above which a cell is measured again."""
NEAR = 0.10
"""How far behind the best, as a share, a cell may be and still be a rival of it."""
FAR = 0.40
"""How far behind it may be and still be measured on, where the noise is such that this may be chance."""
SAME = 0.03
"""Within this share it does not matter which of two is the faster."""
EXTRA = 4
"""Rounds beyond `repeats` that noise may ask for."""
FINALISTS = 3
"""Cells that halving leaves at least."""

Results = Mapping[Cell, CellResult]


@dataclass(frozen=True)
class Schedule:
    """What is to be done, as far as is known by now."""

    next: Cell | None
    """None: nothing more, or no budget for it."""
    open: tuple[tuple[Cell, int], ...] = ()
    """Cells that want rounds, and how many."""

    later: int = 0
    """Rounds that halving will ask for after these."""

    @property
    def rounds_left(self) -> int:
        """How many rounds all of those are."""
        return sum(count for _, count in self.open) + self.later


def schedule(
    plan: SweepPlan, cells: Sequence[Cell], results: Results, spent_s: float, cost: Callable[[Cell], float]
) -> Schedule:
    """Whose turn it is. `results` has an entry for each of `cells`; `cost`: about how many seconds a round takes."""
    targets = wanted(plan, cells, results)
    behind = [(cell, targets[cell] - len(results[cell].rounds)) for cell in cells]
    still = tuple((cell, count) for cell, count in behind if count > 0)
    if not still:
        return Schedule(None)
    fewest = min(len(results[cell].rounds) for cell, _ in still)
    order = list(cells)
    Random(f"{plan.seed} {fewest}").shuffle(order)
    due = {cell for cell, _ in still if len(results[cell].rounds) == fewest}
    chosen = next(cell for cell in order if cell in due)
    measured = any(result.rounds for result in results.values())
    # Before anything is known a round may take more than there is; where all went wrong so far, not once that is spent.
    due_s = spent_s + cost(chosen) if measured else spent_s
    if plan.budget_s is not None and due_s > plan.budget_s:
        return Schedule(None)
    return Schedule(chosen, still, _later(plan, cells, results))


def wanted(plan: SweepPlan, cells: Sequence[Cell], results: Results) -> dict[Cell, int]:
    """How many rounds each cell is to have by what is known now. Those that went wrong have had theirs."""
    found = {cell: len(results[cell].rounds) for cell in cells}
    for size in sorted({cell.size for cell in cells}):
        # Cells compete with those of the same size only.
        group = [cell for cell in cells if cell.size == size and not results[cell].error]
        if plan.halving and any(not results[cell].rounds for cell in group):
            found.update({cell: max(1, found[cell]) for cell in group})
        elif plan.halving:
            found.update(_halved(plan, group, results))
        else:
            found.update(_repeated(plan, group, results))
    return found


def _later(plan: SweepPlan, cells: Sequence[Cell], results: Results) -> int:
    """Before the first pass of a halving is over: how many rounds the others will have."""
    if not plan.halving or all(results[cell].rounds or results[cell].error for cell in cells):
        return 0
    kept, later = len(cells), 0
    for _ in range(plan.repeats - 1):
        kept = min(kept, max(FINALISTS, -(-kept // 2)))
        later += kept
    return later


def estimates(cells: Sequence[Cell], results: Results) -> dict[Cell, Estimate]:
    """The medians of those cells that have any."""
    usable = [cell for cell in cells if results[cell].usable]
    spread = pooled(results[cell].throughputs for cell in usable)
    return {cell: estimate(results[cell].throughputs, spread) for cell in usable}


def _repeated(plan: SweepPlan, group: list[Cell], results: Results) -> dict[Cell, int]:
    have = {cell: len(results[cell].rounds) for cell in group}
    if plan.repeats == 1 or any(count < plan.repeats for count in have.values()):
        return {cell: max(count, plan.repeats) for cell, count in have.items()}
    known = estimates(group, results)
    if not known:
        return have
    best = max(known, key=lambda cell: known[cell].value)
    more = dict.fromkeys(group, plan.repeats)
    for cell, middle in known.items():
        rival = cell != best and middle.value >= (1 - NEAR) * known[best].value and middle.overlaps(known[best])
        if middle.half_width > NOISE or rival:
            more[cell] = plan.repeats + EXTRA
            if rival:
                more[best] = plan.repeats + EXTRA
    return {cell: max(have[cell], count) for cell, count in more.items()}


def _halved(plan: SweepPlan, group: list[Cell], results: Results) -> dict[Cell, int]:
    have = {cell: len(results[cell].rounds) for cell in group}
    known = estimates(group, results)
    ranked = sorted(known, key=lambda cell: -known[cell].value)
    spread = pooled(results[cell].throughputs for cell in ranked)
    more = dict(have)
    for rank, cell in enumerate(ranked):
        best, own = results[ranked[0]].throughputs, results[cell].throughputs
        behind = known[cell].value / known[ranked[0]].value
        # On a restless machine what seems behind may not be.
        open_ = behind >= 1 - FAR and spread.freedom > 0 and not apart(best, own, spread)
        rival = behind >= 1 - NEAR or open_
        kept, rounds = len(ranked), 1
        while rounds < plan.repeats:
            kept = max(FINALISTS, -(-kept // 2))
            if rank >= kept and not rival:
                break
            rounds += 1
        if rank == 0 or rival:
            undecided = rank > 0 and open_ and behind < 1 - SAME
            rounds += EXTRA if undecided or known[cell].half_width > NOISE else 0
        more[cell] = max(have[cell], rounds)
    return more
