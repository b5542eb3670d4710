"""Arguments and exit codes: 0 finished, 1 run failed, 2 bad usage, 130 interrupted."""

import argparse
import math
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from workers.cli.output import say
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

USAGE = 2
INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence; the usage is there for the asking."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        say(f"{message[:1].upper()}{message[1:]}; `{self.prog} --help` shows the usage.")
        raise SystemExit(USAGE)


def program_version() -> str:
    """The installed version."""
    try:
        return version("threadmill")
    except PackageNotFoundError:
        return "unknown (not installed)"


def parser() -> argparse.ArgumentParser:
    """All subcommands."""
    top = Parser(
        prog="threadmill",
        description="A playground for Python concurrency. Without a command it opens the window.",
        epilog="The window takes --theme light|dark|system.",
    )
    top.add_argument("--version", action="version", version=f"threadmill {program_version()}")
    commands = top.add_subparsers(dest="command", required=True, metavar="run | list | doctor")

    run = commands.add_parser(
        "run", help="run a workload under a concurrency model", description="Run a workload under a model."
    )
    default = RunConfig()
    run.add_argument(
        "--model", default=default.model, help=f"concurrency model (default {default.model}; see `list models`)"
    )
    run.add_argument(
        "--workers", type=_whole, default=default.workers, help=f"number of workers (default {default.workers})"
    )
    run.add_argument(
        "--workload",
        default=default.workload,
        help=f"what a task does (default {default.workload}; see `list workloads`)",
    )
    run.add_argument(
        "--tasks", type=_whole, help=f"end after so many tasks (default {default.tasks}, or no limit with --seconds)"
    )
    run.add_argument("--seconds", type=_number, help="end after so many seconds")
    run.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the workload; may be repeated",
    )
    run.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="an option of the model; may be repeated"
    )
    run.add_argument(
        "--python", metavar="PATH", help="interpreter that carries the run: a path, a command or a version such as 3.14"
    )
    run.add_argument(
        "--seed", type=_whole, default=default.seed, help="seed of the workload's random choices (default 0)"
    )
    run.add_argument(
        "--json", metavar="FILE", help="write the summary as JSON to a file, or with - to stdout instead of the table"
    )
    run.add_argument("--spans", metavar="FILE.csv", help="write every recorded span as CSV")
    run.add_argument("--quiet", action="store_true", help="no progress and no workers' output on stderr")

    listing = commands.add_parser(
        "list", help="list what there is", description="List models, workloads or interpreters."
    )
    listing.add_argument("what", choices=("models", "workloads", "pythons"))
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.add_argument("--python", metavar="PATH", help="under this interpreter")

    doctor = commands.add_parser(
        "doctor", help="versions, interpreters, start methods, display, limits of this machine"
    )
    doctor.add_argument("--json", action="store_true", help="as JSON")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. Returns the exit code; what is wrong with the usage is one sentence on stderr."""
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as leave:
        return int(leave.code or 0)
    try:
        if arguments.command == "run":
            from workers.cli.run import run

            return run(arguments)
        if arguments.command == "list":
            from workers.cli.listing import listing

            return listing(arguments)
        from workers.cli.doctor import doctor

        return doctor(arguments)
    except ConfigError as error:
        say(str(error))
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        # The reader of our output has enough (`| head`), or there is no room for it. The interpreter must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0
        say(f"{error.strerror or error}.")
        return 1


def _whole(text: str) -> int:
    try:
        return int(text.replace("_", ""))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}") from None


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError(f"must be a number, not {text!r}")
    return number
