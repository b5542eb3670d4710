"""Two figures and their difference in one unit and with as many decimals, so that they stand under and beside each other."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

MINUS = "\N{MINUS SIGN}"
_TIMES = ((1.0, "s"), (1e3, "ms"), (1e6, "µs"))
_SIZES = ((1 / 2**30, "GiB"), (1 / 2**20, "MiB"), (1 / 2**10, "KiB"), (1.0, "B"))


@dataclass(frozen=True)
class Scale:
    """How the figures of a line are written."""

    factor: float
    unit: str
    digits: int
    between: str = ","
    """Between groups of three."""

    def number(self, value: float, sign: bool = False) -> str:
        """Without its unit; `sign`: with a plus as well, and none for nothing."""
        text = f"{abs(value) * self.factor:,.{self.digits}f}".replace(",", self.between)
        nothing = not text.strip("0.")
        return f"{'' if nothing else MINUS if value < 0 else '+' if sign else ''}{text}"

    def text(self, value: float, sign: bool = False) -> str:
        """With its unit."""
        return f"{self.number(value, sign)} {self.unit}".rstrip()


def scale(unit: str, values: Iterable[float | None], between: str = ",", per_second: str = "/s") -> Scale:
    """What suits figures of this unit (per_s, s, bytes, count): about three figures of the largest."""
    most = max((abs(value) for value in values if value is not None), default=0.0)
    if unit == "count":
        return Scale(1.0, "", 0, between)
    if unit == "per_s":
        return Scale(1.0, per_second, _digits(most), between)
    known = _TIMES if unit == "s" else _SIZES
    factor, name = next(
        ((f, n) for f, n in known if most * f >= (0.9995 if unit == "s" else 1)),
        known[-1 if most or unit == "bytes" else 0],
    )
    return Scale(factor, name, 0 if name == "B" else _digits(most * factor), between)


def percent(part: float, sign: bool = False) -> str:
    """A part of one as a percentage with one decimal below ten: `+3.4 %`."""
    value = abs(part) * 100
    text = f"{value:,.1f}" if value < 9.95 else f"{value:,.0f}"
    nothing = not text.strip("0.")
    return f"{'' if nothing else MINUS if part < 0 else '+' if sign else ''}{text} %"


def _digits(most: float) -> int:
    """Decimals for three figures, at most three."""
    return min(3, max(0, 2 - math.floor(math.log10(most)))) if most > 0 else 0
