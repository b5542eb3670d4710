"""Reads a run's text channel: printed lines, tracebacks, marks and films, in the order in which they were sent."""

import json
import os
from dataclasses import dataclass, field

from workers.client.films import read_film
from workers.contract.batch import Mark, RaceFilm, TextLine

READ_BYTES = 1 << 18
"""At most this much a tick, so that a flood cannot hold up the reader; the rest waits in the pipe, then writers drop and count."""
FRAME_LIMIT = 1 << 16
"""A line longer than this is none of ours."""
MOST = 1 << 62
"""No time or number of a thread is larger."""
LONGEST_KIND, LONGEST_MARK = 60, 2_000
"""Characters. What a mark says is shown beside charts."""


@dataclass
class Said:
    """What has come through the channel."""

    texts: list[TextLine] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    films: list[RaceFilm] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.marks or self.films)


class TextReader:
    """The reading end of the run's FIFO."""

    def __init__(self, directory: str) -> None:
        """Open it; keeps a writing end as well, so that it never reads as ended while lanes come and go."""
        path = os.path.join(directory, "text")
        self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self._keep = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self._rest = b""
        self.garbled = 0
        """Lines that were no frames of ours."""

    def read(self) -> Said:
        """What has come since the last call."""
        said = Said()
        try:
            data = os.read(self._fd, READ_BYTES)
        except BlockingIOError:
            return said
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > FRAME_LIMIT:
            self._rest = b""
            self.garbled += 1
        for line in lines:
            try:
                kind, t_ns, pid, tid, text, goes_on = _taken_apart(line)
                if kind == "film":
                    said.films.append(read_film(text))
                    continue
            except (ValueError, KeyError, TypeError, RecursionError):
                self.garbled += 1
                continue
            texts = said.texts
            if kind.startswith("mark:"):
                said.marks.append(Mark(kind[5:], pid, t_ns, text[:LONGEST_MARK], tid))
            elif goes_on and texts and (texts[-1].pid, texts[-1].tid, texts[-1].stream) == (pid, tid, kind):
                before = texts.pop()
                texts.append(TextLine(before.t_ns, pid, tid, kind, before.text + text))
            else:
                texts.append(TextLine(t_ns, pid, tid, kind, text))
        return said

    def close(self) -> None:
        """Close both ends."""
        os.close(self._fd)
        os.close(self._keep)


def _taken_apart(line: bytes) -> tuple[str, int, int, int, str, bool]:
    """Kind, time, PID, thread, text, and whether it continues the one before. Raises ValueError and the like where it is no frame."""
    frame = json.loads(line)
    kind, text = frame["k"], frame["s"]
    numbers = frame["t"], frame["p"], frame["i"]
    if not isinstance(kind, str) or not isinstance(text, str) or len(kind) > LONGEST_KIND:
        raise ValueError("no frame")
    if not all(type(number) is int and 0 <= number <= MOST for number in numbers):
        raise ValueError("no frame")
    if not text.isascii():
        text = text.encode(errors="replace").decode()  # half of a surrogate pair could be written nowhere
    return kind, *numbers, text, "c" in frame
