"""How far each lesson was taken: what was answered, which configurations ran and whether their proofs held. No Qt.

It outlives the lessons: what is known of one whose file is gone for now is kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

MOST_LESSONS = 5_000
MOST_RUNS = 64
LONGEST_NAME = 200
ANSWERS = 64
"""No question has as many answers."""


class Stage(Enum):
    """How far one lesson was taken."""

    FRESH = "fresh"
    """Not begun."""
    ANSWERED = "answered"
    """The question was answered or skipped, or something has run."""
    UNDERSTOOD = "understood"
    """Answered or skipped, and a run and its contrast, or what of them can be run here, showed what they were to show."""


@dataclass
class Taken:
    """One lesson."""

    answer: int | None = None
    """Place of the answer chosen, from 0."""
    skipped: bool = False
    runs: dict[str, bool] = field(default_factory=dict)
    """By configuration: whether its proof held, once or more."""

    @property
    def ready(self) -> bool:
        """Whether the question is out of the way."""
        return self.answer is not None or self.skipped


class Progress:
    """All lessons, by key."""

    def __init__(self) -> None:
        self._taken: dict[str, Taken] = {}

    def of(self, key: str) -> Taken:
        """What is known of a lesson; that is nothing of a new one. For reading."""
        return self._taken.get(key, Taken())

    def answer(self, key: str, place: int) -> None:
        """The question was answered."""
        taken = self._own(key)
        taken.answer, taken.skipped = place, False

    def skip(self, key: str) -> None:
        """It was skipped."""
        taken = self._own(key)
        taken.answer, taken.skipped = None, True

    def ran(self, key: str, name: str, held: bool) -> None:
        """A configuration ran. Once its proof has held, a later run takes nothing back."""
        runs = self._own(key).runs
        if name in runs or len(runs) < MOST_RUNS:
            runs[name] = held or runs.get(name, False)

    def forget(self, key: str) -> None:
        """Begin a lesson anew."""
        self._taken.pop(key, None)

    def stage(self, key: str, names: Sequence[str], never: Collection[str] = ()) -> Stage:
        """How far a lesson with these configurations was taken. `never`: those of them that cannot be run here."""
        taken = self.of(key)
        held = sum(taken.runs.get(name, False) for name in names)
        able = sum(name not in never or taken.runs.get(name, False) for name in names)
        if taken.ready and held >= max(1, min(2, able)):
            return Stage.UNDERSTOOD
        return Stage.ANSWERED if taken.ready or taken.runs else Stage.FRESH

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {
            key: {"answer": taken.answer, "skipped": taken.skipped, "runs": dict(taken.runs)}
            for key, taken in self._taken.items()
        }

    @classmethod
    def from_plain(cls, data: object) -> "Progress":
        """From decoded JSON. Raises ValueError with the reason where it is not what `plain` writes."""
        if not isinstance(data, dict) or len(data) > MOST_LESSONS:
            raise ValueError(f"not a table of at most {MOST_LESSONS} lessons")
        made = cls()
        for key, entry in data.items():
            made._taken[_name(key)] = _taken(key, entry)
        return made

    def _own(self, key: str) -> Taken:
        if key not in self._taken and len(self._taken) >= MOST_LESSONS:
            del self._taken[next(iter(self._taken))]
        return self._taken.setdefault(key, Taken())


def _taken(key: str, entry: object) -> Taken:
    if not isinstance(entry, dict) or set(entry) - {"answer", "skipped", "runs"}:
        raise ValueError(f"lesson {key!r}")
    answer, skipped, runs = entry.get("answer"), entry.get("skipped", False), entry.get("runs", {})
    if answer is not None and (type(answer) is not int or not 0 <= answer < ANSWERS):
        raise ValueError(f"answer {answer!r:.60} of lesson {key!r}")
    if type(skipped) is not bool:
        raise ValueError(f"skipped {skipped!r:.60} of lesson {key!r}")
    if not isinstance(runs, dict) or len(runs) > MOST_RUNS or any(type(held) is not bool for held in runs.values()):
        raise ValueError(f"runs of lesson {key!r}")
    return Taken(answer, skipped, {_name(name): held for name, held in runs.items()})


def _name(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError(f"name {name!r:.60}")
    return name
