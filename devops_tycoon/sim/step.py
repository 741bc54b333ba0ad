"""One tick of the game: orders first, then the phases in their order. To understand the game, read the phases."""

from collections.abc import Callable, Iterable

from devops_tycoon.sim.detection.response import responded
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.obey import obey
from devops_tycoon.sim.phases.alarms import alarms, measured_alarms
from devops_tycoon.sim.phases.autoscale import autoscale
from devops_tycoon.sim.phases.delivery import delivery
from devops_tycoon.sim.phases.due import due
from devops_tycoon.sim.phases.faults import faults
from devops_tycoon.sim.phases.flow import flow
from devops_tycoon.sim.phases.incidents import incidents
from devops_tycoon.sim.phases.money import money
from devops_tycoon.sim.phases.people import people
from devops_tycoon.sim.phases.shifts import shifts, shifts_of_quarters
from devops_tycoon.sim.phases.tally import tally
from devops_tycoon.sim.phases.trust import trust
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import Placed
from devops_tycoon.sim.values.world import World

RULES = "1"
"""Version of the rules: a replay is played by the version that recorded it."""

Phase = Callable[[World, Rules], tuple[World, tuple[Fact, ...]]]

LESSON_PHASES: tuple[Phase, ...] = (
    due,  # orders whose delay is over
    faults,  # what breaks and what ends
    flow,  # the physics: demand, queues, workers, timeouts, retries
    tally,  # good and bad requests, each bad one with its cause
    alarms,  # services that fail
    incidents,  # too many failed requests
    autoscale,  # replicas follow the load
    money,  # rent
    shifts,  # the end of a shift, and of the game
)
COMPANY_PHASES: tuple[Phase, ...] = (
    due,
    delivery,  # changes become ready, rollouts take their next step
    faults,
    flow,
    tally,
    measured_alarms,  # what monitoring, probes and complaints report
    responded,  # incidents open when they are noticed
    trust,  # what members think of failures
    people,  # what pages and incidents cost the team
    autoscale,
    money,
    shifts_of_quarters,
)


def phases_of(rules: Rules) -> tuple[Phase, ...]:
    """Return the phases of a tick, in their order."""
    return COMPANY_PHASES if rules.scenario.in_company_mode else LESSON_PHASES


def step(world: World, placed: Iterable[Placed], rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Obey the orders and play one tick of a running shift."""
    facts: list[Fact] = []
    for order in placed:
        world, news = obey(world, rules, order)
        facts.extend(news)
    for phase in phases_of(rules):
        world, news = phase(world, rules)
        facts.extend(news)
    return replace(world, tick=world.tick + 1), tuple(facts)
