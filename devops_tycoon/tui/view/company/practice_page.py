"""The page of a practice or of a kind of order: what it is, gives and costs, and the source of its numbers."""

from dataclasses import dataclass
from inspect import cleandoc

from devops_tycoon.sim.obey import refusal, weeks
from devops_tycoon.sim.rules.practice import Practice
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars, plural
from devops_tycoon.sim.values.order import Order, Placed
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.values import Row, merge
from devops_tycoon.tui.view.company.choices import FREE, Choice
from devops_tycoon.tui.view.wrap import wrapped


def page(choice: Choice, world: World, rules: Rules) -> tuple[tuple[str, str], ...]:
    """Return the page as pairs of a heading and a text."""
    practice = choice.practice
    if practice is None:
        kind = type(choice.orders[0])
        told = " ".join(cleandoc(kind.__doc__ or "").split())
        return (("", told), ("Notation", kind.usage), *((("Not now", choice.says),) if choice.state != FREE else ()))
    parts = [
        ("", practice.about),
        ("Gives", practice.gives),
        ("Trade-offs", practice.costs),
        ("Price", price(choice, world, rules)),
    ]
    if practice.needs:
        parts.append(("Needs", ", ".join(_titled(rules, name) for name in practice.needs)))
    if practice.unlocks:
        parts.append(("Unlocks", ", ".join(practice.unlocks)))
    if practice.answers:
        known = [rules.failure[card].title if card in rules.failure else card for card in practice.answers]
        parts.append(("Answers", ", ".join(known)))
    if choice.says:
        parts.append(("Not now" if choice.state != FREE else "Active", choice.says))
    return (*parts, ("Source", practice.source))


def price(choice: Choice, world: World, rules: Rules) -> str:
    """Return its price in words."""
    practice, order = choice.practice, choice.orders[0] if choice.orders else None
    if practice is None or order is None:
        return "nothing"
    once, lead, effort = order.price_cents(world, rules), order.lead_weeks(world, rules), order.effort(world, rules)
    parts = [f"{weeks(effort)} engineer-weeks" if effort else "no engineer-weeks"]
    parts.append(f"lead time {plural(lead, 'week')}" if lead else "active at once")
    parts += [f"{dollars(once)} one-off"] if once else []
    parts += [f"{dollars(practice.cents_per_week)} weekly"] if practice.cents_per_week else []
    return f"{', '.join(parts)}{_for(practice)}."


def _for(practice: Practice) -> str:
    return "" if practice.scope == "company" else f", for one {practice.scope}"


def _titled(rules: Rules, name: str) -> str:
    return rules.practice[name].title if name in rules.practice else name


def page_rows(choice: Choice, world: World, rules: Rules, width: int) -> tuple[Row, ...]:
    """Return the page as rows."""
    rows: list[Row] = []
    for title, text in page(choice, world, rules):
        if rows:
            rows.append(())
        if title:
            rows.append(merge([(title, "accent")]))
        rows += [merge([(line, "text")]) for line in wrapped(text, width)]
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Target:
    """One of the orders that a choice can become, as a line."""

    order: Order
    line: str


def targets(choice: Choice, world: World, rules: Rules) -> tuple[Target, ...]:
    """Return the targets a practice can be adopted for; unavailable ones say so."""
    known = []
    for order in choice.orders:
        name = str(getattr(order, "target", "")) or "the whole company"
        not_now = "   (not now)" if refusal(world, rules, Placed(order)) is not None else ""
        effort, once = order.effort(world, rules), order.price_cents(world, rules)
        cost = f"{weeks(effort)} engineer-weeks" + (f", {dollars(once)}" if once else "")
        known.append(Target(order, f"{name:<34}{cost}{not_now}"))
    return tuple(known)
