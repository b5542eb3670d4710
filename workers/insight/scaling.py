"""Scaling laws fitted to measured throughput: Amdahl's, and the Universal Scalability Law.

Throughput of N workers, in the Universal Scalability Law (N. J. Gunther, "Guerrilla Capacity Planning", Springer 2007,
chapter 4, and "A General Theory of Computational Scalability Based on Rational Functions", arXiv:0808.1431):

    X(N) = gamma N / (1 + alpha (N - 1) + beta N (N - 1))

alpha is the contention (the share of the work that is done one at a time), beta the coherency (what each pair of workers costs
to keep in step), gamma the throughput of one worker. Amdahl's law (AFIPS 1967) is the same without coherency. With coherency
there is a most useful number of workers, sqrt((1 - alpha) / beta); past it, more workers do less.

The fit is by least squares; the intervals are those of the profile of the sum of squares (D. M. Bates and D. G. Watts,
"Nonlinear Regression Analysis", Wiley 1988, section 6.1), which keep to the bounds of the parameters as a standard error does not.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, least_squares
from scipy.special import stdtrit

LEAST_COUNTS = 4
"""Distinct worker counts below which nothing is fitted: three parameters go through any three points."""
WIDEST = 1e5
"""Workers: a peak beyond is called no peak."""
NOISIEST = 0.25
"""The spread of the residuals, as a share of the mean throughput, above which a curve says nothing about the points."""

Interval = tuple[float, float]
_Floats = NDArray[np.float64]


class ScalingError(ValueError):
    """These measurements cannot carry a fit; says why, and what to measure."""


class TooFewCountsError(ScalingError):
    """Fewer than `LEAST_COUNTS` distinct worker counts."""


class TooNoisyError(ScalingError):
    """The points lie too far from any curve of this law."""


@dataclass(frozen=True)
class Fit:
    """A law with its coefficients. Intervals hold the true value 19 times in 20, if the law does."""

    law: str
    """usl, amdahl."""
    alpha: float
    """Contention, 0 to 1."""
    beta: float
    """Coherency, at least 0; 0 in Amdahl's law."""
    gamma: float
    """Throughput of one worker, in the unit of the measurements."""
    peak_workers: float
    """The number of workers with the highest throughput; infinite where more always do more."""
    peak_throughput: float
    """The throughput there; where there is no peak, the limit that it comes near to (infinite with alpha 0)."""
    alpha_interval: Interval
    beta_interval: Interval
    gamma_interval: Interval
    peak_interval: Interval
    """Of `peak_workers`."""
    residuals: tuple[float, ...]
    """Measured less fitted, one for each measurement, in its unit."""
    spread: float
    """Standard deviation of the residuals, in the unit of the measurements."""

    def throughput(self, workers: ArrayLike) -> _Floats:
        """What the law gives for these numbers of workers."""
        return _usl(np.asarray(workers, float), self.alpha, self.beta, self.gamma)

    def speed_up(self, workers: ArrayLike) -> _Floats:
        """Throughput over that of one worker."""
        ratio: _Floats = self.throughput(workers) / self.gamma
        return ratio

    def efficiency(self, workers: ArrayLike) -> _Floats:
        """Speed-up over the number of workers; 1 is ideal."""
        ratio: _Floats = self.speed_up(workers) / np.asarray(workers, float)
        return ratio


def fit_usl(workers: Sequence[float], throughput: Sequence[float]) -> Fit:
    """Fit the Universal Scalability Law. `workers` and `throughput`: equally long, one entry a measurement, in any order.

    Raises TooFewCountsError, TooNoisyError, or another ScalingError for measurements that are not positive numbers.
    """
    return _fit("usl", workers, throughput)


def fit_amdahl(workers: Sequence[float], throughput: Sequence[float]) -> Fit:
    """Fit Amdahl's law, as `fit_usl` does the other."""
    return _fit("amdahl", workers, throughput)


def _usl(n: _Floats, alpha: float, beta: float, gamma: float) -> _Floats:
    made: _Floats = gamma * n / (1 + alpha * (n - 1) + beta * n * (n - 1))
    return made


def _checked(workers: Sequence[float], throughput: Sequence[float]) -> tuple[_Floats, _Floats]:
    n, x = np.asarray(workers, float), np.asarray(throughput, float)
    if n.ndim != 1 or n.shape != x.shape:
        raise ScalingError(f"{n.size} worker counts and {x.size} throughputs: give one of each for every measurement.")
    if not (np.isfinite(n).all() and np.isfinite(x).all() and (n >= 1).all() and (x > 0).all()):
        raise ScalingError("Every worker count must be at least 1 and every throughput above 0: leave failed runs out.")
    counts = len(np.unique(n))
    if counts < LEAST_COUNTS:
        raise TooFewCountsError(
            f"{counts} distinct worker count{'s' * (counts != 1)} cannot carry a scaling law: "
            f"measure at least {LEAST_COUNTS}."
        )
    return n, x


