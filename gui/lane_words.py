"""Lanes by name, in the language in force. Whoever names a lane in the window asks here; the names are `workers.contract.lanes`'s."""

from gui.translations import sentence, told
from workers.contract import lanes
from workers.contract.batch import LaneInfo


def in_words(name: str) -> str:
    """A lane's name, as workers and the JSON have it. What its model or the user has called it stays as it is."""
    return sentence(told(name))


def short(lane: LaneInfo) -> str:
    """Where PID and TID stand beside it."""
    return in_words(lanes.short(lane))


def who(lane: LaneInfo) -> str:
    """Where it stands alone."""
    return in_words(lanes.who(lane))
