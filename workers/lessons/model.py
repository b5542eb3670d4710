"""What a lesson is, once its file has been read and checked. Everything is frozen and plain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workers.contract.config import RunConfig, Value

LEVELS = ("beginner", "intermediate", "advanced")
PLACES = (
    "throughputChart",
    "pidActivityChart",
    "processTable",
    "pictureView",
    "outputPanel",
    "raceFilm",
    "accountsChart",
    "timeline",
    "latencyChart",
    "statusLine",
)
"""Object names of what a lesson may ask to look at."""
BASE_LANGUAGE = "en"
"""Of `KEY.md`, the file that says what is run."""


class LessonError(ValueError):
    """A lesson's file cannot be used: which file, which line, and why, in one sentence."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}, line {line}: {why}")
        self.file = file
        self.line = line
        self.why = why


@dataclass(frozen=True)
class Answer:
    """One answer that can be chosen."""

    text: str
    right: bool
    hint: str
    """What to say to whoever chose it: why it is right, or what was not thought of."""


@dataclass(frozen=True)
class Question:
    """What is asked before the run. Exactly one answer is right."""

    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Condition:
    """`fact is value`, such as overlap == 1; or, where `than` is given, `fact is than * times`, another fact of the same run."""

    expression: str
    """As it stands in the file."""
    fact: str
    sign: str
    """One of ==, !=, <, <=, >, >=."""
    value: Value | None
    than: str
    times: float
    text: str
    """What it proves, for people."""


@dataclass(frozen=True)
class Setup:
    """One named configuration. The first of a lesson is run, the second is its contrast."""

    name: str
    title: str
    config: RunConfig
    per_core: int
    """Where it is not 0: so many workers for each usable core, whatever `config.workers` says."""
    proof: tuple[Condition, ...]
    line: int
    """Where it begins in its file."""

    def run_config(self, cores: int) -> RunConfig:
        """What to run on a machine with so many usable cores."""
        return self.config.changed(workers=self.per_core * cores) if self.per_core else self.config


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language."""

    key: str
    language: str
    file: str
    title: str
    chapter: str
    level: str
    point: str
    """The tutorial's point ("T5") that it makes, or the name of one beyond it."""
    order: int
    """Its place in the list."""
    question: Question
    setups: tuple[Setup, ...]
    look: str
    """Object name of what to look at: one of PLACES."""
    look_text: str
    """What is to be seen there."""
    reading: Mapping[str, str] = field(default_factory=dict)
    """Title: address."""
    before: str = ""
    """Markdown, shown before the run."""
    after: str = ""
    """Markdown, shown after it; {fact} stands for a fact of the run."""

    def setup(self, name: str | None = None) -> Setup | None:
        """The configuration of that name, or the first; None where there is none of that name."""
        if name is None:
            return self.setups[0]
        return next((setup for setup in self.setups if setup.name == name), None)

    def structure(self) -> Any:
        """All that must be the same in every language."""
        return (
            self.key,
            self.level,
            self.point,
            self.order,
            [answer.right for answer in self.question.answers],
            [
                (setup.name, setup.config, setup.per_core, [condition.expression for condition in setup.proof])
                for setup in self.setups
            ],
            self.look,
        )
