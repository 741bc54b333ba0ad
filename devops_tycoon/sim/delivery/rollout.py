"""Rollouts: a new version reaches the replicas, all at once or gradually, and stays or is rolled back."""

from devops_tycoon.sim.basis import FOREVER, WHOLE, Fact, Fault, News, Rules, Service, World, dial, replace, ticks
from devops_tycoon.sim.delivery.canary import before, served
from devops_tycoon.sim.delivery.changes import CONFIG_CARD, SHORT_CUT_DEBT, card_of, deployable, with_debt, with_items
from devops_tycoon.sim.kinds import Method
from devops_tycoon.sim.operations.services import find, with_service
from devops_tycoon.sim.values.delivery import BIG_BANG, BLUE_GREEN, NOBODY, ROLLING, Deployment, Live, Rollout

RESTART_S = 20
"""A big-bang deploy refuses every request for so long [design value]."""
STEPS = 10
"""A rolling deploy takes at most so many steps."""
BAKE_S = 300
"""A canary is compared for so long [design value]."""
KEEP_S = 600
"""The old half of a blue-green deploy is kept for so long [design value]."""
WATCH_S = 300
"""What auto-rollback compares with before, after all replicas have the new version [design value]."""
CANARY_SHARE = 10
"""One replica of so many is a canary [design value; research: 1 to 10%]."""


def under_way(world: World, service: str) -> Rollout | None:
    """Return the roll-out that is under way on a service."""
    return next((rollout for rollout in world.delivery.rollouts if rollout.service == service), None)


