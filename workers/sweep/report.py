"""A sweep as a whole: its table, its curves, its map, its recommendation; and all of it as JSON and CSV."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workers.contract.info import Catalogue
from workers.contract.sweep import Cell, CellResult, SweepState
from workers.sweep.crossover import Crossover, crossover
from workers.sweep.facts import Facts
from workers.sweep.intervals import Estimate, estimate, pooled
from workers.sweep.laws import Curve, curves
from workers.sweep.recommend import Recommendation, measured, recommend

if TYPE_CHECKING:
    from workers.insight.scaling import Fit

SWEEP_SCHEMA = "threadmill.sweep.v1"
RECOMMEND_SCHEMA = "threadmill.recommend.v1"
CSV_HEAD = (
    *("model", "workers", "chunksize", "python", "size", "throughput_per_s", "low", "high", "rounds"),
    *("startup_s", "cpu_s_per_s", "memory_bytes", "failed", "error"),
)


@dataclass(frozen=True)
class Row:
    """A cell in the table."""

    result: CellResult
    throughput: Estimate | None
    """None where nothing can be said of it."""
    python: str
    """The interpreter's version."""

    @property
    def cell(self) -> Cell:
        """Which one."""
        return self.result.cell

    @property
    def startup_s(self) -> float | None:
        """The median of its start-ups."""
        return _median([came.startup_s for came in self.result.rounds])

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        cell, own, rounds = self.cell, self.throughput, self.result.rounds
        return {
            "model": cell.model,
            "workers": cell.workers,
            "chunksize": cell.chunksize,
            "python": self.python,
            "size": cell.size or None,
            "throughput_per_s": None if own is None else own.value,
            "low": None if own is None else own.low,
            "high": None if own is None else own.high,
            "rounds": len(rounds),
            "startup_s": self.startup_s,
            "cpu_s_per_s": _median([came.cpu_s / came.wall_s for came in rounds if came.wall_s > 0]),
            "memory_bytes": max((came.rss for came in rounds), default=None),
            "failed": sum(came.failed for came in rounds),
            "error": self.result.error or None,
        }


@dataclass(frozen=True)
class Report:
    """What came of a sweep."""

    state: SweepState
    rows: tuple[Row, ...]
    curves: tuple[Curve, ...]
    crossover: Crossover | None
    recommendation: Recommendation | None
    """None where nothing was measured, and for a sweep over sizes: there it depends on the size."""

    def row(self, cell: Cell) -> Row:
        """The row of a cell. Raises KeyError where there is none."""
        for row in self.rows:
            if row.cell == cell:
                return row
        raise KeyError(cell.key)

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values; the schema is `resources/schema/sweep.v1.json`."""
        state = self.state
        return {
            "schema": SWEEP_SCHEMA,
            "plan": state.plan.plain(),
            "phase": state.phase,
            "spent_s": round(state.spent_s, 3),
            "resumed": state.resumed,
            "cells": [row.plain() for row in self.rows],
            "left_out": [{"model": item.model, "why": item.why} for item in state.left_out],
            "curves": [_curve(curve) for curve in self.curves],
            "crossover": None if self.crossover is None else _crossover(self.crossover),
            "recommendation": self._recommended(),
        }

    def recommendation_plain(self, preflight: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What `threadmill recommend --json` writes; the schema is `resources/schema/recommend.v1.json`."""
        found = self.recommendation
        runner = found.runner_up if found else None
        best = found.runner_up_throughput if found else None
        return {
            "schema": RECOMMEND_SCHEMA,
            "recommendation": self._recommended(),
            "evidence": [item.plain() for item in found.evidence] if found else [],
            "runner_up": None
            if runner is None or best is None
            else {"model": runner.model, "workers": runner.workers, "throughput_per_s": best.value},
            "changes": [said.text for said in found.changes] if found else [],
            "warnings": [{"id": said.id, "text": said.text} for said in found.warnings] if found else [],
            "preflight": [dict(line) for line in preflight],
            "findings": [
                {"id": said.id, "text": said.text, "evidence": [item.plain() for item in evidence]}
                for said, evidence in (found.findings if found else ())
            ],
            "cells": [row.plain() for row in self.rows],
            "phase": self.state.phase,
            "spent_s": round(self.state.spent_s, 3),
        }

    def _recommended(self) -> dict[str, Any] | None:
        found = self.recommendation
        if found is None:
            return None
        cell = found.cell
        return {
            "model": cell.model,
            "workers": cell.workers,
            "chunksize": cell.chunksize,
            "python": self.state.pythons.get(cell.python, ""),
            "text": found.said.text,
        }

    def csv_rows(self) -> list[tuple[object, ...]]:
        """The table, in the order of CSV_HEAD."""
        return [
            tuple("" if value is None else value for value in (row.plain()[name] for name in CSV_HEAD))
            for row in self.rows
        ]


