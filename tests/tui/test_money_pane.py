"""The chart of the cash on the money pane."""

import pytest

from devops_tycoon.tui.draw.text import cells
from devops_tycoon.tui.draw.values import row_text
from devops_tycoon.tui.view.company.cash import cash_by_quarter, cash_chart
from tests.tui.company_mode import leading_session, to_the_plan
from tests.tui.stage import NARROW, NORMAL, run, stage


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["120x36", "80x24"])
def test_the_money_pane_draws_the_cash_until_the_shift(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with stage(leading_session(), size=size) as on:
            await to_the_plan(on)
            await on.press("4")
            assert "Cash, from quarter to quarter" in on.text
            assert "before the plan" in on.text
            assert "The books so far" in on.text

    run(play)


def test_the_past_is_the_cash_at_the_beginning_of_each_planning_and_now() -> None:
    session = leading_session(ticks=60)
    began = session.world.cash_cents
    assert session.place("begin") is None
    session.advance(60)
    later = session.world.cash_cents
    assert session.place("scale web +1") is None
    assert cash_by_quarter(session.turns, session.world) == (began, later, session.world.cash_cents)
    assert session.world.cash_cents < later != began


def test_a_chart_fits_its_width_and_shows_debts_below_nothing() -> None:
    for glyphs in ("braille", "block", "ascii"):
        rows = cash_chart((100_000, 50_000), -200_000, 60, glyphs)
        assert all(cells(row_text(row)) <= 60 for row in rows)
        assert "1 quarter ago" not in row_text(rows[-1])
    assert "1 quarter ago" in row_text(cash_chart((3, 2, 1), 1, 60, "braille")[-1])
    assert cash_chart((1, 2), 3, 10, "braille") == ()
