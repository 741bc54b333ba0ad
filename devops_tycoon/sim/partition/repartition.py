"""A changed partition: requests under way stay where they are, readings take the new shape."""

from devops_tycoon.sim.basis import Rules, World, replace
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import advance, carry


def repartitioned(before: World, after: World, rules: Rules) -> World:
    """Return `after`, whose services differ, with the flow of `before` carried over."""
    flow = carry(network_in_effect(before, rules), before.flow, network_in_effect(after, rules))
    return at_rest(replace(after, flow=flow), rules)


def at_rest(world: World, rules: Rules) -> World:
    """Return the world with the readings of a tick in which nobody came; its flow does not move."""
    network = network_in_effect(world, rules)
    _, reading = advance(network, world.flow, (0.0,) * len(network.demands))
    return replace(world, reading=reading)
