"""Carries out one row: `python -m tests.benchmarks.child MODULE OUT [quick] [cpu]`. Writes its figures to OUT as JSON."""

import importlib
import json
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.figures import Scale


def main(arguments: list[str]) -> int:
    """What was found before something went wrong is kept."""
    module, out = arguments[:2]
    scale = Scale("quick" in arguments[2:], "cpu" in arguments[2:])
    figures: list[dict[str, object]] = []
    error = "It was not done in time."

    def write() -> None:
        Path(out).write_text(json.dumps({"figures": figures, "error": error}), encoding="utf-8")

    try:
        for figure in importlib.import_module(f"tests.benchmarks.{module}").measure(scale):
            figures.append(asdict(figure))
            write()  # what is there is kept, whatever comes
        error = ""
    except Exception as raised:  # noqa: BLE001 - whatever it is, it is told in the table
        traceback.print_exc(file=sys.__stderr__)
        error = " ".join(f"{type(raised).__name__}: {raised}".split())[:300]
    write()
    return 1 if error else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
