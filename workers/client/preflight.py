"""Asks a short-lived host what is to be known of a user's function before it is run, and which functions a file has."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Generic, TypeVar

from workers.client.environment import boot_command
from workers.client.interpreters import resolve
from workers.client.question import Question
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.functions import FileFunctions, InputsSeen
from workers.contract.preflight import Preflight
from workers.engine.births import describe_exit

Answer = TypeVar("Answer")
DEADLINE_S = 60.0
FUNCTIONS_S = 10.0
QUIET_S = 20.0
"""How long one check may take; the host ends its own checks well before that."""


class PreflightRequest:
    """One question to the interpreter of a configuration; poll it until it answers."""

    def __init__(self, config: RunConfig, deadline_s: float = DEADLINE_S) -> None:
        """Ask about the function of a configuration of the workload "own_function".

        Raises ConfigError where there is no such interpreter.
        """
        self._path = resolve(config.python)
        self._deadline_s = deadline_s
        self._end = time.monotonic() + deadline_s
        self._question = Question(boot_command(self._path, "preflight", config.to_json()))
        self._heard = 0
        self._since = time.monotonic()
        self._kept: Preflight | None = None
        self.doing = ""
        """What is being looked at, in a few words."""

    def poll(self, wait_s: float = 0.0) -> Preflight | None:
        """What was found out, or None while it is not there yet. Raises ConfigError where the function cannot be called at all.

        Where a check never comes back or takes the process with it, `stopped` names it, and what was to come after is not known.
        """
        more = self._question.read(wait_s)
        found = self._hear()
        if found is not None:
            return found
        if not more:
            code = self._question.exit_code()
            return self._without(
                f"it ended the process, which {describe_exit(code)}" if code else "it ended the process"
            )
        at = time.monotonic()
        if at > self._end or at - self._since > QUIET_S:
            return self._without(f"it did not end within {min(self._deadline_s, at - self._since):.0f} s")
        return None

    def close(self) -> None:
        """End the process if it still runs, and what it started."""
        self._question.close()

    def _hear(self) -> Preflight | None:
        """Take the lines that are whole. Each replaces what was known before."""
        whole = self._question.out.rfind(b"\n") + 1
        lines = self._question.out[self._heard : whole].splitlines()
        self._heard = whole
        for line in lines:
            self._since = time.monotonic()
            try:
                said: dict[str, Any] = json.loads(line)
                if "refused" in said:
                    raise ConfigError(str(said["refused"]), str(said["field"]))
                if "doing" in said:
                    self.doing = str(said["doing"])
                if "so_far" in said:
                    self._kept = Preflight.from_plain(said["so_far"])
                if "preflight" in said:
                    return Preflight.from_plain(said["preflight"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                if isinstance(error, ConfigError):
                    raise
                raise ConfigError(f"{self._path} answered nothing that can be read; try it again.", "python") from None
        return None

    def _without(self, why: str) -> Preflight:
        """What is known up to the check that never came back."""
        if self._kept is None:
            lines = self._question.err.decode(errors="replace").strip().splitlines()
            told = f"; it said: {lines[-1].rstrip('.')[:200]}" if lines else ""
            what = self.doing or "The look at the function"
            raise ConfigError(f"{what}: {why}{told}.", "params.file")
        return replace(self._kept, stopped=f"{self.doing}: {why}")


def fetch_preflight(config: RunConfig, deadline_s: float = DEADLINE_S) -> Preflight:
    """What is to be known of the function of a configuration, waited for. Raises ConfigError as `PreflightRequest.poll` does."""
    request = PreflightRequest(config, deadline_s)
    try:
        while (found := request.poll(0.1)) is None:
            pass
        return found
    finally:
        request.close()


class _Asked(Generic[Answer]):
    """One question that is answered by one line of JSON; the user's file is read for it, and not imported."""

    def __init__(
        self, entry: str, arguments: tuple[str, ...], python: str | None, made: Callable[[Any], Answer]
    ) -> None:
        """Ask. Raises ConfigError where there is no such interpreter."""
        self._path = resolve(python)
        self._end = time.monotonic() + FUNCTIONS_S
        self._question = Question(boot_command(self._path, entry, *arguments))
        self._made = made

    def poll(self, wait_s: float = 0.0) -> Answer | None:
        """The answer, or None while it is not there yet. Raises ConfigError, with the line, where the file is no Python."""
        if self._question.read(wait_s):
            if time.monotonic() > self._end:
                raise ConfigError(f"The file was not read within {FUNCTIONS_S:.0f} s; try it again.", "params.file")
            return None
        try:
            said = json.loads(self._question.out)
            if "refused" in said:
                raise ConfigError(str(said["refused"]), str(said["field"]))
            return self._made(said)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, ConfigError):
                raise
            raise ConfigError("The file could not be looked at; try it again.", "params.file") from None

    def close(self) -> None:
        """End the process if it still runs."""
        self._question.close()


class FunctionsRequest(_Asked[FileFunctions]):
    """Asks what functions a file has."""

    def __init__(self, path: str, python: str | None = None) -> None:
        """Ask. `path` is absolute. Raises ConfigError where there is no such interpreter."""
        super().__init__("functions", (path,), python, lambda said: FileFunctions.from_plain(said["functions"]))


class InputsRequest(_Asked[InputsSeen]):
    """Asks what inputs are: how many, and the first few. A generator is not called."""

    def __init__(self, path: str, text: str, python: str | None = None) -> None:
        """Ask about the inputs `text` of a function of the file `path`. Raises ConfigError where there is no such interpreter."""

        def made(said: Any) -> InputsSeen:
            found = said["inputs"]
            count = found["count"]
            return InputsSeen(
                str(found["kind"]), None if count is None else int(count), tuple(map(str, found["first"]))
            )

        super().__init__("inputs", (path, text), python, made)


def fetch_functions(path: str, python: str | None = None) -> FileFunctions:
    """The functions of a file, waited for. Raises ConfigError after 10 s at the latest."""
    request = FunctionsRequest(path, python)
    try:
        while (found := request.poll(0.1)) is None:
            pass
        return found
    finally:
        request.close()
