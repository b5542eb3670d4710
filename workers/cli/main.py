"""Arguments and exit codes: 0 finished, 1 run failed, 2 bad usage, 130 interrupted."""

import argparse
import errno
import math
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from workers.cli.history_arguments import add_history
from workers.cli.output import say
from workers.cli.own_function import add_arguments as add_function
from workers.cli.signals import signals_taken
from workers.cli.sweep_arguments import RECOMMEND, SWEEP, add_recommend, add_sweep
from workers.client.streams import open_standard_streams
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.memory import AUTOMATIC, END, PAUSE, SHARE
from workers.contract.memory import LEAST_MB as LEAST_LIMIT
from workers.contract.memory import MOST_MB as MOST_LIMIT
from workers.contract.memory import problem_of as limit_problem
from workers.insight.history import DEFAULT_MB, LEAST_MB, MOST_MB, problem_of

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
    commands = top.add_subparsers(
        dest="command",
        required=True,
        metavar="run | sweep | recommend | script | preflight | lesson | list | history | compare | doctor",
    )

    run = commands.add_parser(
        "run", help="run a workload under a concurrency model", description="Run a workload under a model."
    )
    _add_choice(run)
    run.add_argument("--seconds", type=_number, help="hand out tasks for so many seconds; those under way then may end")
    run.add_argument(
        "--json", metavar="FILE", help="write the summary as JSON to a file, or with - to stdout instead of the table"
    )
    run.add_argument(
        "--spans",
        metavar="FILE.csv",
        help="write the recorded spans as CSV: tasks and waits, and sleep and pickling of 50 µs or more (all of it is in the sums)",
    )
    run.add_argument(
        "--history-mb",
        type=_megabytes,
        default=DEFAULT_MB,
        metavar="MB",
        help=f"memory for single spans, {LEAST_MB} to {MOST_MB} (default: {DEFAULT_MB}); the oldest make room, all sums stay exact",
    )
    run.add_argument(
        "--memory-limit",
        type=_limit,
        default=AUTOMATIC,
        metavar="MB",
        help=f"memory that the run may take, {LEAST_LIMIT} to {MOST_LIMIT:,} (default: {SHARE:.0%}% of what is free): "
        f"at {PAUSE:.0%}% of it no new tasks "
        f"are begun until it falls, at {END:.0%}% the run is ended",
    )
    run.add_argument(
        "--keep",
        action="store_true",
        help="keep the finished run in the history (see `history` and `compare`; without it nothing is kept)",
    )
    run.add_argument("--quiet", action="store_true", help="no progress and no workers' output on stderr")

    add_sweep(
        commands.add_parser("sweep", help="measure models and worker counts against each other", description=SWEEP)
    )
    add_recommend(commands.add_parser("recommend", help="which model for your function", description=RECOMMEND))

    script = commands.add_parser(
        "script",
        help="a run as a short program of its own",
        description="Print a run as a short program that needs nothing of Threadmill.",
    )
    _add_choice(script)
    script.add_argument("-o", "--output", metavar="FILE", help="write it to a file instead of stdout")
    script.set_defaults(seconds=None)

    preflight = commands.add_parser(
        "preflight",
        help="what is to be known of a function of yours before it is run",
        description="Look at a function of a Python file of yours: it is imported and called a few times. "
        "Exit code 1: it cannot be called.",
    )
    add_function(preflight, required=True)
    preflight.add_argument(
        "--workers", type=_whole, default=RunConfig().workers, help="how many workers it is meant for (default 2)"
    )
    preflight.add_argument("--python", metavar="PATH", help="interpreter that it is to run under")
    preflight.add_argument("--json", metavar="FILE", help="write what was found as JSON to a file, or with - to stdout")

    lesson = commands.add_parser(
        "lesson",
        help="run a lesson and say whether it showed what it says",
        description="Run a lesson and judge its proof. Exit code 0: it held; 1: it did not.",
    )
    lesson.add_argument("key", metavar="KEY", help="which lesson (see `list lessons`)")
    lesson.add_argument("--config", metavar="NAME", help="which of its configurations (default: the first)")
    lesson.add_argument(
        "--python", metavar="PATH", help="interpreter that carries the run, where the lesson names none"
    )
    lesson.add_argument("--json", metavar="FILE", help="write the report as JSON to a file, or with - to stdout")
    lesson.add_argument("--quiet", action="store_true", help="no progress and no workers' output on stderr")
    _add_lessons(lesson)

    listing = commands.add_parser(
        "list", help="list what there is", description="List models, workloads, interpreters or lessons."
    )
    listing.add_argument("what", choices=("models", "workloads", "pythons", "lessons"))
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.add_argument("--python", metavar="PATH", help="under this interpreter")
    _add_lessons(listing)

    doctor = commands.add_parser(
        "doctor", help="versions, interpreters, start methods, display, limits of this machine"
    )
    doctor.add_argument("--json", action="store_true", help="as JSON")
    add_history(commands)
    return top


