"""Reads a run's text channel: printed lines, tracebacks and marks, in the order in which they were sent."""

import json
import os

from workers.contract.batch import Mark, TextLine

READ_BYTES = 1 << 18
"""At most this much a tick, so that a flood cannot hold up the reader; the rest waits in the pipe, then writers drop and count."""
FRAME_LIMIT = 1 << 16
"""A line longer than this is none of ours."""


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

    def read(self) -> tuple[list[TextLine], list[Mark]]:
        """What has come since the last call."""
        try:
            data = os.read(self._fd, READ_BYTES)
        except BlockingIOError:
            return [], []
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > FRAME_LIMIT:
            self._rest = b""
            self.garbled += 1
        texts: list[TextLine] = []
        marks: list[Mark] = []
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
            except (ValueError, KeyError, TypeError, RecursionError):
                self.garbled += 1
                continue
            if kind.startswith("mark:"):
                marks.append(Mark(kind[5:], pid, t_ns, text))
            elif "c" in frame and texts and (texts[-1].pid, texts[-1].tid, texts[-1].stream) == (pid, tid, kind):
                before = texts.pop()
                texts.append(TextLine(before.t_ns, pid, tid, kind, before.text + text))
            else:
                texts.append(TextLine(t_ns, pid, tid, kind, text))
        return texts, marks

    def close(self) -> None:
        """Close both ends."""
        os.close(self._fd)
        os.close(self._keep)
