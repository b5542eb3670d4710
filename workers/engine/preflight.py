"""Entry of a short-lived process that looks at a user's function before it is run.

`boot.py preflight CONFIG`: CONFIG is a RunConfig of the workload "own_function", as JSON. It says lines of JSON on stdout: {"doing":
words} before each check, {"so_far": Preflight} after it, so that a check that never comes back costs only itself and what follows,
and at last {"preflight": Preflight}; or {"refused": sentence, "field": what is at fault} where the function cannot be called.
"""

import json
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workers import own, registry
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import fill
from workers.contract.preflight import IDS, CheckLine, Preflight
from workers.engine.limits import go_first
from workers.engine.preflight_agree import agreed
from workers.engine.preflight_look import Look
from workers.userfile import words

PRINTED = 200
NOT_KNOWN = "Not known."


class _Printed:
    """Stands for sys.stdout and sys.stderr: keeps the first lines, counts the rest."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.count = 0
        self._rest = ""

    def write(self, text: str) -> int:
        new = text.count("\n")
        self.count += new
        if len(self.lines) < PRINTED:
            *whole, self._rest = (self._rest + text).split("\n")
            self.lines += [line[:500] for line in whole[: PRINTED - len(self.lines)]]
            self._rest = self._rest[-1000:]
        return len(text)

    def left_out(self, count: int, said: str) -> None:
        """Count lines that were not handed on, which the line `said` stands for."""
        self.write(said)
        self.count += count - said.count("\n")

    def flush(self) -> None:
        """Nothing."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


def main(arguments: list[str]) -> int:
    """Look, and say what was found."""
    go_first()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        printed = _Printed()
        sys.stdout = sys.stderr = printed

        def say(word: str, value: object, **more: object) -> None:
            out.write(json.dumps({word: value, **more}) + "\n")
            out.flush()

        try:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                said = _look(RunConfig.from_json(arguments[0]), say, printed, warned)
            say("preflight", said.plain())
        except ConfigError as error:
            say("refused", str(error), field=error.field)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window is told
            say("refused", f"The function could not be looked at: {words(error)}.", field="params.function")
        out.flush()
        # At once: threads and exit handlers of the user's must not keep us.
        os._exit(0)


def _look(config: RunConfig, say: Callable[..., None], printed: _Printed, warned: list[Any]) -> Preflight:
    workload = registry.load_workload(config.workload)
    if workload.bind is None:
        raise ConfigError(f"{workload.info.title} is no function of yours: there is nothing to look at.", "workload")
    params = fill(workload.info.params, config.params, f"parameter of {config.workload}", "params")
    gil_before = _gil()
    short = os.path.basename(str(params["file"]))
    say("doing", f"Importing {short}")
    with workload.setup(params):
        look = Look(config, params, own.VARIABLE, workload, gil_before, [str(item.message) for item in warned])
        known = look.start()
        for doing, check in look.checks():
            say("doing", doing)
            try:
                known = check(known)
            except Exception as error:  # noqa: BLE001 - one check that fails must not take the others along
                printed.write(f"{doing}: {words(error)}\n")
            known = replace(known, printed=tuple(printed.lines), printed_lines=printed.count)
            say("so_far", whole(known).plain())
    return whole(known)


def whole(known: Preflight) -> Preflight:
    """With a line for each of IDS, in their order."""
    there = {line.id: line for line in agreed(known).lines}
    return replace(known, lines=tuple(there.get(key) or CheckLine(key, None, NOT_KNOWN) for key in IDS))


def _gil() -> bool:
    return bool(getattr(sys, "_is_gil_enabled", lambda: True)())
