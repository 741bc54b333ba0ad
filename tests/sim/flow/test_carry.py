"""Changing the network while requests are in it."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.flow import Call, Demand, Network, Node, Pool, advance, carry, empty
from tests.sim.flow.graphs import a_station, run

PATIENT = Demand("users", 0, timeout_s=2.0, retries=1)


def a_monolith() -> Network:
    return Network(
        (Pool("mono", 40),),
        (Node("web", 0, 0.02), Node("catalog", 0, 0.03), Node("cart", 0, 0.01)),
        (Call(0, 1, 2.0), Call(0, 2, timeout_s=1.0, retries=1)),
        (PATIENT,),
    )


def split(network: Network) -> Network:
    nodes = (network.nodes[0], replace(network.nodes[1], pool=1), network.nodes[2])
    return replace(network, pools=(*network.pools, Pool("catalog", 20)), nodes=nodes)


def test_calls_inside_a_pool_are_functions_and_add_up() -> None:
    _, reading = run(a_monolith(), 100.0, 60)
    assert reading.hold_s[0] == pytest.approx(0.02 + 2 * 0.03 + 0.01, rel=1e-9)
    assert reading.utilisation[0] == pytest.approx(100 * 0.09 / 40, rel=1e-6)
    assert reading.visits == pytest.approx((100.0, 200.0, 100.0), rel=1e-6)


def test_a_failing_function_fails_its_caller_in_the_same_process() -> None:
    network = a_monolith()
    network = replace(network, nodes=(*network.nodes[:2], replace(network.nodes[2], error=0.1)))
    _, reading = run(network, 100.0, 60)
    assert reading.fail[0] == pytest.approx(0.1, abs=1e-9)
    soft = replace(network, calls=(network.calls[0], replace(network.calls[1], required=False)))
    _, reading = run(soft, 100.0, 60)
    assert reading.fail[0] == 0.0
    assert reading.good_degraded[0] / reading.good[0] == pytest.approx(0.1, abs=1e-6)


def test_a_split_keeps_all_the_traffic() -> None:
    mono = a_monolith()
    state, _ = run(mono, 900.0, 20)  # overloaded: many wait
    parted = split(mono)
    moved = carry(mono, state, parted)
    assert moved.level == (state.level[0], 0.0)
    total = 0.0
    for amount in moved.inside:
        total += amount
    assert total == pytest.approx(state.level[0], rel=1e-12)
    assert sum(moved.lines) == pytest.approx(sum(state.lines), rel=1e-12)
    assert sum(moved.pot) == pytest.approx(sum(state.pot), rel=1e-12)
    _, after = run(parted, 100.0, 400, state=moved)
    assert after.visits == pytest.approx((100.0, 200.0, 100.0), rel=1e-3)
    assert after.good[0] == pytest.approx(100.0, rel=1e-3)


def test_a_merge_keeps_what_waits_in_the_pool_that_remains() -> None:
    parted = split(a_monolith())
    state, _ = run(parted, 900.0, 20)
    merged = carry(parted, state, a_monolith())
    assert merged.level[0] == pytest.approx(state.level[0], rel=1e-12)


def test_carrying_to_the_same_network_changes_nothing_that_matters() -> None:
    network = split(a_monolith())
    state, _ = run(network, lambda t: 300.0 + 20 * t, 20)
    moved = carry(network, state, replace(network))
    one, two = run(network, 50.0, 5, state=state), run(network, 50.0, 5, state=moved)
    assert one == two


def test_timeouts_and_retries_may_change_without_losing_a_request() -> None:
    long = a_station(10, 0.1, demand=Demand("users", 0, 5.0, 2))
    asked = learned = 0.0
    state = empty(long)
    for t in range(60):
        demand = Demand("users", 0, 5.0 if t < 10 else 1.0, 2 if t < 15 else 0)
        rate = 150.0 if t < 20 else 0.0
        state, reading = advance(replace(long, demands=(demand,)), state, (rate,))
        asked += rate
        learned += reading.valid[0]
    assert learned == pytest.approx(asked, rel=1e-9)


def test_pools_that_call_each_other_in_a_circle_reach_the_same_rest() -> None:
    network = Network(
        (Pool("a", 40), Pool("b", 20)),
        (Node("front", 0, 0.01), Node("middle", 1, 0.01), Node("back", 0, 0.01)),
        (Call(0, 1), Call(1, 2)),
        (PATIENT,),
    )
    _, reading = run(network, 100.0, 100)
    assert reading.arrivals == pytest.approx((200.0, 100.0), rel=1e-6)
    assert reading.good[0] == pytest.approx(100.0, rel=1e-6)
