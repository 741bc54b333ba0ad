"""Random networks and what happens to them: numbers change (faults, settings), and who calls whom (splits, merges)."""

from dataclasses import replace
from itertools import count
from random import Random
from typing import Any

from devops_tycoon.sim.flow import Call, Demand, Network, Node, Pool
from tests.soak.draw import TICK_S, drawn, value

MOST = 8
"""Nodes of a graph."""


def a_network(dice: Random, wild: float) -> Network:
    """Return 1…8 nodes in as many pools or fewer; pools may well call each other in a circle."""
    size = dice.randint(1, MOST)
    pools = dice.randint(1, size)
    network = Network(
        pools=tuple([drawn(Pool(f"p{i}", 1.0), dice, wild) for i in range(pools)]),
        nodes=tuple([drawn(Node(f"n{i}", dice.randrange(pools), 0.1), dice, wild) for i in range(size)]),
        calls=(),
        demands=tuple(
            [drawn(Demand(f"d{i}", dice.randrange(size)), dice, wild) for i in range(dice.choice((1, 1, 2, 3)))]
        ),
        tick_s=value(TICK_S, dice, wild),
    )
    for _ in range(dice.randint(0, 2 * size)):
        network = _a_call_more(network, dice, wild)
    return agreed(network)


def other_numbers(network: Network, dice: Random, wild: float) -> Network:
    """Return the same graph with some other numbers: often of one pool, node, call or demand, sometimes of all."""
    part = dice.choice(("pools", "nodes", "calls", "demands"))
    things = list(getattr(network, part))
    if not things:
        return network
    chosen = range(len(things)) if dice.random() < 0.1 else (dice.randrange(len(things)),)
    for i in chosen:
        things[i] = drawn(things[i], dice, wild, often=0.4)
    changes: dict[str, Any] = {part: tuple(things)}
    return agreed(replace(network, **changes))


def other_structure(network: Network, dice: Random, wild: float) -> Network:
    """Return the graph with something added, moved or removed."""
    change = dice.choice((_a_call_more, _a_call_less, _a_node_more, _a_node_less, _moved, _moved, _another_demand))
    return agreed(change(network, dice, wild))


def agreed(network: Network) -> Network:
    """Return the network with what single fields cannot know: alternatives agree, and a lag is that of a node."""
    calls: list[Call] = []
    in_order: set[int] = set()
    first: dict[tuple[int, int | None], Call] = {}
    for call in network.calls:
        if call.choice is not None:
            local = network.nodes[call.caller].pool == network.nodes[call.callee].pool
            if local or call.detached:
                call = replace(call, choice=None)
            else:
                like = first.setdefault((call.caller, call.choice), call)
                call = replace(call, parallel=like.parallel, required=like.required, hold=like.hold)
        if call.ordered:
            call = replace(call, ordered=call.detached and call.callee not in in_order)
            if call.ordered:
                in_order.add(call.callee)
        if call.stale is not None:
            call = replace(call, stale=replace(call.stale, node=call.stale.node % len(network.nodes)))
        calls.append(call)
    return replace(network, calls=tuple(calls))


def _a_call_more(network: Network, dice: Random, wild: float) -> Network:
    """A node only calls those after it, so that nobody calls in a circle; two may be linked twice."""
    size = len(network.nodes)
    if size < 2:
        return network
    caller = dice.randrange(size - 1)
    call = drawn(Call(caller, dice.randrange(caller + 1, size)), dice, wild)
    return replace(network, calls=(*network.calls, call))


def _a_call_less(network: Network, dice: Random, wild: float) -> Network:  # noqa: ARG001
    gone = dice.randrange(len(network.calls)) if network.calls else 0
    return replace(network, calls=network.calls[:gone] + network.calls[gone + 1 :])


def _a_node_more(network: Network, dice: Random, wild: float) -> Network:
    """Add a node, half of the time with a pool of its own."""
    if len(network.nodes) >= MOST:
        return network
    if dice.random() < 0.5:
        network = replace(network, pools=(*network.pools, drawn(Pool(_free(network, "p"), 1.0), dice, wild)))
    node = drawn(Node(_free(network, "n"), dice.randrange(len(network.pools)), 0.1), dice, wild)
    return _a_call_more(replace(network, nodes=(*network.nodes, node)), dice, wild)


def _a_node_less(network: Network, dice: Random, wild: float) -> Network:  # noqa: ARG001
    """Remove a node that no users enter by, its calls, and its pool if that is empty then."""
    able = [n for n in range(len(network.nodes)) if n not in {demand.entry for demand in network.demands}]
    if not able:
        return network
    gone = dice.choice(able)
    calls = [call for call in network.calls if gone not in (call.caller, call.callee)]
    network = Network(
        network.pools,
        network.nodes[:gone] + network.nodes[gone + 1 :],
        tuple([replace(c, caller=c.caller - (c.caller > gone), callee=c.callee - (c.callee > gone)) for c in calls]),
        tuple([replace(demand, entry=demand.entry - (demand.entry > gone)) for demand in network.demands]),
        network.tick_s,
    )
    return _without_empty_pools(network)


def _moved(network: Network, dice: Random, wild: float) -> Network:
    """Split or merge: a node moves to another pool, which may be new."""
    pools = network.pools
    if dice.random() < 0.5:
        pools = (*pools, drawn(Pool(_free(network, "p"), 1.0), dice, wild))
    nodes = list(network.nodes)
    n = dice.randrange(len(nodes))
    nodes[n] = replace(nodes[n], pool=len(pools) - 1 if len(pools) > len(network.pools) else dice.randrange(len(pools)))
    return _without_empty_pools(replace(network, pools=pools, nodes=tuple(nodes)))


def _another_demand(network: Network, dice: Random, wild: float) -> Network:
    """Add or remove a demand, but never the last."""
    if len(network.demands) > 1 and dice.random() < 0.5:
        gone = dice.randrange(len(network.demands))
        return replace(network, demands=network.demands[:gone] + network.demands[gone + 1 :])
    demand = drawn(Demand(_free(network, "d"), dice.randrange(len(network.nodes))), dice, wild)
    return replace(network, demands=(*network.demands, demand))


def _without_empty_pools(network: Network) -> Network:
    used = sorted({node.pool for node in network.nodes})
    place = {p: i for i, p in enumerate(used)}
    nodes = tuple([replace(node, pool=place[node.pool]) for node in network.nodes])
    return replace(network, pools=tuple([network.pools[p] for p in used]), nodes=nodes)


def _free(network: Network, letter: str) -> str:
    taken = {p.id for p in network.pools} | {n.id for n in network.nodes} | {d.id for d in network.demands}
    return next(name for name in (f"{letter}{i}" for i in count()) if name not in taken)
