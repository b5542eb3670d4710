"""Asks a short-lived host of an interpreter what can be run under it. The window itself imports no model and no workload.

A file that does not come back from its import, or takes the process with it, is left out and the question asked again.
"""

import json
import time
from dataclasses import replace

from workers.client.environment import boot_command
from workers.client.interpreters import remember, resolve
from workers.client.question import Question
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.engine.births import describe_exit

DEADLINE_S = 15.0
FILE_S = 6.0
"""How long the import of one file may take."""


class CatalogueRequest:
    """One question to one interpreter; poll it until it answers."""

    def __init__(self, python: str | None) -> None:
        """Ask the interpreter meant by `python` (see `interpreters.resolve`). Raises ConfigError where there is none."""
        self._path = resolve(python)
        self._end = time.monotonic() + DEADLINE_S
        self._skip: dict[str, str] = {}
        self._ask()

    def _ask(self) -> None:
        self._question = Question(boot_command(self._path, "describe", json.dumps(self._skip)))
        self._heard = 0
        self._loading = ""
        self._since = time.monotonic()

    def poll(self, wait_s: float = 0.0) -> Catalogue | None:
        """The catalogue, or None while it is not there yet. Raises ConfigError where it will not come."""
        more = self._question.read(wait_s)
        try:
            found = self._hear()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self._no_answer(f"it answered nothing that can be read ({type(error).__name__})") from None
        if found is not None:
            python = replace(found.python, executable=self._path)
            remember(python)
            return replace(found, python=python)
        now = time.monotonic()
        if not more:
            code = self._question.exit_code()
            if not self._loading:
                raise self._no_answer("it answered nothing")
            how = "did not end" if code is None else describe_exit(code)
            self._again_without(f"its import ended the process, which {how}")
        elif now > self._end:
            at = f"; it was loading {self._loading}: mend or remove that" if self._loading else "; choose another one"
            raise ConfigError(f"{self._path} did not say within {DEADLINE_S:.0f} s what it can run{at}.", "python")
        elif self._loading and now - self._since > FILE_S:
            self._again_without(f"its import did not end within {FILE_S:.0f} s")
        return None

    def close(self) -> None:
        """End the process if it still runs."""
        self._question.close()

    def _hear(self) -> Catalogue | None:
        """Take the lines that are whole."""
        whole = self._question.out.rfind(b"\n") + 1
        lines = self._question.out[self._heard : whole].splitlines()
        self._heard = whole
        for line in lines:
            said = json.loads(line)
            if "catalogue" in said:
                return Catalogue.from_plain(said["catalogue"])
            self._loading, self._since = str(said["loading"]), time.monotonic()
        return None

    def _again_without(self, why: str) -> None:
        self._question.close()
        self._skip[self._loading] = why
        self._ask()

    def _no_answer(self, otherwise: str) -> ConfigError:
        text = self._question.err.decode(errors="replace").strip()
        if "nknown option: -P" in text:
            return ConfigError(f"{self._path} is older than Python 3.11; runs need 3.11 or later.", "python")
        lines = text.splitlines()
        why = lines[-1].rstrip(".")[:200] if lines else otherwise
        return ConfigError(f"{self._path} is no Python that can carry runs; it said: {why}.", "python")


def fetch(python: str | None) -> Catalogue:
    """The catalogue of an interpreter, waited for. Raises ConfigError after 15 s at the latest."""
    request = CatalogueRequest(python)
    try:
        while (found := request.poll(0.1)) is None:
            pass
        return found
    finally:
        request.close()
