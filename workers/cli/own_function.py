"""--function and --inputs: a function of the person's own, for every command that runs something.

Who types the name of a file runs it, as with `python FILE`: it is not asked whether it is trusted. The window asks.
"""

import argparse
import os

from workers.client.preflight import fetch_functions
from workers.contract.errors import ConfigError
from workers.contract.inputs import FORMS, parse_inputs

WORKLOAD = "own_function"


def add_arguments(command: argparse.ArgumentParser, required: bool = False) -> None:
    """Let a command take a function of a file."""
    command.add_argument(
        "--function",
        metavar="FILE.py:FUNCTION",
        required=required,
        help="call this function of a Python file of yours, or of a module (package.module:function, here or on PYTHONPATH)",
    )
    command.add_argument(
        "--inputs",
        metavar="EXPR",
        help=f"what to call it with, again and again: {FORMS} (names are relative to the function's file)",
    )


def params_of(arguments: argparse.Namespace) -> dict[str, str]:
    """The parameters of the workload "own_function" that the arguments mean; empty without --function.

    Raises ConfigError where there is no such file or function, or the inputs make no sense. Nothing is imported.
    """
    if arguments.function is None:
        if arguments.inputs is not None:
            raise ConfigError("--inputs belongs to --function: say which function is to be called with them.")
        return {}
    path, colon, name = arguments.function.rpartition(":")
    if not colon or not path:
        path, name = arguments.function, ""
    path = _file(path)
    inputs = arguments.inputs or ""
    parse_inputs(inputs)
    functions = fetch_functions(path, arguments.python)
    if not name:
        names = [item.name for item in functions.functions]
        which = f": one of {', '.join(names[:12])}" if names else ""
        raise ConfigError(
            f"Say which function of {os.path.basename(path)}: --function {arguments.function}:FUNCTION{which}."
        )
    return {"file": path, "function": name, "inputs": inputs}


def _file(text: str) -> str:
    """The path that is meant: a file, or a module in the current directory or one of PYTHONPATH, as `python -m` finds it."""
    path = os.path.abspath(os.path.expanduser(text))
    if os.path.exists(path) or text.endswith(".py") or os.sep in text:
        return path
    if all(part.isidentifier() for part in text.split(".")):
        places = ["", *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        for place in places:
            base = os.path.abspath(os.path.join(place, text.replace(".", os.sep)))
            for candidate in (f"{base}.py", os.path.join(base, "__init__.py")):
                if os.path.isfile(candidate):
                    return candidate
        raise ConfigError(
            f"There is no file {text}, and no module {text} here or in a directory of PYTHONPATH; give the path of a Python file."
        )
    return path
