"""`threadmill recommend`: what to use for a function, with the evidence; progress on stderr, the result on stdout."""

import argparse
import json
from typing import Any

from rich.text import Text

from workers.cli.main import INTERRUPTED
from workers.cli.output import Output, printable, say
from workers.cli.run import check_writable
from workers.cli.sweep import put
from workers.cli.sweep_common import Work, carry, span, work_of
from workers.cli.sweep_tables import cells_table, error_lines, print_recommendation, wide_output
from workers.client.catalogue import fetch
from workers.client.interpreters import resolve
from workers.client.limits import usable_cores
from workers.client.script import fetch_script, refuse_place
from workers.contract.preflight import Preflight
from workers.sweep.candidates import recommending_plan
from workers.sweep.report import Report, report
from workers.sweep.script import script_config

SIGNS = {True: ("ok  ", "green"), False: ("look", "yellow"), None: ("?   ", "dim")}


def recommend(arguments: argparse.Namespace) -> int:
    """Carry out the command. Raises ConfigError for what cannot be measured."""
    check_writable("--json", arguments.json, stdout=True)
    check_writable("--script", arguments.script)
    work = work_of(arguments)
    if arguments.script:
        refuse_place(arguments.script, work.base)
    console = wide_output()
    if work.preflight is not None and arguments.json != "-":
        _print_preflight(console, work.preflight)
    plan = recommending_plan(
        work.base,
        work.catalogue,
        work.facts,
        usable_cores(),
        arguments.budget,
        {path: fetch(path) for path in map(resolve, arguments.pythons or ()) if path != work.base.python},
    )
    if not arguments.quiet:
        say(f"{len(plan.chosen)} cells, rounds of {plan.round_s:g} s: at most {span(arguments.budget)}.")
    state, signals = carry(plan, work, arguments.resume, arguments.quiet)
    found = report(state, work.catalogue, work.facts, usable_cores())
    if state.problem:
        say(state.problem)
    if arguments.json:
        told = found.recommendation_plain(preflight_plain(work.preflight))
        put(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n", arguments.json)
    if arguments.json != "-":
        _print(console, found)
    if signals:
        say(f"Stopped after {state.rounds_done} rounds; --resume goes on from there.")
        return INTERRUPTED
    if found.recommendation is None:
        say("Nothing could be measured; the lines above say why.")
        return 1
    if arguments.script:
        text = _script(found, work)
        refuse_place(arguments.script, work.base, text)
        put(text, arguments.script)
        say(f"The script is in {arguments.script}.")
    return 0


def preflight_plain(found: Preflight | None) -> list[dict[str, Any]]:
    """Its lines as the JSON has them."""
    if found is None:
        return []
    return [
        {"id": line.id, "ok": line.ok, "text": line.text, "remedy": line.remedy, "value": line.value, "unit": line.unit}
        for line in found.lines
    ]


def _script(found: Report, work: Work) -> str:
    assert found.recommendation is not None
    inputs = work.preflight.inputs if work.preflight is not None else None
    return fetch_script(script_config(found.state.plan, found.recommendation, inputs, work.facts.result_bytes))


def _print_preflight(console: Output, found: Preflight) -> None:
    for line in found.lines:
        word, style = SIGNS[line.ok]
        remedy = f" {line.remedy}" if line.remedy else ""
        console.print(Text(word, style=style), Text(printable(f"{line.text}{remedy}")), soft_wrap=True)
    console.print()


def _print(console: Output, found: Report) -> None:
    console.print(cells_table(found))
    console.print()
    if found.recommendation is None:
        for line in error_lines(found):
            console.print(Text(line, style="red"), soft_wrap=True)
        return
    for said, _ in found.recommendation.findings:
        console.print(Text(printable(said.text)), soft_wrap=True)
    console.print()
    print_recommendation(console, found.recommendation)
