"""`threadmill preflight`: what is to be known of a function before it is run, as a table or as JSON."""

import argparse
import json
import sys

from rich.table import Table
from rich.text import Text

from workers.cli import own_function
from workers.cli.output import Output, printable, say
from workers.cli.run import check_writable
from workers.client.interpreters import resolve
from workers.client.preflight import fetch_preflight
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.preflight import Preflight

SCHEMA = "threadmill.preflight.v1"
MARKS = {True: ("ok", "green"), False: ("!", "red"), None: ("-", "dim")}


def preflight(arguments: argparse.Namespace) -> int:
    """Carry out the command. Raises ConfigError where the function cannot be looked at. Exit code 1 where it cannot be called."""
    check_writable("--json", arguments.json, stdout=True)
    params = own_function.params_of(arguments)
    config = RunConfig(
        workload=own_function.WORKLOAD,
        workers=arguments.workers,
        tasks=None,
        params=params,
        python=resolve(arguments.python),
    )
    found = fetch_preflight(config)
    if arguments.json is not None:
        about = {"schema": SCHEMA, "config": params, "python": config.python, "workers": config.workers}
        report: dict[str, object] = about | found.plain()
        text = json.dumps(report, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        if arguments.json == "-":
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            _write(arguments.json, text)
    if arguments.json != "-":
        _print(found, f"{params['file']}:{params['function']}")
    if found.stopped:
        say(f"{found.stopped}; what was to be looked at after that is not known.")
    return 0 if found.call_s is not None and not found.stopped else 1


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}.") from None


def _print(found: Preflight, title: str) -> None:
    console = Output()
    console.print(Text(printable(title), style="bold"))
    table = Table(show_header=False, box=None, pad_edge=False)
    for line in found.lines:
        mark, style = MARKS[line.ok]
        words = Text(printable(line.text))
        if line.remedy:
            words.append(f" {printable(line.remedy)}", style="bold")
        table.add_row(Text(mark, style=style), Text(line.id, style="dim"), words)
    console.print(table)
    if found.printed_lines:
        console.print(
            Text(f"It printed {found.printed_lines:,} lines meanwhile, of which the first are in --json.", style="dim")
        )
