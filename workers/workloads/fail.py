"""Fail, in one of four ways and with some probability: what becomes of the task, its worker and the run differs by model.

raise: an exception, which the task's result carries home. exit: the process ends at once (`os._exit(3)`). segfault: C code reads
address 0 and the kernel kills the process. hang: the task never ends, until Stop ends it.
"""

import os
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

WAYS = ("raise", "exit", "segfault", "hang")
EXIT_CODE = 3

INFO = WorkloadInfo(
    title="Fail",
    summary="Fails with a probability: raises, exits, crashes or hangs. See what each model makes of it.",
    bound="waiting",
    params=(
        Param(
            "probability",
            0.1,
            "Probability",
            "How many of the tasks fail: 0.1 is one in ten.",
            minimum=0.0,
            maximum=1.0,
        ),
        Param(
            "how",
            "raise",
            "How",
            "An exception, an exit of the process, a crash in C, or a task that never ends.",
            choices=WAYS,
        ),
        Param("ms", 2.0, "Duration", "How long a task waits first.", unit="ms", minimum=0.0, maximum=60_000.0),
    ),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, str, float]]:
    """The task's number, how it is to fail (empty: not at all), and how many seconds it waits first."""
    number = 0
    while True:
        fails = random.random() < params["probability"]
        yield number, params["how"] if fails else "", params["ms"] / 1000
        number += 1


def run(number: int, how: str, seconds: float) -> int:
    """Wait, then fail or return the number. Raises RuntimeError where it is to raise."""
    time.sleep(seconds)
    if how == "raise":
        raise RuntimeError(f"task {number} was to raise")
    if how == "exit":
        os._exit(EXIT_CODE)
    if how == "segfault":
        import ctypes  # not at the top: an interpreter may have been built without it, and can fail in the other ways

        ctypes.string_at(0)
    while how == "hang":
        time.sleep(1.0)  # in steps: a signal must get through everywhere
    return number


def checksum(result: int) -> int:
    """The number of the task that did not fail."""
    return result
