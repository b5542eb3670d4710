"""The benchmark suite: `uv run --group benchmarks python -m tests.benchmarks`. See docs/BENCHMARKS.md.

All rows, measured in full, are written into docs/BENCHMARKS.md and README.md; anything less is printed.
"""

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from tests.benchmarks import publish, table
from tests.benchmarks.figures import Row, Scale
from tests.benchmarks.machine import described
from tests.benchmarks.measured import Measured
from tests.benchmarks.rows import ROWS, Entry, chosen
from tests.benchmarks.runner import ROOT, Interrupted, end_on_signals, run_all, settled


def main(argv: list[str] | None = None) -> int:
    """Returns the exit code: 1 where a row failed or nothing was published that should be, 2 for bad arguments, 128 + a signal."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.rows:
        for entry in ROWS:
            print(f"{entry.key:4} {entry.title} (tests/benchmarks/{entry.module}.py)")  # noqa: T201
        return 0
    less = [name for name in ("only", "quick", "cpu", "unchecked") if getattr(arguments, name)]
    if arguments.source is not None:
        if less or arguments.json:
            parser.error(f"--from measures nothing: --{(less or ['json'])[0]} does not go with it.")
        try:
            return _publish(_read(arguments.source), arguments.publish_anyway)
        except ValueError as error:
            parser.error(str(error))
    if less and arguments.publish_anyway:
        parser.error(f"--publish-anyway is for all rows, measured in full: --{less[0]} does not go with it.")
    try:
        entries = chosen(arguments.only)
        _try_to_write(arguments.json)
    except ValueError as error:
        parser.error(str(error))
    end_on_signals()
    today, begun = date.today().isoformat(), time.monotonic()
    rows: list[Row] = []
    number = 0
    try:
        _measure(entries, Scale(arguments.quick, arguments.cpu), arguments.unchecked, rows)
    except Interrupted as stopped:
        number = stopped.number
        rows += [stopped.row] if stopped.row else []
    whole = not less and not number
    measured = Measured(whole, today, time.monotonic() - begun, tuple(described()), tuple(rows))
    code = _hand_out(measured, arguments.json)
    if whole:
        code = _publish(measured, arguments.publish_anyway) or code
    return 128 + number if number else code or bool(measured.failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default="", metavar="P3,P6", help="these rows alone; printed, and not written")
    parser.add_argument("--rows", action="store_true", help="list the rows and measure nothing")
    parser.add_argument("--quick", action="store_true", help="some minutes, to see that it works; not written")
    parser.add_argument("--cpu", action="store_true", help="CPU time where a row can: for a busy machine; not written")
    parser.add_argument("--unchecked", action="store_true", help="do not look whether the cores are free; not written")
    parser.add_argument("--json", metavar="FILE", help="write the rows with every round as JSON; - for stdout")
    parser.add_argument(
        "--from", dest="source", metavar="FILE", help="write both files from such JSON (- for stdin); measure nothing"
    )
    parser.add_argument(
        "--publish-anyway", action="store_true", help="write both files also where rows failed or all are INCONCLUSIVE"
    )
    return parser


def _measure(entries: tuple[Entry, ...], scale: Scale, unchecked: bool, rows: list[Row]) -> None:
    for row in run_all(entries, scale, None if unchecked else settled):
        rows.append(row)
        said = row.error or ", ".join(table.found(figure).replace("**", "") for figure in row.figures)
        _say(f"{row.key} ({row.seconds:.0f} s): {said}")


def _try_to_write(file: str | None) -> None:
    """Raises ValueError where that could not be written in the end."""
    if file and file != "-":
        try:
            Path(file).open("a", encoding="utf-8").close()
        except OSError as error:
            raise ValueError(f"--json {file} cannot be written: {error.strerror}.") from error


def _hand_out(measured: Measured, file: str | None) -> int:
    """The file first: of a terminal that has hung up nothing can be said."""
    code = 0
    if file and file != "-":
        try:
            Path(file).write_text(measured.text(), encoding="utf-8")
        except OSError as error:
            _say(f"--json {file} was not written: {error.strerror}.")
            code = 1
    print(measured.text() if file == "-" else "\n".join(table.lines(measured.rows)), flush=True)  # noqa: T201
    return code


def _read(file: str) -> Measured:
    """Raises ValueError with a sentence where it is nothing to publish."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(f"--from {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise ValueError(f"--from {file} is no text.") from None
    try:
        measured = Measured.from_text(text)
    except ValueError as error:
        raise ValueError(f"--from {file} {error}; nothing was written.") from error
    if not measured.whole:
        raise ValueError(f"--from {file} is not of all rows, measured in full; nothing was written.")
    return measured


def _publish(measured: Measured, anyway: bool) -> int:
    against = publish.why_not(measured, ROOT)
    if against and not anyway:
        _say(
            f"docs/BENCHMARKS.md and README.md stay as they are: {against}. --publish-anyway writes them all the same."
        )
        return 1
    try:
        publish.write(measured, ROOT)
    except ValueError as error:
        _say(str(error))
        return 1
    return 1 if measured.failed else 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
