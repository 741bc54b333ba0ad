"""What comes in a shift: demand, spikes and scheduled faults."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import Shape


@dataclass(frozen=True, slots=True)
class Spike:
    """Demand multiplied for a while (times in seconds of the shift)."""

    at_s: float
    lasts_s: float
    times: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A window of a day that is played tick by tick."""

    id: str
    title: str
    day: str
    begins_s: int
    """Time of day in seconds."""
    ticks: int
    growth: float
    """Demand relative to the scenario's base."""
    weeks: int = 0
    """Calendar weeks that are planned before it."""
    members: int = 0
    """Members that there would be by then if nobody had a reason to leave; 0 = as many as before."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How many come for one journey: `rate` is requests per second at the peak of the shape."""

    journey: str
    rate: float
    shape: Shape
    from_s: float
    """A batch runs from here … (seconds of the shift)."""
    until_s: float
    spikes: tuple[Spike, ...]
    grows_pct: float = 0.0
    """Its growth per shift, on top of that of members and shifts."""


@dataclass(frozen=True, slots=True)
class Event:
    """A fault that the scenario schedules."""

    card: str
    shift: str
    """Empty: the first shift."""
    at_s: float
    jitter_s: float
    """It comes up to this much later; how much is rolled from the seed."""
    target: str
    lasts_s: float
    """0: as the card says."""
    chance: float = 1.0
    """Whether it comes at all is rolled from the seed."""
