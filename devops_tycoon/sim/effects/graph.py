"""The graph as networkx sees it: capabilities, services as their quotient, and what depends on what."""

from dataclasses import dataclass

import networkx as nx

from devops_tycoon.sim.architecture.draft import owner
from devops_tycoon.sim.architecture.places import zones_of
from devops_tycoon.sim.demand.demand import expected
from devops_tycoon.sim.effects.fault_effects import in_zone
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import Reading, advance, empty
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World


def capability_graph(rules: Rules) -> "nx.DiGraph[str]":
    """Return capabilities, stores and providers with their calls; acyclic."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(rules.capability)
    for capability in rules.capability.values():
        for call in capability.calls:
            if call.to in rules.capability:
                graph.add_edge(capability.id, call.to, calls=call.per_request, required=call.required)
    return graph


def service_graph(world: World, rules: Rules) -> "nx.DiGraph[str]":
    """Return the quotient of the capability graph by the partition into services; it may have cycles.

    Edge data: `calls` is the number of capability edges that were merged into it.
    """
    blocks = {frozenset(service.capabilities): service.id for service in world.services if service.capabilities}
    quotient = nx.quotient_graph(
        capability_graph(rules),
        [set(block) for block in blocks],
        edge_data=lambda a, b: {"calls": _crossing(rules, a, b)},
        create_using=nx.DiGraph,
    )
    return nx.DiGraph(nx.relabel_nodes(quotient, blocks))


def _crossing(rules: Rules, a: frozenset[str], b: frozenset[str]) -> int:
    return sum(1 for one in sorted(a) for call in rules.capability[one].calls if call.to in b)


def call_order(rules: Rules) -> tuple[str, ...]:
    """Return capabilities so that every caller stands before what it calls."""
    return tuple(nx.lexicographical_topological_sort(capability_graph(rules)))


def blast_radius(world: World, rules: Rules, service: str) -> tuple[str, ...]:
    """Return the services that can be hurt when this one fails: all that call it, directly or not."""
    graph = service_graph(world, rules)
    hurt = nx.ancestors(graph, service)
    return tuple(s.id for s in world.services if s.id in hurt)


def journeys_through(world: World, rules: Rules, service: str) -> tuple[str, ...]:
    """Return the journeys whose requests can reach a service."""
    graph = capability_graph(rules)
    members = {c for s in world.services if s.id == service for c in s.capabilities}
    return tuple(j.id for j in rules.journeys if members & (nx.descendants(graph, j.entry) | {j.entry}))


def choke_points(world: World, rules: Rules) -> dict[str, tuple[str, ...]]:
    """Return services through which every path from the users to others leads (graph dominators)."""
    graph = service_graph(world, rules)
    owner = {capability: service.id for service in world.services for capability in service.capabilities}
    graph.add_edges_from((USERS, owner[journey.entry]) for journey in rules.journeys)
    dominator = nx.immediate_dominators(graph, USERS)
    behind: dict[str, list[str]] = {}
    for node in sorted(dominator):
        above = dominator.get(node)
        while above not in (None, USERS, node):
            behind.setdefault(str(above), []).append(node)
            above = dominator.get(above)
    return {node: tuple(names) for node, names in sorted(behind.items())}


def critical_path(world: World, rules: Rules, journey: str) -> tuple[str, ...]:
    """Return the chain of capabilities that took the most of a journey's mean time in the last tick."""
    graph = capability_graph(rules)
    entry = next(j.entry for j in rules.journeys if j.id == journey)
    position = {name: number for number, name in enumerate(rules.capability)}
    means = world.reading.mean_s
    path = [entry]
    while True:
        # The slowest callee by time per answer × calls; ties go to the one written first.
        following = [
            (means[position[b]] * data["calls"], -position[b], b)
            for _, b, data in graph.out_edges(path[-1], data=True)
            if position[b] < len(means)
        ]
        if not following:
            return tuple(path)
        path.append(max(following)[2])


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Something whose loss alone drops a journey below its SLO."""

    kind: str
    """`replica`, `service`, `store`, `provider`, `door` or `zone`."""
    what: str
    sli: float
    """What is left of the journey without it."""


def single_points_of_failure(world: World, rules: Rules, journey: str) -> tuple[SinglePoint, ...]:
    """Remove replicas, services, stores, providers and zones one by one in the model and see what is left.

    Calls are AND, so graph dominators alone would miss a shared database. Judged at this tick's demand, or at the
    usual one of journeys that nobody is on.
    """
    demand = tuple(
        now or rules.demand[j.id].rate for now, j in zip(expected(world, rules), rules.journeys, strict=True)
    )
    index = next(number for number, j in enumerate(rules.journeys) if j.id == journey)
    return single_points(world, rules, demand)[index]


def single_points(world: World, rules: Rules, demand: tuple[float, ...]) -> tuple[tuple[SinglePoint, ...], ...]:
    """Return the single points of failure of each of `rules.journeys` at that many requests per second."""
    found: list[list[SinglePoint]] = [[] for _ in rules.journeys]
    network = replace(network_in_effect(world, rules), tick_s=_TICK_S)
    busy = _followed(network, demand)[1].utilisation
    for kind, what, without in _removals(world, rules, network, busy):
        for journey, points, left in zip(rules.journeys, found, _followed(without, demand)[0], strict=True):
            if left < journey.slo:
                points.append(SinglePoint(kind, what, left))
    return tuple(tuple(points) for points in found)


def _removals(world: World, rules: Rules, network: Network, busy: tuple[float, ...]) -> list[tuple[str, str, Network]]:
    result = []
    for number, service in enumerate(world.services):
        if service.replicas > 1 and busy[number] * service.replicas / (service.replicas - 1) > _ROOMY:
            result.append(("replica", service.id, _less(world, network, {number: 1})))
        result.append((service.kind, service.id, _less(world, network, {number: service.replicas})))
    known = {service.id for service in world.services}
    for number, pool in enumerate(network.pools):
        if owner(pool) not in known:
            shut = (*network.pools[:number], replace(pool, down=True), *network.pools[number + 1 :])
            result.append(("door", pool.id, replace(network, pools=shut)))
    zones = zones_of(world, rules)
    for zone in "abcdefgh"[:zones]:
        lost = {n: in_zone(s, zones, zone) for n, s in enumerate(world.services) if s.kind != "provider"}
        result.append(("zone", zone, _less(world, network, lost)))
    return result


def _less(world: World, network: Network, lost: dict[int, int]) -> Network:
    """Return the network without some replicas of some services."""
    pools = list(network.pools)
    for number, count in lost.items():
        had = world.services[number].replicas
        left = max(0, had - count)
        for at, pool in enumerate(pools):
            if owner(pool) == world.services[number].id:
                slots = pool.slots * left / had if had else 0.0
                pools[at] = replace(pool, slots=slots, down=pool.down or left == 0)
    return replace(network, pools=tuple(pools))


_TICK_S, _TICKS = 20.0, 12
_ROOMY = 0.6
"""A pool that is less busy than this without one of its replicas does not miss it."""


def _followed(network: Network, demand: tuple[float, ...]) -> tuple[tuple[float, ...], Reading]:
    """Return the share of good requests of each demand once two minutes have passed, and the last tick's reading."""
    state = empty(network)
    state, reading = advance(network, state, demand)
    valid, good = [0.0] * len(demand), [0.0] * len(demand)
    for number in range(1, _TICKS):
        state, reading = advance(network, state, demand)
        if number >= _TICKS // 2:
            valid = [a + b for a, b in zip(valid, reading.valid, strict=True)]
            good = [a + b for a, b in zip(good, reading.good, strict=True)]
    return tuple(g / v if v > 0 else 0.0 for g, v in zip(good, valid, strict=True)), reading
