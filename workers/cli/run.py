"""`threadmill run`: live progress on stderr, the result on stdout."""

import argparse
import json
import os
import sys
import time
from typing import IO, Any, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from workers.cli import own_function
from workers.cli.listing import say_broken, where_else
from workers.cli.main import INTERRUPTED
from workers.cli.output import Forgiving, Output, printable, say
from workers.cli.signals import signals_caught
from workers.cli.spans import SpanWriter
from workers.client.catalogue import fetch
from workers.client.interpreters import find
from workers.client.limits import raise_descriptor_limit
from workers.client.session import RunSession
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase
from workers.insight.history import History
from workers.insight.store import RunStore
from workers.insight.summary import summarise

TICK_S = 0.02
SHOWN_LINES = 1_000
SHOWN_MARKS = (
    *(
        "signal",
        "stop",
        "lost",
        "master",
        "unrecorded",
        "protocol",
        "barrier",
        "event",
        "deadlock",
        "standstill",
        "broken",
        "unanswered",
        "stalled",
        "thawed",
        "paused",
        "resumed",
    ),
    "turn",
)
OVERDUE_S = 2.0
STACKS_S = 1.0
"""How long a deadlock is left standing, so that the stacks of those in it arrive."""


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command. Raises ConfigError for what cannot be run."""
    config, catalogue = configure(arguments)
    check_writable("--json", arguments.json, stdout=True)
    check_writable("--spans", arguments.spans)
    raise_descriptor_limit()
    store = RunStore(History(arguments.history_mb))
    session = RunSession()
    session.memory_limit_mb = arguments.memory_limit
    console = Console(file=cast("IO[str]", Forgiving(sys.stderr)), quiet=arguments.quiet)
    try:
        session.learn(catalogue)
        with signals_caught() as signals:
            session.start(config)
            with SpanWriter(arguments.spans) as spans:
                follow(session, store, spans, console, signals)
    finally:
        session.close()
    told = _report(store, arguments.json) and spans.problem is None
    if arguments.keep:
        from workers.cli.history import keep

        told = keep(store, catalogue) and told
    if spans.problem is not None:
        say(spans.problem)
    elif arguments.spans is not None and store.spans.forgotten:
        say(
            f"{arguments.spans} holds all {store.delivered:,} spans that arrived, "
            f"also the {store.spans.forgotten:,} that were thinned from memory."
        )
    if signals:
        return INTERRUPTED
    return 1 if store.phase is RunPhase.FAILED or store.deadlock or not told else 0


def configure(arguments: argparse.Namespace) -> tuple[RunConfig, Catalogue]:
    """The resolved configuration that the arguments mean, and the catalogue it was resolved with. Raises ConfigError."""
    own = own_function.params_of(arguments)
    workload = own_function.WORKLOAD if own else arguments.workload
    tasks = arguments.tasks
    if tasks is None and arguments.seconds is None and workload != own_function.WORKLOAD:
        tasks = RunConfig().tasks  # a function of one's own is called once for each input
    config = RunConfig(
        arguments.model,
        workload,
        arguments.workers,
        tasks,
        arguments.seconds,
        python=arguments.python,
        seed=arguments.seed,
    )
    catalogue = fetch(arguments.python)
    say_broken(catalogue)
    _refuse_unavailable(config.model, catalogue)
    config = catalogue.parse(config, {**pairs("--param", arguments.param), **own}, pairs("--option", arguments.option))
    return config.changed(python=catalogue.python.executable), catalogue


def _refuse_unavailable(key: str, catalogue: Catalogue) -> None:
    """Say why a model cannot run under this interpreter, and which other one could."""
    info = catalogue.models.get(key)
    if info is None or not info.unavailable:
        return
    remedy = where_else(info, find()) if info.requires else ""
    raise ConfigError(
        f"{info.title} cannot run under Python {catalogue.python.version}: {info.unavailable}"
        f"{f'; {remedy}' if remedy else ''}.",
        "model",
    )


def pairs(option: str, items: list[str]) -> dict[str, str]:
    """NAME=VALUE, taken apart. Raises ConfigError where one is no such."""
    pairs = {}
    for item in items:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise ConfigError(f"{option} takes NAME=VALUE, not {item!r}.")
        pairs[name] = value
    return pairs


def check_writable(option: str, path: str | None, stdout: bool = False) -> None:
    """Say before the run, not after it, that its result has nowhere to go."""
    if path is None or (path == "-" and stdout):
        return
    if path in ("", "-"):
        raise ConfigError(f"{option} takes the name of a file{', or - for stdout' if stdout else ''}, not {path!r}.")
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path) or not os.access(path if os.path.exists(path) else folder, os.W_OK):
        raise ConfigError(f"{path} cannot be written; give a file in a directory that exists and is yours.")


def follow(session: RunSession, store: RunStore, spans: SpanWriter, console: Console, signals: list[int]) -> None:
    """Step until the run is over, showing how it goes. The first signal stops it, a second one ends it now.

    A deadlock ends by itself only here: nobody sits in front of a script to press Stop.
    """
    shown = answered = 0
    patience = float("inf")
    told = False
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
            if overdue(store, batch) and not told:
                told = True
                left = store.counts.submitted - store.counts.done - store.counts.failed
                still = "1 task is" if left == 1 else f"{left} tasks are"
                console.print(Text(f"time is up, and {still} still under way; Ctrl+C cuts off what is"))
            if store.deadlock and patience == float("inf"):
                patience = time.monotonic() + STACKS_S
            if time.monotonic() >= patience:
                patience = float("nan")
                session.stop()
            if len(signals) > answered:
                session.stop() if answered == 0 else session.interrupt()
                answered = len(signals)
            if batch.ended is None:
                time.sleep(TICK_S)


def overdue(store: RunStore, batch: Batch) -> bool:
    """Whether the run's time is up since OVERDUE_S, and it goes on for tasks that do not end."""
    assert store.started is not None
    seconds = store.started.config.seconds
    return seconds is not None and batch.phase is RunPhase.RUNNING and store.elapsed_s > seconds + OVERDUE_S


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
    progress.update(
        bar, description=_how(store.ended_by or store.phase.value), total=total, completed=completed, figures=figures
    )


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
            f"{config['model']} x {config['workers']}, {_task(config)}{options}, Python {summary['python']['version']}: "
            f"{_ended(summary)}",
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
        ("time", _accounts(summary)),
        ("task time", ", ".join(f"{name} {_ms(latency[name])}" for name in ("p50", "p90", "p99", "max"))),
        *((name.replace("_", " "), _plain(value)) for name, value in summary["outcome"].items()),
        ("checksum", summary["checksum"] or "not known"),
        *_memory(summary["memory"]),
        ("events", f"{telemetry['recorded']:,} recorded, {telemetry['dropped']:,} dropped"),
        *_thinned(summary["history"]),
    ]
    for name, value in rows:
        figures.add_row(Text(name, style="dim"), Text(value))
    console.print(figures)
    for finding in summary["findings"]:
        line = Text(f"{printable(finding['title'])}. ", style="bold")
        line.append(printable(f"{finding['text']} {finding['next']}"), style="not bold")
        console.print(line, soft_wrap=True)
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


