"""Keeps the file with the inputs from being deleted or overwritten by the user's function while it is imported, tried and run.

An audit hook cannot be taken away again, so there is one for a process, and only where there is such a file.
"""

import os
import sys
from typing import Any

_guarded: set[str] = set()
_hooked = False
_REMOVES = ("os.remove", "os.rename", "os.truncate")
_WRITES = os.O_WRONLY | os.O_RDWR


class Prevented(PermissionError):
    """Something would have destroyed the file with the inputs."""


def guard_file(path: str) -> None:
    """From here on this process raises Prevented where Python code would delete, move or overwrite this file."""
    global _hooked
    _guarded.add(os.path.realpath(path))
    if not _hooked:
        _hooked = True
        sys.addaudithook(_look)


def _look(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = args
        if not isinstance(flags, int) or not flags & _WRITES or isinstance(path, int):
            return
        _check(path, -1, "overwrite")
    elif event in _REMOVES:
        if isinstance(args[0], int):
            return
        at = args[1] if event == "os.remove" else args[2] if event == "os.rename" else -1
        _check(args[0], at if isinstance(at, int) else -1, "delete" if event == "os.remove" else "change")
        if event == "os.rename":
            _check(args[1], args[3], "overwrite")
    elif event == "shutil.rmtree":
        folder = os.path.realpath(os.fsdecode(args[0]))
        for path in _guarded:
            if path.startswith(folder + os.sep):
                raise _prevented(path, "delete")


def _check(path: Any, folder: int, what: str) -> None:
    name = os.fsdecode(path)
    if folder >= 0:
        name = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
    elif not any(os.path.basename(name) == os.path.basename(item) for item in _guarded):
        return  # the usual case: no system call
    real = os.path.realpath(name)
    if real in _guarded:
        raise _prevented(real, what)


def _prevented(path: str, what: str) -> Prevented:
    return Prevented(f"it would {what} {os.path.basename(path)}, which the inputs come from, and was prevented from it")
