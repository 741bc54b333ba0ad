"""From the flow's causes to the words of the loss ledger: cause, place, and the fault behind it."""

from devops_tycoon.sim.architecture.draft import owner
from devops_tycoon.sim.architecture.places import zones_of
from devops_tycoon.sim.effects.fault_effects import in_zone
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.operations.measures import turned_away
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World

ON_PURPOSE = "shed on purpose"
LEAST = 1e-9
"""Smaller parts of a request are left to the last cause of the tick."""

_OF_CALLS = (
    ("lost", "lost_calls"),
    ("refused", "call_errors"),
    ("timeout", "slow_calls"),
    ("breaker", "open_calls"),
    ("bulkhead", "full_bulkheads"),
    ("stale", "stale_calls"),
)
"""Causes that a call can have, each with its column of the reading."""


def causes(world: World, rules: Rules) -> list[tuple[tuple[str, str, str], float]]:
    """Return ((cause, where, fault), bad requests) of this tick in a fixed order.

    Causes: `overload` (a full queue, or too few workers for their own work), `down`, `error`, `lost` (no answer on
    the way), `refused` (on the way), `timeout` (too slow), `shed` (turned away on purpose, or held back by throttling),
    `breaker` (open, so the call was not made), `bulkhead` (full, so the call was not made), `stale` (a replica had not
    yet applied the user's own write), `shed on purpose` (at the door, by an order). A place is a service, a door before
    them, or a link `caller→callee`.
    """
    reading = world.reading
    refused = turned_away(world, rules)
    if not any(reading.bad) and not any(refused):
        return []
    network = network_in_effect(world, rules)
    masses: dict[tuple[str, str, str], float] = {}

    def enter(cause: str, mass: float, caller: int | None, callee: int) -> None:
        if mass <= LEAST:
            return
        where = owner(network.pools[callee])
        ends = [where]
        if caller is not None and caller != callee:
            asking = owner(network.pools[caller]) if caller >= 0 else USERS
            where = f"{asking}→{where}"
            if caller >= 0:
                ends.append(asking)
        key = (cause, where, fault_behind(world, rules, ends))
        masses[key] = masses.get(key, 0.0) + mass

    for number in range(len(network.pools)):
        enter("overload", reading.overload[number], None, number)
        enter("down", reading.down[number], None, number)
        enter("shed", reading.shedding[number], None, number)
    for number, mass in enumerate(reading.node_errors):
        if mass > LEAST:
            enter("error", mass, None, network.nodes[number].pool)
    columns = [(cause, getattr(reading, column)) for cause, column in _OF_CALLS]
    columns = [(cause, column) for cause, column in columns if column and max(column) > LEAST]
    for number, call in enumerate(network.calls if columns else ()):
        for cause, column in columns:
            if column[number] > LEAST:
                enter(cause, column[number], network.nodes[call.caller].pool, network.nodes[call.callee].pool)
    for number, demand in enumerate(network.demands):
        enter(ON_PURPOSE, refused[number], -1, network.nodes[demand.entry].pool)
        enter("timeout", reading.slow_entries[number], -1, network.nodes[demand.entry].pool)
    return list(masses.items())


def fault_behind(world: World, rules: Rules, places: list[str]) -> str:
    """Return the card that acts on one of the places, else the first that acted since all was well, else nothing."""
    for place in places:
        for fault in world.faults:
            if fault.target == place or _stands_in(world, rules, place, fault.target):
                return fault.card
    return world.tally.suspects[0] if world.tally.suspects else ""


def _stands_in(world: World, rules: Rules, place: str, zone: str) -> bool:
    """Say whether a service has replicas in a zone."""
    return len(zone) == 1 and any(
        service.id == place and in_zone(service, zones_of(world, rules), zone) > 0 for service in world.services
    )
