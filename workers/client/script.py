"""Asks a short-lived host of an interpreter to write a configuration down as a script. The window itself imports no model."""

import json
import time

from workers.client.environment import boot_command
from workers.client.interpreters import resolve
from workers.client.question import Question
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

DEADLINE_S = 10.0


class ScriptRequest:
    """One question to the interpreter of a configuration; poll it until it answers."""

    def __init__(self, config: RunConfig) -> None:
        """Ask. Raises ConfigError where there is no such interpreter."""
        self._path = resolve(config.python)
        self._end = time.monotonic() + DEADLINE_S
        self._question = Question(boot_command(self._path, "script", config.to_json()))

    def poll(self, wait_s: float = 0.0) -> str | None:
        """The script, or None while it is not there yet. Raises ConfigError where there is none, with the reason."""
        if self._question.read(wait_s):
            if time.monotonic() > self._end:
                raise ConfigError(
                    f"{self._path} did not write a script within {DEADLINE_S:.0f} s; try it again.", "python"
                )
            return None
        try:
            said = json.loads(self._question.out)
            text = said.get("script")
            if text is None:
                raise ConfigError(str(said["refused"]), str(said["field"]))
            return str(text)
        except (ValueError, KeyError, AttributeError) as error:
            if isinstance(error, ConfigError):
                raise
        lines = self._question.err.decode(errors="replace").strip().splitlines()
        why = lines[-1].rstrip(".")[:200] if lines else "nothing"
        raise ConfigError(f"{self._path} did not write a script; it said: {why}.", "python")

    def close(self) -> None:
        """End the process if it still runs."""
        self._question.close()


def fetch_script(config: RunConfig) -> str:
    """The script of a configuration, waited for. Raises ConfigError after 10 s at the latest."""
    request = ScriptRequest(config)
    try:
        while (found := request.poll(0.1)) is None:
            pass
        return found
    finally:
        request.close()
