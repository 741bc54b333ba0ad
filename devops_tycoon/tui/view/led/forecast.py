"""What the quarter that is planned will bring, as far as it can be told beforehand."""

from devops_tycoon.sim.quarter import bills
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World
from devops_tycoon.tui.draw.numbers import whole_money
from devops_tycoon.tui.draw.text import pad
from devops_tycoon.tui.draw.values import Glyphs, Row, merge


def forecast(world: World, rules: Rules, width: int, glyphs: Glyphs) -> tuple[Row, ...]:  # noqa: ARG001
    """Return the forecast in rows: the bills until the shift, and the cash on its morning."""
    return money_ahead(world, rules, width)


def money_ahead(world: World, rules: Rules, width: int) -> tuple[Row, ...]:
    """Return cash now, every bill of the weeks to come, and what is left."""
    due = bills(world, rules)
    after = cash_after(world, rules)
    rows = [_sum("Cash now", world.cash_cents, width, "text")]
    rows += [_sum(f"  {heading}", cents, width, "number", signed=True) for heading, cents in due if cents]
    rows.append(_sum("Cash at the shift", after, width, "failing" if after < 0 else "title"))
    if after < 0:
        rows.append(merge([("The company would be closed before it.", "failing")]))
    return tuple(rows)


def cash_after(world: World, rules: Rules) -> int:
    """Return the cash on the morning of the shift, in cents."""
    cash = world.cash_cents
    for _, cents in bills(world, rules):
        cash += cents
    return cash


def _sum(label: str, cents: int, width: int, style: str, signed: bool = False) -> Row:
    text = ("+" if signed and cents > 0 else "") + whole_money(cents)
    room = min(width, 40) - len(text)
    return merge([(pad(label, max(0, room)), "dim" if signed else style), (text, style)])
