"""Waiting in slices: what a task waits for stands in its lane's ring meanwhile, it is tried again and again, and can be broken off.

A wait that nobody could end is told from one that lasts because it was tried again, in vain, after everybody else was seen to wait.
"""

from collections.abc import Callable
from typing import Any

from workers.contract.errors import DeadlockBroken
from workers.contract.spans import SpanKind
from workers.telemetry import recorder
from workers.telemetry.clock import now
from workers.telemetry.strangers import any_stranger
from workers.telemetry.table import LOCK, table

SLICE_S = 0.25
"""How long a wait goes on before it looks up: four times a second cost a waiting lane 0.01 % of a core, and a deadlock is named in 3 s."""

TAKE, PUT, GET, AWAIT, ANY = range(1, 6)
"""How a lane waits: for a lock or semaphore, for room, for an item, for a result, or (the host) for whatever comes first."""
HOW = 15
LIMITED = 16
"""The wait has a time limit: it can go on."""
BREAKABLE = 32
"""It looks whether it is to be broken off."""

KINDS = {TAKE: SpanKind.LOCK, PUT: SpanKind.QUEUE, GET: SpanKind.QUEUE, AWAIT: SpanKind.RESULT}


def holder_of(place: int, how: int) -> int:
    """Who has the lock that is waited for; 0 for what has no holder."""
    found = table()
    return found.holder(place) if how == TAKE and found.kind(place) == LOCK else 0


def broken_off(place: int) -> DeadlockBroken:
    """What is raised in the task."""
    return DeadlockBroken(f"The wait for {table().name(place)} was broken off.")


def wait(
    place: int,
    how: int,
    attempt: Callable[[float | None], bool],
    timeout: float | None = None,
    in_vain: Callable[[], bool] | None = None,
) -> bool:
    """Wait for what stands at `place` (0: unwatched). Whether it came within `timeout` seconds (None: no limit).

    `attempt(seconds)` waits that long (None: without a limit) and says whether it came. `in_vain` says after a failed attempt
    whether nothing is on its way either. Raises DeadlockBroken.
    """
    lane = recorder.current()
    if lane is None or not place:
        return attempt(timeout)
    holder = holder_of(place, how)
    start = lane.wait_for(place, holder, how | BREAKABLE | (0 if timeout is None else LIMITED))
    end = None if timeout is None else start + round(timeout * 1e9)
    came = False
    try:
        while not came:
            left = SLICE_S if end is None else min(SLICE_S, max(0.0, (end - now()) / 1e9))
            came = attempt(left)
            if came:
                break
            if lane.broken(start):
                raise broken_off(place)
            if end is not None and now() >= end:
                break
            if (in_vain is None or in_vain()) and nobody_else(place, how):
                lane.tried()
    finally:
        lane.wait_over(start, KINDS[how], *(had(place, how) if came else ()))
    return came


def nobody_else(place: int, how: int) -> bool:
    """Whether nobody but lanes could end the wait: a lock is released by its holder, anything else by any thread."""
    return how == AWAIT or (how == TAKE and table().kind(place) == LOCK) or not any_stranger()


def had(place: int, how: int) -> tuple[int, int]:
    """Of what the caller has now, and has not said so yet: who had it before, and when that one gave it back; 0: not known.

    Of a semaphore it is the last one that gave back a permit: who waits may have been let on by an earlier one.
    """
    if how != TAKE:
        return 0, 0
    found = table()
    return (found.last(place) if found.kind(place) == LOCK else 0), found.released(place)


def used(place: int) -> None:
    """What stands there is used by the calling thread: one that is no lane, or a library's, makes it open."""
    lane: Any = recorder.current()
    if place and (lane is None or lane.role == "helper"):
        table().set_open(place)
