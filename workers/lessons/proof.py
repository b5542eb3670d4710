"""Conditions over the facts of a run: read from a lesson's file, and judged once the run is over."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workers.contract.config import Value
from workers.lessons.facts import as_name, known
from workers.lessons.model import Condition

SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_EXPRESSION = re.compile(r"\s*([\w.]+)\s*(==|!=|<=|>=|<|>)\s*(.+?)\s*")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_FACT = re.compile(r"([A-Za-z_][\w.]*)(?:\s*\*\s*(\d{1,9}(?:\.\d{1,9})?))?")
_PLACEHOLDER = re.compile(r"\{([A-Za-z_][\w.]*)\}")


@dataclass(frozen=True)
class Verdict:
    """What became of one condition."""

    condition: Condition
    held: bool
    found: Value | None
    """The fact; None where the run did not tell."""


@dataclass(frozen=True)
class Proof:
    """What became of all conditions of a configuration."""

    verdicts: tuple[Verdict, ...]

    @property
    def held(self) -> bool:
        """Whether all of them held."""
        return all(verdict.held for verdict in self.verdicts)

    @property
    def text(self) -> str:
        """What was seen, a sentence a condition."""
        return " ".join(
            f"{'Yes' if verdict.held else 'No'}: {verdict.condition.text} "
            f"({verdict.condition.expression}; it was {shown(verdict.found, verdict.condition.fact)})."
            for verdict in self.verdicts
        )


def parse_condition(expression: str, text: str) -> Condition:
    """The condition that `expression` means: FACT SIGN VALUE, or FACT SIGN FACT * NUMBER.

    A value is a number, true, false, or a text in single quotes. Raises ValueError with the reason in a sentence.
    """
    matched = _EXPRESSION.fullmatch(expression)
    if matched is None:
        raise ValueError(f"the proof {expression!r} must be FACT SIGN VALUE, such as 'overlap == 1'.")
    fact, sign, right = matched.groups()
    _check(fact)
    if right in ("true", "false"):
        return Condition(expression, fact, sign, right == "true", "", 1.0, text)
    if _NUMBER.fullmatch(right):
        value: Value = float(right) if "." in right else int(right)
        return Condition(expression, fact, sign, value, "", 1.0, text)
    if len(right) > 1 and right[0] == right[-1] == "'":
        return Condition(expression, fact, sign, right[1:-1], "", 1.0, text)
    other = _FACT.fullmatch(right)
    if other is None:
        raise ValueError(f"the proof {expression!r} compares with {right!r}, which is neither a value nor a fact.")
    _check(other[1])
    return Condition(expression, fact, sign, None, other[1], float(other[2] or 1), text)


def judge(proof: tuple[Condition, ...], facts: Mapping[str, Value]) -> Proof:
    """Which of the conditions hold. One about a fact that the run did not tell does not."""
    return Proof(tuple(_judge(condition, facts) for condition in proof))


def fill(text: str, facts: Mapping[str, Value]) -> str:
    """`text` with each {fact} replaced by what this run showed."""
    return _PLACEHOLDER.sub(lambda found: shown(facts.get(found[1]), found[1]), text)


def placeholders(text: str) -> list[str]:
    """The names in braces."""
    return [found[1] for found in _PLACEHOLDER.finditer(text)]


def shown(value: Value | None, fact: str = "") -> str:
    """A fact as people read it: three digits are enough. A PID or an id stands as it is: it counts nothing."""
    if value is None:
        return "?"
    if isinstance(value, int) and as_name(fact):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else value


def _judge(condition: Condition, facts: Mapping[str, Value]) -> Verdict:
    found = facts.get(condition.fact)
    right: Any = condition.value
    if condition.than:
        right = facts.get(condition.than)
        if isinstance(right, (int, float)) and not isinstance(right, bool):
            right = right * condition.times
    if found is None or right is None:
        return Verdict(condition, False, found)
    try:
        held = bool(SIGNS[condition.sign](found, right))
    except TypeError:  # a text and a number have no order
        held = False
    return Verdict(condition, held, found)


def _check(fact: str) -> None:
    remedy = known(fact)
    if remedy:
        raise ValueError(remedy)
