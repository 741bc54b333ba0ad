"""The company line: members, trust and cash."""

from devops_tycoon.sim.text import short, whole_dollars
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.world import World
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
        (f"{int(100 * trust + 1e-9)}%", style),
        ("  ", "ground"),
        (whole_dollars(world.cash_cents), cash),
        ("  ", "ground"),
    ]
