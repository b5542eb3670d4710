"""Change a global variable, and see afterwards what the main process has in it.

Threads have one set of globals: the main thread sees the change. A process has its own, copied or made anew when it starts, and
so does a sub-interpreter: what is changed there stays there.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Value, WorkloadInfo

INFO = WorkloadInfo(
    title="Global variable",
    summary="Changes a global: threads change that of the main program, each process only its own.",
    bound="coordination",
)

BEFORE = "as it was"
value = BEFORE


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int]]:
    """The task's number."""
    number = 0
    while True:
        yield (number,)
        number += 1


def run(number: int) -> int:
    """Change the global, and say what it is here. Returns the number."""
    global value
    value = f"changed by task {number}"
    print("value here:", value)  # noqa: T201 - that is what is to be seen
    return number


def checksum(result: int) -> int:
    """The task's number."""
    return result


def report(params: Mapping[str, Any], shared: None, done: int) -> dict[str, Value]:
    """What the main process has in its global."""
    return {"value": value, "changed": value != BEFORE}
