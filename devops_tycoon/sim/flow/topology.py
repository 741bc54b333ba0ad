"""Who calls whom: the order of a network's nodes, and their streams of calls."""

from dataclasses import dataclass
from heapq import heappop, heappush

from devops_tycoon.sim.flow.network import Network

Shape = tuple[tuple[int, ...], tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...]]


class CircularCallsError(ValueError):
    """Nodes call each other in a circle; name the nodes to the person who drew the graph."""


@dataclass(frozen=True, slots=True)
class Topology:
    """What changes only when the graph does."""

    order: tuple[int, ...]
    """Nodes, callers before callees."""
    rank: tuple[int, ...]
    """A node's place in `order`."""
    pools: tuple[int, ...]
    """Pools, callers before callees as far as they do not call each other in a circle."""
    members: tuple[tuple[int, ...], ...]
    """Per pool: its nodes in order."""
    calls: tuple[tuple[int, ...], ...]
    """Per node: its calls in order."""
    local: tuple[bool, ...]
    """Per call: both ends in one pool."""
    back: tuple[bool, ...]
    """Per call: the callee's pool is computed before the caller's, so the call counts one tick later."""


_topologies: dict[Shape, Topology] = {}


def topology_of(network: Network) -> Topology:
    """Return the order of computation; raise `CircularCallsError` if the nodes have none."""
    key: Shape = (
        tuple([node.pool for node in network.nodes]),
        tuple([(call.caller, call.callee) for call in network.calls]),
        tuple([demand.entry for demand in network.demands]),
        (len(network.pools),),
    )
    found = _topologies.get(key)
    if found is None:
        if len(_topologies) > 64:
            _topologies.clear()
        found = _topologies[key] = _order(network)
    return found


def _order(network: Network) -> Topology:
    nodes, calls = network.nodes, network.calls
    outgoing: list[list[int]] = [[] for _ in nodes]
    for e, call in enumerate(calls):
        outgoing[call.caller].append(e)
    order, stuck = _callers_first(len(nodes), [(call.caller, call.callee) for call in calls])
    if stuck:
        raise CircularCallsError("these nodes call each other in a circle: " + ", ".join(nodes[n].id for n in stuck))
    rank = [0] * len(nodes)
    for place, n in enumerate(order):
        rank[n] = place
    local = [nodes[call.caller].pool == nodes[call.callee].pool for call in calls]
    between = [
        (nodes[call.caller].pool, nodes[call.callee].pool)
        for call, inside in zip(calls, local, strict=True)
        if not inside
    ]
    first = [len(nodes)] * len(network.pools)
    for n in reversed(order):
        first[nodes[n].pool] = rank[n]
    pools: list[int] = []
    left = list(range(len(network.pools)))
    while left:
        inner = {p: i for i, p in enumerate(left)}
        ties = [(inner[a], inner[b]) for a, b in between if a in inner and b in inner]
        sorted_, stuck = _callers_first(len(left), ties)
        pools += [left[i] for i in sorted_]
        if not stuck:
            break
        # a circle of pools: begin with the one whose nodes come first
        cut = left[min(stuck, key=lambda i: (first[left[i]], i))]
        pools.append(cut)
        done = set(pools)
        left = [p for p in left if p not in done]
    turn = [0] * len(network.pools)
    for place, p in enumerate(pools):
        turn[p] = place
    members: list[list[int]] = [[] for _ in network.pools]
    for n in order:
        members[nodes[n].pool].append(n)
    return Topology(
        order=tuple(order),
        rank=tuple(rank),
        pools=tuple(pools),
        members=tuple([tuple(m) for m in members]),
        calls=tuple([tuple(c) for c in outgoing]),
        local=tuple(local),
        back=tuple(
            [
                not inside and turn[nodes[call.callee].pool] < turn[nodes[call.caller].pool]
                for call, inside in zip(calls, local, strict=True)
            ]
        ),
    )


def _callers_first(count: int, edges: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Return (items that can be ordered, the rest), smallest index first among equals."""
    waiting_for = [0] * count
    after: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        waiting_for[b] += 1
        after[a].append(b)
    ready = [i for i in range(count) if waiting_for[i] == 0]  # ascending, so a heap already
    order: list[int] = []
    while ready:
        i = heappop(ready)
        order.append(i)
        for j in after[i]:
            waiting_for[j] -= 1
            if waiting_for[j] == 0:
                heappush(ready, j)
    return order, [i for i in range(count) if waiting_for[i] > 0]
