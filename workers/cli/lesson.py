"""`threadmill lesson KEY` runs a lesson and reports its proof; `threadmill list lessons` says which there are."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import IO, Any, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workers.cli.listing import say_broken
from workers.cli.main import INTERRUPTED
from workers.cli.output import Forgiving, Output, printable, say
from workers.cli.run import check_writable, follow
from workers.cli.signals import signals_caught
from workers.cli.spans import SpanWriter
from workers.client.catalogue import fetch
from workers.client.limits import raise_descriptor_limit, usable_cores
from workers.client.session import RunSession
from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import Catalogue
from workers.insight.store import RunStore
from workers.insight.summary import summarise
from workers.lessons.facts import facts
from workers.lessons.language import language_asked
from workers.lessons.library import SHIPPED, Library, check, load
from workers.lessons.model import Lesson, Setup
from workers.lessons.proof import Proof, fill, judge

SCHEMA = "threadmill.lesson.v1"


def lessons(arguments: argparse.Namespace) -> int:
    """Carry out `list lessons`."""
    library, language = _library(arguments), _language(arguments)
    for broken in library.broken:
        say(printable(f"{broken.error} It is left out."))
    found = [library.find(key, language) for key in library.ordered()]
    items = [
        {
            "key": lesson.key,
            "title": lesson.title,
            "chapter": lesson.chapter,
            "level": lesson.level,
            "point": lesson.point,
            "languages": library.languages(lesson.key),
            "configurations": [setup.name for setup in lesson.setups],
        }
        for lesson in found
    ]
    if arguments.json:
        json.dump(items, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
        return 0
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(("lesson", "title", "level", "languages", "configurations")):
        table.add_column(name, no_wrap=number == 0, overflow="fold")
    for lesson, item in zip(found, items, strict=True):
        cells = (
            lesson.key,
            lesson.title,
            lesson.level,
            ", ".join(item["languages"]),
            ", ".join(item["configurations"]),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    Output().print(table)
    return 0


def lesson(arguments: argparse.Namespace) -> int:
    """Carry out `lesson KEY`. Raises ConfigError for what cannot be run."""
    library, language = _library(arguments), _language(arguments)
    chosen = library.find(arguments.key, language)
    for broken in library.broken_of(arguments.key):
        say(printable(f"{broken.error} It is left out."))
    missing = library.missing(arguments.key, language)
    if missing:
        say(missing)
    setup = chosen.setup(arguments.config)
    if setup is None:
        raise unknown_name(
            f"configuration of {chosen.key}", arguments.config, [item.name for item in chosen.setups], "config"
        )
    check_writable("--json", arguments.json, stdout=True)
    catalogue = fetch(setup.config.python or arguments.python)
    say_broken(catalogue)
    store, signals = carry(chosen, setup, catalogue, arguments.quiet)
    summary = summarise(store)
    found = facts(store)
    proof = judge(setup.proof, found)
    report = {
        "schema": SCHEMA,
        "key": chosen.key,
        "config": setup.name,
        "run": summary,
        "proof": {"held": proof.held, "text": proof.text, "facts": found},
    }
    if summary["error"]:
        say(summary["error"])
    if arguments.json is not None:
        text = json.dumps(report, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        if arguments.json == "-":
            sys.stdout.write(text)
        else:
            Path(arguments.json).write_text(text, encoding="utf-8")
    if arguments.json != "-":
        _print(chosen, setup, proof, found)
    if signals:
        return INTERRUPTED
    return 0 if proof.held else 1


def carry(chosen: Lesson, setup: Setup, catalogue: Catalogue, quiet: bool = True) -> tuple[RunStore, list[int]]:
    """Run a configuration of a lesson to its end under that interpreter; a deadlock is stopped once it has been seen.

    Returns the run, and the signals that came meanwhile. Raises ConfigError.
    """
    check(chosen, setup, catalogue)
    config = setup.run_config(usable_cores())
    raise_descriptor_limit()
    store = RunStore()
    session = RunSession()
    console = Console(file=cast("IO[str]", Forgiving(sys.stderr)), quiet=quiet)
    try:
        session.learn(catalogue)
        with signals_caught() as signals:
            session.start(config.changed(python=catalogue.python.executable))
            with SpanWriter(None) as spans:
                follow(session, store, spans, console, signals)
    finally:
        session.close()
    return store, signals


def _library(arguments: argparse.Namespace) -> Library:
    """The lessons. Raises ConfigError where a folder that was asked for cannot be read."""
    if arguments.lessons and not Path(arguments.lessons).is_dir():
        raise ConfigError(f"There is no folder {arguments.lessons}: --lessons takes a folder of lessons.", "lessons")
    library = load([Path(arguments.lessons), SHIPPED] if arguments.lessons else [SHIPPED])
    if library.unread:
        raise ConfigError(library.unread[0].error, "lessons")
    return library


def _language(arguments: argparse.Namespace) -> str:
    return arguments.language or language_asked(os.environ)


def _print(chosen: Lesson, setup: Setup, proof: Proof, found: dict[str, Any]) -> None:
    console = Output()
    console.print(Text(printable(f"{chosen.title}: {setup.title}"), style="bold"))
    for verdict in proof.verdicts:
        sign = Text("held  ", style="green") if verdict.held else Text("failed", style="red")
        console.print(sign, Text(printable(f"{verdict.condition.text} ({verdict.condition.expression})")))
    console.print()
    console.print(Text(printable(fill(chosen.after, found))))
