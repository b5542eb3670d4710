"""Ctrl+C, SIGTERM and SIGHUP in the terminal: what is under way is ended in good order, and what had come by then is reported."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

REPORT_S = 3.0
"""So long after a run a signal does not keep its report from being written. Whoever still waits for it then may end that."""
NUMBERS = tuple(
    number for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)) if number is not None
)


class Signals(list[int]):
    """Those that came, in that order."""

    def __init__(self) -> None:
        super().__init__()
        self._patience = float("-inf")
        """From this instant on a signal is a KeyboardInterrupt; before that whoever has this list looks at it."""

    def take(self, number: int, frame: FrameType | None) -> None:
        """The handler."""
        self.append(number)
        if time.monotonic() >= self._patience:
            raise KeyboardInterrupt

    @contextmanager
    def collected(self) -> Iterator[None]:
        """No KeyboardInterrupt meanwhile, nor for REPORT_S after."""
        self._patience = float("inf")
        try:
            yield
        finally:
            self._patience = time.monotonic() + REPORT_S


_active: Signals | None = None
"""Those of the command under way."""


@contextmanager
def signals_taken() -> Iterator[Signals]:
    """All that comes while a command is carried out is a KeyboardInterrupt, but where it is collected."""
    global _active
    came = Signals()
    # Elsewhere than in the main thread no handler can be set.
    numbers = NUMBERS if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.getsignal(number) for number in numbers}
    for number, old in before.items():
        # Under nohup SIGHUP is ignored, and stays so. SIGINT is what a shell has its background jobs ignore; whoever sends it means it.
        if old is not signal.SIG_IGN or number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, came.take)
    outer, _active = _active, came
    try:
        yield came
    finally:
        _active = outer
        for number, old in before.items():
            if old is not None:
                signal.signal(number, old)


@contextmanager
def signals_caught() -> Iterator[Signals]:
    """Collects signals instead of dying of them."""
    if _active is not None:
        with _active.collected():
            yield _active
        return
    with signals_taken() as came, came.collected():
        yield came
