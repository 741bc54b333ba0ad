"""How well the company sees, and whether what it sees with is broken."""

from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.failure import FailureMode
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.watching import BLIND, Held
from devops_tycoon.sim.values.world import World

TELEMETRY = "telemetry"
MONITORING = "monitoring"
"""What a card of that kind hits."""


def sight_level(world: World, rules: Rules) -> int:
    """Return the level of observability, 0 to 4; in a lesson it is 4."""
    return max(rules.scenario.company_mode.seeing, int(dial(world, rules, "seeing")))


def blinds(card: FailureMode) -> bool:
    """Say whether a card breaks the monitoring."""
    return any(effect.where == TELEMETRY for effect in card.effects)


def harms(card: FailureMode) -> bool:
    """Say whether a card hurts anything but the monitoring."""
    return any(effect.where != TELEMETRY for effect in card.effects)


def silent(world: World, rules: Rules) -> bool:
    """Say whether the monitoring is broken now."""
    return any(blinds(rules.failure[fault.card]) for fault in world.faults)


def alert_level(world: World, rules: Rules) -> int:
    """Return the level whose alerts work: none while the monitoring is broken."""
    return BLIND if silent(world, rules) else sight_level(world, rules)


def held(world: World) -> World:
    """Return the world with what its screens show from now on; what they showed before stays if they stand still."""
    if world.watch.held:
        return world
    return replace(world, watch=replace(world.watch, held=(Held(world.reading, world.tally),)))
