"""The tally: the part of a world that keeps score, in integers."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import Signal
from devops_tycoon.sim.values.delivery import Deployment
from devops_tycoon.sim.values.units import FOREVER


@dataclass(frozen=True, slots=True)
class JourneyTally:
    """Micro-requests of one journey since the start."""

    journey: str
    valid: int
    good: int
    degraded: int
    late: int
    latencies: tuple[int, ...]
    """Micro-requests by latency bucket (`sim.score.latencies`)."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A line of the loss ledger: micro-requests that were bad for one cause."""

    cause: str
    where: str
    fault: str
    bad: int


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as the company saw it."""

    id: int
    fault: str
    began: int
    detected: int
    mitigated: int
    """FOREVER while it is open."""
    bad: int
    """Micro-requests lost in it."""
    how: Signal = ""
    """How it was noticed."""
    acknowledged: int = FOREVER
    """The tick at which it was acknowledged."""
    updated: int = -1
    """The tick of the last word to the members; −1: none yet."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The busiest window of one service, in parts per million of its workers."""

    service: str
    running: int
    """Sum over the ticks of the window that is under way."""
    highest: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The part of the world that keeps score. Integers only."""

    journeys: tuple[JourneyTally, ...]
    ledger: tuple[Loss, ...]
    incidents: tuple[Incident, ...]
    peaks: tuple[Peak, ...]
    recent: tuple[tuple[int, int], ...]
    """(valid, bad) micro-requests of each tick of the last minute."""
    suspects: tuple[str, ...]
    """Cards of the faults since members were last served well: an incident that outlives them is theirs."""
    orders: int
    deploys: int
    deployments: tuple[Deployment, ...] = ()
    """Every deploy in company mode, oldest first; for the DORA metrics."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """An act of a campaign that was played to its end, with all that was counted in it."""

    scenario: str
    tick: int
    """When it ended."""
    tally: Tally
