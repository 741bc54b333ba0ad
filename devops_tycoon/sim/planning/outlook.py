"""The outlook: what the model says of the coming peak, from what can be seen. Nothing in it is a promise.

The company as it will be on the morning of the shift (bills paid, ripe projects in effect) meets the demand that is to
be expected at the busiest moment, and the flow is followed from empty until it is steady.
"""

from dataclasses import dataclass
from functools import lru_cache

from devops_tycoon.sim.basis import Rules, World, dial, replace, shift_of
from devops_tycoon.sim.demand.demand import CROWD, grown, per_member, shape
from devops_tycoon.sim.demand.growth import Growth, growth
from devops_tycoon.sim.detection.seen import seen
from devops_tycoon.sim.effects.graph import SinglePoint, call_order, single_points
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import advance, empty
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.money.refunds import refund_cents
from devops_tycoon.sim.planning.quarter import bills, cliffs_ahead, weeks_passed
from devops_tycoon.sim.practices.dials import DIALS
from devops_tycoon.sim.rules.company_mode import Cliff
from devops_tycoon.sim.rules.shift import Shift
from devops_tycoon.sim.score.latencies import COUNT, percentile_ms, spread

TICKS, COUNTED = 100, 30
"""Ticks of the model that are played, and of them those at the end that count."""
SHORTEST_S = 4.0
"""Of such a tick: seven minutes are enough for queues to find their length."""
_DAY_S, _LOOK_S = 86_400, 120
"""Every two minutes of the shift's first day are looked at: the others repeat it."""
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class PoolOutlook:
    """What is to be expected of a service at the peak."""

    service: str
    utilisation: float
    waiting: float
    """Requests in the queue."""


@dataclass(frozen=True, slots=True)
class JourneyOutlook:
    """What is to be expected of a journey at the peak."""

    journey: str
    rate: float
    """Requests per second."""
    good: float
    """Share of the requests."""
    p99_ms: float
    breaks: tuple[SinglePoint, ...]
    """What would take it below its SLO if it failed alone."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast of a plan."""

    shift: Shift
    members: int
    growth: Growth
    band: float
    """How far off demand may be, up or down, as a share."""
    pools: tuple[PoolOutlook, ...]
    journeys: tuple[JourneyOutlook, ...]
    bills: tuple[tuple[str, int], ...]
    cash_cents: int
    """On the morning of the shift."""
    cliffs: tuple[tuple[Cliff, int], ...]
    """What is announced to fall due, and in how many shifts."""
    refund_cents: int
    """Paid back if the shift breaks its promise."""
    ending: str
    """Why there would be no such morning; empty: there would."""


def outlook(world: World, rules: Rules) -> Outlook:
    """Return what is to be expected of the shift that is planned (or played), if nothing breaks."""
    world = seen(world, rules)
    planning = world.phase == "planning"
    foretold = bills(world, rules) if planning else ()
    morning = weeks_passed(world, rules)[0] if planning else world
    demand = peak_demand(morning, rules)
    pools, journeys = _steady(network_in_effect(morning, rules), demand)
    points = _points(morning, rules, demand)
    return Outlook(
        shift=shift_of(world, rules),
        members=morning.business.members,
        growth=growth(world, rules) if planning else Growth(0, 0),
        band=band(world, rules),
        pools=tuple(PoolOutlook(s.id, *pool) for s, pool in zip(morning.services, pools, strict=False)),
        journeys=tuple(
            JourneyOutlook(journey.id, rate, good, p99_ms, breaks)
            for journey, rate, (good, p99_ms), breaks in zip(rules.journeys, demand, journeys, points, strict=True)
        ),
        bills=foretold,
        cash_cents=morning.cash_cents,
        cliffs=cliffs_ahead(world, rules) if planning else (),
        refund_cents=refund_cents(morning, rules),
        ending=morning.ending,
    )


def band(world: World, rules: Rules) -> float:
    """Return how far off the expected demand may be: days differ, and a company may know less than that."""
    return dial(world, rules, "forecast_error") if "forecast_error" in DIALS else CROWD / 2


