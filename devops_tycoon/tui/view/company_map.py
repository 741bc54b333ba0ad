"""The company as nodes and edges of the map."""

from collections.abc import Sequence

from devops_tycoon.sim.architecture.draft import backstage, owner
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.watching import numbers
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.values import Health, Kind, MapEdge, MapNode

SLOW_SHARE = 0.5
"""A call that takes more than this share of the time in which users want an answer is drawn as slow."""
TROUBLE = 0.05
"""A link on which more than this share of the attempts fails is drawn as failing."""

_KINDS: dict[str, Kind] = {"service": "service", "store": "store", "provider": "provider"}
_HEALTH: dict[str, Health] = {"ok": "ok", "hot": "hot", "failing": "failing", "down": "down", "unknown": "unknown"}


def map_of(world: World, rules: Rules) -> tuple[tuple[MapNode, ...], tuple[MapEdge, ...]]:
    """Return the map of this tick: the users, every service, and the links that calls take."""
    nodes = [_users(world, rules)]
    states = [health(world, rules, number) for number in range(len(world.services))]
    reading, tick_s = world.reading, rules.scenario.tick_s
    for number, service in enumerate(world.services):
        nodes.append(
            MapNode(
                id=service.id,
                label=service.id,
                kind=_KINDS[service.kind],
                health=_HEALTH[states[number]],
                load=reading.utilisation[number],
                rate=reading.arrivals[number] / tick_s,
            )
        )
    return tuple(nodes), tuple(_edges(world, rules, states))


def _users(world: World, rules: Rules) -> MapNode:
    """Return the users: hot when a few of them are failed, failing when many are."""
    if not numbers(world.sight):
        return MapNode(USERS, "members", kind="users", health="unknown")
    reading = world.reading
    valid, bad = 0.0, 0.0
    for number in range(len(reading.valid)):
        valid, bad = valid + reading.valid[number], bad + reading.bad[number]
    share = bad / valid if valid > 0 else 0.0
    attempts = 0.0
    for number in range(len(reading.demand_attempts)):
        attempts += reading.demand_attempts[number]
    state: Health = "failing" if share > TROUBLE else "hot" if share > 1 - min(j.slo for j in rules.journeys) else "ok"
    return MapNode(USERS, "members", kind="users", health=state, load=share, rate=attempts / rules.scenario.tick_s)


def _edges(world: World, rules: Rules, states: Sequence[str]) -> list[MapEdge]:
    network, reading, tick_s = network_in_effect(world, rules), world.reading, rules.scenario.tick_s
    slow_s = slow_from_s(rules)
    known = {service.id for service in world.services}
    # doors before the services are drawn as a part of the users' way
    names = [name if (name := owner(pool)) in known else USERS for pool in network.pools]
    totals: dict[tuple[str, str], list[float]] = {}
    needed: dict[tuple[str, str], bool] = {}
    for number, demand in enumerate(network.demands):
        pool = network.nodes[demand.entry].pool
        if names[pool] == USERS:
            continue
        failed = reading.bad[number]
        add = (reading.demand_attempts[number], failed, 0.0)
        _add(totals, (USERS, names[pool]), add)
        needed[USERS, names[pool]] = True
    for number, call in enumerate(network.calls):
        caller, callee = network.nodes[call.caller].pool, network.nodes[call.callee].pool
        if names[caller] == names[callee] or backstage(network, call):
            continue
        failed = reading.timeouts[number] + reading.call_rejected[number] + reading.errors[number]
        pair = names[caller], names[callee]
        _add(totals, pair, (reading.attempts[number], failed, reading.call_mean_s[number] * reading.attempts[number]))
        needed[pair] = needed.get(pair, False) or call.required
    named = zip(world.services, states, strict=True)
    bad = {service.id for service, state in named if state in ("failing", "down")}
    edges = []
    for pair, (attempts, failed, time) in totals.items():
        fail = min(1.0, failed / attempts) if attempts > 0 else 0.0
        slow = attempts > 0 and time / attempts > slow_s
        hot = pair[1] in bad or fail > TROUBLE or slow
        edges.append(MapEdge(*pair, rate=attempts / tick_s, fail=fail, hot=hot, required=needed[pair], slow=slow))
    return edges


def slow_from_s(rules: Rules) -> float:
    """Return from what mean time on a call is slow."""
    return SLOW_SHARE * min(journey.threshold_ms for journey in rules.journeys) / 1000


def _add(totals: dict[tuple[str, str], list[float]], pair: tuple[str, str], more: tuple[float, float, float]) -> None:
    known = totals.setdefault(pair, [0.0, 0.0, 0.0])
    for index, value in enumerate(more):
        known[index] += value
