"""What a row of the suite finds: figures, each with its rounds, what it is held against, and its target. Frozen; JSON and back."""

from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

MET, MISSED, INCONCLUSIVE, NO_PEER, SHOWN = "met", "missed", "INCONCLUSIVE", "not measured", "-"


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    quick: bool = False
    """A few seconds a row, to see that it works: no verdict is worth anything."""
    cpu: bool = False
    """Where a row can, CPU time in place of wall-clock time: for finding out on a busy machine, not for verdicts."""

    @property
    def clock(self) -> str:
        """What rows that can do with either measure."""
        return "CPU" if self.cpu else "wall"

    def pick(self, full: int, quick: int) -> int:
        """The number for this scale."""
        return quick if self.quick else full


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    unit: str
    """ "x" is a ratio."""
    values: tuple[float, ...]
    """One a round, ours and the peer's measured side by side; the median counts. Empty where the peer is not there."""
    limit: float | None = None
    """The target; None: shown, and not judged."""
    sense: str = "<="
    peer: str = ""
    """What it is held against, with its version."""
    ours: str = ""
    theirs: str = ""
    """The absolute medians behind a ratio, with their unit."""
    clock: str = "wall"
    """What was measured: wall, CPU, size or count."""
    note: str = ""
    steady: bool = False
    """Whether a busy machine changes nothing about it."""

    @property
    def middle(self) -> float:
        """The median of the rounds."""
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """From which to which value half of the rounds lie; with fewer than five of them, all."""
        if len(self.values) < 5:
            return min(self.values), max(self.values)
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return low, high

    @property
    def holds(self) -> bool:
        """Whether the target is reached."""
        if self.limit is None:
            return True
        return self.middle <= self.limit if self.sense == "<=" else self.middle >= self.limit


@dataclass(frozen=True)
class Row:
    """One row of the issue's table: P1 to P12."""

    key: str
    title: str
    figures: tuple[Figure, ...] = ()
    seconds: float = 0.0
    error: str = ""
    """Why it could not be measured, in a sentence."""
    busy: str = ""
    """What spoilt it: why the cores were not free before it, during it or after it. Empty: they were."""

    def verdict(self, figure: Figure) -> str:
        """Met or missed; INCONCLUSIVE where the machine was not free and that could matter."""
        if not figure.values:
            return NO_PEER
        if figure.limit is None:
            return SHOWN
        if self.busy and not figure.steady:
            return INCONCLUSIVE
        return MET if figure.holds else MISSED

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return asdict(self)

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> "Row":
        """Back from JSON. Raises KeyError, TypeError or ValueError where that is something else."""
        figures = tuple(Figure(**{**each, "values": tuple(map(float, each["values"]))}) for each in data["figures"])
        return cls(**{**data, "figures": figures, "seconds": float(data["seconds"])})


def ratio(
    what: str,
    ours: list[float],
    theirs: list[float],
    limit: float | None = None,
    sense: str = "<=",
    *,
    inverse: bool = False,
    scale: float = 1.0,
    unit: str = "",
    digits: int = 2,
    **more: Any,
) -> Figure:
    """The ratio of pairs measured side by side: ours to theirs, or with `inverse` how many times theirs is ours.

    `scale` and `unit` are for the absolute medians beside it.
    """
    pairs = zip(theirs, ours, strict=True) if inverse else zip(ours, theirs, strict=True)
    return Figure(
        what,
        "x",
        tuple(one / other for one, other in pairs),
        limit,
        sense,
        ours=f"{median(ours) * scale:,.{digits}f} {unit}",
        theirs=f"{median(theirs) * scale:,.{digits}f} {unit}",
        **more,
    )
