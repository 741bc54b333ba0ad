"""Members lose trust while they are failed, and win it back slowly."""

from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World


def trust(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG001
    """Change nothing yet."""
    return world, ()
