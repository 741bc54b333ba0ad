"""A scenario at a glance."""

from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.start import start
from devops_tycoon.tui.draw.map import draw_map, fit_map
from devops_tycoon.tui.draw.values import Glyphs, Row
from devops_tycoon.tui.view.company_map import map_of
from devops_tycoon.tui.view.wrap import wrapped


def preview(rules: Rules, seed: int | None, width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return a scenario's facts and its map, if there is room; without a seed, of a game that is under way."""
    scenario = rules.scenario
    rows: list[Row] = [
        (
            (f"about {scenario.minutes} min", "text"),
            (f"   seed {seed}" if seed is not None else "   enter goes on where you left", "accent"),
            (" (s for another)" if seed is not None else "", "dim"),
        ),
        (),
    ]
    for goal in scenario.goals:
        rows += [
            ((line, "name"),) for line in wrapped(f"• {goal.text}" if glyphs != "ascii" else f"- {goal.text}", width)
        ]
    room = height - len(rows) - 1
    nodes, edges = map_of(start(rules, seed or 0), rules)
    layout = fit_map(nodes, edges, width, room) if room > 2 else None
    if layout is not None and layout.height <= room:
        rows += [(), *draw_map(layout, nodes, edges, glyphs=glyphs).rows]
    return tuple(rows[:height])
