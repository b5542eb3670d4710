"""`time.sleep` and `asyncio.sleep` say how long a task slept: of all waiting for the outside world what can be recorded exactly.

While it lasts it stands in the lane's ring until when it will, so that nobody takes it for a standstill.
"""

import sys
import time
from functools import update_wrapper
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from workers.telemetry import recorder
from workers.telemetry.clock import now

MOST_S = 8e9
"""What a count of nanoseconds has room for."""

_sleep: Any = time.sleep
_sleep_async: Any = None


def watch() -> None:
    """Record from now on, in this interpreter. Call it before workloads are loaded, which may say `from time import sleep`."""
    vars(time)["sleep"] = sleep


def watch_loops() -> None:
    """The same of `asyncio.sleep`."""
    global _sleep_async
    if _sleep_async is None:
        import asyncio  # not at the top: worker processes would load it for nothing

        _sleep_async = asyncio.sleep
        # Whoever looks at it, or forgets to await it, finds the original's name, signature and documentation.
        vars(asyncio)["sleep"] = update_wrapper(sleep_async, _sleep_async)


def watch_loops_once_loaded() -> None:
    """The same as soon as somebody imports asyncio, also where it is `from asyncio import sleep`: few workers ever do."""
    if "asyncio" in sys.modules:
        watch_loops()
    else:
        sys.meta_path.insert(0, _Asyncio())


class _Asyncio:
    """A finder that lets others find, and watches what they have loaded before anybody sees it."""

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Nothing, unless it is asyncio."""
        if name != "asyncio":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def load_and_watch(module: ModuleType) -> None:
            load(module)
            watch_loops()

        vars(spec.loader)["exec_module"] = load_and_watch
        return spec


def sleep(seconds: float, /) -> None:
    """As time.sleep."""
    lane = recorder.current()
    if lane is None or not lane.busy:
        _sleep(seconds)
        return
    start = now()
    lane.naps(start + round(seconds * 1e9), start)
    try:
        _sleep(seconds)
    finally:
        lane.naps(0)
        lane.slept(start, seconds)


async def sleep_async(delay: float, result: Any = None) -> Any:
    """As asyncio.sleep, which does it, and says what it says to a delay that is none."""
    assert _sleep_async is not None
    lane = recorder.current()
    seconds = _seconds(delay) if lane is not None and lane.busy else 0.0
    if lane is None or not seconds:
        return await _sleep_async(delay, result)
    which = lane.falls_asleep(seconds)
    try:
        return await _sleep_async(delay, result)
    finally:
        lane.wakes_up(which)


def _seconds(delay: Any) -> float:
    """How long, a few centuries at most; 0.0 for what is no time to sleep."""
    try:
        seconds = float(delay)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return min(seconds, MOST_S) if seconds > 0 else 0.0
