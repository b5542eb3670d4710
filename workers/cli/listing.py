"""`threadmill list models | workloads | pythons`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from workers.cli.output import Output, printable, say
from workers.client.catalogue import fetch
from workers.client.interpreters import find, who_has
from workers.contract.info import Catalogue, ModelInfo, PythonInfo, WorkloadInfo

Row = tuple[str, ...]


def listing(arguments: argparse.Namespace) -> int:
    """Carry out the command."""
    if arguments.what == "pythons":
        pythons = find()
        items: list[dict[str, Any]] = [asdict(info) for info in pythons]
        header: Row = ("version", "GIL", "sub-interpreters", "start methods (own default first)", "path")
        rows = [_about_python(info) for info in pythons]
    else:
        catalogue = fetch(arguments.python)
        items, header, rows = _models(catalogue) if arguments.what == "models" else _workloads(catalogue)
        say_broken(catalogue)
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


def say_broken(catalogue: Catalogue) -> None:
    """Name what could not be loaded, on stderr."""
    for broken in catalogue.broken:
        say(printable(f"{broken.path} is left out: {broken.error}"))


def gil_words(info: PythonInfo) -> str:
    """Whether its GIL is on, and whether it could be off."""
    if info.gil:
        return "on, though free-threaded" if info.free_threaded else "on"
    return "off (free-threaded)"


def where_else(info: ModelInfo, pythons: Sequence[PythonInfo]) -> str:
    """How to get at a model that cannot run here, in words; empty where nobody is known to have what it needs."""
    other = who_has(info.requires, pythons) if info.requires else None
    return f"run it with --python {other.executable} (Python {other.version})" if other is not None else ""


def _about_python(info: PythonInfo) -> Row:
    name = "" if info.implementation == "cpython" else f"{info.implementation} "
    pool = "yes" if info.subinterpreters else "no"
    return f"{name}{info.version}", gil_words(info), pool, ", ".join(info.start_methods), info.executable


def _models(catalogue: Catalogue) -> tuple[list[dict[str, Any]], Row, list[Row]]:
    lacking = any(info.unavailable and info.requires for info in catalogue.models.values())
    pythons = find() if lacking else []  # looked for only where somebody else may have what is lacking
    items: list[dict[str, Any]] = []
    rows: list[Row] = []
    for key, info in catalogue.models.items():
        other = who_has(info.requires, pythons) if info.unavailable else None
        items.append({"key": key, **asdict(info), "available_under": other.executable if other else None})
        words = _about(info, "options")
        if info.unavailable:
            words += f"\ncannot run under Python {catalogue.python.version}: {info.unavailable}"
            remedy = where_else(info, pythons)
            words += f"; {remedy}" if remedy else ""
        rows.append((key, info.family, words))
    return items, ("model", "family", ""), rows


def _workloads(catalogue: Catalogue) -> tuple[list[dict[str, Any]], Row, list[Row]]:
    items = [{"key": key, **asdict(info)} for key, info in catalogue.workloads.items()]
    rows: list[Row] = [(key, info.bound, _about(info, "parameters")) for key, info in catalogue.workloads.items()]
    return items, ("workload", "bound by", ""), rows


def _about(info: ModelInfo | WorkloadInfo, word: str) -> str:
    defaults = ", ".join(f"{param.name}={_plain(param.default)}" for param in info.params)
    return f"{info.summary}\n{word}: {defaults}" if defaults else info.summary


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
