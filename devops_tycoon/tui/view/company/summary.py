"""What a company that is led has: members, trust and cash."""

from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.numbers import short, whole_money
from devops_tycoon.tui.draw.values import Segment


def company_line(world: World) -> list[Segment]:
    """Return members, trust and cash."""
    trust = world.business.trust / WHOLE
    style = "ok" if trust > 0.9 else "hot" if trust > 0.7 else "failing"
    cash = "failing" if world.cash_cents < 0 else "title"
    return [
        (f"{short(world.business.members)}", "title"),
        (" members  ", "dim"),
        ("trust ", "dim"),
        (f"{int(100 * trust + 1e-9)} %", style),
        ("  ", "ground"),
        (whole_money(world.cash_cents), cash),
        ("  ", "ground"),
    ]
