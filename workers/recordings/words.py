"""A difference in English words: for the terminal, for what is copied and for the JSON."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workers.recordings.diff import Caution, Diff, Line, Side
from workers.recordings.figures import percent, scale

SECTIONS = {
    "changed": "What was changed",
    "result": "What came of it",
    "accounts": "Where the time went",
    "latency": "Latency",
    "processes": "Processes",
    "losses": "Lost, failed, dropped",
    "findings": "Findings",
}
LABELS = {
    "model": "model",
    "workload": "workload",
    "workers": "workers",
    "tasks": "tasks",
    "seconds": "seconds",
    "seed": "seed",
    "options": "option {0}",
    "params": "parameter {0}",
    "python": "Python",
    "executable": "interpreter",
    "throughput": "throughput",
    "elapsed": "elapsed",
    "startup": "start-up",
    "done": "tasks done",
    "wall": "time of all lanes",
    "account.running": "running",
    "account.gil": "GIL",
    "account.run_queue": "waiting for a core",
    "account.lock": "lock",
    "account.queue": "queue",
    "account.io": "sleep, IO",
    "account.serialising": "pickling",
    "account.ipc": "on its way",
    "account.startup": "start-up",
    "account.idle": "idle",
    "account.unknown": "unknown",
    "latency.queue.p50": "waited, p50",
    "latency.queue.p90": "waited, p90",
    "latency.queue.p99": "waited, p99",
    "latency.queue.max": "waited, longest",
    "latency.service.p50": "took, p50",
    "latency.service.p90": "took, p90",
    "latency.service.p99": "took, p99",
    "latency.service.max": "took, longest",
    "processes": "processes",
    "cpu": "CPU: {0}",
    "cpu_each": "CPU per process",
    "rss": "memory, largest",
    "lost": "tasks lost",
    "failed": "tasks failed",
    "dropped": "events dropped",
    "finding": "{0}",
}
CAUTIONS = {
    "other_work": "Not the same work ({0}): compare with care.",
    "stopped": "{0} was stopped: its figures are of what was done until then.",
    "failed": "{0} failed: its figures are of what was done until then.",
    "deadlocked": "{0} ended in a deadlock: its figures are of what was done until then.",
    "turned": "{0} was changed while it ran ({1}): its configuration is that of its start.",
    "machine": "Not the same machine: {0} / {1}.",
    "python": "Not the same Python: {0} / {1}.",
    "gil": "The GIL was on in {0} and off in {1}.",
    "program": "Recorded by different versions of Threadmill: {0} / {1}.",
    "dropped": "{0} dropped {1} events: more was done than its accounts and latencies show.",
    "checksum_same": "The checksums are equal: both computed the same.",
    "checksum_other": "The same work, and the checksums differ: the results are not the same.",
    "checksum_other_work": "The checksums differ, as the work does.",
    "checksum_unknown": "Whether both computed the same is not known: a checksum is missing.",
    "same_setup": "The same configuration was run twice.",
    "one_each": "One run each: what differs may be chance.",
}
UNKNOWN = "not known"
ABSENT = "\N{EN DASH}"
"""In place of an option or parameter that this run did not have."""
PLAIN = ("no", "yes", "none")
DIRECTIONS = ("faster", "slower", "longer", "shorter", "more", "less", "same", "changed", "new", "gone")
Say = Callable[[str], str]
"""Puts one of the texts here into another language."""


def texts() -> Iterator[str]:
    """All that `Say` may be asked for."""
    for table in (SECTIONS, LABELS, CAUTIONS):
        yield from table.values()
    yield from (UNKNOWN, *PLAIN, *DIRECTIONS, "A", "B", "B - A")


def label(line: Line, say: Say = str) -> str:
    """What a line is about."""
    text = LABELS.get(line.key)
    return line.key if text is None else say(text).format(line.detail)


def caution(item: Caution, say: Say = str) -> str:
    """A caution as a sentence."""
    if item.key == "other_work":
        return say(CAUTIONS[item.key]).format(", ".join(say(LABELS[name].format("").strip()) for name in item.values))
    return say(CAUTIONS[item.key]).format(*item.values)


def cells(line: Line, say: Say = str, between: str = ",") -> tuple[str, str, str, str]:
    """A, B, the difference, and what that is of A, with a word for its direction. `between`: groups of three digits."""
    if not line.unit:
        one, two = (ABSENT if value is None and line.detail else _plain(value, say) for value in (line.a, line.b))
        return one, two, "", say(line.direction)
    how = scale(line.unit, (line.a, line.b), between)
    one, two = (say(UNKNOWN) if value is None else how.text(value) for value in (line.a, line.b))
    shares = line.shares
    if shares is not None:
        one, two = f"{one}  {percent(shares[0])}", f"{two}  {percent(shares[1])}"
    if line.difference is None:
        return one, two, "", say(UNKNOWN)
    if line.direction == "same":
        return one, two, "", say("same")
    part = f"{percent(line.relative, sign=True)} " if line.relative is not None else ""
    return one, two, how.text(line.difference, sign=True), f"{part}{say(line.direction)}"


def title(side: Side) -> str:
    """What a side is called in a line."""
    config = side.summary["config"]
    run = f"{config['model']} x {config['workers']}, {work(config)}, Python {side.summary['python']['version']}"
    return f"{side.name}: {run}" if side.name else run


def work(config: Mapping[str, Any]) -> str:
    """The workload of a configuration (JSON); of the user's own function what that is called: "work (mine.py)"."""
    params = config.get("params") or {}
    if config["workload"] != "own_function" or not params.get("function"):
        return str(config["workload"])
    return f"{params['function']} ({os.path.basename(str(params.get('file', '')))})"


