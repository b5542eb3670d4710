"""Results that crossed from one process to another, put together from the two marks of each: "sent" there, and "received" here.

Only the first tasks of a run are told of (`workers.contract.marks.SHOWN`), and the texts are those of `workers/crossing.py`.
"""

import re
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from workers.contract.batch import Mark
from workers.contract.config import Value

_RESULT = re.compile(r"(?:sent|received) the result of task (\d+)[^:]*: (.*?)(?: \(([\d,]+) bytes\))?")


class Crossed(NamedTuple):
    """One result at both ends."""

    sent: str
    """The value, as it was written where it was sent."""
    received: str
    """The same, where it came."""
    size: int
    """Bytes; 0: not known."""
    trip_ns: int
    """From just before it was sent to when the main thread had it."""


def crossed(marks: Iterable[Mark]) -> list[Crossed]:
    """Every result that was told of at both ends."""
    sent: dict[int, tuple[Mark, re.Match[str]]] = {}
    came: dict[int, tuple[Mark, re.Match[str]]] = {}
    for mark in marks:
        ends = {"sent": sent, "received": came}.get(mark.kind)
        matched = _RESULT.fullmatch(mark.text) if ends is not None else None
        if ends is not None and matched is not None:
            ends.setdefault(int(matched[1]), (mark, matched))
    found = []
    for task in sorted(sent.keys() & came.keys()):
        (left, there), (arrived, here) = sent[task], came[task]
        size = int((here[3] or there[3] or "0").replace(",", ""))
        found.append(Crossed(there[2], here[2], size, arrived.t_ns - left.t_ns))
    return found


def facts(marks: Iterable[Mark]) -> dict[str, Value]:
    """What is said of them in the table of facts."""
    found = crossed(marks)
    return {
        "received_equal": sum(item.sent == item.received for item in found),
        "message_bytes": max((item.size for item in found), default=0),
        "trip_s": float(median([item.trip_ns / 1e9 for item in found])) if found else 0.0,
    }
