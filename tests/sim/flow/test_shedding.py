"""A limit in front of a queue that has an end."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.flow import Network
from devops_tycoon.sim.flow.shedding import limited_rest
from tests.sim.flow.graphs import a_station, run


def by_hand(c: int, limit: float, places: int, rho: float) -> tuple[float, float]:
    """Return loss and mean of the birth-and-death chain, relative to its likeliest state."""
    weights = [1.0]
    for n in range(c + places):
        up = c * rho * (min(1.0, limit / n) if n > 0 else 1.0)
        weights.append(weights[-1] * up / min(n + 1, c))
        if weights[-1] > 1e200:
            weights = [weight / 1e200 for weight in weights]
    total = taken = mean = 0.0
    for n, weight in enumerate(weights):
        total += weight
        mean += weight * n
        if n < c + places:
            taken += weight * (min(1.0, limit / n) if n > 0 else 1.0)
    return 1.0 - taken / total, mean / total


@pytest.mark.parametrize(
    ("c", "limit", "places", "rho"),
    [(10, 500.0, 2500, 6.0), (10, 2000.0, 2400, 1.3), (5, 1e6, 3000, 1.2), (3000, 2.5, 0, 2000.0)],
)
def test_a_long_queue_behind_a_limit_is_the_chain_that_ends_where_the_queue_does(
    c: int, limit: float, places: int, rho: float
) -> None:
    rest = limited_rest(c, limit, places, rho)
    loss, mean = by_hand(c, limit, places, rho)
    assert rest.loss == pytest.approx(loss, rel=1e-9)
    assert rest.mean == pytest.approx(mean, rel=1e-9)
    assert rest.mean <= c + places


def limited(slots: float, queue: int, limit: float) -> Network:
    network = a_station(slots, 0.1, queue)
    return replace(network, pools=(replace(network.pools[0], limit=limit),))


def test_a_limit_far_above_the_queue_does_not_open_the_queue() -> None:
    state, reading = run(limited(10, 5000, 1e6), 200.0, 100)
    unlimited, same = run(a_station(10, 0.1, 5000), 200.0, 100)
    assert state.level[0] <= 5010
    assert state.level[0] == pytest.approx(unlimited.level[0], rel=1e-3)
    assert reading.shed[0] == pytest.approx(same.rejected[0], rel=1e-3)


def test_a_frozen_pool_with_a_limit_fills_its_queue_and_no_more() -> None:
    for limit, most in ((1e6, 30.0), (20.0, 20.0)):
        state, _ = run(limited(0, 30, limit), 200.0, 10)
        assert state.level[0] == most
