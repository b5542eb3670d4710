"""The arguments of `threadmill history` and `threadmill compare`."""

import argparse
from typing import Any


def add_history(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add both."""
    history = commands.add_parser(
        "history",
        help="list the runs that were kept",
        description="List the runs that were kept: by the window, and by `threadmill run --keep`. The newest first.",
    )
    history.add_argument("--json", action="store_true", help="as JSON")
    compare = commands.add_parser(
        "compare",
        help="how two runs differ",
        description="Say how two runs differ: what was changed, and what came of it. One run each: what differs may be chance.",
    )
    for name in ("A", "B"):
        compare.add_argument(
            name,
            metavar=name,
            help="a kept run (its id, the beginning of it, its name, or `latest`), a .threadmill file, "
            "or a file that `threadmill run --json` wrote",
        )
    compare.add_argument("--json", metavar="FILE", help="as JSON to a file, or with - to stdout instead of the table")
