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
                frame = json.loads(line)
                kind, t_ns, pid, tid, text = (
                    str(frame["k"]),
                    int(frame["t"]),
                    int(frame["p"]),
                    int(frame["i"]),
                    str(frame["s"]),
                )
                if kind == "film":
                    said.films.append(read_film(text))
                    continue
            except (ValueError, KeyError, TypeError, RecursionError):
                self.garbled += 1
                continue
            texts = said.texts
            if kind.startswith("mark:"):
                said.marks.append(Mark(kind[5:], pid, t_ns, text, tid))
            elif "c" in frame and texts and (texts[-1].pid, texts[-1].tid, texts[-1].stream) == (pid, tid, kind):
                before = texts.pop()
                texts.append(TextLine(before.t_ns, pid, tid, kind, before.text + text))
            else:
                texts.append(TextLine(t_ns, pid, tid, kind, text))
        return said

    def close(self) -> None:
        """Close both ends."""
        os.close(self._fd)
        os.close(self._keep)
