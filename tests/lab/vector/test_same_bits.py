"""The vector kernel's states and readings are the plain kernel's, bit for bit."""

import struct
from dataclasses import fields

import pytest

from devops_tycoon.lab.vector import BatchState, advance_batch
from devops_tycoon.sim.flow import FlowState, Network, Reading, advance, empty
from tests.lab.vector.graphs import a_network, rates, struck

COLUMNS = 3


def bits(value: object) -> bytes:
    values = value if isinstance(value, tuple) else (value,)
    return struct.pack(f"<{len(values)}d", *values)


def differences(plain: FlowState | Reading, vector: FlowState | Reading) -> list[str]:
    """Return the names of the fields that do not have the same bits."""
    return [f.name for f in fields(plain) if bits(getattr(plain, f.name)) != bits(getattr(vector, f.name))]


def run_both(network: Network, faulty: Network, seed: int, ticks: int) -> None:
    """Advance a batch and each of its columns alone, every tick from the plain kernel's own state of before."""
    states = [empty(network) for _ in range(COLUMNS)]
    batch = BatchState.of(states)
    for t in range(ticks):
        now = faulty if t % 40 >= 30 else network
        asked = [rates(network, seed + 1000 * i, t) for i in range(COLUMNS)]
        batch, reading = advance_batch(now, batch, asked)
        for i in range(COLUMNS):
            states[i], expected = advance(now, states[i], asked[i])
            assert differences(expected, reading.column(i)) == [], f"reading of graph {seed}, tick {t}, column {i}"
            assert differences(states[i], batch.column(i)) == [], f"state of graph {seed}, tick {t}, column {i}"


@pytest.mark.parametrize("seed", range(12))
def test_random_graphs_have_the_same_bits_for_a_while(seed: int) -> None:
    network = a_network(seed)
    run_both(network, struck(network, seed), seed, 36)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 150))
def test_fifty_random_graphs_have_the_same_bits_over_two_hundred_ticks(seed: int) -> None:
    network = a_network(seed)
    run_both(network, struck(network, seed), seed, 200)
