"""How much memory a run may take. On its own: whoever asks for the bounds needs nothing else."""

from dataclasses import dataclass

LEAST_MB, MOST_MB = 64, 1 << 20
"""A limit that somebody sets: less than LEAST_MB no host can start with."""
AUTOMATIC = 0
"""Set no limit of one's own: SHARE of what is free when the run starts."""
SHARE = 0.8
PAUSE, GO_ON, END = 0.8, 0.75, 0.95
"""Of the limit: from here on no new tasks; below that they are handed out again; here the run is ended."""


@dataclass(frozen=True)
class RunMemory:
    """What the processes of a run have, at one instant."""

    used: int
    """Bytes, what they share counted once (where the system tells)."""
    limit: int
    """Bytes."""
    held: bool = False
    """Whether no new tasks are handed out because of it."""


def problem_of(mb: object) -> str:
    """What is wrong with a limit that somebody set, in words; empty where nothing is. AUTOMATIC is none of one's own."""
    if type(mb) is not int or (mb != AUTOMATIC and not LEAST_MB <= mb <= MOST_MB):
        return f"memory limit {mb!r}: {LEAST_MB} to {MOST_MB} MB, or {AUTOMATIC} for {SHARE:.0%} of what is free"
    return ""
