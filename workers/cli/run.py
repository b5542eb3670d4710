"""`threadmill run`: live progress on stderr, the result on stdout."""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import IO, Any, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from workers.cli.main import INTERRUPTED
from workers.cli.output import Forgiving, Output, printable, say
from workers.cli.spans import SpanWriter
from workers.client.catalogue import fetch
from workers.client.limits import raise_descriptor_limit
from workers.client.session import RunSession
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore
from workers.insight.summary import summarise

TICK_S = 0.02
SHOWN_LINES = 1_000
SHOWN_MARKS = ("signal", "stop", "lost", "master", "unrecorded", "protocol")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command. Raises ConfigError for what cannot be run."""
    config, catalogue = configure(arguments)
    _check_writable("--json", arguments.json, stdout=True)
    _check_writable("--spans", arguments.spans)
    raise_descriptor_limit()
    store = RunStore()
    session = RunSession()
    console = Console(file=cast("IO[str]", Forgiving(sys.stderr)), quiet=arguments.quiet)
    try:
        session.learn(catalogue)
        session.start(config)
        with SpanWriter(arguments.spans) as spans, _signals() as signals:
            _follow(session, store, spans, console, signals)
    finally:
        session.close()
    told = _report(store, arguments.json) and spans.problem is None
    if spans.problem is not None:
        say(spans.problem)
    if signals:
        return INTERRUPTED
    return 1 if store.phase is RunPhase.FAILED or not told else 0


def configure(arguments: argparse.Namespace) -> tuple[RunConfig, Catalogue]:
    """The resolved configuration that the arguments mean, and the catalogue it was resolved with. Raises ConfigError."""
    tasks = arguments.tasks
    if tasks is None and arguments.seconds is None:
        tasks = RunConfig().tasks
    config = RunConfig(
        arguments.model,
        arguments.workload,
        arguments.workers,
        tasks,
        arguments.seconds,
        python=arguments.python,
        seed=arguments.seed,
    )
    catalogue = fetch(arguments.python)
    for broken in catalogue.broken:
        Console(stderr=True).print(Text(f"threadmill: {broken.path} is left out: {broken.error}"))
    config = catalogue.parse(config, _pairs("--param", arguments.param), _pairs("--option", arguments.option))
    return config.changed(python=catalogue.python.executable), catalogue


def _pairs(option: str, items: list[str]) -> dict[str, str]:
    pairs = {}
    for item in items:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise ConfigError(f"{option} takes NAME=VALUE, not {item!r}.")
        pairs[name] = value
    return pairs


def _check_writable(option: str, path: str | None, stdout: bool = False) -> None:
    """Say before the run, not after it, that its result has nowhere to go."""
    if path is None or (path == "-" and stdout):
        return
    if path in ("", "-"):
        raise ConfigError(f"{option} takes the name of a file{', or - for stdout' if stdout else ''}, not {path!r}.")
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path) or not os.access(path if os.path.exists(path) else folder, os.W_OK):
        raise ConfigError(f"{path} cannot be written; give a file in a directory that exists and is yours.")


@contextmanager
def _signals() -> Iterator[list[int]]:
    """Collects SIGINT and SIGTERM instead of dying of them."""
    came: list[int] = []

    def handler(number: int, frame: FrameType | None) -> None:
        came.append(number)

    previous = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, old in previous.items():
            signal.signal(number, old)


def _follow(session: RunSession, store: RunStore, spans: SpanWriter, console: Console, signals: list[int]) -> None:
    """Step until the run is over, showing how it goes. The first signal stops it, a second one ends it now."""
    shown = answered = 0
    with _progress(console) as progress:
        bar = progress.add_task("starting", total=None, figures="")
        while (batch := session.step()) is not None:
            store.apply(batch)
            spans.write(batch, store)
            for line in batch.texts:
                shown += 1
                if shown <= SHOWN_LINES:
                    console.print(
                        Text(f"[{line.pid}] {printable(line.text)}", style="red" if line.stream == "failure" else "")
                    )
                elif shown == SHOWN_LINES + 1:
                    console.print(Text(f"more than {SHOWN_LINES} lines: the rest are in the JSON only"))
            for mark in batch.marks:
                if mark.kind in SHOWN_MARKS:
                    console.print(Text(f"[{mark.pid}] {mark.text}", style="dim"))
            _show(progress, bar, store)
            if len(signals) > answered:
                session.stop() if answered == 0 else session.interrupt()
                answered = len(signals)
            if batch.ended is None:
                time.sleep(TICK_S)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=False,
        refresh_per_second=8,
    )


def _show(progress: Progress, bar: TaskID, store: RunStore) -> None:
    assert store.started is not None
    config, counts = store.started.config, store.counts
    done = counts.done + counts.failed
    parts = [f"{done:,} tasks"]
    if store.elapsed_s > 0.05:
        parts.append(f"{done / store.elapsed_s:,.0f}/s")
    if counts.failed:
        parts.append(f"{counts.failed:,} failed")
    figures = ", ".join(parts)
    if config.tasks is not None and config.seconds is None:
        total, completed = float(config.tasks), float(done)
    elif config.seconds is not None:
        total, completed = config.seconds, min(store.elapsed_s, config.seconds)
    else:
        total, completed = None, 0.0
    progress.update(bar, description=store.phase.value, total=total, completed=completed, figures=figures)


def _report(store: RunStore, target: str | None) -> bool:
    """Write the result where it belongs. False where that failed, which is said."""
    summary = summarise(store)
    if summary["error"]:
        say(summary["error"])
    text = json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        if target not in (None, "-"):
            with open(str(target), "w", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        say(f"{target} could not be written: {error.strerror}.")
        return False
    try:
        if target == "-":
            sys.stdout.write(text)
        else:
            _print_table(summary)
        sys.stdout.flush()
    except OSError as error:
        # The reader has enough (`| head`), or the disk is full. The interpreter must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            say(f"The result could not be written to stdout: {error.strerror}.")
            return False
    return True


def _print_table(summary: dict[str, Any]) -> None:
    console = Output()
    config, tasks, telemetry = summary["config"], summary["tasks"], summary["telemetry"]
    latency = summary["latency_s"]["service"]
    options = "".join(f", {name} {value}" for name, value in config["options"].items())
    console.print(
        Text(
            f"{config['model']} x {config['workers']}, {config['workload']}{options}, Python {summary['python']['version']}: "
            f"{summary['phase']}{' (stopped)' if summary['stopped'] else ''}",
            style="bold",
        )
    )
    figures = Table(show_header=False, box=None, pad_edge=False)
    rows = [
        (
            "tasks",
            f"{tasks['done']:,} done, {tasks['failed']:,} failed, {tasks['lost']:,} lost of {tasks['submitted']:,}",
        ),
        ("throughput", _unit(summary["throughput_per_s"], "tasks/s", ",.1f")),
        ("elapsed", _unit(summary["elapsed_s"], "s", ".3f")),
        ("start-up", _unit(summary["startup_s"], "s", ".3f")),
        ("task time", ", ".join(f"{name} {_ms(latency[name])}" for name in ("p50", "p90", "p99", "max"))),
        ("events", f"{telemetry['recorded']:,} recorded, {telemetry['dropped']:,} dropped"),
    ]
    for name, value in rows:
        figures.add_row(Text(name, style="dim"), Text(value))
    console.print(figures)
    processes = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("PID", "parent", "role", "tasks", "CPU s", "of it in the run", "exit"):
        processes.add_column(name, justify="left" if name in ("role", "exit") else "right")
    shown = summary["processes"][:20]
    for row in shown:
        processes.add_row(
            str(row["pid"]),
            str(row["ppid"] or "?"),
            row["role"],
            f"{row['tasks']:,}",
            f"{row['cpu_s']:.2f}",
            f"{row['run_cpu_s']:.2f}",
            "?" if row["exit"] is None else str(row["exit"]),
        )
    console.print(processes)
    if len(summary["processes"]) > len(shown):
        console.print(
            Text(f"and {len(summary['processes']) - len(shown):,} more processes (all are in --json)", style="dim")
        )


def _unit(value: float | None, unit: str, form: str) -> str:
    return "not known" if value is None else f"{value:{form}} {unit}"


def _ms(seconds: float | None) -> str:
    return "?" if seconds is None else f"{seconds * 1e3:,.3g} ms"
