"""How models and workloads describe themselves, and what an interpreter offers: the catalogue."""

import math
from collections.abc import Callable, Iterable, Mapping
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
    live: bool = False
    """Whether it may be changed while the run is under way."""

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
    """What one worker is, and so what bounds their number: "none", "threads", "processes", "interpreters" or "coroutines"."""
    unavailable: str = ""
    """Why it cannot run under this interpreter, in words; empty where it can."""
    requires: tuple[str, ...] = ()
    """What the interpreter must have: "python>=3.14", or the name of a module that can be imported."""
    live_workers: str = ""
    """Whether the number of workers can be changed during a run: "" no, "free" to any number, "pool" up to `pool_size`."""
    shares: bool = True
    """Whether its workers can share locks and counters with each other."""
    own_pool: bool = False
    """Whether a task can hand others to the pool that it runs in."""


@dataclass(frozen=True)
class WorkloadInfo:
    """What a workload says of itself."""

    title: str
    summary: str
    bound: str
    """What limits it: "CPU in Python", "CPU in C", "waiting", "memory" or "coordination"."""
    params: tuple[Param, ...] = ()
    subinterpreters: bool = True
    """Whether its imports and its code work in a sub-interpreter."""
    shares: bool = False
    """Whether its tasks share locks or counters. Filled in by the registry: it has a `share` function."""
    awaits: bool = False
    """Whether it has an asynchronous form; without, it blocks an event loop. Filled in by the registry: `run_async`."""
    own_pool: bool = False
    """Whether its tasks hand others to the pool that they run in."""


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
    free_threaded: bool = False
    """Whether it was built so that it can do without a GIL."""
    subinterpreters: bool = False
    """Whether concurrent.futures has an InterpreterPoolExecutor."""
    modules: tuple[str, ...] = ()
    """Which of OPTIONAL_MODULES can be imported there."""

    @property
    def label(self) -> str:
        """Short name for pickers, such as "3.14.2, GIL on"."""
        name = "" if self.implementation == "cpython" else f"{self.implementation} "
        return f"{name}{self.version}, GIL {'on' if self.gil else 'off'}"


OPTIONAL_MODULES = ("loky", "joblib")
"""What a probe looks for, because models of ours can use it."""


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
        for name in ("start_methods", "modules"):
            python[name] = tuple(python[name])
        return cls(
            PythonInfo(**python),
            {
                key: ModelInfo(**{**info, "params": _params(info["params"]), "requires": tuple(info["requires"])})
                for key, info in data["models"].items()
            },
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
        refusal = refuse(model, workload)
        if refusal:
            raise ConfigError(refusal, "workload")
        return config.changed(
            options=fill(model.params, config.options, f"option of {config.model}", "options"),
            params=fill(workload.params, config.params, f"parameter of {config.workload}", "params"),
        )

    def check_turn(self, config: RunConfig, field: str, value: Value) -> Value:
        """`value` for `field` of a resolved run that is under way, as `Turn` names it. Raises ConfigError where it cannot be."""
        model, workload = self.models[config.model], self.workloads[config.workload]
        group, _, name = field.partition(".")
        if field == "workers":
            config.changed(workers=value)  # its type and its lower bound
            most = max(config.workers, int(config.options.get("pool_size", 0)))
            if not model.live_workers:
                raise ConfigError(f"{model.title} cannot change its workers while it runs.", field)
            if model.live_workers == "pool" and int(value) > most:
                raise ConfigError(
                    f"This pool was made with {most} worker{'s' if most > 1 else ''}: set pool_size before the run to go beyond.",
                    field,
                )
            return value
        declared = {"params": workload.params, "options": model.params}.get(group, ())
        param = next((param for param in declared if param.name == name), None)
        if param is None or not param.live:
            raise ConfigError(f"{name or field} cannot be changed while the run is under way.", field)
        try:
            return param.check(value)
        except ValueError as error:
            raise ConfigError(f"{param.title} {error}.", field) from None

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


def refuse(model: ModelInfo, workload: WorkloadInfo) -> str:
    """Why this model cannot run this workload, in one sentence; empty where it can."""
    if workload.shares and not model.shares:
        return (
            f"{workload.title} needs workers that share locks or counters, and those of {model.title} share nothing; "
            "choose another model."
        )
    if workload.own_pool and not model.own_pool:
        return (
            f"{workload.title} hands tasks to the pool that it runs in, and those of {model.title} cannot; "
            "choose Thread pool or asyncio tasks."
        )
    if model.workers_are == "interpreters" and not workload.subinterpreters:
        return f"{workload.title} cannot run in a sub-interpreter; choose another model than {model.title}."
    return ""


def unmet(requires: Iterable[str], version: tuple[int, ...], has_module: Callable[[str], bool]) -> str:
    """What an interpreter lacks of a model's `requires`, in words; empty where it has all of it."""
    for need in requires:
        name, sign, wanted = need.partition(">=")
        if sign and name == "python":
            if version < tuple(int(part) for part in wanted.split(".")):
                return f"it needs Python {wanted} or later"
        elif not has_module(need):
            return f"{need} is not installed for this interpreter (python -m pip install {need})"
    return ""


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
