"""Writing to a terminal that may be gone, full, or not to be trusted with what a task prints."""

import sys
from typing import IO

from rich.console import Console


class Forgiving:
    """A stream for progress: where it cannot be written to, the run goes on without it."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, if possible."""
        try:
            return self._stream.write(text)
        except OSError:
            return len(text)  # there is nobody left to tell

    def flush(self) -> None:
        """Flush, if possible."""
        try:
            self._stream.flush()
        except OSError:
            pass  # as above

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


class Output(Console):
    """Stdout. A reader that has had enough is for the caller to deal with: rich would end the program with exit code 1."""

    def on_broken_pipe(self) -> None:
        """Let it pass to the caller."""
        raise BrokenPipeError


def say(text: str) -> None:
    """One sentence on stderr."""
    stream = Forgiving(sys.stderr)
    stream.write(f"threadmill: {text}\n")
    stream.flush()


def printable(text: str) -> str:
    """`text` without what would move the cursor, change colours or ring bells on the user's terminal."""
    return "".join(char if char.isprintable() or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text)
