"""What nearly every rule is written with: the world and its parts, the tables of a game, dials, and times in ticks."""

from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import shift_of, ticks
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.faults import Fault
from devops_tycoon.sim.values.service import Service
from devops_tycoon.sim.values.units import FOREVER, WHOLE
from devops_tycoon.sim.values.world import World

__all__ = [
    "FOREVER", "WHOLE", "Fact", "Fault", "News", "Rules", "Service", "World", "dial", "replace", "shift_of", "ticks",
]  # fmt: skip

News = tuple[World, tuple[Fact, ...]]
"""What a rule returns: the world after it, and what it tells."""
