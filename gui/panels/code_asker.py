"""Asks for scripts, one at a time, in a thread of its own: a process is started for each, and that must not hold up the window."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from gui.highlight import Span, python_spans
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

POLL_MS = 20
STEP_S = 0.05
"""How long the thread waits for an answer before it looks whether it is still wanted."""
CLOSE_S = 2.0
"""How long closing waits for the thread, which ends its process first; usually a tenth of it."""


class Request(Protocol):
    """A question to an interpreter."""

    def poll(self, wait_s: float) -> str | None:
        """The script, or None while it is not there. Raises ConfigError."""

    def close(self) -> None:
        """End its process."""


AskFor = Callable[[RunConfig], Request]


@dataclass(frozen=True)
class Script:
    """A configuration as a script."""

    config: RunConfig
    text: str
    lines: list[list[Span]]
    """What its parts are, line by line."""
    python: str
    """Path of the interpreter that it is meant for."""


def new_request(config: RunConfig) -> Request:
    """The real request."""
    from workers.client.script import ScriptRequest

    return ScriptRequest(config)


def path_of(python: str | None) -> str:
    """The interpreter meant. Raises ConfigError where there is none."""
    from workers.client.interpreters import resolve

    return resolve(python)


class _Question:
    """One question, from its process to the end of its thread."""

    def __init__(self, config: RunConfig, ask: AskFor) -> None:
        self.config = config
        self.answer: Script | None = None
        self.error: Exception | None = None
        self._ask = ask
        self._unwanted = threading.Event()
        # A daemon: an interpreter that does not end holds nothing up at the end.
        self._thread = threading.Thread(target=self._run, name="ask-script", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            request = self._ask(self.config)
            try:
                while not self._unwanted.is_set():
                    text = request.poll(STEP_S)
                    if text is not None:
                        self.answer = Script(self.config, text, python_spans(text), path_of(self.config.python))
                        return
            finally:
                request.close()
        except Exception as error:  # noqa: BLE001  whatever it was belongs to the thread that polls
            self.error = error

    @property
    def given_up(self) -> bool:
        """Whether nobody wants the answer."""
        return self._unwanted.is_set()

    @property
    def over(self) -> bool:
        """Whether the thread has ended, and with it the process."""
        return not self._thread.is_alive()

    def give_up(self) -> None:
        """Nobody wants the answer any more."""
        self._unwanted.set()

    def wait(self, seconds: float) -> None:
        """Let the thread end."""
        self._thread.join(seconds)


class ScriptAsker(QObject):
    """The latest question counts: an earlier one is given up, and its process ended, before the next one starts.

    Signals:
        answered(Script): a script is there.
        refused(RunConfig, str): there is none; the reason in a sentence.
    """

    answered = Signal(object)
    refused = Signal(object, str)

    def __init__(self, ask: AskFor = new_request, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._question: _Question | None = None
        self._next: RunConfig | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    def ask(self, config: RunConfig) -> None:
        """Ask for the script of `config`."""
        self.give_up()
        self._next = config
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
            self._question, self._next = _Question(self._next, self._ask), None
        if self._question is not None:
            self._timer.start()
        else:
            self._timer.stop()

    def _poll(self) -> None:
        question = self._question
        if question is None or not question.over:
            return
        self._question = None
        self._begin()
        if question.given_up:
            return
        error = question.error
        if question.answer is not None:
            self.answered.emit(question.answer)
        elif isinstance(error, (ConfigError, OSError)):
            self.refused.emit(question.config, str(error))
        elif error is not None:
            self.refused.emit(
                question.config,
                self.tr("The script could not be written: {0}.").format(str(error) or type(error).__name__),
            )
            raise error
