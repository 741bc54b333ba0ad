"""The review after a shift, and the plan of the next."""

import pytest

from tests.tui.led import begin, leading_session, to_the_incident, to_the_shift
from tests.tui.stage import NARROW, NORMAL, run, stage

SIZES = pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["120x36", "80x24"])


@SIZES
def test_after_a_shift_comes_its_review_and_then_the_next_plan_and_at_the_end_the_debrief(
    size: tuple[int, int],
) -> None:
    async def play() -> None:
        async with stage(leading_session(ticks=500), size=size) as on:
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
