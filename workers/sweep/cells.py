"""Which cells a plan has, and which combinations are left out with the reason. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import Catalogue, ModelInfo
from workers.contract.sweep import MOST_CELLS, Cell, LeftOut, SweepPlan

CapOf = Callable[[str], int]
"""From what workers are (see ModelInfo.workers_are) to how many there may be."""


@dataclass(frozen=True)
class Cells:
    """What is measured, in the order of the plan, and what is not."""

    cells: tuple[Cell, ...]
    left_out: tuple[LeftOut, ...]


def cells_of(
    plan: SweepPlan, catalogues: Mapping[str, Catalogue], cap: CapOf, refused: Mapping[str, str] | None = None
) -> Cells:
    """The cells of `plan`. `catalogues`: by interpreter as the plan names it. `refused`: kinds of workers that cannot be, and why.

    Raises ConfigError where a name or parameter is wrong, or nothing is left to measure.
    """
    wanted = plan.chosen or tuple(_product(plan, catalogues))
    if len(wanted) > MOST_CELLS:
        raise ConfigError(
            f"{len(wanted):,} cells are too many, at most {MOST_CELLS:,}: choose fewer of something.", "models"
        )
    found: dict[Cell, None] = {}
    left: dict[LeftOut, None] = {}
    for cell in wanted:
        why = _why_not(plan, cell, catalogues[cell.python], cap, refused or {})
        if why:
            left[LeftOut(cell.model, why, cell.python)] = None
        else:
            found[cell] = None
    if not found:
        whys = "; ".join(dict.fromkeys(f"{item.model}: {item.why.rstrip('.')}" for item in left))
        raise ConfigError(f"Nothing is left to measure. {whys}.", "models")
    return Cells(tuple(found), tuple(left))


def chunked(model: ModelInfo) -> bool:
    """Whether tasks can travel in chunks."""
    return any(param.name == "chunksize" for param in model.params)


def _product(plan: SweepPlan, catalogues: Mapping[str, Catalogue]) -> list[Cell]:
    cells: dict[Cell, None] = {}
    for python in plan.pythons:
        models = catalogues[python].models
        for name in plan.models:
            model = models.get(name)
            if model is None:
                raise unknown_name("model", name, models, "models")
            # One at a time has one worker, however many others are given.
            counts = plan.workers if model.workers_are != "none" else (1,)
            for size in plan.sizes or (0.0,):
                for workers in counts:
                    for chunksize in plan.chunksizes if chunked(model) else (1,):
                        cells[Cell(name, workers, chunksize, python, float(size))] = None
                        if len(cells) > MOST_CELLS:
                            return list(cells)
    return list(cells)


def _why_not(plan: SweepPlan, cell: Cell, catalogue: Catalogue, cap: CapOf, refused: Mapping[str, str]) -> str:
    """Why this cell cannot be; empty where it can. Raises ConfigError for what is wrong with all of them."""
    config: RunConfig = plan.config(cell)
    try:
        catalogue.resolve(config)
    except ConfigError as error:
        if error.field.startswith("params") or config.workload not in catalogue.workloads:
            raise
        return str(error)
    kind = catalogue.models[cell.model].workers_are
    if kind in refused:
        return refused[kind]
    most = cap(kind)
    if cell.workers > most:
        return f"{cell.workers} workers are more than this machine allows ({most})."
    return ""
