"""Reads films of lost updates, as `workers.telemetry.counter` sends them: what is no film is refused, whoever has sent it."""

import json
from typing import Any

from workers.contract.batch import RaceFilm, RaceStep

MOST_STEPS = 8
MOST_LOST = 2**31 - 1
MOST_CHARS = 200
"""Of a name or note."""
OPS = ("read", "write")


def read_film(text: str) -> RaceFilm:
    """The film in a frame's text. Raises ValueError for anything else."""
    counter, lost, note, listed = _items(json.loads(text), 4)
    steps = tuple(_step(item) for item in _items(listed))
    if not 2 <= len(steps) <= MOST_STEPS or list(steps) != sorted(steps, key=lambda step: step.t_ns):
        raise ValueError("a film has 2 to 8 steps, in order of time")
    if steps[-1].op != "write" or not 1 <= _number(lost) <= MOST_LOST:
        raise ValueError("a film ends with a write, which has overwritten something")
    values = [step.value for step in steps]
    if max(values) - min(values) > MOST_LOST:
        raise ValueError("a film of a few updates")
    return RaceFilm(_text(counter), lost, steps, _text(note))


def _step(item: Any) -> RaceStep:
    t_ns, pid, tid, lane, op, value = _items(item, 6)
    if op not in OPS:
        raise ValueError("a step is a read or a write")
    return RaceStep(_number(t_ns), _number(pid), _number(tid), _text(lane), op, _number(value))


def _items(value: Any, count: int | None = None) -> list[Any]:
    if not isinstance(value, list) or (count is not None and len(value) != count):
        raise ValueError("a list of another length was expected")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError("a whole number of 64 bits was expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_CHARS:
        raise ValueError(f"a text of at most {MOST_CHARS} characters was expected")
    return value.encode(errors="replace").decode()
