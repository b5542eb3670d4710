"""The arguments of `sweep` and `recommend`."""

import argparse
import math

from workers.cli import own_function
from workers.contract.config import RunConfig
from workers.sweep.candidates import DEFAULT_BUDGET_S, LEAST_BUDGET_S

SWEEP = (
    "Measure a workload, or a function of yours, under several models and numbers of workers: a fresh host for each round, in "
    "shuffled order, medians with intervals, and the scaling law. What was measured is kept: --resume goes on where it was."
)
RECOMMEND = (
    "Measure what is worth trying for a function of yours within a budget, and say what to use, with the evidence."
)


def add_sweep(command: argparse.ArgumentParser) -> None:
    """What `sweep` takes."""
    _add_work(command)
    command.add_argument(
        "--models", type=_names, metavar="A,B", help="models, by name (default: sequential, thread_pool, process_pool)"
    )
    command.add_argument(
        "--workers", type=_counts, metavar="1,2,4", help="numbers of workers (default: by the number of cores)"
    )
    command.add_argument(
        "--chunksizes",
        type=_counts,
        metavar="1,16",
        default=(1,),
        help="for models that send tasks in chunks (default 1)",
    )
    command.add_argument(
        "--pythons", type=_names, metavar="A,B", help="interpreters, each a path, a command or a version such as 3.14"
    )
    command.add_argument(
        "--sizes",
        type=_sizes,
        metavar="10,100,1000",
        help="sizes of a task, for the crossover map: from which length of a task on which model wins",
    )
    command.add_argument(
        "--size-param",
        metavar="NAME",
        help="the parameter of the workload that they are of (default: its first number); a function of yours is called with them",
    )
    command.add_argument(
        "--repeats", type=_count, default=3, help="rounds of each cell (default 3); noise asks for more"
    )
    command.add_argument(
        "--seconds",
        type=_seconds,
        metavar="S",
        help="how long a round hands out tasks (default: 1, longer for long tasks)",
    )
    command.add_argument("--csv", metavar="FILE", help="write the table of cells as CSV to a file, or with - to stdout")
    _add_common(command, None)


def add_recommend(command: argparse.ArgumentParser) -> None:
    """What `recommend` takes."""
    _add_work(command)
    command.add_argument(
        "--script", metavar="FILE", help="write what is recommended as a program of its own, with the function in it"
    )
    command.add_argument(
        "--pythons",
        type=_names,
        metavar="A,B",
        help="further interpreters to try: sub-interpreters come with 3.14; what the function imports must be there, too",
    )
    _add_common(command, DEFAULT_BUDGET_S)


def _add_work(command: argparse.ArgumentParser) -> None:
    default = RunConfig()
    command.add_argument("--workload", help=f"what a task does (default {default.workload}; see `list workloads`)")
    command.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter of it; may be repeated"
    )
    own_function.add_arguments(command)
    command.add_argument("--python", metavar="PATH", help="interpreter that carries the runs")
    command.add_argument("--seed", type=_whole, default=0, help="of the workload's random choices and of the order")


def _add_common(command: argparse.ArgumentParser, budget: float | None) -> None:
    said = f"default {budget:.0f}" if budget else "default: until every cell has its rounds"
    command.add_argument(
        "--budget", type=_budget, default=budget, metavar="SECONDS", help=f"how long it may measure ({said})"
    )
    command.add_argument("--resume", action="store_true", help="go on where the same one was interrupted")
    command.add_argument("--json", metavar="FILE", help="write the result as JSON to a file, or with - to stdout")
    command.add_argument("--quiet", action="store_true", help="no progress on stderr")


def _names(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not found:
        raise argparse.ArgumentTypeError("must be names with commas between them")
    return found


def _counts(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_count(part.strip()) for part in text.split(",")))


def _count(text: str) -> int:
    number = _whole(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError(f"must be from 1 to 100000, not {text}")
    return number


def _whole(text: str) -> int:
    try:
        return int(text.replace("_", ""))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}") from None


def _sizes(text: str) -> tuple[float, ...]:
    return tuple(dict.fromkeys(_positive(part.strip()) for part in text.split(",")))


def _positive(text: str) -> float:
    try:
        number = float(text.replace("_", ""))
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text!r}")
    return number


def _seconds(text: str) -> float:
    number = _positive(text)
    if not 0.05 <= number <= 600:
        raise argparse.ArgumentTypeError(f"must be from 0.05 to 600 seconds, not {text}")
    return number


def _budget(text: str) -> float:
    number = _positive(text)
    if not LEAST_BUDGET_S <= number <= 604_800:
        raise argparse.ArgumentTypeError(f"must be from {LEAST_BUDGET_S:.0f} to 604800 seconds, not {text}")
    return number
