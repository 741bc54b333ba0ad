"""Shared fate: which journeys fail when a service is dead, because they cannot do without it."""

from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World


def lost_with(world: World, rules: Rules, service: str) -> tuple[str, ...]:
    """Return the journeys that need a service: some chain of required calls leads from their entry into it.

    Timeouts and fallbacks count as they are set now; slowness and held workers spread further than this.
    """
    network = network_in_effect(world, rules)
    dead = {number for number, pool in enumerate(network.pools) if pool.id == service}
    needed: dict[int, list[int]] = {}
    for call in network.calls:
        if call.required:
            needed.setdefault(call.caller, []).append(call.callee)
    return tuple(
        demand.id
        for demand in network.demands
        if any(network.nodes[node].pool in dead for node in _reached(needed, demand.entry))
    )


def _reached(needed: dict[int, list[int]], entry: int) -> dict[int, None]:
    found = {entry: None}
    open_ends = [entry]
    while open_ends:
        for node in needed.get(open_ends.pop(), ()):
            if node not in found:
                found[node] = None
                open_ends.append(node)
    return found