def _add_choice(command: argparse.ArgumentParser) -> None:
    """What is to be run."""
    default = RunConfig()
    command.add_argument(
        "--model", default=default.model, help=f"concurrency model (default {default.model}; see `list models`)"
    )
    command.add_argument(
        "--workers", type=_whole, default=default.workers, help=f"number of workers (default {default.workers})"
    )
    command.add_argument(
        "--workload",
        default=default.workload,
        help=f"what a task does (default {default.workload}; see `list workloads`)",
    )
    add_function(command)
    command.add_argument(
        "--tasks",
        type=_whole,
        help=f"end after so many tasks (default {default.tasks}, or no limit with --seconds; with --function, once for each input)",
    )
    command.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the workload; may be repeated",
    )
    command.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="an option of the model; may be repeated"
    )
    command.add_argument(
        "--python", metavar="PATH", help="interpreter that carries the run: a path, a command or a version such as 3.14"
    )
    command.add_argument(
        "--seed", type=_whole, default=default.seed, help="seed of the workload's random choices (default 0)"
    )


def _add_lessons(command: argparse.ArgumentParser) -> None:
    """Which lessons there are."""
    command.add_argument("--lessons", metavar="DIR", help="a folder of lessons of your own, before ours")
    command.add_argument(
        "--language", metavar="LANGUAGE", help="of the lessons, en or zh_CN (default: what LANGUAGE or the locale says)"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. Returns the exit code; what is wrong with the usage is one sentence on stderr."""
    open_standard_streams()
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as leave:
        return int(leave.code or 0)
    try:
        with signals_taken():
            return _carry_out(arguments)
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
        say(_in_a_sentence(error))
        return 1


def _in_a_sentence(error: OSError) -> str:
    if error.errno in (errno.EMFILE, errno.ENFILE):
        from workers.client.limits import too_few_descriptors

        return too_few_descriptors() or f"{error.strerror}: close something first."
    named = f"{error.filename}: " if isinstance(error.filename, str) else ""
    return f"{named}{error.strerror or error}."


def _carry_out(arguments: argparse.Namespace) -> int:
    """Returns the exit code."""
    if arguments.command == "run":
        from workers.cli.run import run

        return run(arguments)
    if arguments.command == "sweep":
        from workers.cli.sweep import sweep

        return sweep(arguments)
    if arguments.command == "recommend":
        from workers.cli.recommend import recommend

        return recommend(arguments)
    if arguments.command == "script":
        from workers.cli.script import script

        return script(arguments)
    if arguments.command == "preflight":
        from workers.cli.preflight import preflight

        return preflight(arguments)
    if arguments.command == "lesson":
        from workers.cli.lesson import lesson

        return lesson(arguments)
    if arguments.command == "list" and arguments.what == "lessons":
        from workers.cli.lesson import lessons

        return lessons(arguments)
    if arguments.command == "list":
        from workers.cli.listing import listing

        return listing(arguments)
    if arguments.command in ("history", "compare"):
        from workers.cli.history import compare, history

        return history(arguments) if arguments.command == "history" else compare(arguments)
    from workers.cli.doctor import doctor

    return doctor(arguments)


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


def _megabytes(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 12 else None
    if number is None or problem_of(number):
        raise argparse.ArgumentTypeError(f"must be a whole number from {LEAST_MB} to {MOST_MB}, not {text!r}")
    return number


def _limit(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 12 else None
    if limit_problem(number):
        raise argparse.ArgumentTypeError(f"must be a whole number from {LEAST_LIMIT} to {MOST_LIMIT}, not {text!r}")
    assert number is not None
    return number
