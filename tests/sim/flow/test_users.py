"""Patience, lateness, holding and the order of calls, against what can be worked out by hand."""

import math
from dataclasses import replace

import pytest

from devops_tycoon.sim.flow import Call, Demand, Network, Node, Pool, advance, empty, percentiles
from tests.sim.flow.graphs import a_chain, a_station, run


def test_an_answer_after_the_threshold_is_late_and_bad() -> None:
    network = a_station(1, 0.1, demand=Demand("users", 0, threshold_s=0.5))
    _, reading = run(network, 5.0, 300)  # M/M/1: P(T > t) = exp(−(mu − lambda)·t)
    share = math.exp(-5.0 * 0.5)
    assert reading.late[0] / reading.valid[0] == pytest.approx(share, abs=1e-3)
    assert reading.bad == reading.late


def test_users_who_lose_patience_count_when_they_leave_not_before() -> None:
    network = a_station(0, 0.1, demand=Demand("users", 0, timeout_s=3.0))
    state, learned = empty(network), []
    for t in range(6):
        state, reading = advance(network, state, (10.0 if t == 0 else 0.0,))
        learned.append(reading.bad[0])
    assert learned == pytest.approx([0, 0, 0, 10, 0, 0], abs=1e-9)


def test_users_who_wait_for_ever_get_their_answer_when_the_pool_thaws() -> None:
    frozen = a_station(0, 0.1)
    state, reading = run(frozen, 10.0, 30)
    assert reading.good[0] == 0.0
    thawed = replace(frozen, pools=(replace(frozen.pools[0], slots=10),))
    state, reading = run(thawed, 0.0, 60, state=state)
    assert state.level[0] == pytest.approx(0.0, abs=1e-3)


def test_a_slot_that_is_not_held_is_free_while_it_waits() -> None:
    held = a_chain((10, 0.01), (50, 0.2))
    free = replace(held, calls=(Call(0, 1, hold=False),))
    _, a = run(held, 30.0, 100)
    _, b = run(free, 30.0, 100)
    assert a.utilisation[0] == pytest.approx(30 * 0.21 / 10, rel=0.01)
    assert b.utilisation[0] == pytest.approx(30 * 0.01 / 10, rel=0.01)
    assert a.mean_s[0] >= b.mean_s[0] == pytest.approx(0.21, rel=0.01)


def test_parallel_calls_cost_the_slowest_and_serial_ones_the_sum() -> None:
    def a_fan(parallel: bool) -> Network:
        return Network(
            (Pool("web", 200), Pool("b", 200), Pool("c", 200)),
            (Node("web", 0, 0.001), Node("b", 1, 0.1), Node("c", 2, 0.1)),
            (Call(0, 1, parallel=parallel), Call(0, 2, parallel=parallel)),
            (Demand("users", 0),),
        )

    _, together = run(a_fan(True), 20.0, 50)
    state, after = run(a_fan(False), 20.0, 50)
    assert together.mean_s[0] == pytest.approx(0.151, rel=1e-3)
    assert after.mean_s[0] == pytest.approx(0.201, rel=1e-3)
    (p50,) = percentiles(a_fan(False), state, after, 0, (0.5,))
    assert p50 == pytest.approx(0.1678 + 0.001, rel=0.05)  # Erlang-2's median


def test_serial_calls_stop_at_the_first_failed_required_one() -> None:
    calls = (Call(0, 1, parallel=False), Call(0, 2, parallel=False))
    network = Network(
        (Pool("web", 50), Pool("b", 50), Pool("c", 50)),
        (Node("web", 0, 0.01), Node("b", 1, 0.01, error=0.4), Node("c", 2, 0.01)),
        calls,
        (Demand("users", 0),),
    )
    _, reading = run(network, 50.0, 50)
    assert reading.attempts == pytest.approx((50.0, 30.0), rel=1e-6)
    optional = replace(network, calls=(replace(calls[0], required=False), calls[1]))
    _, reading = run(optional, 50.0, 50)
    assert reading.attempts == pytest.approx((50.0, 50.0), rel=1e-6)


def test_a_brown_out_slows_the_work_so_that_capacity_is_exact() -> None:
    _, reading = run(a_station(2.5, 0.1, demand=Demand("users", 0, 1.0)), 50.0, 200)
    assert reading.served[0] == pytest.approx(25.0, rel=1e-3)


def test_the_network_between_holds_the_caller_only() -> None:
    _, reading = run(a_chain((50, 0.01), (50, 0.02), calls=[Call(0, 1, latency_s=0.1)]), 20.0, 50)
    assert reading.hold_s == pytest.approx((0.13, 0.02), rel=1e-3)


def test_few_callers_cannot_make_a_long_queue() -> None:
    many, few = a_chain((400, 0.01), (1, 0.05)), a_chain((2, 0.001), (1, 0.05))
    _, crowd = run(many, 15.0, 400)
    _, pair = run(few, 15.0, 400)
    assert crowd.wait_s[1] == pytest.approx(0.15, rel=0.02)  # M/M/1 at rho 0.75
    assert pair.wait_s[1] < 0.05  # at most one other is there
