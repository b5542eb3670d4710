"""Lanes, and what they wait for, by name, in the language in force. Whoever names one in the window asks here.

The names are those of `workers.contract.lanes`.
"""

from gui.translations import sentence, told
from workers.contract import lanes
from workers.contract.batch import LaneInfo


def in_words(name: str) -> str:
    """A lane's, a lock's or a queue's name, as workers and the JSON have it. What the user has called it stays as it is."""
    return sentence(told(name))


def short(lane: LaneInfo) -> str:
    """Where PID and TID stand beside it."""
    return in_words(lanes.short(lane))


def who(lane: LaneInfo) -> str:
    """Where it stands alone."""
    return in_words(lanes.who(lane))
