"""Changes: how many are made, for which service, when they may be deployed, and whether they are bad."""

from devops_tycoon.sim.basis import WHOLE, News, Rules, World, dial, replace, shift_of
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.timing.calendar import days_to_ticks, shift_days
from devops_tycoon.sim.values.delivery import Change, Delivery, Ready

RISK = 0.0201
"""That a change is bad, before practices, debt and tiredness: eight of them are bad with 15% [design value]."""
MENDING_DAYS = 2.0
"""Until a change that was rolled back can be deployed again [design value]."""
FREEZE_DEBT = 500_000
"""Millionths of a point of debt for each day of a freeze [design value]."""
SHORT_CUT_DEBT = 100_000
"""The same for each change that ships untested [design value]."""
CONFIG_CARD = "bad-config-push"
CARDS = (("bad-deploy", 0.40), ("slow-query", 0.25), (CONFIG_CARD, 0.15), ("memory-leak", 0.10), ("wrong-data", 0.10))
"""What a bad change turns out to be, with its share [design values]."""


def made(world: World, rules: Rules) -> int:
    """Return how many changes the quarter's unspent engineer-weeks have made; half a change is a matter of luck."""
    amount = world.effort / 10 * rules.scenario.company_mode.changes_per_week
    whole = int(amount)
    return whole + (roll(world.seed, 0, "made", world.shift) < amount - whole)


def debt(world: World, rules: Rules) -> int:
    """Return the company's technical debt, 0 to 100, practices included."""
    return max(0, min(100, world.delivery.debt + int(dial(world, rules, "debt"))))


def with_debt(delivery: Delivery, millionths: int) -> Delivery:
    """Return the delivery with more debt (or, negative, less)."""
    points, rest = divmod(delivery.owed + millionths, WHOLE)
    return replace(delivery, debt=max(0, min(100, delivery.debt + points)), owed=rest)


def risk(world: World, rules: Rules) -> float:
    """Return the probability that one change that is deployed now is bad."""
    likely = RISK * dial(world, rules, "change_risk")
    likely *= 1.0 + debt(world, rules) / 100
    likely *= 1.0 + world.team.fatigue / WHOLE
    return min(1.0, likely)


def odds(world: World, rules: Rules, changes: int) -> float:
    """Return the probability that one or more of so many changes are bad: 1 − (1 − p)ⁿ."""
    well = 1.0
    for _ in range(changes):
        well *= 1.0 - risk(world, rules)
    return 1.0 - well


def card_of(world: World, rules: Rules, change: Change) -> str:
    """Return the failure card of a change that is bad if it is deployed now, or nothing.

    Its own die decides, not the batch's: the same changes are bad however they are deployed.
    """
    if roll(world.seed, 0, "bad", change.number, change.mended) >= risk(world, rules):
        return ""
    known = [(card, share) for card, share in CARDS if card in rules.failure]
    whole = 0.0
    for _, share in known:
        whole += share
    left = roll(world.seed, 0, "card", change.number, change.mended) * whole
    for card, share in known:
        left -= share
        if left < 0:
            return card
    return known[-1][0] if known else ""


def finished(world: World, rules: Rules) -> News:
    """Let the changes of this tick become ready: evenly over the shift, to services by how much they do."""
    delivery, shift = world.delivery, shift_of(world, rules)
    into = world.tick - world.shift_began
    number = _until(into + 1, delivery.due, shift.ticks) - _until(into, delivery.due, shift.ticks)
    for _ in range(number):
        service = _home(world, delivery.next_change)
        if service:
            change = Change(delivery.next_change, world.tick, _free(world, rules, service))
            delivery = with_ready(delivery, service, (change,))
        delivery = replace(delivery, next_change=delivery.next_change + 1)
    return replace(world, delivery=delivery), ()


def _until(ticks: int, due: int, of: int) -> int:
    """Return how many changes are ready after so many ticks: each in the middle of its part of the shift."""
    return (2 * ticks * due + of) // (2 * of)


def _home(world: World, number: int) -> str:
    """Return the service that a change is for; the more capabilities it has, the more is changed there."""
    able = [service for service in world.services if service.kind == "service"]
    whole = sum(len(service.capabilities) for service in able)
    left = int(roll(world.seed, 0, "change", number) * whole)
    for service in able:
        left -= len(service.capabilities)
        if left < 0:
            return service.id
    return ""


def _free(world: World, rules: Rules, service: str) -> int:
    """Return the tick from which a change that is finished now may be deployed: after its build, and after the board.

    A board that lets changes wait for so many days on average meets every time twice as many are over.
    """
    at = world.tick + days_to_ticks(world, rules, dial(world, rules, "build_days", service))
    every = days_to_ticks(world, rules, 2 * dial(world, rules, "board_days"))
    if every:
        meetings = -(-(at - world.shift_began) // every)
        at = world.shift_began + meetings * every
    return at


def with_ready(delivery: Delivery, service: str, more: tuple[Change, ...]) -> Delivery:
    """Return the delivery with more changes of a service that wait."""
    known = next((ready.items for ready in delivery.ready if ready.service == service), ())
    return with_items(delivery, service, tuple(sorted((*known, *more), key=lambda change: change.number)))


def with_items(delivery: Delivery, service: str, items: tuple[Change, ...]) -> Delivery:
    """Return the delivery with exactly these changes waiting for a service."""
    others = tuple(ready for ready in delivery.ready if ready.service != service)
    if not items:
        return replace(delivery, ready=others)
    entry = Ready(service, len(items), min(change.ready for change in items), items)
    return replace(delivery, ready=tuple(sorted((*others, entry), key=lambda ready: ready.service)))


def deployable(world: World, service: str) -> tuple[Change, ...]:
    """Return the changes of a service that may be deployed now."""
    items = next((ready.items for ready in world.delivery.ready if ready.service == service), ())
    return tuple(change for change in items if change.free <= world.tick)


def freeze_debt(world: World, rules: Rules) -> int:
    """Return the debt of one tick of a freeze, in millionths of a point."""
    shift = shift_of(world, rules)
    return round(FREEZE_DEBT * shift_days(rules, shift) / shift.ticks)
