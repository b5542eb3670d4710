"""What the code panel asks: a configuration as a script, coloured, and for which interpreter it is meant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from gui.highlight import Span, python_spans
from workers.contract.config import RunConfig


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


class Coloured:
    """Asks, for an Asker, and finds out in the same thread how the script is coloured."""

    def __init__(self, config: RunConfig, ask: AskFor) -> None:
        self._config = config
        self._request = ask(config)

    def poll(self, wait_s: float) -> Script | None:
        """The script, or None while it is not there. Raises ConfigError."""
        text = self._request.poll(wait_s)
        if text is None:
            return None
        return Script(self._config, text, python_spans(text), path_of(self._config.python))

    def close(self) -> None:
        """End its process."""
        self._request.close()
