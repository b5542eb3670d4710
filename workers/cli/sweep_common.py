"""What `sweep` and `recommend` have in common: what is to be measured, and following it on stderr."""

import argparse
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import IO, Any, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from workers.cli import own_function
from workers.cli.listing import say_broken
from workers.cli.output import Forgiving, printable
from workers.cli.run import pairs
from workers.cli.signals import signals_caught
from workers.client.catalogue import CatalogueRequest, fetch
from workers.client.limits import raise_descriptor_limit
from workers.client.preflight import fetch_preflight
from workers.client.session import RunSession
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import Catalogue
from workers.contract.preflight import Preflight
from workers.contract.sweep import Cell, SweepPlan, SweepState
from workers.recordings import words
from workers.sweep.facts import Facts
from workers.sweep.runner import SweepRunner

TICK_S = 0.02


@dataclass(frozen=True)
class Work:
    """What is measured."""

    base: RunConfig
    catalogue: Catalogue
    facts: Facts
    preflight: Preflight | None
    """Of a function of the user's."""


def work_of(arguments: argparse.Namespace) -> Work:
    """What the arguments say is to be measured; a function of the user's is looked at first. Raises ConfigError."""
    if arguments.function is not None and (arguments.workload is not None or arguments.param):
        raise ConfigError("Either --workload with its --param, or --function with its --inputs: not both.", "workload")
    own = own_function.params_of(arguments)
    sizes = getattr(arguments, "sizes", None)
    if own and sizes:
        if own["inputs"]:
            raise ConfigError("--sizes are what the function is called with: leave --inputs out.", "sizes")
        own["inputs"] = str([int(size) if size.is_integer() else size for size in sizes])
    workload = own_function.WORKLOAD if own else arguments.workload or RunConfig().workload
    catalogue = fetch(arguments.python)
    say_broken(catalogue)
    base = RunConfig(
        "sequential", workload, 1, None, 1.0, params=own, python=catalogue.python.executable, seed=arguments.seed
    )
    base = catalogue.parse(base, pairs("--param", arguments.param), {}) if not own else catalogue.resolve(base)
    if not own:
        if workload == own_function.WORKLOAD:
            raise ConfigError("A function of yours is named with --function FILE.py:FUNCTION.", "workload")
        return Work(base.changed(options={}), catalogue, Facts.of_workload(catalogue.workloads[workload]), None)
    found = fetch_preflight(base)
    return Work(base.changed(options={}), catalogue, Facts.of_preflight(found), found)


def size_param(work: Work, asked: str | None) -> str:
    """The parameter that sizes are of. Raises ConfigError where there is none."""
    params = work.catalogue.workloads[work.base.workload].params
    numbers = [
        param.name for param in params if type(param.default) in (int, float) and not param.name.startswith("fail")
    ]
    if work.base.workload == own_function.WORKLOAD:
        numbers = ["inputs"]  # it is called with them
    if asked is not None:
        if asked not in numbers:
            raise unknown_name("size of a task", asked, numbers, "sizes")
        return asked
    if not numbers:
        named = words.work({"workload": work.base.workload, "params": work.base.params})
        raise ConfigError(f"Tasks of {named} have no size that could be varied; leave --sizes out.", "sizes")
    return numbers[0]


def carry(plan: SweepPlan, work: Work, resume: bool, quiet: bool) -> tuple[SweepState, list[int]]:
    """Carry a sweep out. Returns how it ended and the signals that came: the first one stops it, a second one at once."""
    raise_descriptor_limit()
    session = RunSession()
    runner = SweepRunner(plan, session, CatalogueRequest, resume=resume, facts=work.facts)
    console = Console(file=cast("IO[str]", Forgiving(sys.stderr)), quiet=quiet)
    answered = 0
    told: set[Cell] = set()
    try:
        with signals_caught() as signals, _progress(console) if not quiet else nullcontext() as progress:
            bar = progress.add_task("asking the interpreter", total=None, figures="") if progress else None
            while runner.state.active:
                changed = runner.step()
                if len(signals) > answered:
                    if answered == 0:
                        runner.stop()
                    else:
                        session.interrupt()
                    answered = len(signals)
                if changed:
                    _tell(console, runner.state, told)
                    if progress is not None and bar is not None:
                        progress.update(bar, **_bar(runner.state))
                time.sleep(TICK_S)
    finally:
        runner.close()
        session.close()
    if runner.state.phase == "failed":
        raise ConfigError(runner.state.problem, "models")
    return runner.state, signals


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        console=console,
        refresh_per_second=8,
    )


def _tell(console: Console, state: SweepState, told: set[Cell]) -> None:
    """Name what went wrong once, as it happens."""
    for result in state.results:
        if result.error and result.cell not in told:
            told.add(result.cell)
            console.print(Text(printable(f"{cell_words(result.cell)}: {result.error}"), style="red"))


def _bar(state: SweepState) -> dict[str, Any]:
    total = state.rounds_done + state.rounds_left
    left = "" if state.left_s is None else f", about {span(state.left_s)} left"
    return {
        "description": cell_words(state.current) if state.current else state.phase,
        "total": total or None,
        "completed": state.rounds_done,
        "figures": f"{state.rounds_done} of {total} rounds{left}",
    }


def cell_words(cell: Cell) -> str:
    """A cell in a few words: "process_pool x 2, 16 at a time"."""
    parts = [cell.model if cell.model == "sequential" else f"{cell.model} x {cell.workers}"]
    if cell.chunksize > 1:
        parts.append(f"{cell.chunksize:,} at a time")
    if cell.size:
        parts.append(f"size {cell.size:g}")
    return ", ".join(parts)


def span(seconds: float) -> str:
    """A time to wait."""
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 100 else f"{minutes / 60:.1f} h"
