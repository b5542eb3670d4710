"""What a workload reports, and where coroutines stand, as it can be told."""

import asyncio
import math
import traceback
from collections.abc import Mapping
from typing import Any

from workers.contract.config import MOST, Value
from workers.telemetry import recorder

LONGEST_NAME, LONGEST_VALUE = 200, 2_000
"""Characters of what a workload reports."""


def sayable(said: Mapping[Any, Any]) -> dict[str, Value]:
    """Names and values that JSON has."""
    return {str(name)[:LONGEST_NAME]: _sayable(value) for name, value in said.items()}


def _sayable(value: Any) -> Value:
    """A value that JSON has: what is none, such as NaN or a number of a thousand digits, as its text."""
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) <= MOST):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    try:
        return str(value)[:LONGEST_VALUE]
    except Exception as error:  # noqa: BLE001 - its own words may be broken
        return f"(it cannot be shown: {type(error).__name__})"


def say_coroutines() -> None:
    """Print where each coroutine of the calling event loop stands, from its task down to what it awaits."""
    for task in asyncio.all_tasks():
        frames = []
        at: Any = task.get_coro()
        while getattr(at, "cr_frame", None) is not None:  # a task's own get_stack stops at the first
            frames.append((at.cr_frame, at.cr_frame.f_lineno))
            at = at.cr_await
        lines = traceback.StackSummary.extract(iter(frames)).format()
        recorder.say("stderr", f"{task.get_name()}\n{''.join(lines)}".rstrip())
