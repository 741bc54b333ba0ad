"""Difficulty: what differs when an apprentice, an engineer or a principal plays the same scenario."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """The numbers of one difficulty. A scenario's own numbers are those of an engineer."""

    id: str
    trouble_later_s: float = 0.0
    """Scheduled faults come this much later in their shift (negative: earlier)."""
    cash: float = 1.0
    """Of the scenario's money at the start."""
    effort: float = 1.0
    """Of the engineer-weeks that a plan has."""
    demand: float = 1.0
    """Of the requests that come."""
    responders: int | None = None
    """Responders in a shift; None: as in the scenario."""
    uptime_floor: float | None = None
    uptime_target: float | None = None
    """Where the points for uptime begin and end; None: as the scenario says."""


ENGINEER = Level("engineer")

LEVELS: dict[str, Level] = {
    "apprentice": Level("apprentice", trouble_later_s=120.0, cash=1.25, effort=1.25, demand=0.9),
    "engineer": ENGINEER,
    "principal": Level("principal", trouble_later_s=-60.0, cash=0.9, effort=0.85, demand=1.05),
}
"""All difficulties, from easy to hard [design values: a fifth of headroom and a quarter of money more, or a little less
of both]; a scenario's table `[difficulty.apprentice]` changes single numbers."""
