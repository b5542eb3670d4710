"""`threadmill list models | workloads | pythons`."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workers.cli.output import Output
from workers.client.catalogue import fetch
from workers.client.interpreters import find
from workers.contract.info import ModelInfo, WorkloadInfo


def listing(arguments: argparse.Namespace) -> int:
    """Carry out the command."""
    if arguments.what == "pythons":
        items: list[dict[str, Any]] = [asdict(info) for info in find()]
        rows: list[tuple[str, ...]] = [
            (item["executable"], item["version"], "on" if item["gil"] else "off", ", ".join(item["start_methods"]))
            for item in items
        ]
        header: tuple[str, ...] = ("path", "version", "GIL", "start methods (own default first)")
    else:
        catalogue = fetch(arguments.python)
        found = catalogue.models if arguments.what == "models" else catalogue.workloads
        items = [{"key": key, **asdict(info)} for key, info in found.items()]
        second = "family" if arguments.what == "models" else "bound"
        rows = [(key, str(getattr(info, second)), _about(info, arguments.what)) for key, info in found.items()]
        header = (arguments.what[:-1], second if second == "family" else "bound by", "")
        for broken in catalogue.broken:
            Console(stderr=True).print(Text(f"threadmill: {broken.path} is left out: {broken.error}"))
    if arguments.json:
        json.dump(items, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return 0
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(header):
        table.add_column(name, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Output().print(table)
    return 0


def _about(info: ModelInfo | WorkloadInfo, what: str) -> str:
    defaults = ", ".join(f"{param.name}={_plain(param.default)}" for param in info.params)
    word = "options" if what == "models" else "parameters"
    return f"{info.summary}\n{word}: {defaults}" if defaults else info.summary


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
