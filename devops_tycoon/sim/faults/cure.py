"""Cures: an order ends the faults that its kind can end."""

from devops_tycoon.sim.basis import Fact, News, Rules, World, replace
from devops_tycoon.sim.rules.failure import FailureMode


def begun_again(world: World, rules: Rules, target: str) -> World:
    """Set the clock back of what grows in the memory of a version that is restarted; the version still has it."""
    faults = tuple(
        replace(f, began=world.tick) if f.target == target and _grows(rules.failure[f.card]) else f
        for f in world.faults
    )
    return world if faults == world.faults else replace(world, faults=faults)


def _grows(card: FailureMode) -> bool:
    return card.deploys and any(effect.ramp_s > 0 for effect in card.effects)


def cured_by(world: World, rules: Rules, verb: str, target: str) -> News:
    """End every fault on the target that says it ends when this verb is ordered."""
    cured = [f for f in world.faults if f.target == target and rules.failure[f.card].ends_when == verb]
    if not cured:
        return world, ()
    left = tuple(fault for fault in world.faults if fault not in cured)
    facts = tuple(Fact("cured", f"{rules.failure[f.card].title} on {f.target}: cured.", f.target) for f in cured)
    return replace(world, faults=left), facts
