"""What this interpreter is. Run by path, so imports nothing of ours: it must also work where our package would not load.

`PYTHON .../introspect.py MODULE ...` prints it as one line of JSON; the modules are those to look for.
"""

from __future__ import annotations  # a Python too old for runs must come as far as saying its version

import concurrent.futures
import importlib.util
import json
import multiprocessing
import platform
import struct
import sys
import sysconfig

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def facts(modules: Iterable[str]) -> dict[str, Any]:
    """The fields of a PythonInfo, by name, JSON-ready. Looks for `modules` without importing them."""
    return {
        "executable": sys.executable,
        "version": platform.python_version(),
        "implementation": sys.implementation.name,
        "gil": bool(getattr(sys, "_is_gil_enabled", lambda: True)()),
        "start_methods": multiprocessing.get_all_start_methods(),
        "bits": 8 * struct.calcsize("P"),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "subinterpreters": _has_interpreter_pool(),
        "modules": [name for name in modules if has_module(name)],
    }


def has_module(name: str) -> bool:
    """Whether a module of this name could be imported."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _has_interpreter_pool() -> bool:
    try:
        return hasattr(concurrent.futures, "InterpreterPoolExecutor")
    except ImportError:
        return False


if __name__ == "__main__":
    print(json.dumps(facts(sys.argv[1:])))  # noqa: T201  this is its answer
