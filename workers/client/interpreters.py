"""The Pythons of this machine: which there are, which one is meant, and which has what a model needs."""

import os
import re
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from workers.client.candidates import candidates, in_venv, inside, named, version_named
from workers.client.environment import boot_command, clean_environment
from workers.client.probe import MINIMUM, probe, version_of
from workers.client.probe_cache import Answer, ProbeCache
from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import PythonInfo, unmet
from workers.engine import boot

__all__ = ["boot", "boot_command", "clean_environment", "find", "probe", "remember", "resolve", "who_has"]


def find(more: Iterable[str] = ()) -> list[PythonInfo]:
    """Every usable Python: our own first, the others by version. `more` are paths that the user has named.

    Asks only those that the cache does not know; with nothing to ask it takes milliseconds, else tenths of a second for each.
    """
    cache = ProbeCache()
    paths = _distinct(more)
    answers = {path: cache.get(path) for path in paths}
    unknown = [path for path, answer in answers.items() if answer is None]
    if unknown:
        with ThreadPoolExecutor(2) as pool:
            for path, answer in zip(unknown, pool.map(_ask, unknown), strict=True):
                answers[path] = answer
                cache.put(path, answer)
        cache.save()
    found = [answer for answer in answers.values() if isinstance(answer, PythonInfo)]
    return sorted(found, key=lambda info: (info.executable != sys.executable, *_order(info)))


def remember(info: PythonInfo) -> None:
    """Keep what the chosen interpreter has just said of itself."""
    cache = ProbeCache()
    if cache.get(info.executable) != info:
        cache.put(info.executable, info)
        cache.save()


def who_has(requires: Iterable[str], pythons: Iterable[PythonInfo]) -> PythonInfo | None:
    """The first of `pythons` (as `find` gives them) under which a model of these needs can run; None where none is known."""
    needs = tuple(requires)
    return next((info for info in pythons if not unmet(needs, version_of(info), info.modules.__contains__)), None)


def resolve(python: str | None) -> str:
    """The path meant by `python`. Raises ConfigError where there is none.

    None means our own; else it is a path, that of an environment's folder too, a command on PATH, or a version such as "3.14".
    """
    if python is None:
        return sys.executable
    if os.sep in python or (os.altsep and os.altsep in python):
        path = os.path.abspath(os.path.expanduser(python))
        found = inside(path) if os.path.isdir(path) else path if os.path.isfile(path) else None
        if found is None:
            raise ConfigError(
                f"There is no interpreter at {python}; `threadmill list pythons` shows those found.", "python"
            )
        return found
    wanted = re.fullmatch(r"(?:python)?(3\.\d+t?)", python)
    found = (_of_version(wanted[1]) if wanted else None) or shutil.which(python)
    if found is None and wanted and int(wanted[1].rstrip("t").split(".")[1]) < MINIMUM[1]:
        raise ConfigError(f"Python {wanted[1]} is too old: runs need 3.11 or later.", "python")
    if found is None and wanted and wanted[1].endswith("t"):
        raise ConfigError(
            f"There is no free-threaded Python {wanted[1][:-1]} on this machine: install python{wanted[1]}, or name its path in "
            "THREADMILL_PYTHONS.",
            "python",
        )
    if found is None:
        known = {version_named(path) for path in candidates()} - {""}
        raise unknown_name("interpreter", python, known | {_own_version()}, "python")
    return found


def _of_version(version: str) -> str | None:
    if version == _own_version():
        return sys.executable
    return next((path for path in (*named(), *candidates()) if version_named(path) == version), None)


def _own_version() -> str:
    free_threaded = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    return f"{sys.version_info.major}.{sys.version_info.minor}{free_threaded}"


def _distinct(more: Iterable[str]) -> list[str]:
    """Our own, those the user names, and the others, each once; an environment counts only where it is named, or is our own."""
    unique = {_identity(sys.executable): sys.executable}
    for path in (*more, *named()):
        if os.path.isfile(path):
            unique.setdefault(_identity(path), path)
    own_base = os.path.realpath(sys.executable)
    for path in candidates():
        real = os.path.realpath(path)
        if real != own_base:
            unique.setdefault(real, path)
    return list(unique.values())


def _identity(path: str) -> str:
    """The same for all names of an interpreter. That of an environment is the same file as what it was made of, but not the same."""
    real = os.path.realpath(path)
    return f"{os.path.realpath(os.path.dirname(path))} {real}" if in_venv(path) else real


def _ask(path: str) -> Answer:
    try:
        return probe(path)
    except ConfigError as error:
        return str(error)


def _order(info: PythonInfo) -> tuple[object, ...]:
    return version_of(info), info.version, info.executable
