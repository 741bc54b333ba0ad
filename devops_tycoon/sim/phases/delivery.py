"""Changes become ready, roll out, and are judged."""

from devops_tycoon.sim.basis import WHOLE, Fact, News, Rules, World, dial, replace, ticks
from devops_tycoon.sim.delivery.canary import CANNOT_JUDGE, WORSE, compared, needed, since, verdict
from devops_tycoon.sim.delivery.changes import deployable, finished, freeze_debt, with_debt, with_ready
from devops_tycoon.sim.delivery.methods import method_of
from devops_tycoon.sim.delivery.rollback import taken_back
from devops_tycoon.sim.delivery.rollout import (
    BAKE_S,
    at_once,
    boot_ticks,
    canary_share,
    deployed,
    exposed_to,
    rolling,
    under_way,
    with_rollout,
    without_rollout,
)
from devops_tycoon.sim.operations.services import find
from devops_tycoon.sim.values.delivery import BLUE_GREEN, CANARY, Rollout

EVERY_S = 300
"""A pipeline looks for finished changes so often [design value]."""
LOOK_S = 600
"""A human compares a canary with its baseline for so long [design value]."""
GLANCE_S = 60
"""A machine compares once in so long."""


def delivery(world: World, rules: Rules) -> News:
    """Let changes become ready, roll-outs take their next step, and the pipeline deploy by itself."""
    world = _at_home(world)
    world, _ = finished(world, rules)
    facts: list[Fact] = []
    for rollout in world.delivery.rollouts:
        world, news = _stepped(world, rules, rollout)
        facts.extend(news)
    if world.delivery.frozen:
        debt = with_debt(world.delivery, freeze_debt(world, rules))
        return replace(world, delivery=debt), tuple(facts)
    if dial(world, rules, "auto_deploy") and (world.tick - world.shift_began) % ticks(EVERY_S, rules) == 0:
        for service in world.services:
            if deployable(world, service.id) and not under_way(world, service.id):
                world, news = deployed(world, rules, service.id, method_of(world, rules, service.id))
                facts.extend(news)
    return world, tuple(facts)


def _at_home(world: World) -> World:
    """Give what waits for a service that is no more to the first that is left; a roll-out that was under way is over.

    A version that all had stays with the service that took it in, together with what is wrong with it.
    """
    names = [service.id for service in world.services]
    old = world.delivery
    lost = [ready for ready in old.ready if ready.service not in names]
    ended = [rollout for rollout in old.rollouts if rollout.service not in names]
    if not lost and not ended and all(entry.service in names for entry in old.live):
        return world
    targets = {fault.id: fault.target for fault in world.faults}
    moved = [(entry, [targets[number] for number in entry.faults if number in targets]) for entry in old.live]
    kept = replace(
        old,
        ready=tuple(ready for ready in old.ready if ready not in lost),
        rollouts=tuple(rollout for rollout in old.rollouts if rollout not in ended),
        live=tuple(
            entry if entry.service in names else replace(entry, service=homes[0])
            for entry, homes in moved
            if entry.service in names or homes
        ),
    )
    stopped = [rollout for rollout in ended if rollout.share < WHOLE]
    heir = next((service.id for service in world.services if service.kind == "service"), "")
    for items in [ready.items for ready in lost] + [rollout.items for rollout in stopped]:
        kept = with_ready(kept, heir, items) if heir else kept
    gone = [number for rollout in stopped for number in rollout.faults]
    return replace(world, delivery=kept, faults=tuple(fault for fault in world.faults if fault.id not in gone))


