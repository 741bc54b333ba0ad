"""Seeded random networks with everything the vector kernel knows, and faults that strike them."""

from dataclasses import replace
from random import Random

from devops_tycoon.sim.flow import Call, Demand, Network, Node, Pool

SECONDS = (0.0, 0.001, 0.02, 0.3, 3.0)
SHARES = (0.0, 0.0, 0.0, 0.01, 0.5, 1.0)
BUDGETS = (None, None, 0.0, 0.1, 2.0)
LIMITS = (None, 1e-6, 0.05, 0.5, 2.0, 30.0)


def a_network(seed: int, most: int = 10) -> Network:
    """Return an acyclic graph of up to `most` nodes; pools may call each other in circles."""
    dice = Random(seed)
    size = dice.randint(1, most)
    pools = tuple(
        Pool(
            f"p{i}",
            dice.choice([0.0, 0.3, 1, 2.5, 8, 8, 40, 40]),
            dice.choice([None, None, 0, 1, 20, 500]),
            dice.random() < 0.1,
            dice.choice([None, None, None, 0.5, 20.0]),
        )
        for i in range(dice.randint(1, size))
    )
    nodes = tuple(
        Node(
            f"n{i}",
            dice.randrange(len(pools)),
            dice.choice(SECONDS),
            dice.choice([1.0, 1.0, 0.0, 0.3, 2.0]),
            dice.choice([0.0, 0.0, *SECONDS]),
            dice.choice(SHARES),
        )
        for i in range(size)
    )
    edges = sorted(
        {tuple(sorted(dice.sample(range(size), 2))) for _ in range(dice.randint(0, 2 * size))} if size > 1 else set()
    )
    dice.shuffle(edges)
    calls = tuple(
        Call(
            a,
            b,
            dice.choice([1.0, 1.0, 0.5, 0.3, 2.0, 3.7, 0.0]),
            dice.random() < 0.6,
            dice.choice(LIMITS),
            dice.randint(0, 3),
            dice.choice(SECONDS),
            dice.random() < 0.7,
            dice.random() < 0.6,
            dice.choice([0.0, 0.0, 0.01, 1.0]),
            dice.choice(SHARES),
            dice.choice(SHARES),
            budget=dice.choice(BUDGETS),
        )
        for a, b in edges
    )
    demands = tuple(
        Demand(
            f"d{i}",
            dice.randrange(size),
            dice.choice(LIMITS),
            dice.randint(0, 2),
            dice.choice(SECONDS),
            dice.choice([None, 0.01, 0.4]),
            budget=dice.choice(BUDGETS),
            priority=dice.randint(0, 2),
        )
        for i in range(dice.randint(1, 2))
    )
    return Network(pools, nodes, calls, demands, dice.choice([1.0, 1.0, 10.0]))


def struck(network: Network, seed: int) -> Network:
    """Return the network with some faults: lost slots, pools that are down, slow and failing nodes, cut links."""
    dice = Random(seed)

    def some(share: float = 0.3) -> bool:
        return dice.random() < share

    return replace(
        network,
        pools=tuple(
            replace(pool, slots=dice.choice([0.0, 0.4, 1, pool.slots]), down=some(0.2)) if some() else pool
            for pool in network.pools
        ),
        nodes=tuple(
            replace(node, slow_s=dice.choice([0.0, 0.5]), error=dice.choice([0.0, 0.2])) if some() else node
            for node in network.nodes
        ),
        calls=tuple(
            replace(call, timeout_s=dice.choice([None, 0.1, 1.0]), lost=dice.choice([0.0, 1.0]), retries=1)
            if some()
            else call
            for call in network.calls
        ),
    )


def rates(network: Network, seed: int, tick: int) -> tuple[float, ...]:
    """Return this tick's rates: mostly moderate, sometimes none or far too many."""
    dice = Random(f"{seed} {tick}")
    base = Random(seed).choice([1.0, 10.0, 100.0])
    return tuple(base * dice.choice([0.5, 1.0, 1.0, 1.2, 0.0, 20.0]) for _ in network.demands)
