"""Writes what was measured where people read it: the table into docs/BENCHMARKS.md, three numbers into README.md.

Only what stands between the marks is replaced; the rest of both files is written by hand.
"""

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.figures import Row
from tests.benchmarks.measured import Measured

BEGIN, END = "<!-- measured: {} -->", "<!-- end -->"
SAID = "Measured on "


def replaced(text: str, mark: str, lines: Sequence[str]) -> str:
    """`text` with these lines between the marks. Raises ValueError where it has no such marks."""
    begin = BEGIN.format(mark)
    before, found, rest = text.partition(begin)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"There is no {begin} with {END} after it: put both where the figures go.")
    return "\n".join([before + begin, *lines, END + after])


def page(measured: Measured) -> list[str]:
    """What stands in docs/BENCHMARKS.md between the marks."""
    rows = measured.rows
    counts = dict.fromkeys(("met", "missed", "INCONCLUSIVE", "not measured"), 0)
    for row in rows:
        for figure in row.figures:
            verdict = row.verdict(figure)
            if verdict in counts:
                counts[verdict] += 1
    said = [f"{count} {word}" for word, count in counts.items() if count]
    failed = measured.failed
    said += [f"{len(failed)} row{'s' * (len(failed) > 1)} failed ({', '.join(failed)})"] if failed else []
    return [
        "",
        f"{SAID}{measured.date} in {measured.seconds / 60:.0f} minutes: {', '.join(said)}.",
        "",
        *(f"- {line}" for line in measured.machine),
        "",
        *table.lines(rows),
        "",
    ]


def headlines(rows: Sequence[Row]) -> list[str]:
    """The three numbers for the README. A number that is missing or INCONCLUSIVE is told as such."""
    return [
        "",
        "| What you care about | Measured | Wanted |",
        "|---|---|---|",
        _headline(
            rows,
            "P1",
            "tasks of 100 us in chunks",
            "What being watched costs a run: tasks of 100 µs in a process pool, against the script without us",
        ),
        _headline(rows, "P8", "thread_pool", "From Run to the first task, against the start of a bare interpreter"),
        _headline(
            rows,
            "P4",
            "p95, ",
            "A frame with throughput, activity and timeline in sight, 10 million spans stored, 60,000 more a second (p95)",
        ),
        "",
    ]


def _headline(rows: Sequence[Row], key: str, part: str, words: str) -> str:
    for row in rows:
        for figure in row.figures if row.key == key else ():
            if part in figure.what and figure.values:
                value = table.found(figure)
                if figure.ours:
                    value += f" ({figure.ours} against {figure.theirs})" if figure.theirs else f" ({figure.ours})"
                if row.verdict(figure) == "INCONCLUSIVE":
                    value += ", **INCONCLUSIVE**: the machine was not free"
                return f"| {words} | {value} | {table.target(figure)} |"
    return f"| {words} | not measured | |"


def why_not(measured: Measured, root: Path) -> str:
    """What speaks against writing this over a table that is there; empty where nothing does, or none is there yet."""
    if SAID not in (root / "docs" / "BENCHMARKS.md").read_text(encoding="utf-8"):
        return ""
    if measured.failed:
        return f"{', '.join(measured.failed)} failed"
    return "all rows are INCONCLUSIVE" if all(row.busy for row in measured.rows) else ""


def write(measured: Measured, root: Path) -> None:
    """Rewrite both files. Raises ValueError, and writes neither, where one has no marks."""
    texts = {}
    for path, mark, lines in (
        (root / "docs" / "BENCHMARKS.md", "table", page(measured)),
        (root / "README.md", "three numbers", headlines(measured.rows)),
    ):
        texts[path] = replaced(path.read_text(encoding="utf-8"), mark, lines)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
