"""All that the page shows of a lesson, as one frozen value: the controller makes it, the parts of the page draw it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gui.panels.lessons.progress import Stage
from workers.contract.config import Value
from workers.lessons.model import Lesson, Setup

if TYPE_CHECKING:
    from workers.lessons.proof import Proof


@dataclass(frozen=True)
class Result:
    """What a run of a configuration showed."""

    name: str
    """Of the configuration."""
    facts: Mapping[str, Value]
    proof: "Proof"

    @property
    def held(self) -> bool:
        """Whether it showed all that it was to show."""
        return self.proof.held


@dataclass(frozen=True)
class Obstacle:
    """Why a configuration cannot run as things stand."""

    reason: str
    """A sentence or two."""
    python: str = ""
    """Path of an interpreter that can run it; empty where none is known."""
    version: str = ""
    lasting: bool = False
    """Whether nothing on this machine can run it, as far as is known."""


@dataclass(frozen=True)
class View:
    """A lesson and where one stands in it."""

    lesson: Lesson
    missing: str = ""
    """That there is no translation, in a sentence."""
    answer: int | None = None
    skipped: bool = False
    stage: Stage = Stage.FRESH
    results: Mapping[str, Result] = field(default_factory=dict)
    """By configuration, of this session."""
    latest: str = ""
    """The configuration that ran last, of those in `results`."""
    running: str = ""
    """The configuration that runs."""
    deadlocked: bool = False
    """It is in a deadlock, and about to be ended."""
    busy: bool = False
    """Another run is under way."""
    note: str = ""
    """What became of a run that showed nothing: stopped, failed, refused."""
    bad: bool = False
    """The note is of something that went wrong."""
    obstacles: Mapping[str, Obstacle] = field(default_factory=dict)
    """By configuration."""
    place: str = ""
    """Which interpreter will run it, where the lesson wants one of its own; a sentence."""
    previous: str = ""
    """Title of the lesson before; empty where there is none."""
    next: str = ""

    @property
    def ready(self) -> bool:
        """Whether the question is out of the way."""
        return self.answer is not None or self.skipped

    def to_run(self) -> Setup:
        """What the main button runs: the first configuration not yet run; where all were, the first of all."""
        return next((setup for setup in self.lesson.setups if setup.name not in self.results), self.lesson.setups[0])

    def result(self) -> Result | None:
        """Of the run shown."""
        return self.results.get(self.latest)
