"""The line at the top of the planning."""

from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.values import Row, Segment
from devops_tycoon.tui.view.company.quarter import whole_effort
from devops_tycoon.tui.view.company.summary import company_line
from devops_tycoon.tui.view.status import spaced


def planning_line(world: World, rules: Rules, width: int) -> Row:
    """Return the headline of the planning screen."""
    wide = width >= 100
    number = f"quarter {world.shift + 1} of {len(rules.scenario.shifts)}"
    left: list[Segment] = [
        (" ", "ground"),
        (f"{rules.scenario.title}  " if wide else "", "title"),
        ("PLANNING", "accent"),
        (f"  {number}, week {world.week}" if wide else f" {world.shift + 1}/{len(rules.scenario.shifts)}", "dim"),
    ]
    hands = f"{weeks(world.effort)} of {weeks(whole_effort(world))} weeks "
    return spaced(left, [*company_line(world), (hands, "accent")], width)
