"""What acts on a world for a while: faults, and measures against them."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import MeasureVerb
from devops_tycoon.sim.values.units import WHOLE


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure card that acts now. It edits nothing; numbers in effect are computed from it."""

    id: int
    card: str
    target: str
    """A service's id, or a zone's letter."""
    began: int
    ends: int
    """Tick, or FOREVER: until cured."""
    share: int = WHOLE
    """Parts per million of its target that it acts on: a new version that a few replicas have."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A countermeasure, active until it is undone or the shift ends."""

    verb: MeasureVerb
    """The order that began it."""
    target: str
    """A zone's letter, a journey, a capability or a store."""
    share: int
    """Parts per million of it."""
    since: int
