"""The primitive around the work: what every task must get past before its workload's function is called."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from workers.contract.errors import ConfigError
from workers.contract.spans import SpanKind
from workers.engine.sharing import Share
from workers.telemetry import recorder
from workers.telemetry.locks import Watched
from workers.telemetry.table import LOCK, OTHER

EVENT_S = 0.25
"""When the main thread sets the Event, counted from the start of the clock: long enough to be seen."""
LIMIT_S = 60.0
"""The longest that a task waits at an Event or a Barrier; then it goes on without."""


@dataclass(frozen=True)
class Guard:
    """A primitive and how tasks pass it. Picklable where the primitive is."""

    kind: str
    primitive: Any
    number: int = 0
    """Its place in the table of watched locks, where the primitive is not itself watched."""

    def around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work` behind the primitive."""
        return partial(_PASSES[self.kind], self, work)

    def around_async(self, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """`work`, a coroutine function, behind the primitive, one of asyncio."""
        return partial(_PASSES_ASYNC[self.kind], self, work)

    def on_clock(self) -> None:
        """The clock has started: the main thread will set its Event."""
        if self.kind == "Event" and not isinstance(self.primitive, asyncio.Event):
            timer = threading.Timer(EVENT_S, self._set)
            timer.daemon = True
            timer.start()

    def _set(self) -> None:
        recorder.say("mark:event", "the main thread sets the Event: everybody may go")
        self.primitive.set()

    def look(self, under_way: int, loop: asyncio.AbstractEventLoop | None) -> None:
        """Break a Barrier at which all tasks that are `under_way` wait: nobody is left to make up its number."""
        barrier = self.primitive
        if self.kind != "Barrier" or barrier.broken or not 0 < under_way == barrier.n_waiting:
            return
        there = f"only {under_way} task{'s were' if under_way > 1 else ' was'} left to wait"
        recorder.say("mark:barrier", f"the Barrier of {barrier.parties} was broken: {there}")
        if loop is not None:
            loop.call_soon_threadsafe(lambda: asyncio.ensure_future(barrier.abort()))
        else:
            barrier.abort()


def check_permits(kind: str, permits: int, workers: int) -> None:
    """Raises ConfigError for a barrier that would never open."""
    if kind == "Barrier" and permits > workers:
        raise ConfigError(
            f"A Barrier of {permits} needs {permits} workers at once and there are {workers}: set permits to that or less.",
            "options.permits",
        )


def make_guard(share: Share, kind: str, permits: int) -> Guard:
    """The guard of this kind: one of the choices of the option `primitive`, except none."""
    source: Any = asyncio if share.lanes == "coroutines" else share.source
    if kind == "Lock":
        return Guard(kind, share.lock("the Lock"))
    if kind == "RLock":
        return Guard(kind, share.rlock("the RLock"))
    if kind in ("Semaphore", "BoundedSemaphore"):
        return Guard(kind, share.semaphore(permits, f"the {kind}", kind == "BoundedSemaphore"))
    number = share.number(f"the {kind}", LOCK if kind == "Condition" else OTHER)
    if kind == "Event":
        return Guard(kind, source.Event(), number)
    if kind == "Barrier":
        return Guard(kind, source.Barrier(permits), number)
    if share.lanes == "coroutines":
        return Guard(kind, share.lock("the Condition"))
    return Guard(kind, Watched(source.Condition(), number, exclusive=True))


def _pass_lock(guard: Guard, work: Callable[..., Any], *args: Any) -> Any:
    with guard.primitive:
        return work(*args)


def _pass_condition(guard: Guard, work: Callable[..., Any], *args: Any) -> Any:
    """One at a time, each telling the next: a condition is a lock that can also call those who wait."""
    with guard.primitive:
        result = work(*args)
        guard.primitive.inner.notify()
        return result


def _pass_event(guard: Guard, work: Callable[..., Any], *args: Any) -> Any:
    if not guard.primitive.is_set():
        _wait(guard, partial(guard.primitive.wait, LIMIT_S))
    return work(*args)


def _pass_barrier(guard: Guard, work: Callable[..., Any], *args: Any) -> Any:
    if not guard.primitive.broken:
        try:
            _wait(guard, partial(guard.primitive.wait, LIMIT_S))
        except threading.BrokenBarrierError:
            pass  # the host has said why
    return work(*args)


def _wait(guard: Guard, wait: Callable[[], Any]) -> None:
    lane = recorder.current()
    if lane is None:
        wait()
        return
    start = lane.wait_for(guard.number)
    try:
        wait()
    finally:
        lane.wait_over(start, SpanKind.LOCK)


async def _pass_lock_async(guard: Guard, work: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    async with guard.primitive:
        return await work(*args)


async def _pass_event_async(guard: Guard, work: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    event = guard.primitive
    if not event.is_set():
        asyncio.get_running_loop().call_later(EVENT_S, event.set)
        await _wait_async(guard, event.wait)
    return await work(*args)


async def _pass_barrier_async(guard: Guard, work: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    try:
        await _wait_async(guard, guard.primitive.wait)
    except (asyncio.BrokenBarrierError, TimeoutError):
        await guard.primitive.abort()
    return await work(*args)


async def _wait_async(guard: Guard, wait: Callable[[], Awaitable[Any]]) -> None:
    lane = recorder.current()
    start = lane.wait_for(guard.number) if lane is not None else 0
    try:
        await asyncio.wait_for(wait(), LIMIT_S)
    finally:
        if lane is not None:
            lane.wait_over(start, SpanKind.LOCK)


_PASSES = {
    "Lock": _pass_lock,
    "RLock": _pass_lock,
    "Semaphore": _pass_lock,
    "BoundedSemaphore": _pass_lock,
    "Condition": _pass_condition,
    "Event": _pass_event,
    "Barrier": _pass_barrier,
}
_PASSES_ASYNC = {
    **dict.fromkeys(("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition"), _pass_lock_async),
    "Event": _pass_event_async,
    "Barrier": _pass_barrier_async,
}