def at_once(service: Service) -> int:
    """Return how many replicas one step of a rolling deploy takes away."""
    return max(1, -(-service.replicas // STEPS))


def canary_share(service: Service) -> int:
    """Return the share of the replicas that a canary is, in parts per million: a tenth, and one at least."""
    return WHOLE * max(1, service.replicas // CANARY_SHARE) // service.replicas


def boot_ticks(world: World, rules: Rules, service: Service) -> int:
    """Return how long a replica with another version takes to start."""
    return max(1, ticks(service.boot_s * dial(world, rules, "boot", service.id), rules))


def deployed(world: World, rules: Rules, name: str, how: Method) -> News:
    """Begin to roll out all changes of a service that may be deployed now."""
    service, items = find(world, name), deployable(world, name)
    if service is None or not items or under_way(world, name):
        return world, (Fact("refused", f"There is nothing to deploy on {name}.", name, bad=True),)
    if how != BIG_BANG and service.replicas < 2:
        how = BIG_BANG
    delivery = world.delivery
    number = delivery.next_id
    waiting = next(ready.items for ready in delivery.ready if ready.service == name)
    delivery = with_items(delivery, name, tuple(change for change in waiting if change not in items))
    cards = tuple(card_of(world, rules, change) for change in items)
    oldest = min(change.ready for change in items)
    rollout = Rollout(number, name, len(items), how, oldest, world.tick, 0, 0, items, cards)
    _, _, usual_s = served(world, rules, name)
    usual = before(world, rules, name, ticks(WATCH_S, rules))
    rollout = replace(rollout, before=usual, before_us=round(usual_s * WHOLE))
    world = replace(world, delivery=replace(delivery, next_id=number + 1, rollouts=(*delivery.rollouts, rollout)))
    world = with_service(world, replace(service, version=service.version + 1))
    world = replace(world, tally=replace(world.tally, deploys=world.tally.deploys + 1))
    what = "1 change" if len(items) == 1 else f"{len(items)} changes"
    said = Fact("deploy", f"{name}: version {service.version + 1} is rolled out ({how}, {what}).", name)
    world, news = _started(world, rules, rollout)
    return world, (said, *news)


def _started(world: World, rules: Rules, rollout: Rollout) -> News:
    """Take the first step of a roll-out."""
    service = find(world, rollout.service)
    if service is None:
        return world, ()
    if rollout.how == BIG_BANG:
        world = _restarting(world, service, ticks(RESTART_S, rules), every=True)
        return exposed_to(world, rules, rollout, WHOLE)
    if rollout.how == ROLLING:
        return rolling(world, rules, rollout), ()
    return with_rollout(
        world, replace(rollout, stage="booting", due=world.tick + boot_ticks(world, rules, service))
    ), ()


def rolling(world: World, rules: Rules, rollout: Rollout) -> World:
    """Go on replica by replica: some are away until they have booted with the new version."""
    service = find(world, rollout.service)
    if service is None:
        return world
    lasts = boot_ticks(world, rules, service)
    world = _restarting(world, service, lasts, every=False)
    return with_rollout(world, replace(rollout, stage="rolling", due=world.tick + lasts))


def _restarting(world: World, service: Service, lasts: int, *, every: bool) -> World:
    """Let replicas restart, unless they do already and for longer."""
    until = world.tick + max(1, lasts)
    if service.restart_until >= until:
        return world
    every = every or (service.restart_all and service.restart_until > world.tick)
    return with_service(world, replace(service, restart_until=until, restart_all=every))


def with_rollout(world: World, changed: Rollout) -> World:
    """Return the world with one roll-out replaced by a new value of the same number."""
    rollouts = tuple(changed if rollout.id == changed.id else rollout for rollout in world.delivery.rollouts)
    return replace(world, delivery=replace(world.delivery, rollouts=rollouts))


def exposed_to(world: World, rules: Rules, rollout: Rollout, share: int) -> News:
    """Let a share of the replicas have the new version, and with it what is bad in it."""
    bad = [card for card in rollout.cards if card]
    if share > 0 and not rollout.faults and bad:
        began = tuple(
            Fault(world.next_fault + i, card, rollout.service, world.tick, FOREVER, _share(world, rules, card, share))
            for i, card in enumerate(bad)
        )
        world = replace(world, faults=(*world.faults, *began), next_fault=world.next_fault + len(began))
        numbers = tuple(fault.id for fault in began)
        rollout = replace(rollout, faults=numbers, fault=numbers[0])
        facts = tuple(
            Fact("fault", f"{rules.failure[f.card].title} on {f.target} begins.", f.target, bad=True, hidden=True)
            for f in began
        )
    else:
        changed = tuple(
            replace(f, share=_share(world, rules, f.card, share)) if f.id in rollout.faults else f for f in world.faults
        )
        world, facts = replace(world, faults=changed), ()
    rollout = replace(rollout, share=share, began=rollout.began if rollout.share else world.tick)
    world = with_rollout(world, rollout)
    if share >= WHOLE:
        world = _reached_all(world, rules, rollout)
    return world, facts


def _share(world: World, rules: Rules, card: str, share: int) -> int:
    """Return what a bad change acts on: configuration goes everywhere at once unless it is treated as code."""
    return WHOLE if card == CONFIG_CARD and not dial(world, rules, "config_staged") else share


def _reached_all(world: World, rules: Rules, rollout: Rollout) -> World:
    """Record a version that all members have, and watch it if a practice does."""
    delivery = world.delivery
    world = _recorded(world, rollout, failed=False)
    untested = 0 if any(adopted.practice == "ci" for adopted in world.practices) else rollout.changes
    live = Live(rollout.id, rollout.service, rollout.items, rollout.cards, rollout.faults)
    delivery = replace(
        with_debt(delivery, untested * SHORT_CUT_DEBT),
        shipped=delivery.shipped + rollout.changes,
        live=_kept((*delivery.live, live), rollout.service),
    )
    world = replace(world, delivery=delivery)
    watch_s = KEEP_S if rollout.how == BLUE_GREEN else 0
    if dial(world, rules, "auto_rollback"):
        watch_s = max(watch_s, WATCH_S)
    if not watch_s:
        return without_rollout(world, rollout)
    due = world.tick + ticks(watch_s, rules)
    return with_rollout(world, replace(rollout, stage="watching", due=due, fresh=NOBODY, usual=rollout.before))


def _kept(live: tuple[Live, ...], service: str) -> tuple[Live, ...]:
    """Forget versions of a service that nobody would go back behind: all before the oldest that is broken."""
    own = [entry for entry in live if entry.service == service]
    broken = [number for number, entry in enumerate(own) if any(entry.cards)]
    first = own[min(broken, default=len(own) - 1)].id
    return tuple(entry for entry in live if entry.service != service or entry.id >= first)


def _recorded(world: World, rollout: Rollout, *, failed: bool) -> World:
    deployment = Deployment(
        id=rollout.id,
        service=rollout.service,
        changes=rollout.changes,
        how=rollout.how,
        ready=rollout.ready,
        live=world.tick,
        failed=failed,
        recovered=world.tick,
        unplanned=any(change.again for change in rollout.items),
        began=rollout.began,
        readies=() if failed else tuple(change.ready for change in rollout.items),
    )
    return replace(world, tally=replace(world.tally, deployments=(*world.tally.deployments, deployment)))


def without_rollout(world: World, rollout: Rollout) -> World:
    """Return the world in which a roll-out has ended."""
    rollouts = tuple(other for other in world.delivery.rollouts if other.id != rollout.id)
    return replace(world, delivery=replace(world.delivery, rollouts=rollouts))
