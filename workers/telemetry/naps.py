"""`time.sleep` says how long a task slept: of all waiting for the outside world the part that can be recorded exactly.

While it lasts it stands in the lane's ring until when it will, so that nobody takes it for a standstill. So does `asyncio.sleep`."""

import time
from typing import Any

from workers.telemetry import recorder
from workers.telemetry.clock import now

_sleep: Any = time.sleep
_sleep_async: Any = None


def watch() -> None:
    """Record from now on, in this interpreter. Call it before workloads are loaded, which may say `from time import sleep`."""
    vars(time)["sleep"] = sleep


def watch_loops() -> None:
    """The same of `asyncio.sleep`, where tasks are coroutines."""
    global _sleep_async
    if _sleep_async is None:
        import asyncio  # not at the top: worker processes would load it for nothing

        _sleep_async = asyncio.sleep
        vars(asyncio)["sleep"] = sleep_async


def sleep(seconds: float, /) -> None:
    """As time.sleep."""
    lane = recorder.current()
    if lane is None or not lane.busy:
        _sleep(seconds)
        return
    start = now()
    lane.naps(start + round(seconds * 1e9))
    try:
        _sleep(seconds)
    finally:
        lane.naps(0)
        lane.slept(start, seconds)


async def sleep_async(delay: float, result: Any = None) -> Any:
    """As asyncio.sleep. It has no span: the loop goes on meanwhile."""
    assert _sleep_async is not None
    lane = recorder.current()
    if lane is None or not lane.busy or delay <= 0:
        return await _sleep_async(delay, result)
    lane.naps(now() + round(delay * 1e9))
    try:
        return await _sleep_async(delay, result)
    finally:
        lane.naps(0)
