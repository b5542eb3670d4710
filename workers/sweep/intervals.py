"""Medians of rounds with their intervals.

From 6 rounds on the interval is that of order statistics, which supposes nothing of how throughputs are spread: the median of
what was drawn from lies between the k-th smallest and the k-th largest with a probability that the binomial distribution gives
(H. A. David and H. N. Nagaraja, "Order Statistics", 3rd edition, Wiley 2003, section 7.1). Fewer rounds cannot reach 95 % that
way; then it is Student's interval ("The probable error of a mean", Biometrika 6, 1908) of the logarithms, for throughputs are
positive and a disturbance divides them. With 2 or 3 rounds that is wide, and so it should be. A single round has no spread of
its own: it is lent that of the other cells of the sweep, pooled; where no cell has two rounds there is no interval.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, median

LEVEL = 0.95
LEAST_ORDERED = 6
"""Rounds from which order statistics reach `LEVEL`."""
# Student's t at 97.5 %, by degrees of freedom; beyond the table the next smaller entry, which errs to the wide side.
_STUDENT = {
    1: 12.706,
    2: 4.303,
    3: 3.182,
    4: 2.776,
    5: 2.571,
    6: 2.447,
    7: 2.365,
    8: 2.306,
    9: 2.262,
    10: 2.228,
    12: 2.179,
    15: 2.131,
    20: 2.086,
    30: 2.042,
    60: 2.000,
    120: 1.980,
}


@dataclass(frozen=True)
class Estimate:
    """A median with the interval that holds the true one 19 times in 20; `low` and `high` are None where it is not known."""

    value: float
    low: float | None
    high: float | None
    rounds: int

    @property
    def known(self) -> bool:
        """Whether there is an interval."""
        return self.low is not None and self.high is not None

    @property
    def half_width(self) -> float:
        """Half the width of the interval as a share of the median; infinite where it is not known."""
        if self.low is None or self.high is None:
            return math.inf
        return (self.high - self.low) / 2 / self.value

    def overlaps(self, other: "Estimate") -> bool:
        """Whether the two may be the same; what has no interval may be anything."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return True
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Spread:
    """How rounds of a cell differ, over all cells: standard deviation of the logarithms, and its degrees of freedom."""

    deviation: float = 0.0
    freedom: int = 0


def pooled(cells: Iterable[Sequence[float]]) -> Spread:
    """The spread that cells have in common, from those with two rounds or more. Throughputs must be above 0."""
    squares, freedom = 0.0, 0
    for rounds in cells:
        if len(rounds) > 1:
            logs = [math.log(value) for value in rounds]
            middle = fmean(logs)
            squares += sum((value - middle) ** 2 for value in logs)
            freedom += len(rounds) - 1
    return Spread(math.sqrt(squares / freedom), freedom) if freedom else Spread()


def estimate(rounds: Sequence[float], spread: Spread = Spread()) -> Estimate:
    """The median of the rounds of a cell, tasks per second, with its interval. Raises ValueError where there is none."""
    if not rounds or min(rounds) <= 0:
        raise ValueError("A cell needs at least one round with a throughput above 0.")
    middle, count = median(rounds), len(rounds)
    if count >= LEAST_ORDERED:
        place, ordered = _rank(count), sorted(rounds)
        return Estimate(middle, ordered[place - 1], ordered[count - place], count)
    logs = [math.log(value) for value in rounds]
    if count > 1:
        own = pooled([rounds])
        centre, deviation, freedom = fmean(logs), own.deviation, own.freedom
    elif spread.freedom:
        centre, deviation, freedom = logs[0], spread.deviation, spread.freedom
    else:
        return Estimate(middle, None, None, count)
    # Beyond a factor of e^20 either way it says nothing in any case.
    reach = min(20.0, student(freedom) * deviation / math.sqrt(count))
    # The mean of the logarithms may lie beside the median: the interval holds both.
    return Estimate(middle, min(middle, math.exp(centre - reach)), max(middle, math.exp(centre + reach)), count)


def apart(one: Sequence[float], other: Sequence[float], spread: Spread) -> bool:
    """Whether two cells differ beyond the noise: Student's test of their logarithms with the spread of all cells, at 5 %.

    False where no cell has two rounds: then nothing is known of the noise.
    """
    if not spread.freedom:
        return False
    gap = abs(fmean(map(math.log, one)) - fmean(map(math.log, other)))
    return gap > student(spread.freedom) * spread.deviation * math.sqrt(1 / len(one) + 1 / len(other))


def student(freedom: int) -> float:
    """Student's t at 97.5 %."""
    return _STUDENT[max(known for known in _STUDENT if known <= max(1, freedom))]


@lru_cache(maxsize=128)
def _rank(count: int) -> int:
    """The largest k for which the k-th smallest and k-th largest of `count` enclose the median with `LEVEL`."""
    below, place = 0.0, 0
    while place < count // 2:
        below += math.comb(count, place) / 2**count
        if 2 * below > 1 - LEVEL:
            break
        place += 1
    return place
