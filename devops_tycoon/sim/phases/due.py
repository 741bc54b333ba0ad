"""Orders whose delay is over take effect."""

from devops_tycoon.sim.basis import Fact, News, Rules, World, replace
from devops_tycoon.sim.values.order import order_of


def due(world: World, rules: Rules) -> News:
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