def peak_demand(world: World, rules: Rules) -> tuple[float, ...]:
    """Return the requests per second of each of `rules.journeys` at the moment of the shift with the most work.

    What this day will have more or less of than others (`demand.CROWD`) is not known before.
    """
    shift = shift_of(world, rules)
    lasts_s = shift.ticks * rules.scenario.tick_s
    times = [float(at) for at in range(0, min(lasts_s, _DAY_S), _LOOK_S)]
    times += [at for d in rules.scenario.demands for at in (d.from_s, *[s.at_s for s in d.spikes]) if at < lasts_s]
    below = _work_ms(rules)
    work = [below[journey.entry] for journey in rules.journeys]
    crowded, best, most = per_member(world, rules), (0.0,) * len(rules.journeys), -1.0
    for at_s in sorted(times):
        rates = tuple(
            [
                rules.demand[j.id].rate
                * crowded
                * shift.growth
                * grown(rules.demand[j.id], world.shift)
                * _level(world, rules, shift, j.id, at_s)
                for j in rules.journeys
            ]
        )
        busy = 0.0
        for rate, ms in zip(rates, work, strict=True):
            busy += rate * ms
        if busy > most:
            best, most = rates, busy
    return best


def _level(world: World, rules: Rules, shift: Shift, journey: str, at_s: float) -> float:
    if rules.trace:
        return rules.trace[min(world.shift_began + int(at_s) // rules.scenario.tick_s, len(rules.trace) - 1)]
    return shape(rules.demand[journey], shift, at_s)


def _work_ms(rules: Rules) -> dict[str, float]:
    """Return the work for one request of each capability, all that it calls included."""
    total: dict[str, float] = {}
    for name in reversed(call_order(rules)):
        own = rules.capability[name]
        total[name] = own.work_ms
        for call in own.calls:
            total[name] += call.per_request * total.get(call.to, 0.0)
    return total


@lru_cache(maxsize=32)
def _steady(
    network: Network, demand: tuple[float, ...]
) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float], ...]]:
    """Return (utilisation, waiting) of each pool and (share of good, p99 in ms) of each demand once all is steady."""
    network = replace(network, tick_s=max(SHORTEST_S, network.tick_s))
    state = empty(network)
    busy, waiting = [0.0] * len(network.pools), [0.0] * len(network.pools)
    valid, good = [0.0] * len(demand), [0.0] * len(demand)
    times = [(0,) * (COUNT + 1) for _ in demand]
    for number in range(TICKS):
        state, reading = advance(network, state, demand)
        if number < TICKS - COUNTED:
            continue
        for i, (share, inside, slots) in enumerate(
            zip(reading.utilisation, reading.in_system, reading.slots, strict=True)
        ):
            busy[i] += share / COUNTED
            waiting[i] += max(0.0, inside - slots) / COUNTED
        for i, count in enumerate(reading.valid):
            valid[i] += count
            good[i] += reading.good[i]
            times[i] = spread(times[i], round(count * _MICRO), reading.request_s[i], reading.request_var_s2[i])
    return (
        tuple(zip(busy, waiting, strict=True)),
        tuple((g / v if v > 0 else 1.0, percentile_ms(t, 0.99)) for g, v, t in zip(good, valid, times, strict=True)),
    )


_MEMO = 8
_memo: list[tuple[tuple[object, ...], tuple[tuple[SinglePoint, ...], ...]]] = []


def _points(world: World, rules: Rules, demand: tuple[float, ...]) -> tuple[tuple[SinglePoint, ...], ...]:
    """Return which single failure breaks which journey; what was worked out lately is remembered by its values."""
    network = network_in_effect(world, rules)
    slos = tuple([journey.slo for journey in rules.journeys])
    key = (network, world.services, rules.scenario.zones, demand, slos)
    for known, points in _memo:
        if known == key:
            return points
    found = single_points(world, rules, demand)
    _memo.append((key, found))
    del _memo[:-_MEMO]
    return found
