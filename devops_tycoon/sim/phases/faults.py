"""Faults begin (as scheduled, or by hazard) and end."""

from dataclasses import replace

from devops_tycoon.sim.architecture.doors import BALANCER, CDN
from devops_tycoon.sim.architecture.places import ACCOUNT, HOME
from devops_tycoon.sim.detection.eyes import MONITORING, blinds, held
from devops_tycoon.sim.numerics.dice import pick, roll
from devops_tycoon.sim.operations.control import CONTROL_PLANE
from devops_tycoon.sim.operations.services import find, owner_of, with_service
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Event, FailureMode, Rules
from devops_tycoon.sim.timing.clock import ticks
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.world import FOREVER, Fault, World

STANDING = {"region": HOME, "account": ACCOUNT, "balancer": BALANCER, "cdn": CDN, "control": CONTROL_PLANE}
"""Kinds of targets of which there is one, and its name."""


def faults(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """End what is over, then begin what is scheduled for this tick and what the hazard dice bring."""
    facts: list[Fact] = []
    over = [fault for fault in world.faults if fault.ends <= world.tick]
    if over:
        world = replace(world, faults=tuple(fault for fault in world.faults if fault.ends > world.tick))
        facts.extend(
            Fact("cured", f"{rules.failure[f.card].title} on {f.target} is over.", f.target, hidden=True) for f in over
        )
    for number, event in enumerate(rules.scenario.events):
        if onset(world, rules, number, event) == world.tick:
            world, news = strike(world, rules, rules.failure[event.card], _home(world, event.target), event.lasts_s)
            facts.extend(news)
    if rules.scenario.hazards and world.tick * rules.scenario.tick_s % 3600 < rules.scenario.tick_s:
        delivers = rules.scenario.leading is not None and rules.scenario.leading.changes_per_week > 0
        for card in rules.failures:
            if card.deploys and delivers:
                continue  # versions come from the company's own changes
            if card.per_hour > 0 and roll(world.seed, world.tick, "hazard", card.id) < _odds(world, rules, card):
                world, news = strike(world, rules, card, "", 0.0)
                facts.extend(news)
    return world, tuple(facts)


def _home(world: World, target: str) -> str:
    """Return the service that a scheduled target is in by now: a capability may have been split off or merged."""
    home = owner_of(world, target) if find(world, target) is None else None
    return home.id if home else target


def onset(world: World, rules: Rules, number: int, event: Event) -> int:
    """Return the tick at which a scheduled event begins in its shift, or FOREVER in other shifts."""
    shifts = rules.scenario.shifts
    if shifts[min(world.shift, len(shifts) - 1)].id != (event.shift or shifts[0].id):
        return FOREVER
    if roll(world.seed, 0, "comes", number, world.shift) >= event.chance:
        return FOREVER
    late_s = event.jitter_s * roll(world.seed, 0, "event", number)
    return world.shift_began + ticks(event.at_s + late_s, rules)


def _odds(world: World, rules: Rules, card: FailureMode) -> float:
    """Return the probability that a card comes in this hour, with what practices make of it."""
    return hazard(world, card) * (dial(world, rules, card.dial) if card.dial else 1.0)


def hazard(world: World, card: FailureMode) -> float:
    """Return the probability that a card comes in this simulated hour."""
    chance = card.per_hour if possible(world, card) else 0.0
    if "fleet" in card.factors:
        chance *= float(sum(service.replicas for service in world.services))
    if "load" in card.factors:
        chance *= max(world.reading.utilisation, default=0.0)
    return min(1.0, chance)


def possible(world: World, card: FailureMode) -> bool:
    """Say whether the company has what a card acts on."""
    return not card.needs or any(adopted.practice in card.needs for adopted in world.practices)


def strike(
    world: World, rules: Rules, card: FailureMode, target: str, lasts_s: float
) -> tuple[World, tuple[Fact, ...]]:
    """Let a card act from this tick on; an empty target is picked as the card says."""
    target = MONITORING if blinds(card) else target or _pick(world, rules, card)
    if not target or not possible(world, card):
        return world, ()
    seconds = (lasts_s or card.lasts_s) * (dial(world, rules, card.dial, target) if card.dial else 1.0)
    if card.restored:
        seconds *= dial(world, rules, "restore")
    ends = world.tick + max(1, ticks(seconds, rules)) if seconds > 0 else FOREVER
    fault = Fault(world.next_fault, card.id, target, world.tick, ends)
    world = replace(world, faults=(*world.faults, fault), next_fault=world.next_fault + 1)
    facts = [Fact("fault", f"{card.title} on {target} begins.", target, bad=True, hidden=True)]
    if blinds(card) and rules.scenario.leading is not None:
        world = held(world)
    service = find(world, target)
    if card.deploys and service is not None:
        world = with_service(world, replace(service, version=service.version + 1))
        world = replace(world, tally=replace(world.tally, deploys=world.tally.deploys + 1))
        facts.append(Fact("deploy", f"{target}: version {service.version + 1} was deployed.", target))
    return world, tuple(facts)


def _pick(world: World, rules: Rules, card: FailureMode) -> str:
    """Choose a target among those that the card can hit."""
    if card.target_kind == "zone":
        return "abcdefgh"[pick(world.seed, world.tick, rules.scenario.zones, "zone", card.id)]
    if card.target_kind in STANDING:
        return STANDING[card.target_kind]
    having = {adopted.target for adopted in world.practices if adopted.practice in card.needs}
    able = [
        number
        for number, s in enumerate(world.services)
        if card.target_kind in ("any", s.kind) and (not card.needs or "" in having or s.id in having)
    ]
    if not able:
        return ""
    if card.pick == "busiest":
        best = max(able, key=lambda number: (world.reading.utilisation[number], -number))
        return world.services[best].id
    if card.pick == "oldest":
        return world.services[able[0]].id
    return world.services[able[pick(world.seed, world.tick, len(able), "target", card.id)]].id
