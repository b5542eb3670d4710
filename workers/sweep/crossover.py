"""Where one model begins to win over another: task length x workers -> the winner, and the break-even task length of each pair.

How long a task is, is what it takes sequentially at that size. Between two sizes the logarithm of how far one model is ahead is
taken as a straight line over the logarithm of the task length; where it crosses nought is the break-even. Its interval is where
the lines through the ends of the intervals cross. Outside of what was measured nothing is said.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from workers.contract.sweep import Cell, CellResult
from workers.sweep.intervals import Estimate, estimate, pooled
from workers.sweep.laws import Ratio, ratio

SURE = 0.03
"""Models within this share of each other, or whose intervals overlap, have no winner that is sure."""


@dataclass(frozen=True)
class Square:
    """One field of the map: a size and a number of workers."""

    size: float
    task_s: float
    """How long a task takes alone."""
    workers: int
    winner: Cell
    throughput: Estimate
    ahead: float
    """Its throughput over that of the second model; 1 where there is none."""
    second: str
    """The second model; empty where there is none."""
    sure: bool
    """Whether the winner is beyond the noise."""


@dataclass(frozen=True)
class BreakEven:
    """A pair of models: from this task length on the other one wins."""

    short: str
    """The model that wins with shorter tasks."""
    long: str
    """The model that wins with longer ones; the same as `short` where it wins throughout."""
    other: str
    """The one of the pair that is not `short`."""
    task_s: float | None
    """None: no crossover in the measured range."""
    low_s: float | None
    high_s: float | None
    """The interval, cut at the ends of what was measured; None where it is not known."""
    times: int = 1
    """How often they cross; `task_s` is the last time."""


@dataclass(frozen=True)
class Crossover:
    """The map."""

    squares: tuple[Square, ...]
    pairs: tuple[BreakEven, ...]
    lengths: tuple[tuple[float, float], ...]
    """Size and task length in seconds, by length."""
    workers: tuple[int, ...]


def crossover(results: Sequence[CellResult]) -> Crossover | None:
    """The map of a sweep over sizes; None where there are fewer than two sizes whose task length is known."""
    usable = [result for result in results if result.usable]
    spread = pooled(result.throughputs for result in usable)
    middle = {result.cell: estimate(result.throughputs, spread) for result in usable}
    lengths = {size: _length(middle, size) for size in sorted({cell.size for cell in middle})}
    known = sorted(((size, length) for size, length in lengths.items() if length), key=lambda pair: pair[1])
    if len(known) < 2:
        return None
    counts = tuple(sorted({cell.workers for cell in middle if cell.model != "sequential"})) or (1,)
    squares = [
        square for size, task_s in known for workers in counts if (square := _square(middle, size, task_s, workers))
    ]
    models = sorted({cell.model for cell in middle})
    pairs = [pair for one, other in combinations(models, 2) if (pair := _break_even(middle, known, one, other))]
    return Crossover(tuple(squares), tuple(pairs), tuple(known), counts)


def _length(middle: dict[Cell, Estimate], size: float) -> float | None:
    """Seconds of a task alone: sequentially, else with one worker of whatever was measured."""
    alone = [cell for cell in middle if cell.size == size and cell.workers == 1]
    alone.sort(key=lambda cell: cell.model != "sequential")
    if not alone:
        return None
    chosen = alone[0] if alone[0].model == "sequential" else max(alone, key=lambda cell: middle[cell].value)
    return 1 / middle[chosen].value


def _square(middle: dict[Cell, Estimate], size: float, task_s: float, workers: int) -> Square | None:
    best: dict[str, Cell] = {}
    for cell in middle:
        # One at a time stands against any number of workers.
        stands = cell.size == size and (cell.workers == workers or cell.model == "sequential")
        if stands and (cell.model not in best or middle[cell].value > middle[best[cell.model]].value):
            best[cell.model] = cell
    ranked = sorted(best.values(), key=lambda cell: -middle[cell].value)
    if not ranked:
        return None
    winner = ranked[0]
    if len(ranked) == 1:
        return Square(size, task_s, workers, winner, middle[winner], 1.0, "", True)
    ahead = middle[winner].value / middle[ranked[1]].value
    sure = ahead > 1 + SURE and not middle[winner].overlaps(middle[ranked[1]])
    return Square(size, task_s, workers, winner, middle[winner], ahead, ranked[1].model, sure)


def _break_even(
    middle: dict[Cell, Estimate], lengths: Sequence[tuple[float, float]], one: str, other: str
) -> BreakEven | None:
    """Each model with as many workers as do best at that size."""
    points: list[tuple[float, Ratio]] = []
    for size, task_s in lengths:
        ours, theirs = (
            max(
                (found for cell, found in middle.items() if cell.size == size and cell.model == name),
                key=_value,
                default=None,
            )
            for name in (one, other)
        )
        if ours is not None and theirs is not None:
            points.append((math.log(task_s), ratio(ours, theirs)))
    if len(points) < 2:
        return None
    values = [(at, math.log(found.value)) for at, found in points]
    crossings = _crossings(values)
    if not crossings:
        winner, loser = (one, other) if sum(value for _, value in values) >= 0 else (other, one)
        return BreakEven(winner, winner, loser, None, None, None, 0)
    rising = values[-1][1] > 0
    short, long = (other, one) if rising else (one, other)
    at = crossings[-1]
    low, high = _interval(points, at)
    return BreakEven(short, long, long, math.exp(at), low, high, len(crossings))


def _value(found: Estimate) -> float:
    return found.value


def _crossings(values: Sequence[tuple[float, float]]) -> list[float]:
    """Where a chain of lines changes its sign. A point that is nought counts with what comes after it."""
    found = []
    for (x0, y0), (x1, y1) in pairwise(values):
        if y0 * y1 < 0 or (y0 == 0 and y1 != 0 and x0 != values[0][0] and _before(values, x0) * y1 < 0):
            found.append(x0 + (x1 - x0) * (-y0 / (y1 - y0)))
    return found


def _before(values: Sequence[tuple[float, float]], x: float) -> float:
    """The last value before `x` that is not nought."""
    return next((value for at, value in reversed(values) if at < x and value != 0), 0.0)


def _interval(points: Sequence[tuple[float, Ratio]], at: float) -> tuple[float | None, float | None]:
    """Where the lines through the lower and the upper ends cross nought, next to `at`; cut at what was measured."""
    ends = []
    for name in ("low", "high"):
        values = [(x, math.log(end)) for x, found in points if (end := getattr(found, name)) is not None]
        if len(values) < len(points):
            return None, None
        near = min(_crossings(values), key=lambda x: abs(x - at), default=None)
        ends.append(near)
    first, last = points[0][0], points[-1][0]
    reached = [end for end in ends if end is not None]
    # An end that crosses nowhere reaches beyond what was measured, on the side that the other one leaves free.
    if len(reached) < 2:
        low, high = (
            (first, last)
            if not reached
            else (min(reached[0], at), last)
            if reached[0] < at
            else (first, max(reached[0], at))
        )
    else:
        low, high = min(reached), max(reached)
    return math.exp(min(low, at)), math.exp(max(high, at))
