"""The ways in which a worker can be broken on request while its run goes on ("Break it"), and what each of them is.

Signals come from outside; the others are done by a lane to itself, in a task of its own.
"""

SIGNALS = {"kill": "SIGKILL", "freeze": "SIGSTOP", "thaw": "SIGCONT"}
"""Way: the signal that is sent to the process."""
INSIDE = ("raise", "segfault", "exit", "fill")
"""Ways that a lane goes itself. They are told to it by number, from 1: its place here."""
WAYS = ("kill", "segfault", "exit", "freeze", "thaw", "fill", "raise")
"""All of them, in the order in which they are offered."""
DEADLY = ("kill", "segfault", "exit")
"""Those that end the process."""

MOST_MB = 1024
"""The most memory that a lane is asked to fill."""
LEAST_MB = 64
"""Less than this is not worth seeing."""
STEP_MB = 64
"""It is filled in steps of this size, so that whoever watches over memory can step in between."""
STEP_S = 0.05
"""The pause after each step."""
HOLD_S = 3.0
"""How long it is held when it is full."""
WAY_BITS = 8
"""In the lane's word the way is in the lowest bits, and how many MB in those above."""


def word(how: str, mb: int = 0) -> int:
    """What is written for the lane to read: the way, one of INSIDE, and how many MB it is to fill."""
    return INSIDE.index(how) + 1 | mb << WAY_BITS


def from_word(value: int) -> tuple[str, int]:
    """The way and the MB of a word. An unknown way is empty."""
    number = value & (1 << WAY_BITS) - 1
    return INSIDE[number - 1] if 0 < number <= len(INSIDE) else "", value >> WAY_BITS
