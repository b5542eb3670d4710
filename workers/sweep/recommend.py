"""Which cell to use, and why: one sentence, three numbers, the runner-up, when it would change, and what to beware of. Pure.

The fastest wins, but not by noise: among those that cannot be told from it the simplest is taken, and one that is at most TIE
slower in any case. Simple is, in this order: one after the other, threads, asyncio, processes, sub-interpreters; then fewer
workers; then single tasks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workers.contract.info import Catalogue, ModelInfo
from workers.contract.sweep import Cell, CellResult, LeftOut
from workers.sweep.facts import Facts
from workers.sweep.intervals import Estimate, Spread, apart, estimate, pooled
from workers.sweep.laws import ratio
from workers.sweep.recommend_notes import changes, findings, warnings
from workers.sweep.words import Said

TIE = 0.03
"""How much slower a simpler cell may be, as a share, to be taken anyway."""
NOISY_TIE = 0.15
"""How much slower it may be where that is within the noise (see intervals.apart)."""
_SIMPLE = {"none": 0, "threads": 1, "coroutines": 2, "processes": 3, "interpreters": 4}
_STOCK = ("sequential", "thread_pool", "asyncio_tasks", "process_pool", "interpreter_pool")


@dataclass(frozen=True)
class Evidence:
    """A number with what it is of."""

    said: Said
    value: float
    unit: str
    """tasks/s, times, s."""

    def plain(self) -> dict[str, object]:
        """As JSON-ready values."""
        return {"text": self.said.text, "value": self.value, "unit": self.unit}


@dataclass(frozen=True)
class Recommendation:
    """What to use."""

    cell: Cell
    throughput: Estimate
    said: Said
    """The sentence."""
    evidence: tuple[Evidence, ...]
    """Three numbers."""
    runner_up: Cell | None
    """The best of another model."""
    runner_up_throughput: Estimate | None
    tie: bool
    """Whether the fastest is another one, within the noise."""
    changes: tuple[Said, ...]
    """When it would change."""
    warnings: tuple[Said, ...]
    findings: tuple[tuple[Said, tuple[Evidence, ...]], ...]


@dataclass(frozen=True)
class Measured:
    """What a recommendation is made of."""

    middle: Mapping[Cell, Estimate]
    results: Mapping[Cell, CellResult]
    models: Mapping[str, ModelInfo]
    facts: Facts
    cores: int
    spread: Spread
    left_out: tuple[LeftOut, ...] = ()
    complete: bool = True
    """Whether every cell had the rounds that it was to have."""

    def kind(self, cell: Cell) -> str:
        """What its workers are."""
        info = self.models.get(cell.model)
        return info.workers_are if info is not None else "processes"

    def title(self, cell: Cell) -> str:
        """Its model in words."""
        info = self.models.get(cell.model)
        return info.title if info is not None else cell.model

    def alone(self, cell: Cell) -> Cell | None:
        """One after the other under the same interpreter, where that was measured."""
        found = Cell("sequential", 1, 1, cell.python, cell.size)
        return found if found in self.middle else None

    def startup_s(self, cell: Cell) -> float:
        """How long its workers took to be ready, the shortest of the rounds: the others were disturbed."""
        return min((came.startup_s for came in self.results[cell].rounds), default=0.0)


def measured(
    results: Sequence[CellResult],
    catalogue: Catalogue,
    facts: Facts,
    cores: int,
    left_out: Sequence[LeftOut] = (),
    complete: bool = True,
) -> Measured:
    """Put together what was measured."""
    usable = [result for result in results if result.usable]
    spread = pooled(result.throughputs for result in usable)
    middle = {result.cell: estimate(result.throughputs, spread) for result in usable}
    named = {item.model for item in left_out}
    # What a plan did not even try, because it cannot be.
    untried = [
        LeftOut(name, facts.refused[info.workers_are])
        for name, info in catalogue.models.items()
        if name in _STOCK and name not in named and not info.unavailable and info.workers_are in facts.refused
    ]
    left_out = (*left_out, *untried)
    return Measured(
        middle,
        {result.cell: result for result in results},
        catalogue.models,
        facts,
        cores,
        spread,
        tuple(left_out),
        complete,
    )


def recommend(data: Measured, pythons: Mapping[str, str] | None = None) -> Recommendation | None:
    """The recommendation; None where nothing could be measured. `pythons`: versions by interpreter, where there are several."""
    if not data.middle:
        return None
    fastest = max(data.middle, key=lambda cell: data.middle[cell].value)
    chosen = min(
        (cell for cell in data.middle if _ties(data, cell, fastest)),
        key=lambda cell: _simplicity(data, cell),
    )
    others = [cell for cell in data.middle if cell.model != chosen.model]
    runner = max(others, key=lambda cell: data.middle[cell].value, default=None)
    if runner is None:
        same = [cell for cell in data.middle if cell != chosen]
        runner = max(same, key=lambda cell: data.middle[cell].value, default=None)
    tie = data.middle[chosen].value < data.middle[fastest].value
    return Recommendation(
        chosen,
        data.middle[chosen],
        _sentence(data, chosen, pythons or {}),
        _evidence(data, chosen, runner),
        runner,
        data.middle[runner] if runner is not None else None,
        tie,
        changes(data, chosen, fastest),
        warnings(data, chosen),
        tuple(
            (said, tuple(Evidence(Said(key), value, unit) for key, value, unit in figures))
            for said, figures in findings(data, chosen)
        ),
    )


def _ties(data: Measured, cell: Cell, best: Cell) -> bool:
    """Whether it may be taken in place of the best."""
    share = data.middle[cell].value / data.middle[best].value
    if share >= 1 - TIE:
        return True
    rounds = data.results[cell].throughputs, data.results[best].throughputs
    return share >= 1 - NOISY_TIE and data.spread.freedom > 0 and not apart(*rounds, data.spread)


def _simplicity(data: Measured, cell: Cell) -> tuple[object, ...]:
    stock = _STOCK.index(cell.model) if cell.model in _STOCK else len(_STOCK)
    kind = _SIMPLE.get(data.kind(cell), 5)
    return (kind, stock, cell.model, bool(cell.python), cell.workers, cell.chunksize, -data.middle[cell].value)


def _sentence(data: Measured, cell: Cell, pythons: Mapping[str, str]) -> Said:
    several = len(pythons) > 1
    values = {"model": data.title(cell), "workers": str(cell.workers), "chunksize": f"{cell.chunksize:,}"}
    values["python"] = pythons.get(cell.python, "")
    key = "use.one" if data.kind(cell) == "none" else "use.chunk" if cell.chunksize > 1 else "use"
    return Said(f"{key}.python" if several else key, values)


def _evidence(data: Measured, cell: Cell, runner: Cell | None) -> tuple[Evidence, ...]:
    """Throughput; how much that is of one after the other; how far ahead of the runner-up. Where one is not known, others."""
    own = data.middle[cell]
    found = [Evidence(Said("throughput"), own.value, "tasks/s")]
    alone = data.alone(cell)
    if alone is not None and alone != cell:
        found.append(Evidence(Said("speed_up"), ratio(own, data.middle[alone]).value, "times"))
    if runner is not None:
        name = f"{data.title(runner)} × {runner.workers}" if data.kind(runner) != "none" else data.title(runner)
        ahead = ratio(own, data.middle[runner]).value
        found.append(Evidence(Said("ahead", {"runner_up": name}), ahead, "times"))
    if alone == cell:
        found.append(Evidence(Said("task_time"), 1 / own.value, "s"))
    found.append(Evidence(Said("startup"), data.startup_s(cell), "s"))
    found.append(Evidence(Said("rounds"), float(own.rounds), ""))
    return tuple(found[:3])
