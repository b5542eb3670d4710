"""Reads a lesson's file: TOML between two lines of `+++`, then Markdown under the headings `# before` and `# after`.

A translation (`KEY.zh_CN.md`) says in the same form what it says differently; all else, what is run above all, is taken from
`KEY.md`. So a configuration stands in one place, and no translation can run something else.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.lessons.facts import known
from workers.lessons.model import LEVELS, PLACES, Answer, Condition, Lesson, LessonError, Question, Setup
from workers.lessons.proof import parse_condition, placeholders

FENCE = "+++"
SECTIONS = ("before", "after")
FIELDS = {"title", "chapter", "level", "point", "order", "question", "configs", "look", "reading"}
OWN_OF_CONFIG = {"title", "proof", "workers_per_core"}
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


class Source(NamedTuple):
    """A file taken apart."""

    name: str
    text: str
    front: dict[str, Any]
    sections: dict[str, str]

    def line(self, *path: str) -> int:
        """The line of a field such as ("configs", "with-lock", "workers"); of the table it is in where it is not found."""
        lines = self.text.splitlines()
        best = 1
        for depth in range(len(path), 0, -1):
            header = re.compile(
                r"\s*\[+\s*" + r"\s*\.\s*".join(f'"?{re.escape(part)}"?' for part in path[:depth]) + r"\s*\]+"
            )
            start = next((number for number, line in enumerate(lines, 1) if header.match(line)), None)
            if start is not None:
                best = start
                break
        else:
            depth = 0
        if depth < len(path):
            key = re.compile(rf"\s*[\"']?{re.escape(path[depth])}[\"']?\s*=")
            for number, line in enumerate(lines[best if depth else 0 :], best + 1 if depth else 1):
                if number > 1 and (line.strip() == FENCE or re.match(r"\s*\[", line)):
                    break
                if key.match(line):
                    return number
        return best

    def fault(self, why: str, *path: str) -> LessonError:
        """An error at a field."""
        return LessonError(self.name, self.line(*path), why)


def take_apart(name: str, text: str) -> Source:
    """The front matter and the sections of a file. Raises LessonError where it has none that can be read."""
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        raise LessonError(name, 1, f"a lesson begins with a line {FENCE}, then its front matter in TOML.")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise LessonError(name, len(lines), f"the front matter has no end: put a line {FENCE} after it.")
    try:
        front = tomllib.loads("\n".join(lines[1:end]) + "\n")
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) + 1 if at and at[1] else end
        raise LessonError(name, line, f"the front matter is no TOML: {_AT.sub('', str(error)).rstrip('.')}.") from None
    except (ValueError, RecursionError) as error:  # a date that does not exist, brackets without end
        raise LessonError(name, 1, f"the front matter cannot be read ({type(error).__name__}).") from None
    return Source(name, text, front, _sections(name, lines, end + 1))


def _sections(name: str, lines: list[str], start: int) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    fenced = False
    for number, line in enumerate(lines[start:], start + 1):
        fenced ^= line.startswith("```")
        heading = line[2:].strip().lower() if line.startswith("# ") and not fenced else ""
        if heading:
            if heading not in SECTIONS or heading in found:
                raise LessonError(
                    name, number, f"the sections are `# before` and `# after`, once each, not {line!r:.60}."
                )
            current = found[heading] = []
        elif current is not None:
            current.append(line)
        elif line.strip():
            raise LessonError(name, number, "text must stand under `# before` or `# after`.")
    return {heading: "\n".join(body).strip() for heading, body in found.items()}


def translated(base: Source, source: Source) -> Source:
    """`source`, with what it does not say taken from `base`. Raises LessonError where it would run something else."""
    given = source.front
    for name in ("level", "point", "order"):
        if name in given and given[name] != base.front.get(name):
            raise source.fault(f"{name} must be as in {base.name}, or left out.", name)
    front = {
        **base.front,
        **{name: value for name, value in given.items() if name not in ("configs", "question", "look")},
    }
    front["question"] = _question_of(base, source)
    front["look"] = {**base.front["look"], **_table(source, given.get("look", {}), "look")}
    if front["look"].get("at") != base.front["look"].get("at"):
        raise source.fault(f"look.at must be as in {base.name}, or left out.", "look", "at")
    front["configs"] = _configs_of(base, source)
    return source._replace(front=front, sections={**base.sections, **source.sections})


def _question_of(base: Source, source: Source) -> dict[str, Any]:
    question = {**base.front["question"], **_table(source, source.front.get("question", {}), "question")}
    answers, ours = base.front["question"]["answers"], question["answers"]
    if not isinstance(ours, list) or len(ours) != len(answers) or not all(isinstance(item, dict) for item in ours):
        raise source.fault(f"the question must have {len(answers)} answers, as in {base.name}.", "question", "answers")
    for answer, mine in zip(answers, ours, strict=True):
        if mine.get("right", answer.get("right", False)) != answer.get("right", False):
            raise source.fault(f"the right answer must be the same as in {base.name}.", "question", "answers")
    question["answers"] = [{**answer, **mine} for answer, mine in zip(answers, ours, strict=True)]
    return question


def _configs_of(base: Source, source: Source) -> dict[str, Any]:
    configs = {name: dict(table) for name, table in base.front["configs"].items()}
    for name, table in _table(source, source.front.get("configs", {}), "configs").items():
        if name not in configs:
            raise source.fault(f"{base.name} has no configuration {name!r}.", "configs", name)
        for key, value in _table(source, table, "configs", name).items():
            if key not in ("title", "proof") and value != configs[name].get(key):
                raise source.fault(f"{key} must be as in {base.name}, or left out.", "configs", name, key)
        for expression in _table(source, table.get("proof", {}), "configs", name, "proof"):
            if expression not in configs[name]["proof"]:
                raise source.fault(f"{base.name} proves no {expression!r}.", "configs", name, "proof", expression)
        proof = {**configs[name]["proof"], **table.get("proof", {})}
        configs[name] = {**configs[name], **table, "proof": proof}
    return configs


def _table(source: Source, value: object, *path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise source.fault(f"{path[-1]} must be a table, not {value!r:.60}.", *path)
    return value


def lesson(key: str, language: str, source: Source) -> Lesson:
    """The lesson in a file that says everything. Raises LessonError, with the file and the line, for what is wrong or missing."""
    front = source.front
    if NAME.fullmatch(key) is None:
        raise LessonError(
            source.name, 1, f"a lesson's file is named by small letters, digits and dashes, not {key!r:.60}."
        )
    for name in front:
        if name not in FIELDS:
            raise source.fault(f"a lesson has no field {name!r}; it has {', '.join(sorted(FIELDS))}.", name)
    order = front.get("order", 1_000)
    if type(order) is not int:
        raise source.fault(f"order must be a whole number, not {order!r:.60}.", "order")
    look = _table(source, front.get("look", {}), "look")
    configs = _table(source, front.get("configs", {}), "configs")
    if not configs:
        raise source.fault("a lesson needs a configuration to run: [configs.NAME] with model and workload.", "configs")
    reading = _table(source, front.get("reading", {}), "reading")
    for title, address in reading.items():
        if not isinstance(address, str) or not address.startswith(("https://", "http://")):
            raise source.fault(f"reading must be titles with web addresses, not {address!r:.60}.", "reading", title)
    for name in SECTIONS:
        if not source.sections.get(name):
            raise LessonError(
                source.name, max(1, len(source.text.splitlines())), f"the section `# {name}` is missing or empty."
            )
    for fact in placeholders(source.sections["after"]):
        if known(fact):
            lines = source.text.splitlines()
            place = next((number for number, line in enumerate(lines, 1) if f"{{{fact}}}" in line), 1)
            raise LessonError(source.name, place, known(fact))
    return Lesson(
        key,
        language,
        source.name,
        _text(source, front, "title"),
        _text(source, front, "chapter"),
        _one_of(source, front, LEVELS, "level"),
        _text(source, front, "point"),
        order,
        _question(source, _table(source, front.get("question", {}), "question")),
        tuple(_setup(source, name, _table(source, table, "configs", name)) for name, table in configs.items()),
        _one_of(source, look, PLACES, "look", "at"),
        _text(source, look, "look", "text"),
        dict(reading),
        source.sections["before"],
        source.sections["after"],
    )


def _text(source: Source, table: Mapping[str, Any], *path: str) -> str:
    value = table.get(path[-1])
    if not isinstance(value, str) or not value.strip():
        said = "it is missing" if value is None else f"not {value!r:.60}"
        raise source.fault(f"{'.'.join(path)} must be a text; {said}.", *path)
    return value


def _one_of(source: Source, table: Mapping[str, Any], choices: tuple[str, ...], *path: str) -> str:
    value = _text(source, table, *path)
    if value not in choices:
        raise source.fault(f"{'.'.join(path)} must be one of {', '.join(choices)}, not {value!r:.60}.", *path)
    return value


def _question(source: Source, table: dict[str, Any]) -> Question:
    answers = table.get("answers")
    if not isinstance(answers, list) or len(answers) < 2 or not all(isinstance(item, dict) for item in answers):
        raise source.fault(
            "question.answers must be two tables or more, {text = ..., hint = ...}.", "question", "answers"
        )
    if [item.get("right", False) for item in answers].count(True) != 1:
        raise source.fault("exactly one of the answers must have right = true.", "question", "answers")
    found = [
        Answer(
            _text(source, item, "question", "answers", "text"),
            item.get("right", False) is True,
            _text(source, item, "question", "answers", "hint"),
        )
        for item in answers
    ]
    return Question(_text(source, table, "question", "text"), tuple(found))


def _setup(source: Source, name: str, table: dict[str, Any]) -> Setup:
    path = ("configs", name)
    if NAME.fullmatch(name) is None:
        raise source.fault(f"a configuration is named by small letters, digits and dashes, not {name!r:.60}.", *path)
    for key in ("model", "workload"):
        _text(source, table, *path, key)
    per_core = table.get("workers_per_core", 0)
    if type(per_core) is not int or not 0 <= per_core <= 64:
        raise source.fault(
            f"workers_per_core must be a whole number up to 64, not {per_core!r:.60}.", *path, "workers_per_core"
        )
    try:
        config = RunConfig.from_plain({key: value for key, value in table.items() if key not in OWN_OF_CONFIG})
    except ConfigError as error:
        raise source.fault(str(error), *path, *error.field.split(".")) from None
    return Setup(
        name, _text(source, table, *path, "title"), config, per_core, _proof(source, path, table), source.line(*path)
    )


def _proof(source: Source, path: tuple[str, ...], table: dict[str, Any]) -> tuple[Condition, ...]:
    proof = _table(source, table.get("proof", {}), *path, "proof")
    if not proof:
        raise source.fault(f"{'.'.join(path)} proves nothing: add [{'.'.join(path)}.proof].", *path)
    found = []
    for expression in proof:
        text = _text(source, proof, *path, "proof", expression)
        try:
            found.append(parse_condition(expression, text))
        except ValueError as error:
            raise source.fault(str(error), *path, "proof", expression) from None
    return tuple(found)
