"""What a recorded span can be. One byte in the telemetry record.

A record has one more number, in the column `queued_us`: for a task the microseconds between its submission and its start, for
PICKLE and UNPICKLE the bytes, for LOCK which lock it was and who held it (`lock_of`, `holder_of`), for QUEUE and RESULT where a task
waited which queue or result it was (`lock_of`), for IO AWAITED where the others of its event loop could go on, for others 0.
"""

from enum import IntEnum


class SpanKind(IntEnum):
    """The kind of a span; everything but TASK is a wait or other overhead of the lane it stands in."""

    TASK = 0
    """The workload's function was being called."""
    START_UP = 1
    """A worker was coming up: from its birth to being ready. One that is ready before the clock starts waits for the others until then, and
    is counted so: up to the start of the clock."""
    JOIN = 2
    """Waiting for a thread or process to end."""
    RESULT = 3
    """Waiting for the result of a task handed to a worker."""

    CUT = 4
    """A task that was cut off, by Stop or by the end of its process: neither done nor failed."""
    LOCK = 5
    """Waiting for a lock, semaphore, condition, event or barrier that others hold back."""
    QUEUE = 6
    """Waiting for room in a queue, or for something to be put into it."""
    IO = 7
    """A task slept: `time.sleep`, or `asyncio.sleep` where tasks are coroutines. Other waits for the outside world are not recorded, they
    are sampled."""
    PICKLE = 8
    """What goes to another process was being made into bytes."""
    UNPICKLE = 9
    """Bytes from another process were being made into objects again."""

    @property
    def word(self) -> str:
        """The name used in exports: task, start_up, join, result, cut, lock, queue, io, pickle, unpickle."""
        return self.name.lower()


AWAITED = 1
"""In the other number of an IO span: it was `asyncio.sleep`. `time.sleep` in a coroutine holds up its whole loop."""
HOLDER_SHIFT = 16
"""Bits for the number of the lock; those of its holder are above them."""


def lock_of(number: int) -> int:
    """What a LOCK, QUEUE or RESULT span waited for: its number from 1 in the run's table of locks; 0 where it is not in it."""
    return number & ((1 << HOLDER_SHIFT) - 1)


def holder_of(number: int) -> int:
    """The lane that held the lock when a LOCK span began to wait for it, plus 1; 0 where that is not known.

    Whatever the lanes are: who had it then and so kept the waiter out, not who had it last, who had it for longest, or who has it
    when the wait is looked at. Where the lock was being handed over it is the first one who had it from then on.

    In the record it is a ring's number plus 1, as in the table of locks; the reader puts the lane in its place.
    """
    return number >> HOLDER_SHIFT
