"""When faults come: as scheduled, or by hazard."""

from devops_tycoon.sim.basis import FOREVER, Rules, World, dial, ticks
from devops_tycoon.sim.faults.strike import possible
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.rules.failure import FailureMode
from devops_tycoon.sim.rules.shift import Event


def onset(world: World, rules: Rules, number: int, event: Event) -> int:
    """Return the tick at which a scheduled event begins in its shift, or FOREVER in other shifts."""
    shifts = rules.scenario.shifts
    if shifts[min(world.shift, len(shifts) - 1)].id != (event.shift or shifts[0].id):
        return FOREVER
    if roll(world.seed, 0, "comes", number, world.shift) >= event.chance:
        return FOREVER
    late_s = event.jitter_s * roll(world.seed, 0, "event", number)
    return world.shift_began + ticks(event.at_s + late_s, rules)


def odds(world: World, rules: Rules, card: FailureMode) -> float:
    """Return the probability that a card comes in this hour, with what practices make of it."""
    return hazard(world, card) * (dial(world, rules, card.dial) if card.dial else 1.0)


def hazard(world: World, card: FailureMode) -> float:
    """Return the probability that a card comes in this simulated hour."""
    chance = card.per_hour if possible(world, card) else 0.0
    if "fleet" in card.factors:
        chance *= float(sum(service.replicas for service in world.services))
    if "load" in card.factors:
        chance *= max(world.reading.utilisation, default=0.0)
    return min(1.0, chance)
