"""What is worth trying, where nobody said what: a plan for a recommendation that keeps within a budget. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workers.contract.config import RunConfig
from workers.contract.info import Catalogue, ModelInfo, WorkloadInfo, refuse
from workers.contract.sweep import Cell, SweepPlan
from workers.sweep.cells import chunked
from workers.sweep.costs import EACH_S, STARTUP_S
from workers.sweep.facts import Facts

DEFAULT_BUDGET_S = 60.0
LEAST_BUDGET_S = 5.0
ROUNDS_EACH = 3.0
"""Rounds that halving spends on a cell, on average."""
ROUND_S = (0.3, 1.0)
"""The shortest and the longest round, where tasks are short."""
CALLS = 4
"""A round lasts as long as so many calls, at least, up to LONGEST_S."""
LONGEST_S = 10.0
CHUNK_S = (0.005, 0.05)
"""How long a chunk of tasks should take: long beside the trip that it saves, short beside a round."""
SHORT_S = 0.005
"""Tasks that take less are tried in chunks."""
MANY = 64
"""Workers that wait, at the most."""


@dataclass(frozen=True)
class Trial:
    """A cell worth trying; the lower the rank, the sooner it is kept where the budget is short."""

    cell: Cell
    rank: int
    kind: str
    """What its workers are."""


def recommending_plan(
    base: RunConfig,
    catalogue: Catalogue,
    facts: Facts,
    cores: int,
    budget_s: float = DEFAULT_BUDGET_S,
    others: Mapping[str, Catalogue] | None = None,
) -> SweepPlan:
    """The plan for a recommendation. There is always at least one cell: of what every interpreter has.

    `others`: further interpreters to be tried, by path.
    """
    pythons = {"": catalogue, **(others or {})}
    trials = [
        replace(trial, cell=replace(trial.cell, python=path), rank=trial.rank + place)
        for place, (path, offers) in enumerate(pythons.items())
        for trial in _trials(base, offers, facts, cores)
    ]
    trials.sort(key=lambda trial: trial.rank)
    call_s = facts.call_s or 0.0
    longest = max(ROUND_S[0], min(LONGEST_S, CALLS * call_s))
    # As many as fit with the shortest rounds; then the rounds are as long as the budget allows.
    while len(trials) > 3 and _takes(trials, longest) > budget_s:
        trials.pop()
    round_s = longest
    while round_s < ROUND_S[1] and _takes(trials, round_s * 1.25) <= budget_s:
        round_s *= 1.25
    cells = tuple(trial.cell for trial in trials)
    return SweepPlan(
        base,
        tuple(dict.fromkeys(cell.model for cell in cells)),
        tuple(sorted({cell.workers for cell in cells})),
        tuple(sorted({cell.chunksize for cell in cells})),
        tuple(dict.fromkeys(cell.python for cell in cells)),
        repeats=5,
        round_s=round(min(round_s, max(longest, ROUND_S[1])), 3),
        budget_s=budget_s,
        halving=True,
        chosen=cells,
    )


def chunk_sizes(call_s: float | None) -> tuple[int, ...]:
    """Chunk sizes worth trying for tasks of this length; one alone where they are long."""
    if call_s is None:
        return (1, 16)
    if call_s >= SHORT_S:
        return (1,)
    found = {1}
    for chunk_s in CHUNK_S:
        found.add(_round_number(chunk_s / max(call_s, 1e-7)))
    return tuple(sorted(found))


def worker_counts(kind: str, facts: Facts, cores: int) -> tuple[int, ...]:
    """Numbers of workers worth trying, the most promising first, by what workers are."""
    if kind == "none":
        return (1,)
    most = max(2, cores)
    if kind == "coroutines":
        return (16, MANY, 4, 256)
    if kind == "threads":
        if not facts.threads_help:
            return (most,)
        return tuple(dict.fromkeys((most, 32, 8, MANY, 2 * cores, 16) if facts.many_help else (most, 2 * most)))
    # Processes compute on a core each. Where tasks wait, more of them than cores still gain.
    fewer = (max(2, cores // 2),) if cores > 2 else ()
    return tuple(dict.fromkeys((most, *fewer, 2 * cores, *((4 * cores, 16) if facts.many_help else ()))))


def _trials(base: RunConfig, catalogue: Catalogue, facts: Facts, cores: int) -> list[Trial]:
    workload = catalogue.workloads.get(base.workload)
    found: list[Trial] = []
    for place, name in enumerate(_models(facts, workload)):
        info = catalogue.models.get(name)
        if info is None or info.unavailable or info.workers_are in facts.refused:
            continue
        if workload is not None and refuse(info, workload):
            continue
        for step, workers in enumerate(worker_counts(info.workers_are, facts, cores)):
            for far, chunksize in enumerate(_chunks(info, facts)):
                # First each model once, as it is most likely to do well; then the variations.
                rank = place + 10 * step + (4 * far if step == 0 else 12 * far)
                found.append(Trial(Cell(name, workers, chunksize), rank, info.workers_are))
    return found or [Trial(Cell("sequential", 1), 0, "none")]


def _models(facts: Facts, workload: WorkloadInfo | None) -> Sequence[str]:
    if facts.is_async:
        return ("asyncio_tasks", "sequential", "thread_pool", "process_pool")
    awaits = ("asyncio_tasks",) if workload is not None and workload.awaits else ()
    return ("sequential", "thread_pool", "process_pool", *awaits, "interpreter_pool")


def _chunks(info: ModelInfo, facts: Facts) -> tuple[int, ...]:
    return tuple(reversed(chunk_sizes(facts.call_s))) if chunked(info) else (1,)


def _takes(trials: Sequence[Trial], round_s: float) -> float:
    """Seconds for all of it."""
    each = [
        round_s + STARTUP_S.get(trial.kind, 0.4) + EACH_S.get(trial.kind, 0.0) * trial.cell.workers for trial in trials
    ]
    return ROUNDS_EACH * sum(each)


def _round_number(value: float) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50 ... from 2 to 10000."""
    steps: list[int] = [factor * int(10**power) for power in range(5) for factor in (1, 2, 5)]
    return min((step for step in steps if 2 <= step <= 10_000), key=lambda step: abs(step - value) / step)
