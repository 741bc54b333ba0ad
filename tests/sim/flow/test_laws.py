"""What must hold for any graph in every tick, however nonsensical."""

import math
import pickle
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.flow import CircularCallsError, FlowState, Network, Reading, advance, empty, percentiles
from devops_tycoon.sim.flow.network import Call, Demand, Node, Pool
from tests.examples import examples
from tests.sim.flow.graphs import a_station, networks, run

RATES = st.lists(st.sampled_from([0.0, 1.0, 30.0, 400.0, 1e12]), min_size=1, max_size=12)


def _values(value: FlowState | Reading) -> list[float]:
    found: list[float] = []
    for part in fields(value):
        it = getattr(value, part.name)
        found += it if isinstance(it, tuple) else [it]
    return found


@examples(80)
@given(networks(), RATES)
def test_every_tick_of_every_pool_conserves_requests(network: Network, rates: list[float]) -> None:
    def see(before: FlowState, after: FlowState, reading: Reading) -> None:
        for p in range(len(network.pools)):
            came = reading.arrivals[p]
            turned = reading.rejected[p] + reading.refused[p] + reading.shed[p]
            went = reading.served[p] + turned + after.level[p] - before.level[p]
            scale = max(came, before.level[p], after.level[p], 1e-6)
            assert abs(came - went) <= 1e-9 * scale
        for s in after.inside:
            assert s >= 0.0

    run(network, lambda t: rates[t % len(rates)], 15, see=see)


@examples(80)
@given(networks(), RATES)
def test_outcomes_and_blame_add_up_and_everything_is_finite(network: Network, rates: list[float]) -> None:
    def see(_: FlowState, after: FlowState, reading: Reading) -> None:
        for value in _values(after) + _values(reading):
            assert math.isfinite(value)
            assert math.copysign(1.0, value) > 0.0 or value < 0.0  # no −0.0
        bad = 0.0
        for d in range(len(network.demands)):
            assert reading.valid[d] == pytest.approx(reading.good[d] + reading.bad[d], rel=1e-9)
            assert reading.good_degraded[d] <= reading.good[d] * (1 + 1e-9)
            assert reading.late[d] <= reading.bad[d] * (1 + 1e-9)
            bad += reading.bad[d]
        assert _blamed(reading) == pytest.approx(bad, rel=1e-9, abs=1e-9)

    run(network, lambda t: rates[t % len(rates)], 15, see=see)


def _blamed(reading: Reading) -> float:
    total = 0.0
    for part in (
        reading.overload,
        reading.down,
        reading.node_errors,
        reading.lost_calls,
        reading.call_errors,
        reading.slow_calls,
        reading.shedding,
        reading.open_calls,
        reading.full_bulkheads,
        reading.slow_entries,
    ):
        for amount in part:
            assert amount >= 0.0
            total += amount
    return total


@examples(40)
@given(networks(), RATES)
def test_littles_law_holds_for_every_unbounded_pool_that_is_not_frozen(network: Network, rates: list[float]) -> None:
    def see(_: FlowState, after: FlowState, reading: Reading) -> None:
        for p, pool in enumerate(network.pools):
            served = reading.served[p] / network.tick_s
            unbounded = pool.queue is None and pool.limit is None
            if unbounded and pool.slots > 0 and served > 1e-9 and reading.wait_s[p] < 1e5:
                assert after.level[p] == pytest.approx(served * (reading.wait_s[p] + reading.hold_s[p]), rel=1e-9)

    run(network, lambda t: min(rates[t % len(rates)], 400.0), 15, see=see)


@examples(25)
@given(networks(most=5), RATES)
def test_percentiles_are_finite_and_in_order(network: Network, rates: list[float]) -> None:
    state, reading = run(network, lambda t: rates[t % len(rates)], 3)
    p50, p95, p99 = percentiles(network, state, reading, 0, (0.5, 0.95, 0.99))
    assert 0.0 <= p50 <= p95 <= p99 < math.inf


@examples(25)
@given(networks(), RATES)
def test_requests_are_all_accounted_for_in_the_end(network: Network, rates: list[float]) -> None:
    if any(pool.slots == 0 for pool in network.pools):
        return
    asked = learned = 0.0
    state = empty(network)
    for t in range(10):
        rate = min(rates[t % len(rates)], 30.0)
        state, reading = advance(network, state, (rate,) * len(network.demands))
        for d in range(len(network.demands)):
            asked += rate * network.tick_s
            learned += reading.valid[d]
    left = asked
    for _ in range(3000):
        state, reading = advance(network, state, (0.0,) * len(network.demands))
        for d in range(len(network.demands)):
            learned += reading.valid[d]
        left = asked - learned
        if abs(left) <= 1e-6 * asked:
            return
    assert left <= 1e-6 * asked + sum(state.level) + sum(state.lines)
    assert learned <= asked * (1 + 1e-9)


def test_the_same_run_gives_the_same_values_and_survives_pickling() -> None:
    network = a_station(queue=20, demand=Demand("users", 0, 1.0, 2))
    one = run(network, lambda t: 50.0 + 13.0 * t, 20)
    two = run(network, lambda t: 50.0 + 13.0 * t, 20)
    assert one == two
    assert pickle.loads(pickle.dumps(one)) == one


def test_nodes_that_call_each_other_in_a_circle_are_named() -> None:
    network = Network(
        (Pool("p", 1),), (Node("hen", 0, 0.1), Node("egg", 0, 0.1)), (Call(0, 1), Call(1, 0)), (Demand("d", 0),)
    )
    with pytest.raises(CircularCallsError, match="hen, egg"):
        empty(network)


def test_a_state_of_another_network_is_refused() -> None:
    state = empty(a_station())
    other = Network((Pool("p", 1), Pool("q", 1)), (Node("a", 0, 0.1), Node("b", 1, 0.1)), (), (Demand("d", 0),))
    with pytest.raises(ValueError, match="carry"):
        advance(other, state, (1.0,))
