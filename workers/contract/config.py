"""RunConfig: all that decides a run. The same configuration and seed give the same tasks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias

from workers.contract.errors import ConfigError

Value: TypeAlias = bool | int | float | str
"""What a parameter or option may hold."""


@dataclass(frozen=True)
class RunConfig:
    """What to run. Frozen; use `changed()` for a variation.

    A run ends after `tasks` tasks or `seconds` seconds, whichever comes first, and with neither only on Stop.
    """

    model: str = "thread_pool"
    """File name of the model in `workers/models`, without the ending."""
    workload: str = "count_primes"
    """File name of the workload in `workers/workloads`, without the ending."""
    workers: int = 2
    """How many tasks may be under way at once; at least 1."""
    tasks: int | None = 500
    """How many tasks to run; None for no limit."""
    seconds: float | None = None
    """How long to hand out tasks, from the start of the clock; None for no limit."""
    params: Mapping[str, Value] = field(default_factory=dict)
    """Values for the workload's parameters; what is missing takes its declared default."""
    options: Mapping[str, Value] = field(default_factory=dict)
    """Values for the model's options; what is missing takes its declared default."""
    python: str | None = None
    """Path of the interpreter that carries the run; None for the one the program runs under."""
    seed: int = 0
    """Seed of the workload's random choices."""

    def __post_init__(self) -> None:
        """Raises ConfigError where a field has the wrong type or range, before anything starts."""
        for name in ("model", "workload"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name):
                raise ConfigError(f"The {name} must be a name, not {getattr(self, name)!r}.", name)
        _whole("workers", self.workers, 1)
        if self.tasks is not None:
            _whole("tasks", self.tasks, 0)
        if self.seconds is not None:
            if isinstance(self.seconds, bool) or not isinstance(self.seconds, (int, float)):
                raise ConfigError(f"Seconds must be a number, not {self.seconds!r}.", "seconds")
            if not 0 < self.seconds <= 86_400:
                raise ConfigError(
                    f"Seconds must be above 0 and at most 86400 (one day), not {self.seconds}.", "seconds"
                )
        _whole("seed", self.seed, 0)
        if self.python is not None and not isinstance(self.python, str):
            raise ConfigError(f"The interpreter must be a path, not {self.python!r}.", "python")
        for name in ("params", "options"):
            values = getattr(self, name)
            if not isinstance(values, Mapping):
                raise ConfigError(f"The {name} must be a table of names and values, not {values!r}.", name)
            for key, value in values.items():
                if not isinstance(key, str) or not isinstance(value, (bool, int, float, str)):
                    raise ConfigError(f"{name}: {key!r} = {value!r} is neither true/false, a number nor a text.", name)
            object.__setattr__(self, name, MappingProxyType(dict(values)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled (a read-only mapping is not) as the plain values it was made of."""
        return _from_plain, (self.plain(),)

    def changed(self, **changes: Any) -> "RunConfig":
        """A copy with these fields changed, checked again."""
        return replace(self, **changes)

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**fields, "params": dict(self.params), "options": dict(self.options)}

    def to_json(self) -> str:
        """As JSON text; `from_json` reads it back equal."""
        return json.dumps(self.plain())

    @classmethod
    def from_plain(cls, data: object) -> "RunConfig":
        """From decoded JSON. Raises ConfigError for unknown fields and values that do not fit."""
        if not isinstance(data, dict):
            raise ConfigError(f"A run configuration must be a table, not {type(data).__name__}.")
        unknown = sorted(set(data) - set(cls.__dataclass_fields__))
        if unknown:
            raise ConfigError(f"A run configuration has no field {unknown[0]!r}.", str(unknown[0]))
        return cls(**data)

    @classmethod
    def from_json(cls, text: str) -> "RunConfig":
        """From JSON text. Raises ConfigError where it is none."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise ConfigError(f"A run configuration must be JSON: {error}.") from error
        return cls.from_plain(data)


MOST = 2**53
"""Whole numbers up to here are the same in every JSON reader."""
_MEANT = {"workers": "The number of workers", "tasks": "The number of tasks", "seed": "The seed"}


def _from_plain(data: dict[str, Any]) -> RunConfig:
    return RunConfig.from_plain(data)


def _whole(name: str, value: object, minimum: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConfigError(f"{_MEANT[name]} must be a whole number, not {value!r}.", name)
    if value < minimum:
        raise ConfigError(f"{_MEANT[name]} must be at least {minimum}, not {value}.", name)
    if value > MOST:
        raise ConfigError(f"{_MEANT[name]} must be at most {MOST}, not {value}.", name)
