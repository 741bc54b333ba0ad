"""Queues with an end, step by step."""

from math import sqrt

import pytest

from devops_tycoon.sim.flow.queueing import finite
from devops_tycoon.sim.flow.station import advance_station


@pytest.mark.parametrize("capacity", [80.0, 120.0, 100.0 / 3.0])
@pytest.mark.parametrize("overload", [1.5, 269.2 / 120.0, 3.1, 7.0])
def test_a_full_queue_at_rest_waits_as_a_finite_queue_does_and_not_as_one_of_unknown_length(
    capacity: float, overload: float
) -> None:
    arrivals, level, variance, waiting = overload * capacity, 0.0, 0.0, 0.0
    for _ in range(30):
        served, rejected, after, variance, waiting, fixed, theta = advance_station(
            6, capacity, 1.0, 100, 1.0, level, variance, waiting, arrivals
        )
        assert served + rejected + after == pytest.approx(level + arrivals, rel=1e-12)
        level = after
    rest = finite(6, 100, overload)
    assert theta == pytest.approx(sqrt(rest.place_variance + rest.place_mean) / capacity, rel=1e-6)
    assert fixed + theta == pytest.approx(rest.place_mean / capacity, rel=1e-6)


@pytest.mark.parametrize("limit", [None, 105.6])
def test_even_the_most_ragged_work_does_not_overfill_a_queue(limit: float | None) -> None:
    level, arrivals = 20.8, 3.73
    served, rejected, after, *_ = advance_station(11, 13.99, 610.8, 10, 1.0, level, 36.75, 1.0, arrivals, limit)
    assert after <= 21.0
    assert served + rejected + after == pytest.approx(level + arrivals, rel=1e-12)
