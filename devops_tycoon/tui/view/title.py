"""A scenario at a glance."""

from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.tui.draw.map import draw_map, fit_map
from devops_tycoon.tui.draw.text import cells
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.company_map import map_of
from devops_tycoon.tui.view.wrap import wrapped


def kind_of(rules: Rules) -> str:
    """Return what a game is, in the menu's words."""
    return "campaign" if rules.campaign else rules.scenario.kind


def minutes(rules: Rules) -> int:
    """Return about how long it is played, all acts together."""
    return rules.scenario.minutes + (minutes(rules.next) if rules.next else 0)


_LEVELS = {
    "apprentice": "more money and time, fewer members, later faults",
    "engineer": "as the scenario defines it",
    "principal": "less money and time, more members, earlier faults",
}


def level_row(rules: Rules, level: str, width: int) -> Row:
    """Return the difficulty, what it is, and how to change it."""
    daily = kind_of(rules) == "daily"
    head = [(level, "accent"), (" (fixed)" if daily else " (d: next)", "dim")]
    about = f": {_LEVELS.get(level, '')}"
    room = width - sum(cells(text) for text, _ in head)
    return merge([*head, (about if cells(about) <= room and not daily else "", "dim")])


def preview(rules: Rules, seed: int | None, level: str, width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return a scenario's facts and its map, if there is room; without a seed, of a game that is under way."""
    scenario = rules.scenario
    rows: list[Row] = [
        (
            (f"about {minutes(rules)} min" if scenario.kind != "sandbox" else "endless", "text"),
            (f"   seed {seed}" if seed is not None else "   Enter continues where you left off", "accent"),
            (" (s: next)" if seed is not None and kind_of(rules) != "daily" else "", "dim"),
        ),
        *([level_row(rules, level, width)] if seed is not None else []),
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
