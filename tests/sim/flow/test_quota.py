"""Quotas of pools and users who reach nobody: the laws of every tick hold with them."""

from dataclasses import replace

import pytest
from hypothesis import given

from devops_tycoon.sim.flow import Demand, Network, carry
from devops_tycoon.sim.flow.quota import Quota
from tests.examples import examples
from tests.sim.flow import test_laws
from tests.sim.flow.graphs import a_station, networks, run


def lossy(network: Network) -> Network:
    """Give the first pool a quota, and let a part of every demand reach nobody."""
    return replace(
        network,
        pools=(replace(network.pools[0], quota=Quota(20.0, 35.0)), *network.pools[1:]),
        demands=tuple(replace(demand, lost=0.3) for demand in network.demands),
    )


@examples(30)
@given(networks().map(lossy), test_laws.RATES)
def test_quotas_and_lost_users_keep_the_laws_of_every_tick(network: Network, rates: list[float]) -> None:
    test_laws.test_every_tick_of_every_pool_conserves_requests.hypothesis.inner_test(network, rates)  # type: ignore[attr-defined]
    test_laws.test_outcomes_and_blame_add_up_and_everything_is_finite.hypothesis.inner_test(network, rates)  # type: ignore[attr-defined]


def test_users_who_reach_nobody_learn_of_it_when_their_patience_ends() -> None:
    network = a_station(50, demand=Demand("users", 0, timeout_s=3.0, lost=0.25))
    found: list[tuple[float, float]] = []
    run(network, 40.0, 10, see=lambda _, __, reading: found.append((reading.good[0], reading.bad[0])))
    assert [round(bad, 6) for _, bad in found] == [0.0, 0.0, 0.0] + [10.0] * 7
    assert found[-1][0] == pytest.approx(30.0, rel=1e-3)


def test_users_who_try_again_find_the_living() -> None:
    network = a_station(50, demand=Demand("users", 0, timeout_s=1.0, retries=2, lost=0.25))
    _, reading = run(network, 40.0, 60)
    assert reading.bad[0] / reading.valid[0] == pytest.approx(0.25**3, abs=1e-3)


def test_a_bucket_is_carried_to_a_changed_network() -> None:
    station = a_station(50)
    network = replace(station, pools=(replace(station.pools[0], quota=Quota(10.0, 100.0)),))
    state, _ = run(network, 40.0, 3)
    assert state.memory == (10.0,)
    longer = replace(network, demands=(replace(network.demands[0], timeout_s=5.0),))
    assert carry(network, state, longer).memory == (10.0,)
    _, reading = run(longer, 40.0, 1, state=carry(network, state, longer))
    assert reading.shed == (20.0,)
