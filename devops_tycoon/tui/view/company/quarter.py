"""The quarter that is planned: when its shift is, the engineer-weeks that are left, what becomes of unspent effort."""

from dataclasses import replace

from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.planning.outlook import Outlook
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import percent, plural
from devops_tycoon.sim.timing.clock import shift_of
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import gauge
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.company.forecast import (
    breaks_rows,
    cash_row,
    cliff_rows,
    journey_rows,
    load_rows,
    members_row,
    money_ahead,
)
from devops_tycoon.tui.view.wrap import wrapped


def when(world: World, rules: Rules) -> str:
    """Return the weeks that are planned, and the shift that they end with."""
    shift = shift_of(world, rules)
    hours, minutes = shift.begins_s // 3600, shift.begins_s // 60 % 60
    lasts = shift.ticks * rules.scenario.tick_s // 60
    last = world.week + shift.weeks
    span = f"weeks {world.week + 1} to {last}" if shift.weeks else f"week {world.week}"
    return f"{span}, then {shift.title}: {shift.day} {hours:02}:{minutes:02}, {lasts} min"


def whole_effort(world: World) -> int:
    """Return the tenths of engineer-weeks that this plan began with."""
    return (world.planned[0] if world.planned else world).effort


def effort_row(world: World, width: int, glyphs: Glyphs) -> Row:
    """Return the engineer-weeks that are left as a gauge."""
    whole = whole_effort(world)
    text = f"Engineer-weeks {weeks(world.effort)} of {weeks(whole)} "
    share = world.effort / whole if whole else 0.0
    style = "bar" if share > 0.2 else "bar.hot"
    return merge([(text, "text"), *gauge(share, max(4, min(20, width - len(text))), glyphs, style)])


def quarter_rows(world: World, rules: Rules, told: Outlook, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the quarter at a glance, for the panel next to the list."""
    rows: list[Row] = [
        effort_row(world, width, glyphs),
        *[merge([(line, "dim")]) for line in wrapped(_free_hands(world, rules), width)],
        cash_row(world, told, width),
        members_row(world, told),
        (),
        merge([("At the peak of the shift", "title")]),
        *load_rows(told, 5, width, glyphs),
        *journey_rows(told, rules, 3, width),
    ]
    if breaks_rows(told, width):
        rows += [merge([("Single points of failure", "title")]), *breaks_rows(told, width)[:3]]
    return tuple(rows)


def begin_rows(world: World, rules: Rules, told: Outlook, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return what to know before the weeks pass."""
    rows: list[Row] = [merge([(line, "name")]) for line in wrapped(when(world, rules), width)]
    if told.ending:
        rows.append(merge([(f"There would be no shift: {told.ending}", "failing")]))
    due = tuple((cliff, away) for cliff, away in told.cliffs if away == 0)
    return (*rows, *quarter_rows(world, rules, told, width, glyphs), *cliff_rows(replace(told, cliffs=due), width))


def forecast_rows(world: World, rules: Rules, told: Outlook, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the whole forecast: the quarter, the peak, the members, the money."""
    rows: list[Row] = [merge([(line, "name")]) for line in wrapped(when(world, rules), width)]
    if told.ending:
        rows.append(merge([(f"There would be no shift: {told.ending}", "failing")]))
    rows += [effort_row(world, width, glyphs)]
    rows += [merge([(line, "dim")]) for line in wrapped(_free_hands(world, rules), width)]
    rows += [(), merge([("At the peak of the shift, if nothing breaks", "title")])]
    rows += [*load_rows(told, 8, width, glyphs), *journey_rows(told, rules, 8, width)]
    far = f"Demand may be {percent(told.band)} higher or lower than that, and something may break."
    rows += [merge([(f"  {line}", "dim")]) for line in wrapped(far, width - 2)]
    if breaks_rows(told, width):
        rows += [(), merge([("Single points of failure", "title")]), *breaks_rows(told, width)]
    rows += [(), members_row(world, told), *money_ahead(world, told, width), *cliff_rows(told, width)]
    return tuple(rows)


def _free_hands(world: World, rules: Rules) -> str:
    company = rules.scenario.company_mode
    if company.changes_per_week <= 0:
        return "Unspent engineer-weeks are lost."
    changes = int(world.effort / 10 * company.changes_per_week)
    return f"Unspent engineer-weeks become {plural(changes, 'change')}; deploy them in the shift."
