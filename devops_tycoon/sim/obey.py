"""What happens to an order when its moment comes: refused, done at once, or begun and due later."""

from devops_tycoon.sim.basis import FOREVER, Fact, News, Rules, World, dial, replace, ticks
from devops_tycoon.sim.detection.seen import seen
from devops_tycoon.sim.money.books import booked
from devops_tycoon.sim.operations.measures import open_incident, with_incident
from devops_tycoon.sim.people.team import hands_factor
from devops_tycoon.sim.text import dollars, plural
from devops_tycoon.sim.timing.clock import time_of_day
from devops_tycoon.sim.values.order import Order, Placed
from devops_tycoon.sim.values.world import Pending, Project

FACILITATOR = "facilitator"
"""Who may place orders that the players may not."""


def refusal(world: World, rules: Rules, placed: Placed) -> str | None:
    """Return the sentence that says why an order cannot be placed now, or None."""
    order = placed.order
    if order.after_the_end or world.phase == "over":
        return order.why_not(world, rules) if order.after_the_end else "The game is over."
    if order.facilitator and placed.by != FACILITATOR and rules.scenario.kind != "sandbox":
        return f"Only the facilitator may {order.verb}."
    if order.company_only and not rules.scenario.in_company_mode:
        return order.company_only
    if order.planning_only and world.phase != "planning":
        return order.why_not(world, rules) or f"{order.verb} belongs to the planning."
    why = order.why_not(world, rules)
    price = order.price_cents(world, rules) if why is None else 0
    if price > max(0, world.cash_cents):
        return f"That costs {dollars(price)}; you have {dollars(world.cash_cents)}."
    if why is None and rules.scenario.company_mode.plans and world.phase == "planning":
        effort = order.effort(world, rules)
        if effort > world.effort:
            return f"That takes {weeks(effort)} engineer-weeks; {weeks(world.effort)} are left in this plan."
    if why is None and world.phase == "shift" and order.busy_s(world, rules) > 0 and _free(world) is None:
        hands = len(world.busy)
        left = (min(world.busy) - world.tick) * rules.scenario.tick_s
        who = "The responder is" if hands == 1 else f"All {hands} responders are"
        return f"{who} busy for {left // 60}:{left % 60:02} more (it is {time_of_day(world, rules)})."
    return why


def obey(world: World, rules: Rules, placed: Placed) -> News:
    """Carry an order out or begin it. While planning, everything is done at once and needs no responder."""
    why = refusal(seen(world, rules), rules, placed)  # a refusal tells no more than anybody knows
    if why is not None:
        return world, (Fact("refused", f"{placed.order}: {why}", bad=True),)
    order = placed.order
    busy_s, delay_s = order.busy_s(world, rules), order.delay_s(world, rules)
    if world.phase == "planning":
        return _planned(world, rules, placed)
    if order.after_the_end:
        return order.apply(world, rules)
    world = _paid(world, rules, order)
    if busy_s > 0:
        lasts = busy_s * dial(world, rules, "hands") * hands_factor(world, rules)
        world = _in_hand(_occupy(world, ticks(lasts, rules)), rules)
    if delay_s <= 0:
        return order.apply(world, rules)
    pending = Pending(world.tick + max(1, ticks(delay_s, rules)), order, placed.by)
    text = f"{order}: begun, takes effect in {delay_s // 60}:{delay_s % 60:02}."
    return replace(world, pending=(*world.pending, pending)), (Fact("order", text, _object(order)),)


def weeks(effort: int) -> str:
    """Write tenths of engineer-weeks as weeks: 25 is 2.5."""
    return f"{effort // 10}" + (f".{effort % 10}" if effort % 10 else "")


def _paid(world: World, rules: Rules, order: Order) -> World:
    """Count the order and take its price."""
    world = replace(world, tally=replace(world.tally, orders=world.tally.orders + 1))
    return booked(world, order.heading, -order.price_cents(world, rules))


def _planned(world: World, rules: Rules, placed: Placed) -> News:
    """Carry an order out while planning: at once, or as a project that ends some weeks from now."""
    order, before = placed.order, world
    if not rules.scenario.company_mode.plans or not order.undoable:
        return order.apply(_paid(world, rules, order), rules)
    lead = order.lead_weeks(world, rules)
    world = replace(_paid(world, rules, order), effort=world.effort - order.effort(world, rules))
    facts: tuple[Fact, ...]
    if lead > 0:
        project = Project(order, world.week + lead, world.week)
        world = replace(world, projects=(*world.projects, project))
        facts = (Fact("order", f"{order}: started, ready in {plural(lead, 'week')}.", _object(order)),)
    else:
        world, facts = order.apply(world, rules)
    return replace(world, planned=(*world.planned, replace(before, planned=()))), facts


def _free(world: World) -> int | None:
    """Return the number of a free responder."""
    for number, until in enumerate(world.busy):
        if until <= world.tick:
            return number
    return None


def _occupy(world: World, lasts: int) -> World:
    free = _free(world)
    return replace(
        world, busy=tuple(world.tick + lasts if number == free else until for number, until in enumerate(world.busy))
    )


def _in_hand(world: World, rules: Rules) -> World:
    """Acknowledge open incidents when a responder starts to work."""
    incident = open_incident(world)
    if not rules.scenario.company_mode.observes or incident is None or incident.acknowledged < FOREVER:
        return world
    return with_incident(world, replace(incident, acknowledged=world.tick))


def _object(order: Order) -> str:
    return str(getattr(order, "service", ""))
