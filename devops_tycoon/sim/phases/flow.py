"""The physics of the tick: demand in, readings out."""

from devops_tycoon.sim.basis import News, Rules, World, replace
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import advance
from devops_tycoon.sim.operations.measures import admitted


def flow(world: World, rules: Rules) -> News:
    """Advance queues and workers by one tick under the numbers in effect."""
    state, reading = advance(network_in_effect(world, rules), world.flow, admitted(world, rules))
    return replace(world, flow=state, reading=reading), ()
