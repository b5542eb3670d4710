"""The benchmark suite: `uv run --group benchmarks python -m tests.benchmarks`. See docs/BENCHMARKS.md.

All rows, measured in full, are written into docs/BENCHMARKS.md and README.md; anything less is printed.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.benchmarks import publish, table
from tests.benchmarks.figures import Scale
from tests.benchmarks.rows import ROWS, chosen
from tests.benchmarks.runner import ROOT, run_all


def main(argv: list[str] | None = None) -> int:
    """Returns the exit code: 1 where a row failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default="", metavar="P3,P6", help="these rows alone; printed, and not written")
    parser.add_argument("--rows", action="store_true", help="list the rows and measure nothing")
    parser.add_argument("--quick", action="store_true", help="a few seconds a row, to see that it works; not written")
    parser.add_argument("--cpu", action="store_true", help="CPU time where a row can: for a busy machine; not written")
    parser.add_argument("--unchecked", action="store_true", help="do not look whether the cores are free; not written")
    parser.add_argument("--json", metavar="FILE", help="write the rows with every round as JSON; - for stdout")
    parser.add_argument(
        "--from", dest="source", metavar="FILE", help="write both files from such JSON; measure nothing"
    )
    arguments = parser.parse_args(argv)
    if arguments.rows:
        for entry in ROWS:
            print(f"{entry.key:4} {entry.title} (tests/benchmarks/{entry.module}.py)")  # noqa: T201
        return 0
    if arguments.source:
        return _publish_from(Path(arguments.source))
    try:
        entries = chosen(arguments.only)
    except ValueError as error:
        parser.error(str(error))
    begun = time.monotonic()
    rows = []
    scale = Scale(arguments.quick, arguments.cpu)
    look = (lambda: "nobody looked (--unchecked)") if arguments.unchecked else None
    for row in run_all(entries, scale, look) if look else run_all(entries, scale):
        rows.append(row)
        said = row.error or ", ".join(table.found(figure).replace("**", "") for figure in row.figures)
        print(f"{row.key} ({row.seconds:.0f} s): {said}", file=sys.stderr, flush=True)  # noqa: T201
    seconds = time.monotonic() - begun
    whole = len(rows) == len(ROWS) and not (arguments.quick or arguments.cpu or arguments.unchecked)
    text = json.dumps({"whole": whole, "seconds": seconds, "rows": [row.plain() for row in rows]}, indent=1)
    if arguments.json == "-":
        print(text)  # noqa: T201
    else:
        if arguments.json:
            Path(arguments.json).write_text(text, encoding="utf-8")
        print("\n".join(table.lines(rows)))  # noqa: T201
    if whole:
        publish.write(rows, seconds, ROOT)
    return 1 if any(row.error for row in rows) else 0


def _publish_from(path: Path) -> int:
    from tests.benchmarks.figures import Row

    data = json.loads(path.read_text(encoding="utf-8"))
    if not data["whole"]:
        print(f"{path} is not of all rows, measured in full: nothing was written.", file=sys.stderr)  # noqa: T201
        return 1
    publish.write([Row.from_plain(row) for row in data["rows"]], data["seconds"], ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
