"""Load without queues: how often each node is asked at the coming peak, and how much of each pool that is.

These are products and sums over the call graph, exact as long as nobody is turned away; what waits and fails is for the
model to say.
"""

from devops_tycoon.sim.basis import Rules, World, dial, shift_of
from devops_tycoon.sim.demand.demand import grown, shape
from devops_tycoon.sim.demand.growth import members_after

_MOMENTS = 96
"""Moments of a shift that are looked at for its peak."""


def visits(rules: Rules, entry: str) -> dict[str, float]:
    """Return how often each node is asked, on average, for one request that enters here."""
    found = dict.fromkeys(rules.capability, 0.0)
    found[entry] = 1.0
    for name in _in_call_order(rules):
        for call in rules.capability[name].calls:
            if call.to in found:
                found[call.to] += found[name] * call.per_request
    return found


def _in_call_order(rules: Rules) -> list[str]:
    """Return the nodes so that every caller stands before what it calls."""
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in done:
            for call in rules.capability[name].calls:
                if call.to in rules.capability:
                    visit(call.to)
            done[name] = None

    for name in rules.capability:
        visit(name)
    return list(reversed(done))


def peak(world: World, rules: Rules) -> dict[str, float]:
    """Return the requests per second of each journey at the moment of the coming shift that asks most work of all."""
    shift, crowd = shift_of(world, rules), _crowd(world, rules)
    works = {}
    for journey in rules.journeys:
        work = 0.0
        for name, often in visits(rules, journey.entry).items():
            if rules.capability[name].kind != "provider":
                work += often * rules.capability[name].work_ms
        works[journey.id] = work
    best: dict[str, float] = {}
    most = -1.0
    for moment in range(_MOMENTS):
        at_s = shift.ticks * rules.scenario.tick_s * (moment + 0.5) / _MOMENTS
        rates, total = {}, 0.0
        for journey in rules.journeys:
            demand = rules.demand[journey.id]
            level = shift.growth * grown(demand, world.shift) * shape(demand, shift, at_s)
            rates[journey.id] = demand.rate * crowd * level
            total += rates[journey.id] * works[journey.id]
        if total > most:
            best, most = rates, total
    return best


def _crowd(world: World, rules: Rules) -> float:
    """Return how many times the start's members there will be: while planning those of the shift's morning."""
    at_first = rules.scenario.company_mode.members
    if not at_first:
        return 1.0
    members = members_after(world, rules) if world.phase == "planning" else world.business.members
    return members / at_first


def asked(world: World, rules: Rules) -> dict[str, float]:
    """Return how often a second each node is asked at the coming peak."""
    found = dict.fromkeys(rules.capability, 0.0)
    rates = peak(world, rules)
    for journey in rules.journeys:
        for name, often in visits(rules, journey.entry).items():
            found[name] += rates[journey.id] * often
    return found


def disks_for(world: World, rules: Rules, tables: tuple[str, ...]) -> int:
    """Return the replicas of a store of their own that these tables need to be half busy at the coming peak."""
    rates, busy = asked(world, rules), 0.0
    for table in tables:
        busy += rates[table] * rules.capability[table].work_ms / 1000
    return max(2, int(2.0 * busy + 0.999))


def offered(world: World, rules: Rules) -> dict[str, float]:
    """Return the share of each service's workers that its own work alone takes at the coming peak."""
    rates, found = asked(world, rules), {}
    for service in world.services:
        work = 0.0
        for name in service.capabilities:
            work += rates[name] * rules.capability[name].work_ms / 1000 * dial(world, rules, "work", service.id)
        slots = service.replicas * service.concurrency
        found[service.id] = work / slots if slots else 0.0
    return found
