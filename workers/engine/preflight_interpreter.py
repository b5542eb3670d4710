"""Whether a function can be imported in a sub-interpreter: tried in one, where this Python has them."""

import importlib
import os
import re
import sys
from typing import Any

from workers.contract.preflight import CheckLine
from workers.engine import boot

KEY = "subinterpreter_safe"

_IN_INTERPRETER = """
import importlib.util, os, sys
sys.stdout = sys.stderr = open(os.devnull, "w")
spec = importlib.util.spec_from_file_location("threadmill_boot", {boot!r})
spec.loader.exec_module(importlib.util.module_from_spec(spec))
from workers.userfile import function_of, load
function_of(load({path!r}), {name!r}, {path!r})
"""


def try_interpreter(path: str, name: str) -> tuple[CheckLine, bool | None]:
    """What is said of it, and whether it can be; None: not known."""
    try:
        interpreters: Any = importlib.import_module("concurrent.interpreters")
    except ImportError:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        return CheckLine(KEY, None, f"Not known: Python {version} has no pool of sub-interpreters."), None
    made = interpreters.create()
    try:
        made.exec(_IN_INTERPRETER.format(boot=os.path.abspath(boot.__file__), path=path, name=name))
    except Exception as error:  # noqa: BLE001 - what it raises is the answer
        text = " ".join(str(error).split())
        text = re.sub(r"^(workers\.contract\.errors\.)?ConfigError: ", "", text)[:250].rstrip(".")
        said = f"It does not work in a sub-interpreter: {text}."
        return CheckLine(KEY, False, said, "Use threads or processes."), False
    finally:
        made.close()
    return CheckLine(KEY, True, "It is imported in a sub-interpreter as well."), True
