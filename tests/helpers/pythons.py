"""The interpreters that tests run hosts under: those of THREADMILL_PYTHONS and what is found on this machine."""

import os
import sys
from functools import cache

import pytest

from workers.client.interpreters import find
from workers.contract.info import PythonInfo

WANTED = ("3.12", "3.13", "3.14", "3.15")
MUST_IN_CI = ("3.14",)


@cache
def found() -> dict[str, PythonInfo]:
    """One interpreter for each minor version, other than our own; "3.14t" is a free-threaded one."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    result: dict[str, PythonInfo] = {}
    for info in find()[1:]:
        minor = ".".join(info.version.split(".")[:2]) + ("t" if info.free_threaded else "")
        if minor != own and info.implementation == "cpython":
            result.setdefault(minor, info)
    return result


def other_python(minor: str) -> str:
    """Path of this Python. Where there is none the test is skipped, or in CI, for those CI must have, fails."""
    if f"{sys.version_info.major}.{sys.version_info.minor}" == minor:
        return sys.executable
    info = found().get(minor)
    if info is not None:
        return info.executable
    if minor in MUST_IN_CI and os.environ.get("CI"):
        pytest.fail(f"CI must have Python {minor}: set THREADMILL_PYTHONS to a directory that holds python{minor}")
    pytest.skip(f"no Python {minor} on this machine")
