"""The phases of a run, as the window and the terminal see them."""

from enum import StrEnum


class RunPhase(StrEnum):
    """Where a run stands. The value is the word used in the JSON summary."""

    IDLE = "idle"
    """Nothing has run yet."""
    STARTING = "starting"
    """The run was asked for; its host is being launched."""
    WARMING = "warming"
    """The host is there; workers are starting up and the clock stands still."""
    RUNNING = "running"
    """Every worker is ready; the clock runs."""
    STOPPING = "stopping"
    """Stop was asked; tasks under way get their grace time, then signals follow."""
    FINISHED = "finished"
    """The run is over: all tasks spent, time up, or stopped on request."""
    FAILED = "failed"
    """The run could not go on; the error says why. What was gathered is kept."""

    @property
    def active(self) -> bool:
        """Whether processes of the run may be alive."""
        return self in (RunPhase.STARTING, RunPhase.WARMING, RunPhase.RUNNING, RunPhase.STOPPING)