def report(state: SweepState, catalogue: Catalogue, facts: Facts, cores: int) -> Report:
    """What can be said of what was measured so far.

    Once it is over, laws are fitted: that takes a second where there are many curves, and is not for a thread that paints.
    """
    usable = [result for result in state.results if result.usable]
    spread = pooled(result.throughputs for result in usable)
    rows = tuple(
        Row(
            result,
            estimate(result.throughputs, spread) if result.throughputs else None,
            state.pythons.get(result.cell.python, ""),
        )
        for result in state.results
    )
    sized = bool(state.plan.size_param)
    # While it goes on it has not ended too soon.
    complete = state.active or (state.phase == "done" and not (state.plan.halving and _starved(state)))
    data = measured(state.results, catalogue, facts, cores, state.left_out, complete)
    return Report(
        state,
        rows,
        tuple(curves(state.results, not state.active)),
        crossover(state.results) if sized else None,
        None if sized else recommend(data, state.pythons),
    )


def _starved(state: SweepState) -> bool:
    """Whether the budget ended before every cell had a round."""
    return any(not result.rounds and not result.error for result in state.results)


def _curve(curve: Curve) -> dict[str, Any]:
    cell = curve.cell
    return {
        "model": cell.model,
        "chunksize": cell.chunksize,
        "size": cell.size or None,
        "base": curve.base.model,
        "points": [
            {
                "workers": point.workers,
                "speed_up": _ends(point.speed_up.value, point.speed_up.low, point.speed_up.high),
                "efficiency": _ends(point.efficiency.value, point.efficiency.low, point.efficiency.high),
            }
            for point in curve.points
        ],
        "usl": _fit(curve.usl),
        "amdahl": _fit(curve.amdahl),
        "why_not": curve.why_not or None,
    }


def _fit(fit: "Fit | None") -> dict[str, Any] | None:
    if fit is None:
        return None
    return {
        "alpha": _ends(fit.alpha, *fit.alpha_interval),
        "beta": _ends(fit.beta, *fit.beta_interval),
        "gamma": _ends(fit.gamma, *fit.gamma_interval),
        "peak_workers": _ends(fit.peak_workers, *fit.peak_interval),
        "peak_throughput_per_s": _finite(fit.peak_throughput),
        "residuals": list(fit.residuals),
        "spread": fit.spread,
    }


def _crossover(found: Crossover) -> dict[str, Any]:
    return {
        "squares": [
            {
                "size": square.size,
                "task_s": square.task_s,
                "workers": square.workers,
                "winner": square.winner.model,
                "throughput_per_s": square.throughput.value,
                "ahead": square.ahead,
                "second": square.second or None,
                "sure": square.sure,
            }
            for square in found.squares
        ],
        "pairs": [
            {
                "short": pair.short,
                "long": pair.long,
                "other": pair.other,
                "break_even_s": pair.task_s,
                "low_s": pair.low_s,
                "high_s": pair.high_s,
                "crossings": pair.times,
            }
            for pair in found.pairs
        ],
    }


def _ends(value: float, low: float | None, high: float | None) -> dict[str, float | None]:
    return {"value": _finite(value), "low": _finite(low), "high": _finite(high)}


def _finite(value: float | None) -> float | None:
    """JSON has no infinity: what is beyond bounds is null."""
    return None if value is None or not abs(value) < float("inf") else value


def _median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
