"""Waiting in an event loop: one look-out for all waits of the loop, which tries them again and breaks off those that are to be.

A coroutine keeps its place in the line meanwhile. That a wait is in vain is noted only where all that could happen in the loop is
known: no asyncio task but ours, no timer but ours, and each lane's own task waits, itself or for the one that does.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakKeyDictionary

from workers.telemetry import recorder
from workers.telemetry.recorder import Lane
from workers.telemetry.table import table
from workers.telemetry.waiting import (
    BREAKABLE,
    KINDS,
    SLICE_S,
    KeptOut,
    broken_off,
    granted,
    held_before,
    holder_of,
    nobody_else,
)

OURS = ("workers.telemetry.", "workers.flight")
"""Where the functions of timers that change nothing are from."""


class _Wait:
    """One coroutine's wait."""

    def __init__(self, lane: Lane, place: int, how: int, start: int, task: "asyncio.Task[Any]") -> None:
        self.lane, self.place, self.how, self.start, self.task = lane, place, how, start, task
        self.cancelling = task.cancelling()
        self.broken = False


class _LookOut:
    """Of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None
        self.waits: set[_Wait] = set()

    def add(self, wait: _Wait) -> None:
        self.waits.add(wait)
        if self._timer is None:
            self._timer = self._loop.call_later(SLICE_S, self.look)

    def drop(self, wait: _Wait) -> None:
        self.waits.discard(wait)
        if not self.waits and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def look(self) -> None:
        """Break off what is to be, and note what is in vain."""
        self._timer = self._loop.call_later(SLICE_S, self.look)
        for wait in self.waits:
            if wait.lane.broken(wait.start) and not wait.broken:
                wait.broken = True
                wait.task.cancel()
        if self._nobody_else():
            for wait in self.waits:
                if nobody_else(wait.place, wait.how):
                    wait.lane.tried()

    def _nobody_else(self) -> bool:
        known = set(recorder.own_tasks)
        for wait in self.waits:
            chain = wait.lane.own
            while chain is not None and chain is not wait.task:
                known.add(chain)
                chain = getattr(chain, "_fut_waiter", None)  # whom a task awaits; of a future nothing more is known
            if chain is None:
                return False
            known.add(chain)
        timers = getattr(self._loop, "_scheduled", None)
        if timers is None or any(not timer.cancelled() and not _is_ours(timer) for timer in timers):
            return False
        return asyncio.all_tasks(self._loop) <= known


def _is_ours(timer: asyncio.TimerHandle) -> bool:
    module = getattr(timer._callback, "__module__", None) or ""  # type: ignore[attr-defined]
    return str(module).startswith(OURS)


_look_outs: "WeakKeyDictionary[asyncio.AbstractEventLoop, _LookOut]" = WeakKeyDictionary()


async def wait(place: int, how: int, what: Awaitable[Any], kept_out: KeptOut | None = None) -> Any:
    """Await `what`, which is to give the caller what stands at `place` (0: unwatched). `kept_out`: see `waiting.wait`.

    Raises DeadlockBroken.
    """
    lane, task = recorder.current(), asyncio.current_task()
    if lane is None or task is None or not place:
        return await what
    loop = asyncio.get_running_loop()
    look_out = _look_outs.get(loop)
    if look_out is None:
        look_out = _look_outs[loop] = _LookOut(loop)
    taken, holder = table().taken(place), holder_of(place, how)
    start = lane.wait_for(place, holder, how | BREAKABLE)
    if kept_out is not None and not holder:
        kept_out.ask(lane, start, place)
    waits = _Wait(lane, place, how, start, task)
    look_out.add(waits)
    before = 0, 0
    try:
        came = await what
        before = held_before(place, how, taken), granted(place, how)
        return came
    except asyncio.CancelledError:
        if waits.broken and task.uncancel() <= waits.cancelling:
            raise broken_off(place) from None
        raise
    finally:
        look_out.drop(waits)
        lane.wait_over(start, KINDS[how], *before)
