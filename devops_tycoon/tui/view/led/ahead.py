"""What the model says of the shift that is planned, in the few numbers that the planning shows."""

from dataclasses import dataclass

from devops_tycoon.sim.forecast import forecast
from devops_tycoon.sim.growth import members_after
from devops_tycoon.sim.leading import Cliff
from devops_tycoon.sim.load import peak
from devops_tycoon.sim.quarter import bills, cliffs_ahead, weeks_passed
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World


@dataclass(frozen=True, slots=True)
class JourneyAhead:
    """A journey at the peak."""

    journey: str
    good: float
    slo: float
    p99_ms: float
    breaks: tuple[str, ...] = ()
    """What would take it below its objective if it failed alone."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The forecast of a plan. Nothing in it is a promise."""

    busy: tuple[tuple[str, float], ...]
    """(service, share of its workers that are busy at the peak), the busiest first."""
    journeys: tuple[JourneyAhead, ...]
    members: int
    bills: tuple[tuple[str, int], ...]
    cash_cents: int
    """On the morning of the shift."""
    cliffs: tuple[tuple[Cliff, int], ...]
    """What falls due, and in how many shifts."""
    ending: str
    """Why there would be no such morning; empty: there would."""


def ahead(world: World, rules: Rules) -> Ahead:
    """Return the forecast of a plan, from what is seen."""
    morning = weeks_passed(world, rules)[0]
    told = forecast(morning, rules, peak(morning, rules))
    good, p99 = dict(told.good), dict(told.p99_s)
    return Ahead(
        busy=tuple(sorted(told.busy, key=lambda item: -item[1])),
        journeys=tuple(JourneyAhead(j.id, good[j.id], j.slo, 1000 * p99[j.id]) for j in rules.journeys),
        members=members_after(world, rules),
        bills=bills(world, rules),
        cash_cents=morning.cash_cents,
        cliffs=cliffs_ahead(world, rules),
        ending=morning.ending,
    )