def as_text(diff: Diff, say: Say = str) -> str:
    """All of it, in columns."""
    rows = [("", say("A"), say("B"), say("B - A"), "")]
    out = [f"A  {title(diff.a)}  [{diff.a.key}]", f"B  {title(diff.b)}  [{diff.b.key}]", ""]
    out += [f"{'!' if item.grave else '.'} {caution(item, say)}" for item in diff.cautions]
    rows += [(label(line, say), *cells(line, say)) for line in diff.lines]
    # What was changed may be long; numbers stay in their columns.
    widths = [min(40, max(len(row[i]) for row in rows)) for i in range(5)]
    section = ""
    out.append("")
    out.append(_row(rows[0], widths))
    for line, row in zip(diff.lines, rows[1:], strict=True):
        if line.section != section:
            section = line.section
            out += ["", say(SECTIONS[section])]
        out.append(_row(row, widths))
    return "\n".join(text.rstrip() for text in out) + "\n"


def as_rows(diff: Diff) -> list[tuple[object, ...]]:
    """For CSV, after CSV_HEADER: figures as they are, in seconds, bytes and parts of one."""
    return [
        (
            SECTIONS[line.section],
            label(line),
            line.unit,
            _csv(line.a),
            _csv(line.b),
            _csv(line.difference),
            _csv(line.relative),
            *(map(_csv, line.shares) if line.shares else ("", "")),
            line.direction,
        )
        for line in diff.lines
    ]


CSV_HEADER = ("section", "what", "unit", "a", "b", "difference", "relative", "share_a", "share_b", "direction")


def as_plain(diff: Diff) -> dict[str, Any]:
    """JSON-ready; see `resources/schema/compare.v1.json`."""
    return {
        "schema": "threadmill.compare.v1",
        **{letter: _side(side) for letter, side in (("a", diff.a), ("b", diff.b))},
        "cautions": [{"id": item.key, "text": caution(item), "grave": item.grave} for item in diff.cautions],
        "lines": [
            {
                "section": line.section,
                "id": f"{line.key}.{line.detail}" if line.detail and line.section != "findings" else line.key,
                "label": label(line),
                "unit": line.unit,
                "a": line.a,
                "b": line.b,
                "difference": _round(line.difference),
                "relative": _round(line.relative),
                "share_a": _round(line.shares[0]) if line.shares else None,
                "share_b": _round(line.shares[1]) if line.shares else None,
                "direction": line.direction,
            }
            for line in diff.lines
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "key": side.key,
        "name": side.name,
        "config": side.summary["config"],
        "python": side.summary["python"]["version"],
        "partial": side.partial,
    }


def _row(row: tuple[str, ...], widths: list[int]) -> str:
    what, a, b, difference, relative = row
    numbers = (f"{text:>{width}}" for text, width in zip((a, b, difference), widths[1:4], strict=True))
    return f"  {what:<{widths[0]}}  {'  '.join(numbers)}  {relative}"


def _plain(value: object, say: Say) -> str:
    if isinstance(value, bool) or value is None:
        return say(PLAIN[2 if value is None else value])
    return f"{value:,}" if isinstance(value, int) else str(value)


def _csv(value: object) -> object:
    return "" if value is None else value


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 9)
