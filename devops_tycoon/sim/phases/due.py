"""Orders whose delay is over take effect."""

from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import order_of
from devops_tycoon.sim.values.world import World


def due(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Apply every pending order that is due, in the order in which they were placed."""
    if not any(pending.due <= world.tick for pending in world.pending):
        return world, ()
    facts: list[Fact] = []
    ripe = [pending for pending in world.pending if pending.due <= world.tick]
    world = replace(world, pending=tuple(pending for pending in world.pending if pending.due > world.tick))
    for pending in ripe:
        world, news = order_of(pending).apply(world, rules)
        facts.extend(news)
    return world, tuple(facts)
