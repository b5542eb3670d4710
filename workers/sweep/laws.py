"""Speed-up and efficiency of each model over its worker counts, with the laws fitted to them where the rounds can carry one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workers.contract.sweep import Cell, CellResult
from workers.sweep.intervals import Estimate, estimate, pooled

if TYPE_CHECKING:
    from workers.insight.scaling import Fit


@dataclass(frozen=True)
class Ratio:
    """A quotient of two medians with its interval, whose ends are None where that of either is not known."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Point:
    """A worker count on a curve."""

    workers: int
    throughput: Estimate
    speed_up: Ratio
    """Against the base of the curve."""

    @property
    def efficiency(self) -> Ratio:
        """Speed-up for each worker; 1 is ideal."""
        own = self.speed_up
        ends = [None if end is None else end / self.workers for end in (own.low, own.high)]
        return Ratio(own.value / self.workers, *ends)


@dataclass(frozen=True)
class Curve:
    """One model over its worker counts; chunk size, interpreter and size are the same for all of its points."""

    cell: Cell
    """The first of its cells."""
    points: tuple[Point, ...]
    base: Cell
    """What speed-up is against: sequential where that was measured, else its own smallest number of workers."""
    usl: "Fit | None"
    amdahl: "Fit | None"
    why_not: str
    """Why there is no fit, in a sentence; empty where there is one."""

    def fitted(self, fit: "Fit", workers: Sequence[float]) -> list[float]:
        """Speed-up by a law, against the base of the curve."""
        base = self.points[0].throughput.value / self.points[0].speed_up.value
        return [float(value) / base for value in fit.throughput(workers)]


def curves(results: Sequence[CellResult], fitted: bool = True) -> list[Curve]:
    """A curve for each model, chunk size, interpreter and size that has anything measured and can have more than one worker.

    `fitted`: whether laws are looked for, which takes a good part of a second for each.
    """
    usable = [result for result in results if result.usable]
    spread = pooled(result.throughputs for result in usable)
    middle = {result.cell: estimate(result.throughputs, spread) for result in usable}
    groups: dict[tuple[str, int, str, float], list[CellResult]] = {}
    for result in usable:
        cell = result.cell
        groups.setdefault((cell.model, cell.chunksize, cell.python, cell.size), []).append(result)
    found = []
    for members in groups.values():
        members.sort(key=lambda result: result.cell.workers)
        first = members[0].cell
        if first.model == "sequential" and len(members) == 1:
            continue
        alone = Cell("sequential", 1, 1, first.python, first.size)
        base = alone if alone in middle else first
        points = tuple(
            Point(each.cell.workers, middle[each.cell], ratio(middle[each.cell], middle[base], each.cell == base))
            for each in members
        )
        usl, amdahl, why = _fits(members) if fitted else (None, None, "")
        found.append(Curve(first, points, base, usl, amdahl, why))
    return found


def ratio(one: Estimate, other: Estimate, same: bool = False) -> Ratio:
    """`one` over `other`. The logarithms are taken as independent: their half-widths add as squares do."""
    value = one.value / other.value
    if same:
        return Ratio(1.0, 1.0, 1.0)
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Ratio(value, None, None)
    down = math.hypot(math.log(one.value / one.low), math.log(other.high / other.value))
    up = math.hypot(math.log(one.high / one.value), math.log(other.value / other.low))
    return Ratio(value, value * math.exp(-min(down, 40.0)), value * math.exp(min(up, 40.0)))


def _fits(members: Sequence[CellResult]) -> "tuple[Fit | None, Fit | None, str]":
    # Here: it brings in scipy, which a sweep under way can do without.
    from workers.insight.scaling import ScalingError, fit_amdahl, fit_usl

    workers = [float(each.cell.workers) for each in members for _ in each.throughputs]
    throughput = [value for each in members for value in each.throughputs]
    try:
        return fit_usl(workers, throughput), fit_amdahl(workers, throughput), ""
    except ScalingError as error:
        return None, None, str(error)
