"""What a sweep is and what came of it: a plan, its cells, and the rounds measured in each. Frozen, and the same as JSON."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError

MOST_CELLS = 2_000
MOST_ROUNDS = 99
LONGEST_ROUND_S = 600.0
T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Cell:
    """One combination: what a round of it runs."""

    model: str
    workers: int
    chunksize: int = 1
    """Tasks that travel together; 1 where the model has no such option."""
    python: str = ""
    """Path of the interpreter; empty for that of the plan's base."""
    size: float = 0.0
    """The value of the plan's `size_param`; 0 where there is none."""

    @property
    def key(self) -> str:
        """Its name in files."""
        return f"{self.model}|{self.workers}|{self.chunksize}|{self.size:g}|{self.python}"


@dataclass(frozen=True)
class SweepPlan:
    """What to measure: the product of models, workers, chunk sizes, interpreters and sizes, each cell in several rounds."""

    base: RunConfig
    """The workload with its parameters; model, workers, tasks and seconds are the cells'."""
    models: tuple[str, ...]
    workers: tuple[int, ...]
    chunksizes: tuple[int, ...] = (1,)
    pythons: tuple[str, ...] = ("",)
    size_param: str = ""
    """The parameter of the workload that says how large a task is; empty where it is not varied."""
    sizes: tuple[float, ...] = ()
    repeats: int = 3
    """Rounds of each cell; cells with too much noise get more."""
    round_s: float = 1.0
    """How long a round hands out tasks."""
    budget_s: float | None = None
    """When to stop beginning rounds, in seconds of measuring; None: when all are done."""
    halving: bool = False
    """Whether cells that are far behind get no more rounds: for a recommendation, not for a curve."""
    seed: int = 0
    """Of the order in which cells take their turns."""
    chosen: tuple[Cell, ...] = ()
    """These cells and no others, in place of the product; `models` and the rest then only say what is among them."""

    def __post_init__(self) -> None:
        """Raises ConfigError where a field has the wrong type or range."""
        for name, one in (("models", str), ("pythons", str), ("workers", int), ("chunksizes", int)):
            given = getattr(self, name)
            if not given:
                raise ConfigError(f"A sweep needs at least one of the {name}.", name)
            for item in given:
                if type(item) is not one or (isinstance(item, int) and not 1 <= item <= 100_000):
                    wanted = "a name" if one is str else "a whole number from 1 to 100000"
                    raise ConfigError(f"Of the {name} each must be {wanted}, not {item!r}.", name)
        if bool(self.sizes) != bool(self.size_param):
            raise ConfigError("Sizes need the parameter that they are of, and it needs sizes.", "sizes")
        for size in self.sizes:
            if isinstance(size, bool) or not isinstance(size, (int, float)) or not (0 < size < math.inf):
                raise ConfigError(f"Each size must be a number above 0, not {size!r}.", "sizes")
        if type(self.repeats) is not int or not 1 <= self.repeats <= MOST_ROUNDS:
            raise ConfigError(f"Repeats must be from 1 to {MOST_ROUNDS}, not {self.repeats!r}.", "repeats")
        for name, low, high in (("round_s", 0.05, LONGEST_ROUND_S), ("budget_s", 1.0, 604_800.0)):
            value = getattr(self, name)
            if value is None and name == "budget_s":
                continue
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
                what = "A round" if name == "round_s" else "The budget"
                raise ConfigError(f"{what} must take {low:g} to {high:g} seconds, not {value!r}.", name)
        if len(self.chosen) > MOST_CELLS:
            raise ConfigError(f"A sweep has at most {MOST_CELLS} cells, not {len(self.chosen)}.", "models")
        if type(self.seed) is not int or type(self.halving) is not bool:
            raise ConfigError("The seed of a sweep must be a whole number, and halving true or false.", "seed")

    def config(self, cell: Cell, options: Mapping[str, Value] | None = None) -> RunConfig:
        """The run of one round of `cell`; `options`: those of the model besides the chunk size."""
        params = dict(self.base.params)
        if self.size_param:
            # A whole number fits a parameter of either kind; the inputs of a function are a text, a list of them.
            number = int(cell.size) if float(cell.size).is_integer() else cell.size
            params[self.size_param] = f"[{number}]" if isinstance(params.get(self.size_param), str) else number
        given = dict(options or {})
        if cell.chunksize > 1:
            given["chunksize"] = cell.chunksize
        return self.base.changed(
            model=cell.model,
            workers=cell.workers,
            tasks=None,
            seconds=self.round_s,
            params=params,
            options=given,
            python=cell.python or self.base.python,
        )

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        found: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        found["base"] = self.base.plain()
        found["chosen"] = [_cell_plain(cell) for cell in self.chosen]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}

    @classmethod
    def from_plain(cls, data: object) -> "SweepPlan":
        """From decoded JSON. Raises ConfigError for what is no plan."""
        given = _table(data, cls, "plan")
        given["base"] = RunConfig.from_plain(given.get("base"))
        for name in ("models", "workers", "chunksizes", "pythons", "sizes"):
            if name in given:
                if not isinstance(given[name], list):
                    raise ConfigError(f"The {name} of a plan must be a list, not {given[name]!r}.", name)
                given[name] = tuple(given[name])
        chosen = given.get("chosen", [])
        if not isinstance(chosen, list):
            raise ConfigError(f"The cells of a plan must be a list, not {chosen!r}.", "chosen")
        given["chosen"] = tuple(map(_cell, chosen))
        return _made(cls, given, "plan")


