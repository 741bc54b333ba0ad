"""Exclusive alternatives: one call that goes to exactly one of several nodes."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabService
from devops_tycoon.lab.run import run as run_lab
from devops_tycoon.sim.flow import Call, Demand, FlowState, Network, Node, Pool, Reading
from devops_tycoon.sim.flow.choice import Choice, slowest
from tests.examples import examples
from tests.referee import Referee
from tests.sim.flow import test_laws
from tests.sim.flow.graphs import networks, run


def shards(*shares: float, errors: float = 0.0, **more: Any) -> Network:
    """A web service that asks one of several shards per request."""
    several = range(1, len(shares) + 1)
    return Network(
        (Pool("web", 50), *[Pool(f"s{i}", 8) for i in several]),
        (Node("web", 0, 0.005), *[Node(f"s{i}", i, 0.02, error=errors) for i in several]),
        tuple(replace(Call(0, i, share, choice=1), **more) for i, share in zip(several, shares, strict=True)),
        (Demand("users", 0, timeout_s=2.0),),
    )


def chosen(network: Network) -> Network:
    """Make calls of one caller to other pools alternatives, where they are alike in what alternatives share."""
    numbers = {(a, b, c): i for i, (a, b, c) in enumerate((a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1))}
    calls = [
        call
        if network.nodes[call.caller].pool == network.nodes[call.callee].pool
        else replace(call, choice=numbers[call.parallel, call.required, call.hold])
        for call in network.calls
    ]
    return replace(network, calls=tuple(calls))


@examples(25)
@given(networks().map(chosen), test_laws.RATES)
def test_alternatives_keep_the_laws_of_every_tick(network: Network, rates: list[float]) -> None:
    test_laws.test_every_tick_of_every_pool_conserves_requests.hypothesis.inner_test(network, rates)  # type: ignore[attr-defined]
    test_laws.test_outcomes_and_blame_add_up_and_everything_is_finite.hypothesis.inner_test(network, rates)  # type: ignore[attr-defined]


@examples(25)
@given(networks(most=5).map(chosen), test_laws.RATES)
def test_alternatives_have_percentiles_in_order(network: Network, rates: list[float]) -> None:
    test_laws.test_percentiles_are_finite_and_in_order.hypothesis.inner_test(network, rates)  # type: ignore[attr-defined]


@examples(40)
@given(st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5, 2.0, 3.7]), min_size=1, max_size=5), st.booleans())
def test_the_alternatives_get_all_calls_between_them(shares: list[float], parallel: bool) -> None:
    def see(_: FlowState, after: FlowState, reading: Reading) -> None:
        assert sum(after.first) == pytest.approx(sum(shares) * reading.visits[0], rel=1e-9)
        for count, share in zip(after.first, shares, strict=True):
            assert count == pytest.approx(share * reading.visits[0], rel=1e-9)

    run(shards(*shares, parallel=parallel), 20.0, 5, see=see)


@pytest.mark.parametrize("parallel", [True, False])
def test_two_shards_that_always_fail_fail_every_request(parallel: bool) -> None:
    _, reading = run(shards(0.5, 0.5, errors=1.0, parallel=parallel), 50.0, 30)
    assert reading.fail[0] == pytest.approx(1.0, abs=1e-12)
    _, reading = run(shards(0.5, 0.5, errors=0.1, parallel=parallel), 50.0, 30)
    assert reading.fail[0] == pytest.approx(0.1, abs=1e-12)
    independent = shards(0.5, 0.5, errors=1.0, parallel=parallel)
    independent = replace(independent, calls=tuple(replace(call, choice=None) for call in independent.calls))
    _, reading = run(independent, 50.0, 30)
    assert reading.fail[0] == pytest.approx(0.75, abs=1e-12)


@pytest.mark.parametrize("parallel", [True, False])
@pytest.mark.parametrize("calls", [1.0, 0.6, 2.5])
def test_equal_idle_shards_are_one_call(parallel: bool, calls: float) -> None:
    one = replace(shards(calls, parallel=parallel), pools=(Pool("web", 50), Pool("s1", 800)))
    many = shards(calls / 4, calls / 4, calls / 4, calls / 4, parallel=parallel)
    many = replace(many, pools=(Pool("web", 50), *[replace(pool, slots=800.0) for pool in many.pools[1:]]))
    single, several = run(one, 30.0, 30)[1], run(many, 30.0, 30)[1]
    assert several.request_s == pytest.approx(single.request_s, rel=1e-9)
    assert several.request_var_s2 == pytest.approx(single.request_var_s2, rel=1e-9)
    assert several.good == pytest.approx(single.good, rel=1e-9)


def test_alternatives_that_differ_in_what_they_share_are_refused_by_name() -> None:
    network = shards(0.5, 0.5)
    odd = replace(network, calls=(network.calls[0], replace(network.calls[1], required=False)))
    with pytest.raises(ValueError, match=r"web → s2 and s1 are alternatives; parallel, required and hold"):
        run(odd, 1.0, 1)


def a_choice(*services: LabService, fault: LabFault | None = None, **link: Any) -> LabGraph:
    """A web service whose calls go to one of several, equally often."""
    several = [replace(LabDependency("web", s.id, 1.0 / len(services), choice=1), **link) for s in services]
    return LabGraph(
        (LabService("web", 5, 60), *services),
        tuple(several),
        (LabDemand("web", 90, timeout_ms=2000),),
        (fault,) if fault else (),
        seconds=240,
        warmup_s=20,
    )


CASES = {
    "one of three is slow": a_choice(LabService("a", 20, 2), LabService("b", 20, 2), LabService("c", 60, 3)),
    "one of two fails": a_choice(
        LabService("a", 20, 4), LabService("b", 20, 4), fault=LabFault(20, 999, "b", error_rate=0.9), retries=1
    ),
    "one of two is frozen": a_choice(
        LabService("a", 20, 4),
        LabService("b", 20, 4),
        fault=LabFault(20, 999, "b", capacity_factor=0.0),
        timeout_ms=400,
        parallel=False,
    ),
    "one of three is small and busy": a_choice(
        LabService("a", 20, 4), LabService("b", 20, 4), LabService("c", 28, 1, queue=5)
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_alternatives_end_as_the_referee_says(name: str) -> None:
    graph = CASES[name]
    found = run_lab(graph)["entries"]["web"]
    seeds = [Referee(graph, seed).run() for seed in (1, 2, 3)]
    assert found["availability"] == pytest.approx(sum(r.availability("web", 25) for r in seeds) / 3, abs=0.01)
    assert found["mean_ms"] == pytest.approx(1000 / 3 * sum(r.mean("web", 25) for r in seeds), rel=0.06)
    assert found["p99_ms"] == pytest.approx(1000 / 3 * sum(r.percentile("web", 0.99, 25) for r in seeds), rel=0.10)


def test_the_slowest_of_alternatives_that_are_all_as_slow_takes_no_time_less_than_the_others() -> None:
    shares = (0.47182020998042445, 0.2928066312286127, 0.23537315879096282)
    times = ((0.20995480637147712, 0.04, 0.0),) * 3
    found = slowest(Choice((0, 1, 2), shares, 1.0), 1.0, times, (0.0,) * 3)
    assert found is not None
    assert found.extra_s == 0.0
