"""How models and workloads describe themselves, and what an interpreter offers: the catalogue."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError, unknown_name


@dataclass(frozen=True)
class Param:
    """One parameter of a workload or option of a model. Its type is that of its default."""

    name: str
    default: Value
    title: str
    summary: str = ""
    """One line for the tooltip: what it changes."""
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    """The valid names, for a text parameter."""

    def parse(self, text: str) -> Value:
        """The value that `text` (from a command line) means. Raises ValueError with the reason in words."""
        kind = type(self.default)
        if kind is bool:
            words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
            if text.lower() not in words:
                raise ValueError(f"must be true or false, not {text!r}")
            return words[text.lower()]
        if kind is str:
            return self.check(text)
        try:
            number: Value = int(text.replace("_", "")) if kind is int else float(text)
        except ValueError:
            raise ValueError(f"must be a {'whole ' if kind is int else ''}number, not {text!r}") from None
        return self.check(number)

    def check(self, value: Value) -> Value:
        """`value` if it fits, a whole number as float where a float is declared. Raises ValueError with the reason."""
        kind = type(self.default)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            words = {bool: "true or false", int: "a whole number", float: "a number", str: "a name"}
            raise ValueError(f"must be {words[kind]}, not {value!r}")
        if self.choices and value not in self.choices:
            raise ValueError(f"must be one of {', '.join(self.choices)}, not {value!r}")
        if isinstance(value, (int, float)) and kind is not bool:
            low, high = self.minimum, self.maximum
            if not math.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
                if low is not None and high is not None:
                    bounds = f"from {_written(low)} to {_written(high)}"
                elif low is not None or high is not None:
                    bounds = f"at least {_written(low)}" if low is not None else f"at most {_written(high)}"
                else:
                    bounds = "finite"
                raise ValueError(f"must be {bounds}, not {_written(value)}")
        return value


@dataclass(frozen=True)
class ModelInfo:
    """What a model says of itself."""

    title: str
    family: str
    """Group in the picker: main, threads, processes ..."""
    summary: str
    """One line: how it spreads tasks, and what follows."""
    params: tuple[Param, ...] = ()
    workers_are: str = "threads"
    """What one worker is, and so what bounds their number: "none", "threads" or "processes"."""
    unavailable: str = ""
    """Why it cannot run under this interpreter, in words; empty where it can."""


@dataclass(frozen=True)
class WorkloadInfo:
    """What a workload says of itself."""

    title: str
    summary: str
    bound: str
    """What limits it: "CPU in Python", "CPU in C", "waiting", "memory" or "coordination"."""
    params: tuple[Param, ...] = ()


@dataclass(frozen=True)
class PythonInfo:
    """What an interpreter says of itself when asked."""

    executable: str
    version: str
    implementation: str
    gil: bool
    """Whether its GIL is on."""
    start_methods: tuple[str, ...]
    """As multiprocessing lists them: its own default first."""
    bits: int

    @property
    def label(self) -> str:
        """Short name for pickers, such as "3.14.2, GIL on"."""
        name = "" if self.implementation == "cpython" else f"{self.implementation} "
        return f"{name}{self.version}, GIL {'on' if self.gil else 'off'}"


@dataclass(frozen=True)
class BrokenFile:
    """A model or workload file that could not be loaded; the rest still are."""

    path: str
    error: str


@dataclass(frozen=True)
class Catalogue:
    """What can be run under one interpreter."""

    python: PythonInfo
    models: Mapping[str, ModelInfo]
    workloads: Mapping[str, WorkloadInfo]
    broken: tuple[BrokenFile, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {
            "python": asdict(self.python),
            "models": {key: asdict(info) for key, info in self.models.items()},
            "workloads": {key: asdict(info) for key, info in self.workloads.items()},
            "broken": [asdict(item) for item in self.broken],
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> "Catalogue":
        """From decoded JSON of `plain()`. Raises KeyError or TypeError where it is not such."""
        python = dict(data["python"])
        python["start_methods"] = tuple(python["start_methods"])
        return cls(
            PythonInfo(**python),
            {key: ModelInfo(**{**info, "params": _params(info["params"])}) for key, info in data["models"].items()},
            {
                key: WorkloadInfo(**{**info, "params": _params(info["params"])})
                for key, info in data["workloads"].items()
            },
            tuple(BrokenFile(**item) for item in data["broken"]),
        )

    def resolve(self, config: RunConfig) -> RunConfig:
        """`config` with every parameter and option given its value. Raises ConfigError for what does not exist or fit."""
        model = self.models.get(config.model)
        if model is None:
            raise unknown_name("model", config.model, self.models, "model")
        if model.unavailable:
            raise ConfigError(
                f"{model.title} cannot run under Python {self.python.version}: {model.unavailable}.", "model"
            )
        workload = self.workloads.get(config.workload)
        if workload is None:
            raise unknown_name("workload", config.workload, self.workloads, "workload")
        return config.changed(
            options=fill(model.params, config.options, f"option of {config.model}", "options"),
            params=fill(workload.params, config.params, f"parameter of {config.workload}", "params"),
        )

    def parse(self, config: RunConfig, params: Mapping[str, str], options: Mapping[str, str]) -> RunConfig:
        """`config` with `params` and `options` given as texts, typed by their declaration, and resolved."""
        model, workload = self.models.get(config.model), self.workloads.get(config.workload)
        if model is None or workload is None:
            return self.resolve(config)
        return self.resolve(
            config.changed(
                options=_parse(model.params, options, f"option of {config.model}", "options"),
                params=_parse(workload.params, params, f"parameter of {config.workload}", "params"),
            )
        )


def _written(number: float | None) -> str:
    """A number as people write it: no exponent as long as it is a whole one of reasonable length."""
    if isinstance(number, int) or (isinstance(number, float) and number.is_integer() and abs(number) < 1e15):
        return str(int(number))
    return str(number)


def fill(declared: tuple[Param, ...], given: Mapping[str, Value], kind: str, field_name: str) -> dict[str, Value]:
    """Every declared name with its given value or default. Raises ConfigError for unknown names and unfit values."""
    by_name = {param.name: param for param in declared}
    for name in given:
        if name not in by_name:
            raise unknown_name(kind, name, by_name, f"{field_name}.{name}")
    values = {}
    for name, param in by_name.items():
        try:
            values[name] = param.check(given.get(name, param.default))
        except ValueError as error:
            raise ConfigError(f"{kind.capitalize()}: {name} {error}.", f"{field_name}.{name}") from None
    return values


def _parse(declared: tuple[Param, ...], given: Mapping[str, str], kind: str, field_name: str) -> dict[str, Value]:
    by_name = {param.name: param for param in declared}
    values: dict[str, Value] = {}
    for name, text in given.items():
        if name not in by_name:
            raise unknown_name(kind, name, by_name, f"{field_name}.{name}")
        try:
            values[name] = by_name[name].parse(text)
        except ValueError as error:
            raise ConfigError(f"{kind.capitalize()}: {name} {error}.", f"{field_name}.{name}") from None
    return values


def _params(items: list[dict[str, Any]]) -> tuple[Param, ...]:
    return tuple(Param(**{**item, "choices": tuple(item["choices"])}) for item in items)
