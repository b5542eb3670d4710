"""Asks an interpreter what it is, in a child with a deadline."""

import json
import re
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

from workers.client.question import Question
from workers.contract.errors import ConfigError
from workers.contract.info import OPTIONAL_MODULES, PythonInfo
from workers.engine import introspect

MINIMUM = (3, 11)
PROBE_S = 10.0
_SAMPLE = PythonInfo("", "", "", True, (), 0)


def probe(path: str) -> PythonInfo:
    """What the interpreter at `path` says of itself. Raises ConfigError where it does not run, is too old or says nothing sensible."""
    # By variable, not by option: a Python too old to know -P must still be able to say its version.
    command = [path, str(Path(introspect.__file__)), *OPTIONAL_MODULES]
    question = Question(command, {"PYTHONSAFEPATH": "1"})
    try:
        end = time.monotonic() + PROBE_S
        while question.read(0.1):
            if time.monotonic() > end:
                raise ConfigError(
                    f"{path} did not answer within {PROBE_S:.0f} s; choose another interpreter.", "python"
                )
        code = question.exit_code()
    finally:
        question.close()
    try:
        # Only the last line: what is in site-packages may print at start-up.
        info = read_info({**json.loads(question.out.splitlines()[-1]), "executable": path})
    except (ValueError, TypeError, IndexError, RecursionError):
        raise ConfigError(f"{path} is no Python that works (exit code {code}); choose another one.", "python") from None
    if version_of(info) < MINIMUM:
        raise ConfigError(f"{path} is Python {info.version}; runs need 3.11 or later.", "python")
    return info


def read_info(data: object) -> PythonInfo:
    """A PythonInfo from decoded JSON. Raises ValueError where it is none."""
    names = [field.name for field in fields(PythonInfo)]
    if not isinstance(data, dict) or set(data) != set(names):
        raise ValueError("not the fields of a PythonInfo")
    for name in names:
        value, kind = data[name], type(getattr(_SAMPLE, name))
        if type(value) is not (list if kind is tuple else kind):
            raise ValueError(f"{name} is {value!r}")
        if kind is tuple and not all(type(item) is str for item in value):
            raise ValueError(f"{name} is {value!r}")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    info = PythonInfo(**values)
    if len(version_of(info)) < 2 or not info.start_methods:
        raise ValueError("no version or no start methods")
    return info


def version_of(info: PythonInfo) -> tuple[int, ...]:
    """(3, 14) for "3.14.0rc1"."""
    return tuple(int(part) for part in re.findall(r"\d+", info.version)[:2])
