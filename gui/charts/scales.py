"""Axes with round numbers that do not fidget."""

import math


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that divides `span` into at most `most` parts."""
    rough = max(span, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * (1 - 1e-9))


def ticks(start: float, end: float, step: float) -> list[float]:
    """Multiples of `step` within [start, end]."""
    first, last = math.ceil(start / step - 1e-9), math.floor(end / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


class TopKeeper:
    """The upper end of a value axis: grows at once, shrinks only after the values stayed low for a while."""

    def __init__(self, patience_s: float = 3.0) -> None:
        self._patience_s = patience_s
        self.reset()

    def reset(self) -> None:
        """Begin anew, with the next value."""
        self.top = 0.0
        self.step = 0.0
        self._low_since: float | None = None

    def fit(self, largest: float, now_s: float) -> bool:
        """Take in the largest visible value at a time; whether the axis changed."""
        # With nothing at all: 0 and 1, whole tasks, not tenths of one.
        wanted_step = nice_step(max(largest * 1.08, 0.1), 5) if largest > 0 else 1.0
        wanted = math.ceil(max(largest * 1.08, 0.1) / wanted_step - 1e-9) * wanted_step
        if self.top and largest * 1.02 <= self.top:
            if wanted >= 0.6 * self.top:
                self._low_since = None
                return False
            if self._low_since is None or now_s < self._low_since:
                self._low_since = now_s
            if now_s - self._low_since < self._patience_s:
                return False
        self._low_since = None
        changed = wanted != self.top
        self.top, self.step = wanted, wanted_step
        return changed
