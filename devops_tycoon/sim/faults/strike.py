"""A failure card begins to act: on what, and until when."""

from devops_tycoon.sim.architecture.doors import BALANCER, CDN
from devops_tycoon.sim.architecture.places import ACCOUNT, HOME
from devops_tycoon.sim.basis import FOREVER, Fact, Fault, News, Rules, World, dial, replace, ticks
from devops_tycoon.sim.detection.eyes import MONITORING, blinds, held
from devops_tycoon.sim.numerics.dice import pick
from devops_tycoon.sim.operations.control import CONTROL_PLANE
from devops_tycoon.sim.operations.services import find, with_service
from devops_tycoon.sim.rules.failure import FailureMode

STANDING = {"region": HOME, "account": ACCOUNT, "balancer": BALANCER, "cdn": CDN, "control": CONTROL_PLANE}
"""Kinds of targets with a single member, and its name."""


def possible(world: World, card: FailureMode) -> bool:
    """Say whether the company has what a card acts on."""
    return not card.needs or any(adopted.practice in card.needs for adopted in world.practices)


def strike(world: World, rules: Rules, card: FailureMode, target: str, lasts_s: float) -> News:
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
    if blinds(card) and rules.scenario.company_mode.observes:
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
