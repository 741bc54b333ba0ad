"""Roll-backs: versions that go back, by an order, by a machine, or overnight."""

from devops_tycoon.sim.basis import FOREVER, WHOLE, Fact, News, Rules, World, replace
from devops_tycoon.sim.delivery.changes import MENDING_DAYS, with_ready
from devops_tycoon.sim.delivery.rollout import _recorded, under_way, without_rollout
from devops_tycoon.sim.operations.services import find, with_service
from devops_tycoon.sim.text import plural
from devops_tycoon.sim.timing.calendar import days_to_ticks
from devops_tycoon.sim.values.delivery import Change, Live


def taken_back(world: World, rules: Rules, name: str, *, night: bool = False) -> News:
    """Roll back the latest rollout of a service, and every version since the oldest that is broken.

    Their changes wait again until they have been looked through; the bad ones are mended. `night`: the shift is over
    and a roll-out that had not reached everybody is stopped, which fails nobody.
    """
    facts: list[Fact] = []
    rollout = under_way(world, name)
    if rollout is not None:
        if rollout.share < WHOLE:  # it never was in the books
            if rollout.share and not night:
                world = _recorded(world, rollout, failed=True)
            world = _returned(world, rules, name, rollout.items, rollout.cards, rollout.faults, rework=not night)
            world = _older(without_rollout(world, rollout), name)
            facts.append(Fact("deploy", f"{name}: the new version was rolled back.", name))
            return world, tuple(facts)
        world = without_rollout(world, rollout)
    own = [entry for entry in world.delivery.live if entry.service == name]
    broken = [entry for entry in own if any(entry.cards)]
    for entry in own:
        world = _older(world, name)
        if entry in (broken or own[-1:]):
            world = _failed(world, entry)
        world = _returned(world, rules, name, entry.items, entry.cards, entry.faults, rework=True)
        delivery = world.delivery
        live = tuple(other for other in delivery.live if other.id != entry.id)
        world = replace(world, delivery=replace(delivery, live=live, shipped=delivery.shipped - len(entry.items)))
        facts.append(
            Fact("deploy", f"{name}: {plural(len(entry.items), 'change')} rolled back, waiting for a fix.", name)
        )
    return world, tuple(facts)


def came_otherwise(world: World, rules: Rules, name: str) -> bool:
    """Say whether what a roll-back would cure came with no version of the company's own pipeline."""
    if under_way(world, name):
        return False
    own = [number for entry in world.delivery.live if entry.service == name for number in entry.faults]
    curable = [f.id for f in world.faults if f.target == name and rules.failure[f.card].ends_when == "rollback"]
    return bool(curable) and not any(number in own for number in curable)


def _failed(world: World, entry: Live) -> World:
    deployments = tuple(
        replace(deployment, failed=True, recovered=world.tick) if deployment.id == entry.id else deployment
        for deployment in world.tally.deployments
    )
    return replace(world, tally=replace(world.tally, deployments=deployments))


def _returned(
    world: World,
    rules: Rules,
    name: str,
    items: tuple[Change, ...],
    cards: tuple[str, ...],
    faults: tuple[int, ...],
    *,
    rework: bool,
) -> World:
    """Let changes wait again, the bad ones mended; what came with them ends."""
    world = replace(world, faults=tuple(fault for fault in world.faults if fault.id not in faults))
    if rework:
        free = world.tick + days_to_ticks(world, rules, MENDING_DAYS)
        items = tuple(
            replace(change, free=free, again=True, mended=change.mended + bool(card))
            for change, card in zip(items, cards, strict=True)
        )
    return replace(world, delivery=with_ready(world.delivery, name, items))


def _older(world: World, name: str) -> World:
    service = find(world, name)
    if service is None:
        return world
    return with_service(world, replace(service, version=max(1, service.version - 1)))


def night(world: World, rules: Rules) -> News:
    """End all roll-outs with the shift: what all members have stays, what few have is stopped.

    What is broken is found in the weeks that follow; it counts as a deployment that failed.
    """
    facts: list[Fact] = []
    names = [rollout.service for rollout in world.delivery.rollouts if rollout.share < WHOLE]
    for name in names:
        world, news = taken_back(world, rules, name, night=True)
        facts.extend(news)
    world = replace(world, delivery=replace(world.delivery, rollouts=(), due=0))
    acting = [fault.id for fault in world.faults]
    broken = [entry.service for entry in world.delivery.live if any(number in acting for number in entry.faults)]
    for name in dict.fromkeys(broken):
        world, news = taken_back(world, rules, name)
        facts.extend(news)
    # What is left came with another service's deploy, or is the half of a service that was split.
    left = tuple(f for f in world.faults if f.ends < FOREVER or not rules.failure[f.card].deploys)
    return replace(world, faults=left), tuple(facts)
