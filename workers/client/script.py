"""Asks a short-lived host of an interpreter to write a configuration down as a script. The window itself imports no model."""

import ast
import json
import os
import sys
import time

from workers.client.environment import boot_command
from workers.client.interpreters import resolve
from workers.client.question import Question
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.inputs import parse_inputs

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


def refuse_place(path: str, config: RunConfig, text: str = "") -> None:
    """Raise ConfigError where a script saved at `path` would overwrite what it needs, or be imported instead of a module.

    `text`: the script, once it is there; before, only what would be overwritten is refused.
    """
    own = str(config.params.get("file", "")) if config.workload == "own_function" else ""
    needed = []
    if own:
        inputs = parse_inputs(str(config.params.get("inputs", "")))
        needed = [own, *([os.path.join(os.path.dirname(own), os.path.expanduser(inputs.path))] if inputs.path else [])]
    for file in needed:
        if os.path.realpath(file) == os.path.realpath(path):
            raise ConfigError(f"The script needs {path} itself and would overwrite it; give the script another name.")
    folder, name = os.path.split(os.path.abspath(path))
    stem, ending = os.path.splitext(name)
    for module in sorted(_modules(text)):
        if ending == ".py" and module == stem:
            raise ConfigError(f"The script imports {module} and would find itself as {path}; give it another name.")
        beside = os.path.join(folder, f"{module}.py")
        if os.path.exists(beside):
            raise ConfigError(
                f"The script imports {module} and would find {beside} instead; save it in another folder."
            )


def _modules(text: str) -> set[str]:
    """The outermost modules that a program imports, without those that no file can hide."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(item.name.partition(".")[0] for item in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found.difference(sys.builtin_module_names)
