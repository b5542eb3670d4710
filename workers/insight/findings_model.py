"""What a finding is. It cannot be made without evidence, nor with a figure that is no number, nor with a gap in its sentences."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

IDS = (
    "deadlock",
    "standstill",
    "dead_worker",
    "tasks_failed",
    "lost_updates",
    "gil_bound",
    "waiting_bound",
    "oversubscribed",
    "busy_machine",
    "contended_lock",
    "one_at_a_time",
    "barrier",
    "slow_lane",
    "pickling",
    "tiny_tasks",
    "startup",
    "queue_bound",
    "blocked_loop",
    "memory",
    "not_enough_data",
)
LOOKS = (
    "timeline",
    "pidActivityChart",
    "processTable",
    "raceFilm",
    "throughputChart",
    "accountsChart",
    "latencyChart",
    "waitGraph",
    "outputPanel",
)
"""Object names of what a finding may point at."""
UNITS = ("s", "share", "bytes", "count", "cores", "ratio")
"""share: from 0 to 1, of what the figure's name says."""


@dataclass(frozen=True)
class Figure:
    """One number that a finding rests on. Raises ValueError where it is none, or its unit is not one of UNITS."""

    name: str
    value: float
    unit: str

    def __post_init__(self) -> None:
        if not self.name or self.unit not in UNITS or not math.isfinite(self.value):
            raise ValueError(f"{self.name!r} = {self.value!r} {self.unit!r} is no figure")

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {"name": self.name, "value": round(self.value, 9), "unit": self.unit}


@dataclass(frozen=True)
class Words:
    """The sentences of a finding, with named places for `Finding.values`. Each is a template of its own, to be translated."""

    title: str
    text: str
    next: str
    wrong_if: str
    look: str = "timeline"


@dataclass(frozen=True)
class Next:
    """What to do: words, and where a setting does it, the fields of a RunConfig to change (for `RunConfig.changed`)."""

    text: str
    change: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that a run showed.

    Raises ValueError where it has no evidence or another id than IDS, KeyError where a sentence names what is not in `values`.
    """

    id: str
    words: Words
    """The templates. `values` fills them: `words.title.format(**values)`, or a translation of it."""
    values: Mapping[str, str]
    """What stands in the sentences, written for people: "49 %", "1.2 s", "4"."""
    evidence: tuple[Figure, ...]
    explains: float = 0.0
    """The share of the workers' time that it accounts for, from 0 to 1; findings are in the order of it."""
    change: Mapping[str, Any] | None = None
    title: str = field(init=False)
    text: str = field(init=False)
    wrong_if: str = field(init=False)
    """When it would be wrong."""
    next: Next = field(init=False)

    def __post_init__(self) -> None:
        if self.id not in IDS:
            raise ValueError(f"{self.id!r} is no id of a finding")
        if not self.evidence:
            raise ValueError(f"a finding without evidence: {self.id}")
        if self.words.look not in LOOKS:
            raise ValueError(f"{self.id} points at {self.words.look!r}, which is no chart")
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        for name in ("title", "text", "wrong_if"):
            object.__setattr__(self, name, getattr(self.words, name).format(**self.values))
        change = None if self.change is None else MappingProxyType(dict(self.change))
        object.__setattr__(self, "change", change)
        object.__setattr__(self, "next", Next(self.words.next.format(**self.values), change))

    @property
    def look(self) -> str:
        """The object name of the chart that shows it."""
        return self.words.look

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "evidence": [figure.plain() for figure in self.evidence],
            "look": self.look,
            "next": self.next.text,
            "change": None if self.change is None else dict(self.change),
            "wrong_if": self.wrong_if,
        }
