"""Countermeasures, active until undone. Their effects are computed; nothing is edited."""

from devops_tycoon.sim.basis import FOREVER, WHOLE, Fault, Rules, World, replace, ticks
from devops_tycoon.sim.demand.demand import rates
from devops_tycoon.sim.kinds import MeasureVerb
from devops_tycoon.sim.values.faults import Measure
from devops_tycoon.sim.values.tally import Incident

REPLICATED = "data"
"""The family of failures that a standby has too: it copies every byte, the wrong ones as well."""


def only_in_a_shift(world: World) -> str | None:
    """Return the sentence that refuses outside a shift what is done only in one, or None."""
    return None if world.phase == "shift" else "That is for a shift: begin it first."


def only_in_a_plan(world: World) -> str | None:
    """Return the sentence that refuses in a shift what is done only while planning, or None."""
    return None if world.phase == "planning" else "That is decided while planning."


def in_force(world: World, verb: MeasureVerb, target: str) -> Measure | None:
    """Return the measure that an order began on a target, or None."""
    for measure in world.measures:
        if measure.verb == verb and measure.target == target:
            return measure
    return None


def begun(world: World, verb: MeasureVerb, target: str, share: int = WHOLE) -> World:
    """Return the world with a measure; one of the same kind on the same target is replaced."""
    return replace(
        ended(world, verb, target),
        measures=(*ended(world, verb, target).measures, Measure(verb, target, share, world.tick)),
    )


def ended(world: World, verb: MeasureVerb, target: str) -> World:
    """Return the world without a measure."""
    return replace(world, measures=tuple(m for m in world.measures if (m.verb, m.target) != (verb, target)))


def taken_over(world: World, rules: Rules, fault: Fault) -> bool:
    """Say whether a fault acts on a primary whose standby has taken over since."""
    measure = in_force(world, "failover", fault.target)
    return measure is not None and fault.began < measure.since and rules.failure[fault.card].family != REPLICATED


def shed_shares(world: World, rules: Rules) -> tuple[float, ...]:
    """Return the share of each journey's users that is turned away at the door."""
    found = [in_force(world, "shed", journey.id) for journey in rules.journeys]
    return tuple(measure.share / WHOLE if measure else 0.0 for measure in found)


def admitted(world: World, rules: Rules) -> tuple[float, ...]:
    """Return the requests per second of each journey that are let in during this tick."""
    come = rates(world, rules)
    if not any(measure.verb == "shed" for measure in world.measures):
        return come
    return tuple(rate * (1.0 - share) for rate, share in zip(come, shed_shares(world, rules), strict=True))


def turned_away(world: World, rules: Rules) -> tuple[float, ...]:
    """Return the requests of each journey that are refused at the door during this tick; they do not try again."""
    if not any(measure.verb == "shed" for measure in world.measures):
        return (0.0,) * len(rules.journeys)
    tick_s = rules.scenario.tick_s
    shares = shed_shares(world, rules)
    return tuple(rate * share * tick_s for rate, share in zip(rates(world, rules), shares, strict=True))


def open_incident(world: World) -> Incident | None:
    """Return the incident that is not over, or None; there is one at a time."""
    last = world.tally.incidents[-1] if world.tally.incidents else None
    return last if last is not None and last.mitigated == FOREVER else None


def with_incident(world: World, changed: Incident) -> World:
    """Return the world with one incident replaced by a new value of the same number."""
    found = tuple(changed if incident.id == changed.id else incident for incident in world.tally.incidents)
    return replace(world, tally=replace(world.tally, incidents=found))


def failed_share(world: World) -> float:
    """Return the share of the last minute's requests that failed, those shed on purpose aside."""
    valid, bad = sum(v for v, _ in world.tally.recent), sum(b for _, b in world.tally.recent)
    return bad / valid if valid else 0.0


def recently(world: World, rules: Rules, tick: int, seconds: float) -> bool:
    """Say whether a tick lies at most so many seconds back."""
    return tick >= 0 and world.tick - tick < ticks(seconds, rules)