def _stepped(world: World, rules: Rules, rollout: Rollout) -> News:
    """Let a roll-out take its next step, if its time has come."""
    if rollout.stage == "baking":
        return _baked(world, rules, rollout)
    if rollout.stage == "watching":
        return _watched(world, rules, rollout)
    service = find(world, rollout.service)
    if world.tick < rollout.due or service is None:
        return world, ()
    if rollout.stage == "booting":
        if rollout.how == BLUE_GREEN:
            return exposed_to(world, rules, rollout, WHOLE)
        rollout = replace(rollout, stage="baking", due=world.tick + ticks(BAKE_S, rules))
        return exposed_to(world, rules, rollout, canary_share(service))
    if rollout.stage == "rolling":
        share = min(WHOLE, rollout.share + WHOLE * at_once(service) // service.replicas + 1)
        world, news = exposed_to(world, rules, rollout, share)
        now = under_way(world, rollout.service)
        return (rolling(world, rules, now) if now and share < WHOLE else world), news
    if rollout.stage == "looking":
        return _judged(world, rules, rollout)
    return taken_back(world, rules, rollout.service)


def _baked(world: World, rules: Rules, rollout: Rollout) -> News:
    """Compare a canary with its baseline: a machine every minute, a responder when the time is over and one is free."""
    auto = bool(dial(world, rules, "auto_canary"))
    rollout = compared(world, rules, rollout, close=not auto)
    world = with_rollout(world, rollout)
    over = world.tick >= rollout.due
    if auto:
        glance = (rollout.due - world.tick) % ticks(GLANCE_S, rules) == 0
        if over or (glance and verdict(rollout.fresh, rollout.usual) == WORSE):
            return _judged(world, rules, rollout)
        return world, ()
    if not over:
        return world, ()
    free = next((number for number, until in enumerate(world.busy) if until <= world.tick), None)
    if free is None:
        return world, ()
    until = world.tick + ticks(LOOK_S * dial(world, rules, "hands"), rules)
    busy = tuple(until if number == free else was for number, was in enumerate(world.busy))
    world = replace(with_rollout(world, replace(rollout, stage="looking", due=until)), busy=busy)
    return world, (
        Fact("deploy", f"{rollout.service}: a responder compares the canary with the rest.", rollout.service),
    )


def _judged(world: World, rules: Rules, rollout: Rollout) -> News:
    """Take a canary back that is significantly worse; else go on with it, also where it could not be judged."""
    name, fresh, usual = rollout.service, rollout.fresh, rollout.usual
    found = verdict(fresh, usual)
    world = with_rollout(world, replace(rollout, verdict=found))
    counts = f"{fresh.failed} of {fresh.asked} requests failed, of the others {usual.failed} of {usual.asked}"
    if found == WORSE:
        world, news = taken_back(world, rules, name)
        text = f"{name}: the canary is worse ({counts}, slow {fresh.slow} and {usual.slow}); it is rolled back."
        return world, (Fact("canary", text, name, bad=True), *news)
    if found == CANNOT_JUDGE:
        text = (
            f"{name}: the canary cannot judge: {fresh.asked} requests, {needed(usual)} were needed. "
            f"It is promoted unjudged."
        )
    else:
        text = f"{name}: the canary is fine ({counts})."
    world = rolling(world, rules, replace(rollout, verdict=found))
    return world, (Fact("canary", text, name, bad=found == CANNOT_JUDGE),)


def _watched(world: World, rules: Rules, rollout: Rollout) -> News:
    """Compare a service with how it was before its new version, where something can take it back by itself."""
    if dial(world, rules, "auto_rollback"):
        rollout = since(world, rules, rollout, rollout.before_us / WHOLE)
        world = with_rollout(world, rollout)
        glance = (rollout.due - world.tick) % ticks(GLANCE_S, rules) == 0
        if glance and verdict(rollout.fresh, rollout.usual) == WORSE:
            service = find(world, rollout.service)
            wait = boot_ticks(world, rules, service) if service and rollout.how not in (BLUE_GREEN, CANARY) else 0
            due = world.tick + wait
            world = with_rollout(world, replace(rollout, stage="returning", due=due, verdict=WORSE))
            text = f"{rollout.service}: worse than before the new version; it goes back by itself."
            return world, (Fact("rollback", text, rollout.service, bad=True),)
    return (without_rollout(world, rollout) if world.tick >= rollout.due else world), ()
