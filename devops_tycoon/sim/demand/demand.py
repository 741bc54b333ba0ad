"""Demand: how many requests arrive in this tick, journey by journey."""

from devops_tycoon.sim.basis import Rules, World, dial, shift_of
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.numerics.noise import poisson
from devops_tycoon.sim.rules.shift import Demand, Shift
from devops_tycoon.sim.timing.clock import in_shift_s

DAY = (
    0.62, 0.45, 0.33, 0.25, 0.21, 0.20, 0.20, 0.22, 0.26, 0.30, 0.34, 0.38,
    0.42, 0.45, 0.48, 0.52, 0.58, 0.66, 0.77, 0.90, 0.98, 1.00, 0.95, 0.80,
)  # fmt: skip
"""Demand of a video service by local hour, peak 1: a design value with the published 5:1 of peak to trough."""

CROWD = 0.06
"""How much days differ: a seed's shift has between 3% less and 3% more than planned [design value]."""

TEST_S = 60
"""How long a load test takes [design value]."""


def day_curve(time_s: float) -> float:
    """Return the demand at a time of day relative to the day's peak, linear between whole hours."""
    hour = int(time_s // 3600)
    share = time_s / 3600 - hour
    return DAY[hour % 24] * (1 - share) + DAY[(hour + 1) % 24] * share


def shape(demand: Demand, shift: Shift, at_s: float) -> float:
    """Return demand relative to its rate at a moment of a shift (seconds since it began)."""
    if demand.shape == "batch":
        level = 1.0 if demand.from_s <= at_s < demand.until_s else 0.0
    elif demand.shape == "day":
        level = day_curve(shift.begins_s + at_s)
    else:
        level = 1.0
    for spike in demand.spikes:
        if spike.at_s <= at_s < spike.at_s + spike.lasts_s:
            level *= spike.times
    return level


def tested(world: World, rules: Rules, at_s: float) -> float:
    """Return what a load test adds to the demand now, relative to it: a minute, after a tenth of the shift."""
    begins_s = shift_of(world, rules).ticks * rules.scenario.tick_s / 10
    return dial(world, rules, "load_test") if begins_s <= at_s < begins_s + TEST_S else 0.0


def grown(demand: Demand, shift: int) -> float:
    """Return how many times its first rate a journey of its own growth has in a shift."""
    times = 1.0
    for _ in range(shift):
        times *= 1.0 + demand.grows_pct / 100
    return times


def rates(world: World, rules: Rules) -> tuple[float, ...]:
    """Return the requests per second of each of `rules.journeys` that come in this tick.

    They are a Poisson number around what is expected, from dice keyed by journey and tick; a trace has its own noise.
    """
    likely = expected(world, rules)
    if rules.trace:
        return likely
    tick_s = rules.scenario.tick_s
    return tuple(
        [
            poisson(rate * tick_s, roll(world.seed, world.tick, "come", journey.id)) / tick_s
            for rate, journey in zip(likely, rules.journeys, strict=True)
        ]
    )


def expected(world: World, rules: Rules) -> tuple[float, ...]:
    """Return the requests per second that are to be expected at the middle of this tick, per journey."""
    shift = shift_of(world, rules)
    at_s = in_shift_s(world, rules) + rules.scenario.tick_s / 2
    crowd = 1.0 + CROWD * (roll(world.seed, 0, "crowd", world.shift) - 0.5)
    crowded = per_member(world, rules)
    result = []
    for journey in rules.journeys:
        demand = rules.demand[journey.id]
        if rules.trace:
            level = rules.trace[min(world.tick, len(rules.trace) - 1)]
        else:
            level = shape(demand, shift, at_s) * crowd * (1.0 + tested(world, rules, at_s))
        result.append(demand.rate * crowded * shift.growth * grown(demand, world.shift) * level)
    return tuple(result)


def per_member(world: World, rules: Rules) -> float:
    """Return the factor by which members make demand more or less: `Demand.rate` is that of the start's members.

    In company mode requests = rate × members now ÷ members at the start × the shift's growth × shape:
    growth is left for what has nothing to do with their number, such as a holiday or a film that everybody watches.
    """
    at_first = rules.scenario.company_mode.members
    return world.business.members / at_first if at_first else 1.0
