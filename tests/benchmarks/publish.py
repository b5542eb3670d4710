"""Writes what was measured where people read it: the table into docs/BENCHMARKS.md, three numbers into README.md.

Only what stands between the marks is replaced; the rest of both files is written by hand.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.figures import Row
from tests.benchmarks.machine import described

COMMAND = "uv run --group benchmarks python -m tests.benchmarks"
BEGIN, END = "<!-- measured: {} -->", "<!-- end -->"


def replaced(text: str, mark: str, lines: Sequence[str]) -> str:
    """`text` with these lines between the marks. Raises ValueError where it has no such marks."""
    begin = BEGIN.format(mark)
    before, found, rest = text.partition(begin)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"There is no {begin} with {END} after it: put both where the figures go.")
    return "\n".join([before + begin, *lines, END + after])


def page(rows: Sequence[Row], seconds: float, today: date) -> list[str]:
    """What stands in docs/BENCHMARKS.md between the marks."""
    counts = dict.fromkeys(("met", "missed", "INCONCLUSIVE", "not measured"), 0)
    for row in rows:
        for figure in row.figures:
            said = row.verdict(figure)
            if said in counts:
                counts[said] += 1
    summary = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return [
        "",
        f"Measured on {today.isoformat()} in {seconds / 60:.0f} minutes: {summary}.",
        "",
        *(f"- {line}" for line in described()),
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
            rows, "P1", "task of 100 us", "What being watched costs a task of 100 µs, against the same without us"
        ),
        _headline(rows, "P8", "thread_pool", "From Run to the first task, against the start of a bare interpreter"),
        _headline(
            rows, "P4", "p95, ", "A frame with all charts in sight, 10 million spans stored, 60,000 more a second (p95)"
        ),
        "",
    ]


def _headline(rows: Sequence[Row], key: str, part: str, words: str) -> str:
    for row in rows:
        for figure in row.figures if row.key == key else ():
            if part in figure.what and figure.values:
                value = table.found(figure)
                if figure.ours:
                    value += f" ({figure.ours} against {figure.theirs})"
                if row.verdict(figure) == "INCONCLUSIVE":
                    value += ", **INCONCLUSIVE**: the machine was not free"
                return f"| {words} | {value} | {table.target(figure)} |"
    return f"| {words} | not measured | |"


def write(rows: Sequence[Row], seconds: float, root: Path) -> None:
    """Rewrite both files."""
    for path, mark, lines in (
        (root / "docs" / "BENCHMARKS.md", "table", page(rows, seconds, date.today())),
        (root / "README.md", "three numbers", headlines(rows)),
    ):
        path.write_text(replaced(path.read_text(encoding="utf-8"), mark, lines), encoding="utf-8")
