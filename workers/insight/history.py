"""How much memory the detail of a run may take: one setting, shared out between those who keep spans. Imports nothing heavy."""

from dataclasses import dataclass

DEFAULT_MB, LEAST_MB, MOST_MB = 512, 64, 65_536
"""Megabytes (10**6 bytes). Below the least even a short run would lose its detail; the most is what a large machine has."""
ROW_BYTES = 38
"""Of a span in the store."""
DRAWN_BYTES = 24
"""Of a span in the timeline, its part of what stands ready for more included."""
STORED_PART = 0.25
"""Where there is a timeline it is what people look at; the store's own rows then serve what is asked once, at the end."""


@dataclass(frozen=True)
class History:
    """The bound, and what follows from it. Raises ValueError for a bound outside of [LEAST_MB, MOST_MB]."""

    mb: int = DEFAULT_MB
    drawn: bool = False
    """Whether a timeline keeps spans beside the store."""

    def __post_init__(self) -> None:
        problem = problem_of(self.mb)
        if problem:
            raise ValueError(problem)

    @property
    def stored(self) -> int:
        """Spans that a store keeps."""
        return int(self.mb * 1_000_000 * (STORED_PART if self.drawn else 1.0)) // ROW_BYTES

    @property
    def timeline(self) -> int:
        """Spans that a timeline keeps one by one."""
        return int(self.mb * 1_000_000 * (1 - STORED_PART)) // DRAWN_BYTES


def problem_of(mb: object) -> str:
    """What is wrong with this bound, in a sentence; empty for nothing."""
    if type(mb) is int and LEAST_MB <= mb <= MOST_MB:
        return ""
    return f"The memory for a run's detail must be a whole number of MB from {LEAST_MB} to {MOST_MB}, not {mb!r}."
