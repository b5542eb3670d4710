"""Asks another process something, one question at a time, in a thread of its own: starting it must not hold up the window."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from workers.contract.errors import ConfigError

POLL_MS = 20
STEP_S = 0.05
"""How long the thread waits for an answer before it looks whether it is still wanted."""
CLOSE_S = 2.0


class Request(Protocol):
    """A question that is under way."""

    def poll(self, wait_s: float) -> Any:
        """The answer, or None while it is not there. Raises ConfigError."""

    def close(self) -> None:
        """End its process."""


class _Question:
    """One question, from its process to the end of its thread."""

    def __init__(self, key: object, make: Callable[[], Request]) -> None:
        self.key = key
        self.answer: Any = None
        self.error: Exception | None = None
        self.doing = ""
        self._make = make
        self._unwanted = threading.Event()
        # A daemon: an interpreter that does not end holds nothing up at the end.
        self._thread = threading.Thread(target=self._run, name="ask", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            request = self._make()
            try:
                while not self._unwanted.is_set() and self.answer is None:
                    self.answer = request.poll(STEP_S)
                    self.doing = getattr(request, "doing", "")
            finally:
                request.close()
        except Exception as error:  # noqa: BLE001  whatever it was belongs to the thread that polls
            self.error = error

    @property
    def given_up(self) -> bool:
        return self._unwanted.is_set()

    @property
    def over(self) -> bool:
        return not self._thread.is_alive()

    def give_up(self) -> None:
        self._unwanted.set()

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)


class Asker(QObject):
    """The latest question counts: an earlier one is given up, and its process ended, before the next one starts.

    Signals:
        answered(object, object): what was asked about, and the answer.
        refused(object, str, str): what was asked about, the field at fault, and why, in a sentence.
        doing(str): what is being done for the answer.
    """

    answered = Signal(object, object)
    refused = Signal(object, str, str)
    doing = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question: _Question | None = None
        self._next: tuple[object, Callable[[], Request]] | None = None
        self._doing = ""
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._next is not None or (self._question is not None and not self._question.given_up)

    def ask(self, key: object, make: Callable[[], Request]) -> None:
        """Ask what `make`, called in another thread, asks; `key` comes back with the answer."""
        self.give_up()
        self._next = key, make
        self._begin()

    def give_up(self) -> None:
        """Forget what was asked for."""
        self._next = None
        if self._question is not None:
            self._question.give_up()

    def close(self) -> None:
        """End the thread and its process; bounded."""
        self.give_up()
        self._timer.stop()
        if self._question is not None:
            self._question.wait(CLOSE_S)
            self._question = None

    def _begin(self) -> None:
        if self._question is None and self._next is not None:
            key, make = self._next
            self._question, self._next, self._doing = _Question(key, make), None, ""
        if self._question is not None:
            self._timer.start()
        else:
            self._timer.stop()

    def _poll(self) -> None:
        question = self._question
        if question is None:
            return
        if not question.over:
            if question.doing != self._doing and not question.given_up:
                self._doing = question.doing
                self.doing.emit(self._doing)
            return
        self._question = None
        self._begin()
        if question.given_up:
            return
        error = question.error
        if question.answer is not None:
            self.answered.emit(question.key, question.answer)
        elif isinstance(error, (ConfigError, OSError)):
            self.refused.emit(question.key, getattr(error, "field", ""), str(error))
        elif error is not None:
            self.refused.emit(question.key, "", f"{type(error).__name__}: {error}")
            raise error
