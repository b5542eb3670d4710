"""What a recorded span can be. One byte in the telemetry record."""

from enum import IntEnum


class SpanKind(IntEnum):
    """The kind of a span; everything but TASK is a wait or other overhead of the lane it stands in."""

    TASK = 0
    """The workload's function was being called."""
    START_UP = 1
    """A worker was coming up: from its birth to being ready."""
    JOIN = 2
    """Waiting for a thread or process to end."""
    RESULT = 3
    """Waiting for the result of a task handed to a worker."""

    CUT = 4
    """A task that Stop cut off: neither done nor failed."""

    @property
    def word(self) -> str:
        """The name used in exports: task, start_up, join, result, cut."""
        return self.name.lower()