WORDS = {
    "running": "running",
    "gil": "GIL",
    "run_queue": "waiting for a core",
    "lock": "locks",
    "queue": "queues",
    "io": "sleep and I/O",
    "serialising": "serialising",
    "ipc": "on the way between processes",
    "startup": "start-up",
    "idle": "idle",
    "unknown": "unknown",
}


def _task(config: dict[str, Any]) -> str:
    """The workload, or the function of one's own."""
    if config["workload"] != own_function.WORKLOAD:
        return str(config["workload"])
    return f"{os.path.basename(config['params']['file'])}:{config['params']['function']}"


def _ended(summary: dict[str, Any]) -> str:
    """How the run ended."""
    return _how(str(summary["ended_by"] or summary["phase"]))


def _how(how: str) -> str:
    """The end, or the phase, in words."""
    return {"deadlock": "stopped: deadlock", "standstill": "stopped: no progress"}.get(how, how)


def _accounts(summary: dict[str, Any]) -> str:
    """Where the time of those who ran tasks went, the most first; what rounds to nothing is left out."""
    wall = summary["wall_s"]
    if not wall:
        return "not known"
    parts = sorted(((seconds / wall, name) for name, seconds in summary["accounts"].items()), reverse=True)
    return ", ".join(f"{WORDS[name]} {share:.0%}" for share, name in parts if share >= 0.005)


def _memory(memory: dict[str, int] | None) -> list[tuple[str, str]]:
    """The most that the run had, of what it could take, and how often it was paused for it."""
    if memory is None:
        return []
    paused = f", paused {memory['pauses']} time{'s' * (memory['pauses'] != 1)} for it" if memory["pauses"] else ""
    return [("memory", f"{memory['peak'] >> 20:,} MiB at most, of {memory['limit'] >> 20:,} that it may take{paused}")]


def _thinned(history: dict[str, Any]) -> list[tuple[str, str]]:
    """What is said where the oldest spans had to go; nothing where all are kept."""
    if not history["thinned"]:
        return []
    since = _unit(history["detail_from_s"], "s", ",.1f")
    return [
        (
            "detail",
            f"before {since} {history['thinned']:,} spans were thinned to keep within {history['mb']:,} MB; all sums are exact",
        )
    ]


def _plain(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _unit(value: float | None, unit: str, form: str) -> str:
    return "not known" if value is None else f"{value:{form}} {unit}"


def _ms(seconds: float | None) -> str:
    return "?" if seconds is None else f"{seconds * 1e3:,.3g} ms"
