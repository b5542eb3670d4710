"""What `threadmill` does: the window; with a subcommand, or without a display, the terminal. Imports no Qt until it must."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from gui.display import missing, platform_wanted
from gui.leave import leave
from workers.client.streams import open_standard_streams

THEMES = ("system", "light", "dark")


class _Version(argparse.Action):
    """Says the version. Not argparse's own, which wants to know it beforehand: that takes a tenth of the time to the first paint."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Say it, and end."""
        from gui.version import version

        parser.exit(message=f"threadmill {version()}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="threadmill",
        description="A desktop playground for Python concurrency. Without a subcommand it opens the window.",
        epilog="Subcommands for the terminal: run, sweep, recommend, preflight, script, lesson, list, history, compare, "
        "doctor; `threadmill run --help` says more.",
    )
    parser.add_argument("--theme", choices=THEMES, help="colours of the window this time; by default as chosen in it")
    parser.add_argument("--lessons", metavar="DIR", type=Path, help="a folder of your own lessons")
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is, and end")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out what the arguments ask for. Returns the exit code."""
    open_standard_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and not arguments[0].startswith("-"):
        from workers.cli import main as terminal

        return terminal(arguments)
    options = _parser().parse_args(arguments)
    platform = platform_wanted(os.environ)
    if not platform:
        print("No display found: running the default run in the terminal.", file=sys.stderr)  # noqa: T201
        from workers.cli import main as terminal

        return terminal(["run"])
    lack = missing(platform)
    if lack:
        print(lack, file=sys.stderr)  # noqa: T201
        return 2
    if options.lessons is not None and not options.lessons.is_dir():
        print(f"There is no folder {options.lessons}: --lessons takes a folder of lessons.", file=sys.stderr)  # noqa: T201
        return 2
    if signal.getsignal(signal.SIGINT) is leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # from here on there is something to be put in order
    from gui.app import run_window

    return run_window(options.theme, options.lessons)
