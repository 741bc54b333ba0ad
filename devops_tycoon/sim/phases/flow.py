"""The physics of the tick: demand in, readings out."""

from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import advance
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.operations.measures import admitted
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.world import World


def flow(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Advance queues and workers by one tick under the numbers in effect."""
    state, reading = advance(network_in_effect(world, rules), world.flow, admitted(world, rules))
    return replace(world, flow=state, reading=reading), ()
