"""The feed: what happened, newest first, as the company knows it."""

from collections.abc import Sequence

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.tui.draw.text import cells, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.wrap import wrapped

_SIGNS = {
    "incident": ("✖", "X", "failing"),
    "alarm": ("▲", "^", "hot"),
    "page": ("▲", "^", "hot"),
    "ticket": ("·", ".", "text"),
    "complaints": ("▲", "^", "hot"),
    "resolved": ("●", "o", "ok"),
    "well": ("●", "o", "ok"),
    "deploy": ("◆", "d", "accent"),
    "order": ("›", ">", "text"),
    "refused": ("!", "!", "hot"),
    "shift": ("·", ".", "title"),
    "end": ("✖", "X", "failing"),
}


def feed(facts: Sequence[tuple[str, Fact]], width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the newest facts as rows of exactly `width` cells, long ones on several rows."""
    rows: list[Row] = []
    for when, fact in reversed(facts):
        if fact.hidden:
            continue
        fine, plain, style = _SIGNS.get(fact.kind, ("·", ".", "text"))
        sign = plain if glyphs == "ascii" else fine
        head = f"{sign} {when} "
        room = width - cells(head)
        first, *rest = wrapped(fact.text, room)
        text = style if fact.bad else "text"
        rows.append(merge([(f"{sign} ", style), (f"{when} ", "dim"), (pad(first, room), text)]))
        rows += [merge([(" " * cells(head), "ground"), (pad(line, room), text)]) for line in rest]
        if len(rows) >= height:
            break
    return tuple(rows[:height])


def when(rules: Rules, tick: int) -> str:
    """Return the time of day of a tick, in hours and minutes."""
    began, shift = 0, rules.scenario.shifts[-1]
    for shift in rules.scenario.shifts:
        if tick < began + shift.ticks or shift is rules.scenario.shifts[-1]:
            break
        began += shift.ticks
    seconds = (shift.begins_s + (tick - began) * rules.scenario.tick_s) % 86_400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
