"""The review after a shift, and the plan of the next."""

import pytest

from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.tui.draw.values import row_text
from devops_tycoon.tui.view.company.comparison import of_shift
from devops_tycoon.tui.view.company.review import review_rows
from tests.tui.company_mode import TROUBLE, begin, leading_session, to_the_incident, to_the_shift
from tests.tui.stage import NARROW, NORMAL, run, stage

SIZES = pytest.mark.parametrize("size", [pytest.param(NORMAL, marks=pytest.mark.long), NARROW], ids=["120x36", "80x24"])


@SIZES
def test_after_a_shift_comes_its_review_and_then_the_next_plan_and_at_the_end_the_debrief(
    size: tuple[int, int],
) -> None:
    async def play() -> None:
        async with stage(leading_session(ticks=300), size=size) as on:
            await to_the_incident(on)
            while on.kind == "PlayScreen":
                on.play.play(1000)
                await on.pilot.pause()
            assert on.kind == "ReviewScreen"
            assert "points so far" in on.text
            assert "Error budgets" in on.text
            await on.press("enter")
            assert on.kind == "PlanningScreen"
            assert on.play.session.world.shift == 1
            await begin(on)
            on.play.play(1000)
            await on.pilot.pause()
            assert on.kind == "DebriefScreen"
            await on.press("q")
            assert on.kind == "TitleScreen"

    run(play)


def test_a_quiet_shift_has_a_review_without_an_incident() -> None:
    async def play() -> None:
        async with stage(leading_session(ticks=60)) as on:
            await to_the_shift(on)
            on.play.play(1000)
            await on.pilot.pause()
            await on.press("space", "space")
            assert "A quiet shift." in on.text

    run(play)


def test_a_good_shift_stands_beside_all_shifts_and_is_not_blamed_for_what_was_lost_before() -> None:
    session = leading_session(ticks=200)
    assert session.place("begin") is None
    session.place(TROUBLE, by=FACILITATOR)
    session.advance(1000)
    assert session.place("begin") is None
    session.advance(1000)
    text = [row_text(row) for row in review_rows(session, 110, "braille")]
    lost = next(line.split() for line in text if "Requests lost" in line)
    assert lost[2] == "0"
    assert lost[3] != "0"
    assert any("Better than earlier shifts" in line for line in text)


def test_what_a_shift_alone_lost_and_what_came_before_are_all_that_was_lost() -> None:
    session = leading_session(ticks=200)
    parts = []
    for _ in range(2):
        assert session.place("begin") is None
        session.place(TROUBLE, by=FACILITATOR)
        session.advance(1000)
        parts.append(sum(valid - good for valid, good, _ in of_shift(session)))
    assert sum(parts) == sum(tally.valid - tally.good for tally in session.world.tally.journeys)
    assert min(parts) > 0
