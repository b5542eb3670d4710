"""Scaling laws: known coefficients come back from data with noise, published ones from published data."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.insight.scaling import (
    Fit,
    ScalingError,
    TooFewCountsError,
    TooNoisyError,
    fit_amdahl,
    fit_usl,
)

COUNTS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]
# Gunther's two examples, as the R package "usl" (S. Moeding) has them with the coefficients that it finds.
SPEC_SDM91 = ([1, 18, 36, 72, 108, 144, 216], [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2])
RAY_TRACER = ([1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64], [20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310])


def usl(n: np.ndarray, alpha: float, beta: float, gamma: float) -> np.ndarray:
    """The law, written down once more."""
    return gamma * n / (1 + alpha * (n - 1) + beta * n * (n - 1))


def near(interval: tuple[float, float], value: float, fit: Fit) -> bool:
    """Whether the interval, half as wide again on either side, holds it: 95 % would miss one in twenty examples."""
    low, high = interval
    slack = (high - low) / 2 + 1e-6
    return low - slack <= value <= high + slack


@given(
    st.floats(0.0, 0.5), st.floats(0.0, 0.02), st.floats(0.01, 1e6), st.integers(0, 2**32 - 1), st.floats(0.001, 0.03)
)
@settings(max_examples=6, deadline=None)
def test_known_coefficients_come_back(alpha: float, beta: float, gamma: float, seed: int, noise: float) -> None:
    n = np.repeat(np.array(COUNTS, float), 3)
    mean = usl(n, alpha, beta, gamma)
    x = mean + np.random.default_rng(seed).normal(0, noise * mean.mean(), len(n))
    if (x <= 0).any():
        return
    fit = fit_usl(n.tolist(), x.tolist())
    assert near(fit.alpha_interval, alpha, fit)
    assert near(fit.beta_interval, beta, fit)
    assert near(fit.gamma_interval, gamma, fit)
    assert fit.alpha_interval[0] <= fit.alpha <= fit.alpha_interval[1]
    assert fit.beta_interval[0] <= fit.beta <= fit.beta_interval[1]
    assert fit.peak_interval[0] <= fit.peak_workers <= fit.peak_interval[1]
    np.testing.assert_allclose(fit.residuals, x - fit.throughput(n), atol=1e-6 * gamma)


@given(st.floats(0.0, 0.9), st.floats(0.01, 1e6))
@settings(max_examples=6, deadline=None)
def test_without_noise_amdahls_law_comes_back_exactly(alpha: float, gamma: float) -> None:
    fit = fit_amdahl(COUNTS, usl(np.array(COUNTS, float), alpha, 0.0, gamma).tolist())
    assert fit.alpha == pytest.approx(alpha, abs=1e-5)
    assert fit.gamma == pytest.approx(gamma, rel=1e-4)
    assert (fit.beta, fit.peak_workers) == (0.0, math.inf)
    assert fit.speed_up([1.0])[0] == pytest.approx(1.0)


def test_published_data_give_published_coefficients() -> None:
    fit = fit_usl(*SPEC_SDM91)
    assert fit.alpha == pytest.approx(0.0277285, rel=1e-3)
    assert fit.beta == pytest.approx(0.0001044, rel=1e-3)
    assert fit.gamma == pytest.approx(89.9952, rel=1e-3)
    assert fit.peak_workers == pytest.approx(96.52, rel=1e-3)
    assert fit.peak_interval[0] < 96.52 < fit.peak_interval[1]
    assert fit.efficiency([1.0])[0] == pytest.approx(1.0)
    ray = fit_usl(*RAY_TRACER)
    assert (ray.alpha, ray.gamma) == (pytest.approx(0.057771, rel=1e-3), pytest.approx(21.8488, rel=1e-3))
    assert ray.beta == pytest.approx(0.0, abs=1e-9)
    assert (ray.peak_workers, ray.peak_interval[1]) == (math.inf, math.inf)
    assert ray.peak_throughput == pytest.approx(21.8488 / 0.057771, rel=1e-3)


@pytest.mark.parametrize("fit", [fit_usl, fit_amdahl])
def test_what_cannot_carry_a_law_is_refused(fit: type) -> None:
    with pytest.raises(TooFewCountsError, match="2 distinct worker counts cannot carry"):
        fit([1, 2, 2, 1], [1.0, 2.0, 2.1, 1.1])
    with pytest.raises(TooFewCountsError, match="0 distinct"):
        fit([], [])
    with pytest.raises(ScalingError, match="3 worker counts and 2 throughputs"):
        fit([1, 2, 3], [1.0, 2.0])
    for bad in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(ScalingError, match="above 0"):
            fit([1, 2, 3, 4], [1.0, 2.0, 3.0, bad])
    with pytest.raises(TooNoisyError, match="repeat them"):
        fit([1, 2, 3, 4, 5, 6], [10.0, 1.0, 12.0, 1.0, 11.0, 1.0])
