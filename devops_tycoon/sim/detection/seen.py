"""What the company can see of itself. Screens, bots and refusals use this, never the truth behind it."""

from dataclasses import fields

from devops_tycoon.sim.detection.averages import averaged, with_columns
from devops_tycoon.sim.detection.eyes import sight_level, silent
from devops_tycoon.sim.detection.response import seen_over
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import empty
from devops_tycoon.sim.flow.state import Reading
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.delivery import Delivery
from devops_tycoon.sim.values.tally import Incident, JourneyTally, Loss, Tally
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.watching import AVERAGES, PERCENTILES, TRACES, Held, Sight, Watch
from devops_tycoon.sim.values.world import World

OF_LINKS = (
    "attempts", "timeouts", "call_rejected", "errors", "call_mean_s", "attempt_fail", "quick_fail", "dead_letters",
    "hit", "joined", "grant", "passing", "overload", "down", "node_errors", "lost_calls", "call_errors", "slow_calls",
    "shedding", "open_calls", "full_bulkheads", "stale_calls", "slow_entries",
)  # fmt: skip
"""Columns of the reading that only traces tell: single links, and where a request failed first."""


def seen(world: World, rules: Rules) -> World:
    """Return the world without what nobody in it knows: which faults act, what they did, what nobody measures."""
    planned = tuple(seen(before, rules) for before in world.planned)
    tally = replace(world.tally, suspects=())
    if not rules.scenario.company_mode.observes:
        return replace(world, faults=(), tally=tally, sight=Sight(), planned=planned)
    level = sight_level(world, rules)
    held = world.watch.held if silent(world, rules) else ()
    reading, measured = _reading(world, level, held)
    known = replace(world, faults=(), reading=reading, planned=planned)
    return replace(
        known,
        tally=_tally(world, rules, level, held),
        sight=Sight(level, frozen=_suspicious(world, held), measured=measured),
        flow=empty(network_in_effect(known, rules)),
        delivery=_delivery(world.delivery),
        watch=Watch(pages=world.watch.pages, alerts=world.watch.alerts, probes=world.watch.probes),
    )


def _delivery(delivery: Delivery) -> Delivery:
    """Return the delivery without what nobody knows: which changes are bad."""
    return replace(
        delivery,
        rollouts=tuple(replace(rollout, fault=0, faults=(), cards=()) for rollout in delivery.rollouts),
        live=tuple(replace(entry, faults=(), cards=()) for entry in delivery.live),
    )


def _suspicious(world: World, held: tuple[Held, ...]) -> bool:
    """Say whether the company knows that its metrics are frozen: something else reports an incident."""
    if not held or not world.tally.incidents:
        return False
    last = world.tally.incidents[-1]
    return last.mitigated == FOREVER and last.how in ("probe", "complaints")


def _reading(world: World, level: int, held: tuple[Held, ...]) -> tuple[Reading, bool]:
    """Return the numbers as the level shows them, and whether there are any."""
    now = world.reading
    blank = with_columns(now, {f.name: _zeros(getattr(now, f.name)) for f in fields(now) if f.name != "clock"})
    if level < AVERAGES:
        return blank, False
    if level < PERCENTILES:
        means = averaged(world, blank)
        return means or blank, means is not None
    if held:
        now = held[0].reading
        if len(now.arrivals) != len(blank.arrivals) or len(now.attempts) != len(blank.attempts):
            return blank, False  # the services were changed since the monitoring broke
    if level < TRACES:
        now = with_columns(now, {name: getattr(blank, name) for name in OF_LINKS})
    return now, True


def _zeros(values: tuple[float, ...]) -> tuple[float, ...]:
    return (0.0,) * len(values)


def _tally(world: World, rules: Rules, level: int, held: tuple[Held, ...]) -> Tally:
    """Return the score that is kept, as far as the level counts."""
    shown = held[0].tally if held else world.tally
    journeys = shown.journeys
    if level < PERCENTILES:
        known = world.watch.known if level >= AVERAGES else ()
        journeys = tuple(_averaged(journey, known, number) for number, journey in enumerate(journeys))
    return replace(
        world.tally,
        suspects=(),
        journeys=journeys,
        ledger=_ledger(shown.ledger, level),
        peaks=shown.peaks if level >= AVERAGES else tuple(replace(p, running=0, highest=0) for p in world.tally.peaks),
        recent=shown.recent if level >= PERCENTILES else (),
        incidents=tuple(_incident(world, rules, incident) for incident in world.tally.incidents),
    )


def _averaged(journey: JourneyTally, known: tuple[JourneyTally, ...], number: int) -> JourneyTally:
    """Return what averages know of a journey: how many were answered; neither late nor degraded ones."""
    none = (0,) * len(journey.latencies)
    if not known:
        return JourneyTally(journey.journey, 0, 0, 0, 0, none)
    then = known[number]
    return JourneyTally(then.journey, then.valid, then.good + then.late, 0, 0, none)


def _ledger(ledger: tuple[Loss, ...], level: int) -> tuple[Loss, ...]:
    """Return the causes of losses that logs tell, with the guilty link where there are traces; never the fault."""
    if level < PERCENTILES:
        return ()
    lines: dict[tuple[str, str], int] = {}
    for line in ledger:
        where = line.where if level >= TRACES or "→" not in line.where else ""
        lines[line.cause, where] = lines.get((line.cause, where), 0) + line.bad
    return tuple(Loss(cause, where, "", bad) for (cause, where), bad in lines.items())


def _incident(world: World, rules: Rules, incident: Incident) -> Incident:
    """Return an incident as the company knows it: since it was noticed, and over when that is known.

    After its shift the review has found out what was behind it.
    """
    if world.phase != "shift" or incident.detected < world.shift_began:
        return incident
    over = incident.mitigated if seen_over(world, rules, incident) else FOREVER
    return replace(incident, fault="", began=incident.detected, mitigated=over, bad=0)


__all__ = ["seen", "sight_level"]
