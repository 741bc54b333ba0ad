"""What the company can see of itself. Screens, bots and refusals use this, never the truth behind it."""

from dataclasses import replace

from devops_tycoon.sim.world import World


def seen(world: World) -> World:
    """Return the world without what nobody in it knows: which faults act, and which are suspected.

    Every lesson so far is played with full observability (level 4), so all numbers are as measured.
    """
    return replace(
        world,
        faults=(),
        tally=replace(world.tally, suspects=()),
        planned=tuple(seen(before) for before in world.planned),
    )
