"""What happens to an order when its moment comes: refused, done at once, or begun and due later."""

from dataclasses import replace

from devops_tycoon.sim.clock import ticks, time_of_day
from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.money import dollars
from devops_tycoon.sim.order import Order, Placed
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import Pending, World

FACILITATOR = "facilitator"
"""Who may place orders that the players may not."""


def refusal(world: World, rules: Rules, placed: Placed) -> str | None:
    """Return the sentence that says why an order cannot be placed now, or None."""
    order = placed.order
    if world.phase == "over":
        return "The game is over."
    if order.facilitator and placed.by != FACILITATOR:
        return f"Only the facilitator may {order.verb}."
    if order.planning_only and world.phase != "planning":
        return order.why_not(world, rules) or f"{order.verb} belongs to the planning."
    why = order.why_not(world, rules)
    price = order.price_cents(world, rules) if why is None else 0
    if price > max(0, world.cash_cents):
        return f"That costs {dollars(price)}; you have {dollars(world.cash_cents)}."
    if why is None and world.phase == "shift" and order.hands_s(world, rules) > 0 and _free(world) is None:
        hands = len(world.busy)
        left = (min(world.busy) - world.tick) * rules.scenario.tick_s
        who = "The responder is" if hands == 1 else f"All {hands} responders are"
        return f"{who} busy for {left // 60}:{left % 60:02} more (it is {time_of_day(world, rules)})."
    return why


def obey(world: World, rules: Rules, placed: Placed) -> tuple[World, tuple[Fact, ...]]:
    """Carry an order out or begin it. While planning, everything is done at once and needs no hands."""
    why = refusal(world, rules, placed)
    if why is not None:
        return world, (Fact("refused", f"{placed.order}: {why}", bad=True),)
    order = placed.order
    hands_s, delay_s = order.hands_s(world, rules), order.delay_s(world, rules)
    tally = replace(world.tally, orders=world.tally.orders + 1)
    world = replace(world, tally=tally, cash_cents=world.cash_cents - order.price_cents(world, rules))
    if world.phase == "planning":
        return order.apply(world, rules)
    if hands_s > 0:
        world = _occupy(world, ticks(hands_s, rules))
    if delay_s <= 0:
        return order.apply(world, rules)
    pending = Pending(world.tick + max(1, ticks(delay_s, rules)), order, placed.by)
    text = f"{order}: begun, takes effect in {delay_s // 60}:{delay_s % 60:02}."
    return replace(world, pending=(*world.pending, pending)), (Fact("order", text, _object(order)),)


def _free(world: World) -> int | None:
    """Return the number of a responder whose hands are free."""
    for number, until in enumerate(world.busy):
        if until <= world.tick:
            return number
    return None


def _occupy(world: World, lasts: int) -> World:
    free = _free(world)
    return replace(
        world, busy=tuple(world.tick + lasts if number == free else until for number, until in enumerate(world.busy))
    )


def _object(order: Order) -> str:
    return str(getattr(order, "service", ""))
