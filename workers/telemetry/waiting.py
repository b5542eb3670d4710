"""Waiting in slices: what a task waits for stands in its lane's ring meanwhile, it is tried again and again, and can be broken off.

A wait that nobody could end is told from one that lasts because it was tried again, in vain, after everybody else was seen to wait.
"""

from collections.abc import Callable
from typing import Any

from workers.contract.errors import DeadlockBroken
from workers.contract.spans import SpanKind
from workers.telemetry import recorder
from workers.telemetry.clock import now
from workers.telemetry.recorder import Lane
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


class KeptOut:
    """Of one lock in one process: waits that began when whoever had got it had not noted itself yet.

    Between taking a lock and noting so a thread may have to wait for the GIL, and meanwhile others come. The first holder to note
    itself after that is the one who kept them out.
    """

    def __init__(self) -> None:
        self._asking: list[tuple[Lane, int]] = []

    def __reduce__(self) -> tuple[type["KeptOut"], tuple[()]]:
        return KeptOut, ()  # waits are this process's own

    def ask(self, lane: Lane, start: int, place: int) -> None:
        """The wait of `lane` that began at `start` is for a lock without a holder."""
        self._asking.append((lane, start))
        # One who has noted itself meanwhile may have looked at this before.
        holder = table().holder(place)
        if holder:
            lane.kept_out_by(start, holder)

    def answer(self, number: int) -> None:
        """Called by the holder that has just noted itself: it is the lane of this number."""
        if self._asking:
            asking, self._asking = self._asking, []
            for lane, start in asking:
                if lane.number != number:
                    lane.kept_out_by(start, number)


def held_before(place: int, how: int, taken: int) -> int:
    """Of what the caller has now, and has not noted yet: who held it when the wait began; 0: not known.

    `taken` is what the table said then. With at most one holder since, it is that one; of several nobody knows which was the first.
    """
    found = table()
    one = how == TAKE and found.kind(place) == LOCK and found.taken(place) - taken <= 1
    return found.last(place) if one else 0


def broken_off(place: int) -> DeadlockBroken:
    """What is raised in the task."""
    return DeadlockBroken(f"The wait for {table().name(place)} was broken off.")


def wait(
    place: int,
    how: int,
    attempt: Callable[[float | None], bool],
    timeout: float | None = None,
    in_vain: Callable[[], bool] | None = None,
    kept_out: KeptOut | None = None,
) -> bool:
    """Wait for what stands at `place` (0: unwatched). Whether it came within `timeout` seconds (None: no limit).

    `attempt(seconds)` waits that long (None: without a limit) and says whether it came. `in_vain` says after a failed attempt
    whether nothing is on its way either. `kept_out` is the lock's, if it has a holder. Raises DeadlockBroken.
    """
    lane = recorder.current()
    if lane is None or not place:
        return attempt(timeout)
    taken = table().taken(place)
    holder = holder_of(place, how)
    start = lane.wait_for(place, holder, how | BREAKABLE | (0 if timeout is None else LIMITED))
    if kept_out is not None and not holder:
        kept_out.ask(lane, start, place)
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
        lane.wait_over(start, KINDS[how], *((held_before(place, how, taken), granted(place, how)) if came else ()))
    return came


def nobody_else(place: int, how: int) -> bool:
    """Whether nobody but lanes could end the wait: a lock is released by its holder, anything else by any thread."""
    return how == AWAIT or (how == TAKE and table().kind(place) == LOCK) or not any_stranger()


def granted(place: int, how: int) -> int:
    """Of what the caller has now, and has not noted yet: when it was given back; 0: not known.

    Of a semaphore it is when the last permit was given back: who waits may have been let on by an earlier one.
    """
    return table().released(place) if how == TAKE else 0


def used(place: int) -> None:
    """What stands there is used by the calling thread: one that is no lane, or a library's, makes it open."""
    lane: Any = recorder.current()
    if place and (lane is None or lane.role == "helper"):
        table().set_open(place)
