"""Messages and stale reads in any network: nothing gets lost, negative or infinite, whatever the settings become."""

from dataclasses import replace
from random import Random

import pytest

from devops_tycoon.sim.flow import Breaker, Call, Demand, Network, Node, Pool, Reading, Stale, advance, carry, empty

CAUSES = (
    "overload",
    "down",
    "node_errors",
    "lost_calls",
    "call_errors",
    "slow_calls",
    "shedding",
    "open_calls",
    "full_bulkheads",
    "stale_calls",
    "slow_entries",
)


def any_call(dice: Random, caller: int, callee: int, nodes: int) -> Call:
    return Call(
        caller,
        callee,
        calls=dice.choice([0.3, 1.0, 2.5]),
        required=dice.random() < 0.5,
        timeout_s=dice.choice([None, 0.05, 2.0]),
        retries=dice.randint(0, 3),
        backoff_s=dice.choice([0.0, 0.5, 7.0]),
        hold=dice.random() < 0.5,
        parallel=dice.random() < 0.5,
        latency_s=dice.choice([0.0, 0.01]),
        lost=dice.choice([0.0, 0.1, 1.0]),
        error=dice.choice([0.0, 0.1]),
        budget=dice.choice([None, 0.1]),
        breaker=dice.choice([None, Breaker()]),
        bulkhead=dice.choice([None, 3]),
        detached=dice.random() < 0.6,
        ordered=dice.random() < 0.3,
        stale=dice.choice([None, Stale(dice.randrange(nodes), 0.5, 0.5)]),
    )


def any_network(dice: Random) -> Network:
    pools = tuple(
        [
            Pool(str(p), dice.choice([0.0, 0.5, 1.0, 10.0]), dice.choice([None, 0, 20]), dice.random() < 0.1)
            for p in range(dice.randint(2, 4))
        ]
    )
    count = dice.randint(2, 6)
    nodes = tuple(
        [
            Node(str(n), dice.randrange(len(pools)), dice.choice([0.01, 0.1, 1.0]), error=dice.choice([0.0, 0.3, 1.0]))
            for n in range(count)
        ]
    )
    calls = tuple(
        [any_call(dice, a, b, count) for a in range(count) for b in range(a + 1, count) if dice.random() < 0.6]
    )
    return Network(pools, nodes, calls, (Demand("u", 0, 1.0, dice.randint(0, 2)),), dice.choice([1.0, 10.0]))


def caused(reading: Reading) -> float:
    return sum(sum(getattr(reading, name)) for name in CAUSES)


@pytest.mark.parametrize("seed", range(20))
def test_every_bad_request_has_a_cause_while_messages_and_replicas_come_and_go(seed: int) -> None:
    dice = Random(seed)
    network = any_network(dice)
    other = replace(
        network,
        calls=tuple([replace(c, stale=None, retries=c.retries // 2, detached=False) for c in network.calls]),
    )
    state = empty(network)
    for t in range(24):
        state, reading = advance(other if 10 < t < 16 else network, state, (dice.choice([0.0, 5.0, 80.0]),))
        assert caused(reading) == pytest.approx(sum(reading.bad), rel=1e-9, abs=1e-6)
        assert min([0.0, *reading.dead_letters, *state.memory, *state.inside]) >= -1e-9
    fewer = replace(network, calls=network.calls[1:])
    _, reading = advance(fewer, carry(network, state, fewer), (5.0,))
    assert caused(reading) == pytest.approx(sum(reading.bad), rel=1e-9, abs=1e-6)
