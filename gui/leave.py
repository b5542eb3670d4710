"""Ctrl+C while the program starts: nothing has been begun, so there is nothing to say. Imported before all else of ours."""

import os
from types import FrameType

INTERRUPTED = 130
"""The exit code that shells give it."""


def leave(number: int, frame: FrameType | None) -> None:
    """The handler: end at once."""
    os._exit(INTERRUPTED)
