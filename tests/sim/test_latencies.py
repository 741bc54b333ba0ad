"""Percentiles of a whole run come out of integer buckets; no request is lost in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.score.latencies import COUNT, percentile_ms, spread

NONE = (0,) * (COUNT + 1)


@given(st.integers(0, 10**12), st.floats(0, 1e6), st.floats(0, 1e12))
def test_every_request_is_in_one_bucket(micro: int, mean_s: float, var_s2: float) -> None:
    counts = spread(NONE, micro, mean_s, var_s2)
    assert sum(counts) == micro
    assert min(counts) >= 0


@pytest.mark.parametrize("mean_s", [0.004, 0.03, 0.171, 1.0, 20.0])
def test_exponential_times_have_the_percentiles_of_exponentials(mean_s: float) -> None:
    counts = spread(NONE, 10**9, mean_s, mean_s * mean_s)
    assert percentile_ms(counts, 0.5) == pytest.approx(693.1 * mean_s, rel=0.03)
    assert percentile_ms(counts, 0.99) == pytest.approx(4605.2 * mean_s, rel=0.05)


def test_steady_times_stay_together() -> None:
    counts = spread(NONE, 10**9, 0.1, 1e-9)
    assert percentile_ms(counts, 0.01) == pytest.approx(100.0, rel=0.3)
    assert percentile_ms(counts, 0.99) == pytest.approx(100.0, rel=0.3)
