"""Which run comes next, and what happens to it: all of it from one seeded generator."""

import math
from random import Random

from workers.contract.breaking import WAYS
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue, Param

SMALL: dict[str, dict[str, Value]] = {
    "allocate": {"mib": 4.0},
    "sleep": {"ms": 20.0},
    "nap_uninterruptible": {"ms": 20.0},
}
"""Parameters that must be smaller than usual: there are to be many runs."""
UNWANTED = ("own_function",)
ACTS = ("break",) * 5 + ("signal",) * 3 + ("turn",) * 2 + ("stop", "interrupt")
SIGNALS = ("SIGKILL", "SIGSTOP", "SIGCONT", "SIGTERM", "SIGINT", "SIGSEGV")
"""What is sent from outside, not by way of us."""


class Chance:
    """Draws runs and faults."""

    def __init__(self, seed: int, catalogue: Catalogue) -> None:
        self._random = Random(seed)
        self._catalogue = catalogue
        self._models = [key for key, info in catalogue.models.items() if not info.unavailable]
        self._workloads = [key for key in catalogue.workloads if key not in UNWANTED]

    def config(self) -> RunConfig:
        """A run that can be: any model with any workload that goes with it."""
        while True:
            model, workload = self._random.choice(self._models), self._random.choice(self._workloads)
            config = RunConfig(
                model,
                workload,
                self._random.randint(1, 4),
                self._random.choice((None, None, None, 1, 40, 400)),
                self._random.choice((None, None, 0.5, 2.0)),
                self._known(workload),
                self._options(model),
                seed=self._random.randrange(1 << 20),
            )
            try:
                return self._catalogue.resolve(config)
            except ConfigError:
                continue

    def _known(self, workload: str) -> dict[str, Value]:
        declared = {param.name for param in self._catalogue.workloads[workload].params}
        params = {name: value for name, value in SMALL.get(workload, {}).items() if name in declared}
        if workload == "fail":
            params = {"how": self._random.choice(("raise", "exit", "segfault", "hang")), "probability": 0.05}
        return params

    def _options(self, model: str) -> dict[str, Value]:
        return {
            param.name: self._value(param)
            for param in self._catalogue.models[model].params
            if self._random.random() < 0.3
        }

    def _value(self, param: Param) -> Value:
        if param.choices:
            return self._random.choice(param.choices)
        if isinstance(param.default, bool):
            return self._random.random() < 0.5
        if isinstance(param.default, int):
            least = int(param.minimum) if param.minimum is not None and math.isfinite(param.minimum) else param.default
            return self._random.choice((param.default, least, least + 3))
        return param.default

    def seconds(self) -> float:
        """How long a run may go on before it is stopped, if nothing ends it earlier."""
        return self._random.uniform(0.3, 4.0)

    def acts(self, seconds: float) -> list[tuple[float, str]]:
        """What happens to a run, and after how many seconds of it, in order."""
        return sorted(
            (self._random.uniform(0.0, seconds), self._random.choice(ACTS)) for _ in range(self._random.randint(0, 4))
        )

    def way(self) -> str:
        """How a worker is broken. Filling memory takes its time and is drawn less often."""
        how = self._random.choice(WAYS)
        return self._random.choice(WAYS) if how == "fill" else how

    def signal(self) -> str:
        """A signal from outside."""
        return self._random.choice(SIGNALS)

    def turn(self) -> tuple[str, Value]:
        """A change of the run under way."""
        return self._random.choice((("workers", self._random.randint(1, 4)), ("options.switch_ms", 1.0)))

    def one(self, pids: list[int]) -> int | None:
        """One of them."""
        return self._random.choice(pids) if pids else None
