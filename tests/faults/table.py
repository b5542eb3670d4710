"""The rows of the table of faults, and the mark that ties a test to its row."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

import pytest

NOT_HERE = "not on Linux: "
"""How `injected` begins where a fault cannot be had on Linux; what was done instead follows."""

WHAT = {
    "F1": "SIGKILL of a worker of a process pool",
    "F2": "SIGKILL of a worker of multiprocessing.Pool",
    "F3": "segmentation fault in a task",
    "F4": "os._exit(0), or exit(0) of the C library, in a task",
    "F5": "sys.exit(5) in a task",
    "F6": "a task raises",
    "F7": "an exception that cannot be unpickled (__init__ of two arguments)",
    "F8": "a task that cannot be pickled",
    "F9": "a result that cannot be pickled",
    "F10": "segmentation fault or exit while a task or a result is pickled or unpickled",
    "F11": "a worker dies while an item larger than a pipe is on its way",
    "F12": "very many tiny tasks at once",
    "F13": "max_tasks_per_child with a backlog",
    "F14": "shutdown(wait=False) after a failed task, with max_tasks_per_child",
    "F15": "an executor is garbage-collected with work pending",
    "F16": "the worker that replaces another cannot start",
    "F17": "cancel() just before shutdown",
    "F18": "a worker kills its siblings; all workers killed at once",
    "F19": "a crash when the garbage collector takes a task",
    "F20": "the initializer of a worker raises",
    "F21": "endless loop in Python, in a process",
    "F22": "a task that ignores SIGTERM and SIGINT",
    "F23": "endless loop in a thread, in C code that holds the GIL",
    "F24": "a worker is stopped (SIGSTOP)",
    "F25": "a task starts grandchildren, then dies",
    "F26": "stdin and stdout are closed, and a task reads stdin",
    "F27": "deadlock in a pool: a task waits for its own pool",
    "F28": "MemoryError in the process that owns a pool",
    "F29": "the host dies in the middle of a run",
    "F30": "the host dies when it is imported",
    "F31": "the host hangs in its start",
    "F32": "SIGKILL of the window",
    "F33": "the window is killed on Windows or macOS",
    "F34": "close button, Ctrl+C, SIGTERM during a run",
    "F35": "the parent dies between a worker's start and its watch over the parent",
    "F36": "the parent is PID 1, as in a container",
    "F37": "the forkserver is killed",
    "F38": "fork while there are threads",
    "F39": "the interpreter ends while a sub-interpreter runs",
    "F40": "numpy in a sub-interpreter",
    "F41": "a model that the chosen Python does not have",
    "F42": "a million workers",
    "F43": "CPU quota of a cgroup, affinity, an odd cpu.max",
    "F44": "a worker takes more and more memory",
    "F45": "/dev/shm is full",
    "F46": "shared memory and semaphores left by what was killed",
    "F47": "the resource tracker is killed",
    "F48": "no file descriptor left; disk full while a recording is written",
    "F49": "a strict sandbox: no sysconf, no semaphores",
    "F50": "a PID vanishes, is a zombie, is used again, or may not be asked",
    "F51": "a crafted settings file with a pickle",
    "F52": "a settings file of junk, or cut short",
    "F53": "a corrupt recording",
    "F54": "a recording that is a pickle",
    "F55": "a script from elsewhere",
    "F56": "a bad user module",
    "F57": "another user attacks a local listener",
    "F58": "shared memory that others can read",
    "F59": "hostile messages and output of a host",
    "F60": "weird values for plots",
}
"""Every fault, in a few words."""


@dataclass(frozen=True)
class Fault:
    """One row of the table of faults."""

    key: str
    """F1 ... F60."""
    what: str
    """The fault, in a few words."""
    injected: str
    """How; or, where it cannot be on Linux, NOT_HERE and what was done instead."""
    expected: str
    """The behaviour that the test holds."""


@dataclass(frozen=True)
class Row:
    """A fault and a test that holds it."""

    fault: Fault
    test: str
    """Its file, and its function: `test_kills.py::test_killed`."""


def fault(key: str, what: str = "", injected: str = "", expected: str = "") -> pytest.MarkDecorator:
    """Mark a test as one that injects the fault `key`. `what` may be left out: WHAT has it. Raises ValueError."""
    if key not in WHAT:
        raise ValueError(f"there is no fault {key!r} in the table")
    if not injected or not expected:
        raise ValueError(f"{key}: say how it is injected and what is expected")
    return pytest.mark.fault(Fault(key, what or WHAT[key], injected, expected))


def rows() -> list[Row]:
    """All marks of the tests of this package, by number of the fault. Imports the test modules."""
    found = []
    for module in _test_modules():
        file = f"{module.__name__.rpartition('.')[2]}.py"
        for owner, function in _functions(module):
            name = function.__name__ if owner is None else f"{owner.__name__}::{function.__name__}"
            marks = [*_marks(module), *_marks(owner), *_marks(function)]
            found += [Row(item, f"{file}::{name}") for item in dict.fromkeys(_faults(marks))]
    return sorted(found, key=lambda row: (int(row.fault.key[1:]), row.test))


def _test_modules() -> Iterator[ModuleType]:
    package = importlib.import_module("tests.faults")
    for item in sorted(pkgutil.walk_packages(package.__path__, "tests.faults."), key=lambda item: item.name):
        if item.name.rpartition(".")[2].startswith("test_"):
            yield importlib.import_module(item.name)


def _functions(module: ModuleType) -> Iterator[tuple[type | None, FunctionType]]:
    for value in vars(module).values():
        if isinstance(value, FunctionType) and value.__name__.startswith("test_"):
            if value.__module__ == module.__name__:
                yield None, value
        elif isinstance(value, type) and value.__name__.startswith("Test") and value.__module__ == module.__name__:
            for method in vars(value).values():
                if isinstance(method, FunctionType) and method.__name__.startswith("test_"):
                    yield value, method


def _marks(thing: Any) -> list[pytest.Mark]:
    marks = getattr(thing, "pytestmark", [])
    return [getattr(mark, "mark", mark) for mark in (marks if isinstance(marks, list) else [marks])]


def _faults(marks: list[pytest.Mark]) -> Iterator[Fault]:
    """Those of the marks, and those of single parameters (`pytest.param(..., marks=fault(...))`)."""
    for mark in marks:
        if mark.name == "fault":
            yield mark.args[0]
        elif mark.name == "parametrize":
            for values in mark.args[1]:
                yield from _faults([getattr(one, "mark", one) for one in getattr(values, "marks", ())])
