"""Finds models and workloads: one file each, its key is its file name. A broken file is reported by name; the rest still load.

Imported in hosts and workers only, never in the window.
"""

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from workers.contract.config import Value
from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import BrokenFile, ModelInfo, Param, WorkloadInfo
from workers.plugin import START_METHOD, RunContext

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Model:
    """A loaded model."""

    info: ModelInfo
    run: Callable[[RunContext], None]


@dataclass(frozen=True)
class Workload:
    """A loaded workload."""

    info: WorkloadInfo
    arguments: Callable[[Mapping[str, Value], Random], Iterator[tuple[Any, ...]]]
    run: Callable[..., Any]
    setup: Callable[[Mapping[str, Value]], AbstractContextManager[Mapping[str, Value]]]


def keys(kind: str) -> list[str]:
    """The keys of all files of a kind ("models" or "workloads"), whether they load or not."""
    return sorted(path.stem for path in (FOLDER / kind).glob("*.py") if not path.stem.startswith("_"))


def load_model(key: str) -> Model:
    """The model called `key`. Raises ConfigError where there is none, ImportError and the like where its file is broken."""
    module = _module("models", key)
    info = _declared(module, "INFO", ModelInfo)
    return Model(info, _declared(module, "run", Callable))


def load_workload(key: str) -> Workload:
    """The workload called `key`. Raises as `load_model` does."""
    module = _module("workloads", key)
    info = _declared(module, "INFO", WorkloadInfo)
    return Workload(
        info,
        _declared(module, "arguments", Callable),
        _declared(module, "run", Callable),
        getattr(module, "setup", nullcontext),
    )


def catalogue(start_methods: tuple[str, ...]) -> tuple[dict[str, ModelInfo], dict[str, WorkloadInfo], list[BrokenFile]]:
    """Every model and workload that loads, and every file that does not with its error.

    `start_methods` are the interpreter's own, its default first; they become the choices of START_METHOD.
    """
    models: dict[str, ModelInfo] = {}
    workloads: dict[str, WorkloadInfo] = {}
    broken: list[BrokenFile] = []
    for key in keys("models"):
        try:
            info = load_model(key).info
            models[key] = replace(info, params=tuple(_with_choices(param, start_methods) for param in info.params))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plug-in raises is its own fault, not ours
            broken.append(_broken("models", key, error))
    for key in keys("workloads"):
        try:
            workloads[key] = load_workload(key).info
        except (Exception, SystemExit) as error:  # noqa: BLE001
            broken.append(_broken("workloads", key, error))
    return models, workloads, broken


def _module(kind: str, key: str) -> Any:
    if key not in keys(kind):
        raise unknown_name(kind[:-1], key, keys(kind), kind[:-1])
    return importlib.import_module(f"workers.{kind}.{key}")


def _declared(module: Any, name: str, kind: Any) -> Any:
    value = getattr(module, name, None)
    if not isinstance(value, kind):
        word = "function" if kind is Callable else kind.__name__
        raise ConfigError(f"{module.__name__} has no {name} that is a {word}.")
    return value


def _broken(kind: str, key: str, error: BaseException) -> BrokenFile:
    return BrokenFile(f"{kind}/{key}.py", f"{type(error).__name__}: {error}")


def _with_choices(param: Param, start_methods: tuple[str, ...]) -> Param:
    return replace(param, default=start_methods[0], choices=start_methods) if param == START_METHOD else param
