"""Loads models and workloads: one file each, its key is its file name. A broken file is reported by name; the rest still load.

`workers.finding` says where they are. Imported in hosts and workers only, never in the window.
"""

import importlib
import inspect
import os
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from workers import finding
from workers.contract.config import Value
from workers.contract.declared import fault
from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import BrokenFile, Catalogue, ModelInfo, Param, PythonInfo, WorkloadInfo, unmet
from workers.plugin import START_METHOD, RunContext, ScriptParts

_OPTIONAL = ("run_async", "share", "checksum", "report", "bind", "arguments_once")


@dataclass(frozen=True)
class Model:
    """A loaded model."""

    info: ModelInfo
    run: Callable[[RunContext], None]
    script: Callable[[ScriptParts], str] | None = None
    """Writes it down as a short program."""


@dataclass(frozen=True)
class Workload:
    """A loaded workload."""

    info: WorkloadInfo
    arguments: Callable[[Mapping[str, Value], Random], Iterator[tuple[Any, ...]]]
    run: Callable[..., Any]
    setup: Callable[[Mapping[str, Value]], AbstractContextManager[Mapping[str, Value]]]
    run_async: Callable[..., Awaitable[Any]] | None = None
    share: Callable[[Mapping[str, Value], Any], Any] | None = None
    checksum: Callable[[Any], int | None] | None = None
    report: Callable[[Mapping[str, Value], Any, int], Mapping[str, Value]] | None = None
    bind: Callable[[], tuple[Callable[..., Any], Callable[..., Awaitable[Any]] | None]] | None = None
    arguments_once: Callable[[Mapping[str, Value], Random], Iterator[tuple[Any, ...]]] | None = None

    def bound(self) -> "Workload":
        """With the functions that it names only now, in the process or interpreter that is to call them."""
        if self.bind is None:
            return self
        run, run_async = self.bind()
        return replace(self, run=run, run_async=run_async)


def keys(kind: str) -> list[str]:
    """The keys of all files of a kind ("models" or "workloads"), whether they load or not."""
    return [found.key for found in finding.files(kind) if not found.fault]


def load_model(key: str) -> Model:
    """The model called `key`. Raises ConfigError where there is none, ImportError and the like where its file is broken."""
    module = _module("models", key)
    script = _declared(module, "script", Callable) if hasattr(module, "script") else None
    return Model(_info(module, ModelInfo), _declared(module, "run", Callable), script)


def load_workload(key: str) -> Workload:
    """The workload called `key`. Raises as `load_model` does."""
    module = _module("workloads", key)
    info = _info(module, WorkloadInfo)
    more = {name: _declared(module, name, Callable) for name in _OPTIONAL if hasattr(module, name)}
    return Workload(
        replace(info, shares="share" in more, awaits="run_async" in more),
        _declared(module, "arguments", Callable),
        _declared(module, "run", Callable),
        _declared(module, "setup", Callable) if hasattr(module, "setup") else nullcontext,
        **more,
    )


def workload_source(key: str) -> str:
    """The text of a workload's file. Raises OSError where it cannot be read, and as `load_workload` does."""
    return inspect.getsource(_module("workloads", key))


def catalogue(
    python: PythonInfo,
    has_module: Callable[[str], bool],
    skip: Mapping[str, str],
    about_to_load: Callable[[str], None],
    processes_lack: str = "",
) -> Catalogue:
    """Every model and workload that loads, and every file that does not, with its error.

    `python` is the interpreter that this runs under; its start methods become the choices of START_METHOD, and what a model
    `requires` and it lacks makes the model unavailable. `skip` has the places not to load, each with the reason;
    `about_to_load` is told each place before it is loaded, so that one that never ends is known.
    `processes_lack`: why no model whose workers are processes can run, where that is so.
    """
    models: dict[str, ModelInfo] = {}
    workloads: dict[str, WorkloadInfo] = {}
    broken: list[BrokenFile] = []
    for kind in ("models", "workloads"):
        for found in (*finding.files(kind), *finding.entry_points(kind)):
            known_fault = found.fault or skip.get(found.place, "")
            if known_fault:
                broken.append(BrokenFile(found.place, known_fault))
                continue
            about_to_load(found.place)
            try:
                if kind == "models":
                    models[found.key] = _under(load_model(found.key).info, python, has_module, processes_lack)
                else:
                    workloads[found.key] = load_workload(found.key).info
            except BaseException as error:  # noqa: BLE001 - whatever a plug-in raises is its own fault, not ours
                broken.append(BrokenFile(found.place, _words(error)))
    return Catalogue(python, models, workloads, tuple(broken))


def _module(kind: str, key: str) -> Any:
    try:
        return importlib.import_module(finding.module_of(kind, key) or _announced(kind, key))
    except SystemExit as error:
        raise ImportError(f"it ended with sys.exit({error.code!r}) while it was imported") from error


def _announced(kind: str, key: str) -> str:
    """The module of an entry point. Kept in the environment, so that the workers of a host need not look again."""
    variable = f"THREADMILL_ENTRY_POINT_{kind.upper()}"
    kept, _, module = os.environ.get(variable, "").partition("=")
    if module and kept == key:
        return module
    announced = {found.key: found.module for found in finding.entry_points(kind) if not found.fault}
    if key not in announced:
        raise unknown_name(kind[:-1], key, [*keys(kind), *announced], kind[:-1])
    os.environ[variable] = f"{key}={announced[key]}"
    return announced[key]


def _info(module: Any, kind: type[Any]) -> Any:
    info = _declared(module, "INFO", kind)
    problem = fault(info)
    if problem:
        raise ConfigError(f"{module.__name__}: {problem}.")
    return info


def _declared(module: Any, name: str, kind: Any) -> Any:
    value = getattr(module, name, None)
    if not isinstance(value, kind):
        word = "function" if kind is Callable else kind.__name__
        raise ConfigError(f"{module.__name__} has no {name} that is a {word}.")
    return value


def _words(error: BaseException) -> str:
    """What a file raised, in one line, with the line of the file where it is known."""
    try:
        text = str(error)
    except Exception as second:  # noqa: BLE001 - its own words may be broken as well
        text = f"(its message cannot be read: {type(second).__name__})"
    words = text if isinstance(error, ConfigError) else f"{type(error).__name__}: {text}"
    words = " ".join("".join(char if char.isprintable() else " " for char in words).split())[:300]
    ours = (importlib.__file__, __file__)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename not in ours and not frame.filename.startswith("<")
    ]
    return f"{words} (line {frames[0].lineno})" if frames else words


def _under(info: ModelInfo, python: PythonInfo, has_module: Callable[[str], bool], processes_lack: str) -> ModelInfo:
    """The model as it is under this interpreter."""
    params = tuple(_with_choices(param, python.start_methods) for param in info.params)
    lacking = unmet(info.requires, sys.version_info[:3], has_module)
    if info.workers_are == "processes":
        lacking = lacking or processes_lack
    return replace(info, params=params, unavailable=info.unavailable or lacking)


def _with_choices(param: Param, start_methods: tuple[str, ...]) -> Param:
    return replace(param, default=start_methods[0], choices=start_methods) if param == START_METHOD else param
