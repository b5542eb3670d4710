"""What each remembered value may be: readers of what JSON has of it. Each raises ValueError or TypeError for what it cannot be."""

import base64
from collections.abc import Callable
from functools import partial
from typing import Any

from workers.contract.config import RunConfig
from workers.contract.memory import problem_of as limit_problem
from workers.insight.history import problem_of as history_problem
from workers.recordings.bounds import LEAST_MB, MOST_MB, MOST_RUNS

THEMES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "zh_CN")
MODES = ("explore", "lessons", "own", "compare")
MOST_RECENT = 10
LONGEST_TEXT = 4096
MOST_PIXELS = 99_999
MOST_PARTS = 16


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError


def _choice(choices: tuple[Any, ...], value: Any) -> Any:
    _require(any(value == choice and type(value) is type(choice) for choice in choices))
    return value


def _whole(least: int, most: int, value: Any) -> int:
    _require(type(value) is int and least <= value <= most)
    return int(value)


def _scale(value: Any) -> float:
    _require(type(value) in (int, float) and 0.5 <= value <= 4)
    return float(value)


def _geometry(value: Any) -> bytes:
    return base64.b64decode(value, validate=True)


def _splitter(value: Any) -> list[int]:
    _require(isinstance(value, list) and len(value) <= MOST_PARTS)
    return [_whole(0, MOST_PIXELS, size) for size in value]


def _config(value: Any) -> RunConfig | None:
    return None if value is None else RunConfig.from_plain(value)


def _text(value: Any) -> str:
    _require(isinstance(value, str) and len(value) <= LONGEST_TEXT)
    return str(value)


def _texts(value: Any) -> dict[str, str]:
    _require(isinstance(value, dict))
    return {_text(name): _text(text) for name, text in value.items()}


def _own(value: Any) -> dict[str, str]:
    _require(isinstance(value, dict) and all(isinstance(item, str) for pair in value.items() for item in pair))
    return {name: value[name] for name in ("file", "function", "inputs") if name in value}


def _recent(value: Any) -> list[str]:
    _require(isinstance(value, list))
    return [_text(path) for path in value][:MOST_RECENT]


def _table(value: Any) -> dict[str, Any]:
    _require(isinstance(value, dict))
    return dict(value)


def _unless(problem_of: Callable[[Any], str], value: Any) -> int:
    _require(not problem_of(value))
    return int(value)


READERS: dict[str, Callable[[Any], Any]] = {
    "theme": partial(_choice, THEMES),
    "scale": _scale,
    "geometry": _geometry,
    "splitter": _splitter,
    "config": _config,
    "language": partial(_choice, LANGUAGES),
    "mode": partial(_choice, MODES),
    "side": partial(_whole, 0, MOST_PIXELS),
    "script": partial(_choice, (None, True, False)),
    "lessons_folder": _text,
    "lesson": _text,
    "progress": _table,
    "own": _own,
    "sweep": _texts,
    "recent": _recent,
    "history_mb": partial(_unless, history_problem),
    "memory_limit_mb": partial(_unless, limit_problem),
    "runs_kept": partial(_whole, 0, MOST_RUNS),
    "runs_mb": partial(_whole, LEAST_MB, MOST_MB),
}
"""By the name of each value of `gui.settings.Settings`."""
