"""The vector kernel's states and readings are the plain kernel's, bit for bit."""

import struct
from dataclasses import fields, replace

import pytest

from devops_tycoon.lab.bench.company import a_company
from devops_tycoon.lab.bench.games import a_warm_world
from devops_tycoon.lab.vector import BatchState, advance_batch, unsupported
from devops_tycoon.sim.demand.demand import rates as company_rates
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import FlowState, Network, Reading, advance, empty
from tests.lab.vector.graphs import a_network, rates, struck

COLUMNS = 3


def bits(value: object) -> bytes:
    values = value if isinstance(value, tuple) else (value,)
    return struct.pack(f"<{len(values)}d", *values)


def differences(plain: FlowState | Reading, vector: FlowState | Reading) -> list[str]:
    """Return the names of the fields that do not have the same bits."""
    return [f.name for f in fields(plain) if bits(getattr(plain, f.name)) != bits(getattr(vector, f.name))]


def run_both(
    network: Network, faulty: Network, seed: int, ticks: int, columns: int = COLUMNS, checked: int = COLUMNS
) -> None:
    """Advance a batch, and its first columns alone; compare everything every tick."""
    states = [empty(network) for _ in range(checked)]
    batch = BatchState.of([empty(network)] * columns)
    for t in range(ticks):
        now = faulty if t % 40 >= 30 else network
        asked = [rates(network, seed + 1000 * i, t) for i in range(columns)]
        batch, reading = advance_batch(now, batch, asked)
        for i in range(checked):
            states[i], expected = advance(now, states[i], asked[i])
            assert differences(expected, reading.column(i)) == [], f"reading of graph {seed}, tick {t}, column {i}"
            assert differences(states[i], batch.column(i)) == [], f"state of graph {seed}, tick {t}, column {i}"


@pytest.mark.parametrize("seed", range(8))
def test_random_graphs_have_the_same_bits_for_a_while(seed: int) -> None:
    network = a_network(seed)
    run_both(network, struck(network, seed), seed, 36)


@pytest.mark.parametrize("seed", [1, 4])
def test_a_column_has_the_same_bits_among_many(seed: int) -> None:
    network = a_network(seed, 40)
    run_both(network, struck(network, seed), seed, 8, columns=40, checked=2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20, 36))
def test_a_column_has_the_same_bits_among_many_for_long(seed: int) -> None:
    network = a_network(seed, 60)
    run_both(network, struck(network, seed), seed, 60, columns=40, checked=4)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 150))
def test_fifty_random_graphs_have_the_same_bits_over_two_hundred_ticks(seed: int) -> None:
    network = a_network(seed)
    run_both(network, struck(network, seed), seed, 200)


@pytest.mark.long
def test_a_large_company_has_the_same_bits() -> None:
    rules = a_company(400)
    world = a_warm_world(rules, 3)
    network = network_in_effect(world, rules)
    batch, state = BatchState.of([world.flow]), world.flow
    for t in range(20):
        asked = company_rates(replace(world, tick=world.tick + 60 * t), rules)
        batch, reading = advance_batch(network, batch, [asked])
        state, expected = advance(network, state, asked)
        assert differences(expected, reading.column(0)) == []
        assert differences(state, batch.column(0)) == []


def test_a_network_with_what_is_not_known_is_refused_by_name() -> None:
    network = a_network(3)
    known = replace(network, pools=(replace(network.pools[0], throttle=True), *network.pools[1:]))
    assert unsupported(network) is None
    assert unsupported(known) == "Pool.throttle"
    with pytest.raises(ValueError, match=r"Pool\.throttle.*sim\.flow\.advance"):
        advance_batch(known, BatchState.of([empty(known)]), [(1.0,) * len(known.demands)])


def test_rates_must_fit_the_columns() -> None:
    network = a_network(3)
    with pytest.raises(ValueError, match="2 columns"):
        advance_batch(network, BatchState.of([empty(network)] * 2), [(1.0,) * len(network.demands)])
