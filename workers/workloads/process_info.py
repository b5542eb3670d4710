"""Say where a task runs, as the tutorial's info(): the name of the main module there, the parent's PID and its own.

A spawned child executes the main program's file again, so that it has its functions, under the name `__mp_main__`: then what
stands below `if __name__ == "__main__":` is not executed a second time. What stands at the top of a file is.

In a run this file is not the main program's, so it looks that one up. In a script it is, and there the lookup is written `__name__`.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Value, WorkloadInfo

INFO = WorkloadInfo(
    title="Process info",
    summary="Prints the main module's name, the parent's PID and the own one, and who executed the top of the file.",
    bound="waiting",
)

EXECUTED_BY = os.getpid()
"""The process in which the top of this file was executed: a forked child has this from its parent, a spawned one does it again."""


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int]]:
    """The task's number."""
    number = 0
    while True:
        yield (number,)
        number += 1


def run(number: int) -> int:
    """Print the lines. Returns the number."""
    info("called from the task")
    print("hello", f"bob {number}")  # noqa: T201 - that is what is to be seen
    return number


def info(title: str) -> None:
    """Print where this is."""
    print(title)  # noqa: T201
    print("module name:", sys.modules["__main__"].__name__)  # noqa: T201
    print("parent process:", os.getppid())  # noqa: T201
    print("process id:", os.getpid())  # noqa: T201
    print("file executed by:", EXECUTED_BY)  # noqa: T201


def checksum(result: int) -> int:
    """The task's number."""
    return result


def report(params: Mapping[str, Any], shared: None, done: int) -> dict[str, Value]:
    """The same of the main process."""
    return {
        "module_name": sys.modules["__main__"].__name__,
        "parent_process": os.getppid(),
        "process_id": os.getpid(),
    }
