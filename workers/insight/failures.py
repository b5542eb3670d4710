"""What failed tasks said: their errors counted, and where the first of each kind came from."""

import re
from dataclasses import dataclass

MOST_KINDS = 64
"""Errors told apart; what comes beyond is counted as others."""
LONGEST = 160
_NUMBER = re.compile(r"\d+")
_FRAME = re.compile(r'^ *File "(.*)", line (\d+), in (\S+)', re.MULTILINE)


@dataclass(frozen=True)
class Failure:
    """One kind of error."""

    count: int
    error: str
    """The last line of the first traceback of this kind, such as "ValueError: no such file"."""
    where: str
    """The innermost frame of it, such as "load.py, line 12, in run"; empty where there is none."""


class Failures:
    """The errors of a run, by kind: the same error with other numbers in it is of the same kind."""

    def __init__(self) -> None:
        self._kinds: dict[str, Failure] = {}

    def add(self, traceback: str) -> None:
        """Take in what a failed task said."""
        error = last_line(traceback)
        kind = _NUMBER.sub("0", error)
        known = self._kinds.get(kind)
        if known is not None:
            self._kinds[kind] = Failure(known.count + 1, known.error, known.where)
        elif len(self._kinds) < MOST_KINDS:
            self._kinds[kind] = Failure(1, error, innermost(traceback))

    @property
    def most_frequent(self) -> Failure | None:
        """The most frequent one, of several the first; None where nothing has been said."""
        return max(self._kinds.values(), key=lambda failure: failure.count, default=None)


def last_line(traceback: str) -> str:
    """What was raised: the first line below the frames."""
    lines = traceback.rstrip().split("\n")
    frames = [place for place, line in enumerate(lines) if _FRAME.match(line)]
    below = [line for line in lines[frames[-1] :] if not line.startswith(" ")] if frames else []
    line = " ".join((below or lines[-1:])[0].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def innermost(traceback: str) -> str:
    """Where it was raised."""
    found = _FRAME.findall(traceback)
    if not found:
        return ""
    path, line, function = found[-1]
    name = path.replace("\\", "/").rpartition("/")[2]
    return f"{name}, line {line}, in {function}"[:LONGEST]
