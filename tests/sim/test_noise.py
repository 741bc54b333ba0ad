"""Poisson numbers from one roll: mean, variance, order."""

from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.numerics.noise import FEW, normal, poisson

EVEN = [(i + 0.5) / 20_000 for i in range(20_000)]


@given(st.floats(1e-9, 1 - 1e-9))
def test_the_normal_quantile_is_the_one_of_the_textbooks(u: float) -> None:
    assert normal(u) == pytest.approx(NormalDist().inv_cdf(u), rel=3e-9, abs=3e-9)


@pytest.mark.parametrize("mean", [0.1, 3.0, FEW - 0.001, FEW, 100.0, 1e6])
def test_counts_have_the_mean_and_the_variance_of_a_poisson_number(mean: float) -> None:
    counts = [poisson(mean, u) for u in EVEN]
    average = sum(counts) / len(counts)
    variance = sum((count - average) ** 2 for count in counts) / len(counts)
    assert average == pytest.approx(mean, abs=0.02 * sqrt(mean))
    assert variance == pytest.approx(mean, rel=0.02)


@given(st.floats(0, 1e6), st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_a_higher_roll_never_brings_fewer(mean: float, low: float, high: float) -> None:
    assert 0.0 <= poisson(mean, min(low, high)) <= poisson(mean, max(low, high))


def test_nobody_comes_when_nobody_is_expected() -> None:
    assert poisson(0.0, 0.999) == 0.0
