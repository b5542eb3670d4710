"""What lanes say in words: one FIFO for the whole run, so the order in which lines were printed is kept.

A frame is one JSON line of at most PIPE_BUF bytes (such writes are atomic): {"k": kind, "t": ns, "p": pid, "i": tid, "s": text}.
kind is stdout, stderr, failure, film (`workers.telemetry.counter`), or mark:NAME. Longer texts are split. A full channel is waited
for up to 50 ms, then the frame is dropped and counted.
"""

import io
import json
import os
import select
import threading
from collections.abc import Callable

from workers.telemetry.clock import now

FRAME_BYTES = 4096
"""PIPE_BUF on Linux; what POSIX promises (512) would split every line of a traceback."""
TEXT_CHARS = 600
"""Characters a frame carries: at six bytes for an escaped one it still fits."""
WAIT_S = 0.05
LONGEST = 100_000
"""Characters of one text; of a longer one the beginning and the end are sent, and how many are left out."""


class TextChannel:
    """The writing end. Any thread may use it."""

    def __init__(self, directory: str, lost: Callable[[int], None]) -> None:
        """Open the run's channel; `lost(n)` is told of every dropped frame."""
        self._fd = os.open(f"{directory}/text", os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self._lost = lost

    def send(self, kind: str, text: str, t_ns: int | None = None, of: tuple[int, int] | None = None) -> None:
        """Send `text` in as many frames as it needs. `of`: the (PID, thread) that it is about, where not the caller's own."""
        t_ns = now() if t_ns is None else t_ns
        pid, tid = of or (os.getpid(), threading.get_native_id())
        if len(text) > LONGEST:
            half = LONGEST // 2
            text = f"{text[:half]} … ({len(text) - LONGEST:,} characters are left out) … {text[-half:]}"
        for at in range(0, max(len(text), 1), TEXT_CHARS):
            piece = {"k": kind, "t": t_ns, "p": pid, "i": tid, "s": text[at : at + TEXT_CHARS]}
            if at:
                piece["c"] = 1  # continues the frame before
            self._write(json.dumps(piece).encode() + b"\n")

    def _write(self, frame: bytes) -> None:
        for _ in range(2):
            try:
                os.write(self._fd, frame)
                return
            except BlockingIOError:
                select.select([], [self._fd], [], WAIT_S)
            except OSError:
                break  # the reader is gone; so is the window
        self._lost(1)


class LaneStream(io.TextIOBase):
    """Stands for sys.stdout or sys.stderr in a host or worker: whole lines go to the channel, with who printed them."""

    def __init__(self, channel: TextChannel, kind: str) -> None:
        self._channel = channel
        self._kind = kind
        self._parts = threading.local()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Always UTF-8."""
        return "utf-8"

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str) -> int:
        """Keep what is no whole line yet, per thread, and send the rest."""
        pending = getattr(self._parts, "text", "") + text
        lines, newline, rest = pending.rpartition("\n")
        if not newline and len(rest) > 8 * TEXT_CHARS:
            lines, rest = rest, ""  # a line without end must not grow without bound
            newline = "\n"
        self._parts.text = rest
        if newline:
            for line in lines.split("\n"):
                self._channel.send(self._kind, line)
        return len(text)

    def flush(self) -> None:
        """Nothing: a line goes when it is whole; `finish` sends the rest."""

    def finish(self) -> None:
        """Send what this thread has printed without a newline."""
        rest = getattr(self._parts, "text", "")
        if rest:
            self._parts.text = ""
            self._channel.send(self._kind, rest)