@dataclass(frozen=True)
class Round:
    """One run of a cell."""

    throughput_per_s: float
    """Tasks done per second of the clock; 0 where none was."""
    startup_s: float
    """From being asked for to the start of the clock."""
    elapsed_s: float
    """Of the clock."""
    wall_s: float
    """From being asked for to its end."""
    done: int
    failed: int = 0
    cpu_s: float = 0.0
    """CPU time of all its processes, as far as it was sampled."""
    rss: int = 0
    """The most memory its processes were seen to have together, in bytes."""

    @classmethod
    def from_plain(cls, data: object) -> "Round":
        """From decoded JSON. Raises ConfigError."""
        given = _table(data, cls, "round")
        for name, value in given.items():
            wanted = (int,) if name in ("done", "failed", "rss") else (int, float)
            if isinstance(value, bool) or not isinstance(value, wanted) or not 0 <= value < math.inf:
                raise ConfigError(f"A round's {name} cannot be {value!r}.", name)
        return _made(cls, given, "round")


@dataclass(frozen=True)
class CellResult:
    """What was measured of one cell, and why it could not be, where it could not."""

    cell: Cell
    rounds: tuple[Round, ...] = ()
    error: str = ""
    """Why it gets no more rounds, in a sentence; empty where nothing went wrong."""

    @property
    def throughputs(self) -> tuple[float, ...]:
        """Tasks per second, one a round that had any."""
        return tuple(each.throughput_per_s for each in self.rounds if each.throughput_per_s > 0)

    @property
    def usable(self) -> bool:
        """Whether it may be compared: something was measured and nothing went wrong."""
        return not self.error and bool(self.throughputs)

    def with_round(self, came: Round, error: str = "") -> "CellResult":
        """With one more round."""
        return replace(self, rounds=(*self.rounds, came), error=error)

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {
            "cell": _cell_plain(self.cell),
            "rounds": [{each.name: getattr(came, each.name) for each in fields(Round)} for came in self.rounds],
            "error": self.error,
        }

    @classmethod
    def from_plain(cls, data: object) -> "CellResult":
        """From decoded JSON. Raises ConfigError for what is none."""
        given = _table(data, cls, "result")
        cell = _cell(given.get("cell"))
        rounds, error = given.get("rounds", []), given.get("error", "")
        if not isinstance(rounds, list) or len(rounds) > 10 * MOST_ROUNDS or not isinstance(error, str):
            raise ConfigError("A cell's rounds must be a list, and its error a text.", "rounds")
        return cls(cell, tuple(map(Round.from_plain, rounds)), error)


@dataclass(frozen=True)
class LeftOut:
    """A combination that is not measured, and why."""

    model: str
    why: str
    python: str = ""


@dataclass(frozen=True)
class SweepState:
    """How a sweep stands: what the window and the terminal show of it."""

    plan: SweepPlan
    results: tuple[CellResult, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    current: Cell | None = None
    """Whose round is under way."""
    phase: str = "preparing"
    """preparing, measuring, stopping, stopped, done, failed."""
    rounds_done: int = 0
    rounds_left: int = 0
    """As far as is known: noise may ask for more."""
    spent_s: float = 0.0
    """Seconds of measuring so far, those of earlier sittings included."""
    left_s: float | None = None
    """An estimate; None where there is none yet."""
    resumed: int = 0
    """Rounds that were there already when it went on."""
    problem: str = ""
    """What went wrong, in a sentence: the sweep could not begin, or what it measured could not be kept."""
    pythons: Mapping[str, str] = field(default_factory=dict)
    """Versions of the interpreters, by path."""

    @property
    def active(self) -> bool:
        """Whether something runs or is about to."""
        return self.phase in ("preparing", "measuring", "stopping")


def _cell_plain(cell: Cell) -> dict[str, Any]:
    return {each.name: getattr(cell, each.name) for each in fields(Cell)}


def _cell(data: object) -> Cell:
    given = _table(data, Cell, "cell")
    for name, value in given.items():
        kinds = {"model": (str,), "python": (str,), "size": (int, float)}.get(name, (int,))
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise ConfigError(f"A cell's {name} cannot be {value!r}.", name)
    return _made(Cell, given, "cell")


def _table(data: object, kind: type[Any], what: str) -> dict[str, Any]:
    """`data` as a table with fields of `kind` alone. Raises ConfigError."""
    if not isinstance(data, dict):
        raise ConfigError(f"A {what} of a sweep must be a table, not {type(data).__name__}.")
    unknown = sorted(set(map(str, data)) - {each.name for each in fields(kind)})
    if unknown:
        raise ConfigError(f"A {what} of a sweep has no field {unknown[0]!r}.", unknown[0])
    return dict(data)


def _made(kind: type[T], given: Mapping[str, Any], what: str) -> T:
    try:
        return kind(**given)
    except TypeError as error:
        raise ConfigError(f"A {what} of a sweep lacks something: {error}.") from None
