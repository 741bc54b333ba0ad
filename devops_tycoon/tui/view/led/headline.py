"""The line at the top of a company that is led: members, trust, cash, and the people's time."""

from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import WHOLE, World
from devops_tycoon.tui.draw.numbers import percent, short, whole_money
from devops_tycoon.tui.draw.values import Row, Segment
from devops_tycoon.tui.view.led.quarter import whole_effort
from devops_tycoon.tui.view.status import spaced


def company_line(world: World) -> list[Segment]:
    """Return members, trust and cash."""
    trust = world.business.trust / WHOLE
    style = "ok" if trust > 0.9 else "hot" if trust > 0.7 else "failing"
    cash = "failing" if world.cash_cents < 0 else "title"
    return [
        (f"{short(world.business.members)}", "title"),
        (" members  ", "dim"),
        ("trust ", "dim"),
        (percent(trust), style),
        ("  ", "ground"),
        (whole_money(world.cash_cents), cash),
        ("  ", "ground"),
    ]


def planning_line(world: World, rules: Rules, width: int) -> Row:
    """Return the headline of the planning screen."""
    number = f"quarter {world.shift + 1} of {len(rules.scenario.shifts)}"
    left: list[Segment] = [
        (" ", "ground"),
        (rules.scenario.title, "title"),
        ("  PLANNING", "accent"),
        (f"  {number}, week {world.week}" if width >= 100 else "", "dim"),
    ]
    hands = f"{weeks(world.effort)} of {weeks(whole_effort(world, rules))} weeks "
    return spaced(left, [*company_line(world), (hands, "accent")], width)