@dataclass(frozen=True)
class _Problem:
    """Throughputs scaled to a mean of 1, and the sum of squares of a law's parameters."""

    n: _Floats
    x: _Floats
    law: Callable[[_Floats], tuple[float, float, float]]
    """From the free parameters to alpha, beta, gamma."""
    lower: _Floats
    upper: _Floats

    def residuals(self, free: _Floats) -> _Floats:
        return _usl(self.n, *self.law(free)) - self.x

    def solve(self, start: _Floats, held: int | None = None) -> tuple[_Floats, float]:
        """The best parameters and their sum of squares; parameter `held` stays where `start` has it."""
        moving = [place for place in range(len(start)) if place != held]

        def squares(values: _Floats) -> _Floats:
            free = start.copy()
            free[moving] = values
            return self.residuals(free)

        inside = np.clip(start[moving], self.lower[moving], self.upper[moving])
        scale = np.maximum(np.abs(inside), 1e-4)
        found = least_squares(
            squares,
            inside,
            bounds=(self.lower[moving], self.upper[moving]),
            x_scale=scale,
            ftol=1e-12,
            xtol=1e-12,
            gtol=1e-12,
        )
        best = start.copy()
        best[moving] = found.x
        return best, 2 * float(found.cost)


def _fit(law: str, workers: Sequence[float], throughput: Sequence[float]) -> Fit:
    n, raw = _checked(workers, throughput)
    unit = float(raw.mean())
    x = raw / unit
    with_beta = law == "usl"
    of_beta = _Problem(
        n,
        x,
        (lambda p: (p[0], p[2], p[1])) if with_beta else (lambda p: (p[0], 0.0, p[1])),
        np.array([0.0, 0.0, 0.0][: 2 + with_beta]),
        np.array([1.0, np.inf, np.inf][: 2 + with_beta]),
    )
    first = float(x[n == n.min()].mean() / n.min())
    starts = [np.array([alpha, first, beta][: 2 + with_beta]) for alpha in (0.01, 0.3) for beta in (1e-5, 1e-2)]
    best, least = min((of_beta.solve(start) for start in starts), key=lambda found: found[1])
    freedom = max(1, len(n) - len(best))
    spread = math.sqrt(least / freedom)
    if spread > NOISIEST:
        raise TooNoisyError(
            f"The measurements lie {spread:.0%} of their mean away from any such curve: repeat them on an idle machine."
        )
    # The profile: how far a parameter goes before the best that the others can do is significantly worse.
    limit = least + max(least, 1e-12) / freedom * float(stdtrit(freedom, 0.975)) ** 2
    alpha_interval, gamma_interval = (_profile(of_beta, best, place, limit) for place in (0, 1))
    beta = float(best[2]) if with_beta else 0.0
    peak, peak_interval, beta_interval = math.inf, (math.inf, math.inf), (0.0, 0.0)
    if with_beta:
        beta_interval = _profile(of_beta, best, 2, limit)
        peak = _peak(float(best[0]), beta)
        peak_interval = _peak_interval(n, x, best, peak, limit)
    alpha, gamma = float(best[0]), float(best[1]) * unit
    if math.isfinite(peak):
        peak_throughput = float(_usl(np.array([peak]), alpha, beta, gamma)[0])
    else:
        peak_throughput = gamma / alpha if alpha > 1e-9 else math.inf
    return Fit(
        law,
        alpha,
        beta,
        gamma,
        peak,
        peak_throughput,
        alpha_interval,
        beta_interval,
        (gamma_interval[0] * unit, gamma_interval[1] * unit),
        peak_interval,
        tuple((raw - _usl(n, alpha, beta, gamma)).tolist()),
        spread * unit,
    )


def _peak(alpha: float, beta: float) -> float:
    peak = math.sqrt(max(0.0, 1 - alpha) / beta) if beta > 0 else math.inf
    return max(1.0, peak) if peak <= WIDEST else math.inf


def _peak_interval(n: _Floats, x: _Floats, best: _Floats, peak: float, limit: float) -> Interval:
    """The profile of the peak: the same law with 1 / peak in the place of beta."""
    of_peak = _Problem(
        n,
        x,
        lambda p: (p[0], (1 - p[0]) * p[2] ** 2, p[1]),
        np.array([0.0, 0.0, 0.0]),
        np.array([1.0, np.inf, 1.0]),
    )
    inverse = np.array([best[0], best[1], 0.0 if math.isinf(peak) else 1 / peak])
    low, high = _profile(of_peak, inverse, 2, limit)
    return (1 / high if high > 0 else math.inf), (1 / low if low > 1 / WIDEST else math.inf)


def _profile(problem: _Problem, best: _Floats, place: int, limit: float) -> Interval:
    """Where the sum of squares, with this parameter held and the others at their best, reaches `limit`."""
    value, lower, upper = float(best[place]), float(problem.lower[place]), float(problem.upper[place])

    def excess(at: float) -> float:
        start = best.copy()
        start[place] = at
        return problem.solve(start, place)[1] - limit

    low = lower
    if value > lower and excess(lower) > 0:
        low = float(brentq(excess, lower, value, xtol=1e-9, rtol=1e-4))
    step = max(value, 1e-6)
    high = min(upper, value + step)
    while high < upper and excess(high) < 0 and step < 1e9:
        step *= 2
        high = min(upper, value + step)
    if excess(high) > 0:
        high = float(brentq(excess, value, high, xtol=1e-9, rtol=1e-4))
    return low, high
