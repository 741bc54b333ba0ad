"""The C loop of the benchmark does the same arithmetic as the plain kernel: every bit of it."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from hypothesis import given

from bench.model.compiler import built, find_compiler
from bench.model.loop import Loop, UnsuitableError
from devops_tycoon.lab.graph import LabFault
from devops_tycoon.lab.network import network_of
from devops_tycoon.sim.flow import Breaker, Call, Demand, Network, Node, Pool, advance, empty
from tests.examples import examples
from tests.sim.flow.graphs import a_chain, networks
from tests.truth.graphs import a_random_graph

UNUSED: dict[str, Any] = {
    "budget": None,
    "breaker": None,
    "bulkhead": None,
    "choice": None,
    "detached": False,
    "ordered": False,
    "stale": None,
}
"""What a call of a bare graph is without."""


@pytest.fixture(scope="module")
def library() -> Iterator[Path]:
    if find_compiler() is None:
        pytest.skip("there is no C compiler here")
    with built() as path:
        yield path


def bare(network: Network) -> Network:
    """Return the network without the protections that the loop leaves out."""
    return replace(
        network,
        pools=tuple([replace(pool, limit=None, throttle=False) for pool in network.pools]),
        calls=tuple([replace(call, **UNUSED) for call in network.calls]),
        demands=tuple([replace(demand, budget=None) for demand in network.demands]),
    )


def bits(value: Any) -> dict[str, bytes]:
    """Return the raw doubles of a state or a reading by name."""
    found = {}
    for field in fields(value):
        part = getattr(value, field.name)
        numbers = part if isinstance(part, tuple) else (part,)
        found[field.name] = pack(f"<{len(numbers)}d", *numbers)
    return found


def compare(library: Path, network: Network, rates: list[float]) -> None:
    state = empty(network)
    loop = Loop(library, network, state)
    try:
        for tick, rate in enumerate(rates):
            each = (rate,) * len(network.demands)
            state, reading = advance(network, state, each)
            loop.run([each])
            assert bits(loop.state()) == bits(state), f"state after tick {tick}"
            assert bits(loop.reading()) == bits(reading), f"reading of tick {tick}"
    finally:
        loop.close()


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_c_loop_agrees_with_the_kernel_to_the_last_bit_over_calm_spike_and_recovery(
    library: Path, seed: int
) -> None:
    graph = a_random_graph(seed)
    graph = replace(
        graph, services=tuple([replace(s, queue=(None, 30, 400)[i % 3]) for i, s in enumerate(graph.services)])
    )
    compare(library, network_of(graph, 0.0), [40.0] * 60 + [70.0] * 40 + [20.0] * 100)


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_c_loop_agrees_in_a_brown_out_too(library: Path, seed: int) -> None:
    graph = a_random_graph(seed)
    sick = LabFault(0, 1e9, "s3", capacity_factor=0.37, add_latency_ms=40.0, error_rate=0.1)
    compare(library, network_of(replace(graph, faults=(sick,)), 1.0), [40.0] * 100)


def test_the_c_loop_agrees_where_failures_pass_through_calls_inside_a_merged_service(library: Path) -> None:
    network = Network(
        (Pool("a", 10), Pool("b", 3, 5)),
        (Node("a0", 0, 0.02), Node("a1", 0, 0.02, error=0.1), Node("b", 1, 0.1)),
        (Call(0, 1), Call(1, 2, 0.7, timeout_s=0.3, retries=1), Call(0, 2, 0.5, required=False)),
        (Demand("users", 0, timeout_s=2.0, retries=1, threshold_s=0.2), Demand("others", 1)),
    )
    compare(library, network, [10.0] * 30 + [60.0] * 30 + [5.0] * 40)


@examples(50)
@given(networks())
def test_the_c_loop_agrees_on_graphs_with_everything_that_a_bare_graph_can_have(
    library: Path, network: Network
) -> None:
    compare(library, bare(network), [30.0] * 5 + [300.0] * 5 + [0.0] * 5 + [1.0] * 5)


@pytest.mark.long
@examples(1000)
@given(networks())
def test_the_c_loop_agrees_on_a_thousand_more_of_them(library: Path, network: Network) -> None:
    compare(library, bare(network), [30.0] * 5 + [300.0] * 5 + [0.0] * 5 + [1.0] * 5)


@pytest.mark.parametrize("call", [Call(0, 1, breaker=Breaker()), Call(0, 1, choice=1), Call(0, 1, detached=True)])
def test_the_c_loop_refuses_what_it_does_not_know(library: Path, call: Call) -> None:
    network = a_chain((4, 0.1), (4, 0.1), calls=[call])
    with pytest.raises(UnsuitableError):
        Loop(library, network, empty(network))
