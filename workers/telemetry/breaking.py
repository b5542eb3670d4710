"""What a lane does when it is asked to break (`RunSession.break_worker`): raise, crash, exit, or fill memory, in the middle of its task."""

import os
import select
import signal
import time
from collections.abc import Callable
from typing import Any

from workers.contract.breaking import HOLD_S, STEP_MB, STEP_S, from_word
from workers.telemetry.header import ASKED

SIGNAL: signal.Signals | None = getattr(signal, "SIGUSR1", None)
"""Tells a worker process that the lane of its main thread was asked for something."""


class RaisedOnRequest(RuntimeError):
    """What a task raises that was asked to."""


def obey(words: Any) -> None:
    """Do what the lane whose header this is was asked to do to itself. Raises what it was asked to raise."""
    from workers.telemetry.here import here  # not at the top: what it imports imports us

    asked, words[ASKED] = words[ASKED], 0
    carry_out(asked, lambda: here.interrupted or here.stop_asked(), lambda kind, text: here.say(f"mark:{kind}", text))


def carry_out(asked: int, ended: Callable[[], bool], say: Callable[[str, str], None]) -> None:
    """Do what the word `asked` says. Returns only from filling memory, once that has been given back.

    `ended` tells whether Stop was asked, `say(kind, text)` marks a moment. Raises RaisedOnRequest, and MemoryError where there is no more.
    """
    how, mb = from_word(asked)
    if how == "raise":
        raise RaisedOnRequest("raised on request: nothing is wrong with the task")
    if how == "exit":
        os._exit(0)
    if how == "segfault":
        crash()
    if how == "fill":
        fill(mb, ended, say)


def crash() -> None:
    """Read address 0, as broken C code does."""
    try:
        import ctypes  # not at the top: an interpreter may have been built without it

        ctypes.string_at(0)
    except ImportError:
        os.kill(os.getpid(), signal.SIGSEGV)


def fill(mb: int, ended: Callable[[], bool], say: Callable[[str, str], None]) -> None:
    """Take `mb` MB in steps, hold them for a moment, give them back; at once when the run is stopped. Raises MemoryError."""
    held: list[bytearray] = []
    taken = 0
    while taken < mb and not ended():
        step = min(STEP_MB, mb - taken)
        held.append(bytearray(b"\1") * (step << 20))  # every page is written to: what is only reserved takes no memory
        taken += step
        pause(STEP_S)
    say("filled", f"PID {os.getpid()} holds {taken:,} MB more")
    until = time.monotonic() + HOLD_S
    while time.monotonic() < until and not ended():
        pause(STEP_S)


def pause(seconds: float) -> None:
    """Wait. Not `time.sleep`, which would be recorded as the task's own."""
    select.select([], [], [], seconds)
