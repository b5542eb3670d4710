"""One slow question, asked in a thread of its own and polled for its answer."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lookup(Generic[T]):
    """Runs `ask` once. The thread is a daemon: an interpreter that does not answer holds nothing up at the end."""

    def __init__(self, ask: Callable[[], T], name: str) -> None:
        self._ask = ask
        self._answer: list[T] = []
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._answer.append(self._ask())
        except Exception as error:  # noqa: BLE001  whatever it was belongs to the thread that polls
            self._error = error

    def poll(self) -> T | None:
        """The answer, or None while there is none. Raises what the question raised."""
        if self._thread.is_alive():
            return None
        if self._error is not None:
            raise self._error
        return self._answer[0] if self._answer else None

    def close(self, seconds: float) -> None:
        """Give it `seconds` more to end."""
        self._thread.join(seconds)
