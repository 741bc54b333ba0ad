"""Cinemail as one program and one database in any act, to be cut apart."""

from typing import Any

from devops_tycoon.orders import parse
from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.scenario import StartService
from devops_tycoon.sim.rules.shift import Demand
from devops_tycoon.sim.values.world import World
from tests.builders import lesson
from tests.leading import to_lead

RICH = 10**10
RATES = {"browse": 40.0, "rent": 20.0, "ship": 5.0, "play": 40.0, "home": 20.0, "watch": 40.0}


def monolith(act: int, web: int = 6, disks: int = 16, **changes: Any) -> Rules:
    """Return the rules of a company in one program `web` and one store `main-db`, with steady demand."""
    company = lesson("red-envelope").company
    nodes = [node for node in company.capabilities if node.act <= act]
    block = {kind: tuple(n.id for n in nodes if n.kind == kind) for kind in ("capability", "store", "provider")}
    services = (
        StartService("web", block["capability"], web, 8, 200, 180, 600_000, 100, 60),
        StartService("main-db", block["store"], disks, 1, None, 1800, 900_000, 80, 60),
        *(StartService(name, (name,), 1, 50, None, 0, 0, 0, 1) for name in block["provider"]),
    )
    entries = {journey.id for journey in company.journeys if journey.act <= act}
    demands = tuple(Demand(name, rate, "flat", 0.0, 0.0, ()) for name, rate in RATES.items() if name in entries)
    changes = {"act": act, "services": services, "links": (), "demands": demands, "cash_cents": RICH, **changes}
    return to_lead("worse-than-dead", **changes)


def a_company(act: int, **changes: Any) -> Session:
    """Return a session of such a company, in its first planning."""
    return Session(Game(monolith(act, **changes), 1))


def first_world(rules: Rules) -> World:
    """Return the first world, while planning."""
    return start(rules, 1)


def after(world: World, rules: Rules, *texts: str) -> World:
    """Return the company as it is when these moves are over, without their price and their weeks."""
    for text in texts:
        order = parse(text)
        why = order.why_not(world, rules)
        assert why is None, why
        world = order.apply(world, rules)[0]
    return world


def work_per_s(world: World, rules: Rules) -> dict[str, float]:
    """Return the seconds of own work per second that each pool is asked for by the network in effect."""
    network = network_in_effect(world, rules)
    often = [0.0] * len(network.nodes)
    left = [0] * len(network.nodes)
    for demand in network.demands:
        often[demand.entry] += rules.demand[demand.id].rate
    for call in network.calls:
        left[call.callee] += 1
    ready = [number for number, count in enumerate(left) if count == 0]
    while ready:
        caller = ready.pop()
        for call in network.calls:
            if call.caller == caller:
                often[call.callee] += often[caller] * call.calls
                left[call.callee] -= 1
                if left[call.callee] == 0:
                    ready.append(call.callee)
    work: dict[str, float] = {}
    for node, times in zip(network.nodes, often, strict=True):
        pool = network.pools[node.pool].id
        work[pool] = work.get(pool, 0.0) + times * node.work_s
    return work
