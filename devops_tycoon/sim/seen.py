"""What the company can see of itself. Screens, bots and refusals use this, never the truth behind it."""

from dataclasses import replace

from devops_tycoon.sim.delivery import Delivery
from devops_tycoon.sim.dials import dial
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.watching import OBJECTIVES, Sight
from devops_tycoon.sim.world import World


def seen(world: World, rules: Rules) -> World:
    """Return the world without what nobody in it knows: which faults act, and which are suspected."""
    return replace(
        world,
        faults=(),
        tally=replace(world.tally, suspects=()),
        delivery=_delivery_seen(world),
        sight=Sight(sight_level(world, rules)),
        planned=tuple(seen(before, rules) for before in world.planned),
    )


def sight_level(world: World, rules: Rules) -> int:
    """Return the company's level of observability, 0 to 4; where there is nothing to lead, everything is seen."""
    leading = rules.scenario.leading
    return OBJECTIVES if leading is None else max(leading.seeing, int(dial(world, rules, "seeing")))


def _delivery_seen(world: World) -> Delivery:
    """Return the delivery without what nobody knows: which changes are bad."""
    delivery = world.delivery
    return replace(
        delivery,
        rollouts=tuple(replace(rollout, fault=0, faults=(), cards=()) for rollout in delivery.rollouts),
        live=tuple(replace(entry, faults=(), cards=()) for entry in delivery.live),
    )
