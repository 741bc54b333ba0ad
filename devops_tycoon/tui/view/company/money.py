"""The money: the books so far, the coming bills, and the runway."""

from collections.abc import Sequence

from devops_tycoon.sim.planning.outlook import Outlook
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars, short, whole_dollars
from devops_tycoon.sim.timing.clock import shift_of
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.company.cash import cash_chart
from devops_tycoon.tui.view.company.forecast import cliff_rows, money_ahead
from devops_tycoon.tui.view.company.results import book_rows


def money_rows(
    world: World, rules: Rules, told: Outlook, width: int, glyphs: Glyphs, past: Sequence[int] = ()
) -> tuple[Row, ...]:
    """Return cash over the quarters, the books by heading, the coming bills, and the income.

    `past` is the cash of the quarters that are over, and now.
    """
    chart = cash_chart(past, told.cash_cents, width, glyphs)
    rows: list[Row] = (
        [merge([(" Cash, from quarter to quarter and until the shift", "title")]), *chart, ()] if chart else []
    )
    rows += [merge([(" The books so far", "title")]), *book_rows(world)]
    rows += [(), merge([(" The weeks until the shift", "title")])]
    rows += [merge([("   ", "ground"), *row]) for row in money_ahead(world, told, 38)]
    if told.cliffs:
        rows += [(), merge([(" Due payments", "title")]), *cliff_rows(told, width)]
    rows += [(), *_course(world, rules, told)]
    return tuple(rows)


def _course(world: World, rules: Rules, told: Outlook) -> tuple[Row, ...]:
    """Return the income per member, and whether cash grows or runs out."""
    company, weeks = rules.scenario.company_mode, shift_of(world, rules).weeks
    if not weeks:
        return ()
    a_week = (told.cash_cents - world.cash_cents) / weeks
    members = f"{short(world.business.members)} members pay {dollars(company.fee_cents_per_month)} a month each."
    rows: list[Row] = [merge([(f" {members}", "text")])]
    if a_week < 0 and world.cash_cents > 0:
        left = int(world.cash_cents / -a_week)
        rows.append(merge([(f" At this rate the money is gone in {left} weeks.", "hot")]))
    else:
        rows.append(merge([(f" At this rate you save {whole_dollars(int(a_week))} a week.", "ok")]))
    return tuple(rows)
