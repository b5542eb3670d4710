"""`threadmill sweep`: progress on stderr, the table with its laws on stdout, or JSON or CSV."""

import argparse
import csv
import io
import json
import os
import sys

from workers.cli.main import INTERRUPTED
from workers.cli.output import say
from workers.cli.run import check_writable
from workers.cli.sweep_common import Work, carry, size_param, span, work_of
from workers.cli.sweep_tables import print_sweep
from workers.client.interpreters import resolve
from workers.client.limits import usable_cores
from workers.contract.errors import ConfigError
from workers.contract.sweep import SweepPlan
from workers.sweep.outlook import outlook
from workers.sweep.report import CSV_HEAD, Report, report

MODELS = ("sequential", "thread_pool", "process_pool")
CALLS = 4
"""A round is as long as so many calls, at least."""


def sweep(arguments: argparse.Namespace) -> int:
    """Carry out the command. Raises ConfigError for what cannot be measured."""
    for option in ("json", "csv"):
        check_writable(f"--{option}", getattr(arguments, option), stdout=True)
    if arguments.json == "-" and arguments.csv == "-":
        raise ConfigError("Only one of --json and --csv can go to stdout.", "json")
    work = work_of(arguments)
    plan = plan_of(arguments, work)
    if not arguments.quiet:
        say(_announce(plan, work))
    state, signals = carry(plan, work, arguments.resume, arguments.quiet)
    found = report(state, work.catalogue, work.facts, usable_cores())
    if state.problem:
        say(state.problem)
    if state.resumed:
        say(f"{state.resumed} rounds were there already.")
    write(found, arguments)
    if signals:
        say(f"Stopped after {state.rounds_done} rounds; --resume goes on from there.")
        return INTERRUPTED
    return 0 if any(result.usable for result in state.results) else 1


def plan_of(arguments: argparse.Namespace, work: Work) -> SweepPlan:
    """The plan that the arguments mean. Raises ConfigError."""
    workload = work.catalogue.workloads[work.base.workload]
    awaits = ("asyncio_tasks",) if workload.awaits or work.facts.is_async else ()
    seconds = arguments.seconds or max(1.0, min(10.0, CALLS * (work.facts.call_s or 0.0)))
    return SweepPlan(
        work.base,
        arguments.models or (*MODELS, *awaits),
        arguments.workers or default_workers(usable_cores()),
        arguments.chunksizes,
        tuple(resolve(python) for python in arguments.pythons) if arguments.pythons else ("",),
        size_param(work, arguments.size_param) if arguments.sizes else "",
        arguments.sizes or (),
        arguments.repeats,
        seconds,
        arguments.budget,
        seed=arguments.seed,
    )


def default_workers(cores: int) -> tuple[int, ...]:
    """Powers of two beyond the cores: enough of them for a law."""
    found = [1, 2, 4, 8]
    while found[-1] < 2 * cores:
        found.append(2 * found[-1])
    return tuple(found)


def _announce(plan: SweepPlan, work: Work) -> str:
    """How many cells there are and how long that will take, before it begins."""
    found = outlook(plan, work.catalogue, work.facts, with_kept=False)
    noise = ", more where there is noise" if plan.repeats > 1 else ""
    rounds = f"{plan.repeats} round{'s' * (plan.repeats > 1)} of {plan.round_s:g} s each"
    return f"{found.cells} cells, {rounds}: about {span(found.seconds)}{noise}."


def write(found: Report, arguments: argparse.Namespace) -> None:
    """Put the result where it belongs. Raises ConfigError where a file cannot be written."""
    if arguments.json:
        put(json.dumps(found.plain(), indent=2, ensure_ascii=False, allow_nan=False) + "\n", arguments.json)
    if arguments.csv:
        put(csv_text(found), arguments.csv)
    if "-" not in (arguments.json, arguments.csv):
        print_sweep(found)


def csv_text(found: Report) -> str:
    """The cells as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_HEAD)
    writer.writerows(found.csv_rows())
    return text.getvalue()


def put(text: str, target: str) -> None:
    """Write to a file, or with "-" to stdout. Raises ConfigError where the file cannot be written."""
    if target == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{os.path.abspath(target)} cannot be written: {error.strerror}.") from None
