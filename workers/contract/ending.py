"""How a run is brought to its end, step by step, and what became of a host that was to stand ready."""

from dataclasses import dataclass

ASKED = "asked"
"""The first step: no new tasks. The others are called by their signal."""


@dataclass(frozen=True)
class StopStep:
    """One step of Stop."""

    step: str
    """ASKED, or the name of the signal that was sent."""
    t_ns: int
    pids: tuple[int, ...]
    """Who was left of the run then, and got it."""
    next: str = ""
    """The signal that follows; empty where none does."""
    next_ns: int = 0
    """When it follows, if anybody is left by then."""


@dataclass(frozen=True)
class SpareTrouble:
    """The host that was to stand ready for the next run has ended by itself, again and again, and is started no more."""

    pid: int
    how: str
    """How the last one ended, in words, such as "was killed by SIGKILL"."""
    deaths: int
    minutes: int
    """So many ended within so many minutes."""
    output: tuple[str, ...] = ()
    """The last lines that it wrote."""
