"""Planning of a company that is led, through the keys."""

import pytest
from textual.binding import Binding
from textual.screen import Screen

from devops_tycoon.tui.look import Look
from devops_tycoon.tui.screens.begin import BeginScreen
from devops_tycoon.tui.screens.cut import CutScreen
from devops_tycoon.tui.screens.incident import IncidentScreen
from devops_tycoon.tui.screens.planning import PlanningScreen
from devops_tycoon.tui.screens.practice import PracticeScreen
from devops_tycoon.tui.screens.review import ReviewScreen
from tests.tui.company_mode import leading_session, to_the_plan
from tests.tui.stage import NARROW, NORMAL, run, stage

SIZES = pytest.mark.parametrize("size", [pytest.param(NORMAL, marks=pytest.mark.long), NARROW], ids=["120x36", "80x24"])


@SIZES
def test_a_practice_is_read_ordered_seen_as_a_project_and_taken_back(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with stage(leading_session(), size=size) as on:
            await to_the_plan(on)
            assert "52 of 52 weeks" in on.text
            await on.press("slash", *"runbooks", "enter")
            assert "Circuit breakers" not in on.text
            await on.press("enter")
            assert on.kind == "PracticeScreen"
            assert "30% less time" in on.text
            assert "Trade-offs" in on.text
            await on.press("enter")
            assert "Ordered: adopt runbooks" in on.text
            assert "51 of 52 weeks" in on.text
            await on.press("2")
            assert "adopt runbooks" in on.text
            assert "in 1 week" in on.text
            await on.press("u")
            assert "Undone: adopt runbooks" in on.text
            assert "52 of 52 weeks" in on.text

    run(play)


def test_a_practice_for_one_service_asks_for_which() -> None:
    async def play() -> None:
        async with stage(leading_session()) as on:
            await to_the_plan(on)
            await on.press("slash", *"baked", "enter", "enter")
            assert "For which service?" in on.text
            await on.press("down", "enter")
            assert "Ordered: adopt baked-image identity" in on.text
            await on.press("enter", "up", "up")
            assert "(not now)" in on.text

    run(play)


def test_what_is_refused_stands_there_with_the_reason() -> None:
    async def play() -> None:
        async with stage(leading_session(leading={"engineers": 0})) as on:
            await to_the_plan(on)
            assert "engineer-weeks; 0 are left in this plan." in on.text
            await on.press("enter", "enter")
            assert on.kind == "PracticeScreen"
            assert not on.play.session.world.projects

    run(play)


@SIZES
def test_the_shift_begins_only_after_a_look_at_the_forecast(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with stage(leading_session(), size=size) as on:
            await to_the_plan(on)
            await on.press("b")
            assert "Cash $60,000 →" in on.text
            await on.press("escape")
            assert on.play.session.world.phase == "planning"
            await on.press("b", "enter")
            assert on.kind == "PlayScreen"
            assert str(on.play.session.world.phase) == "shift"
            assert on.play.session.world.week == 13
            assert not on.play.pace.paused

    run(play)


def test_the_map_can_be_looked_at_and_the_shift_begun_from_the_order_line() -> None:
    async def play() -> None:
        async with stage(leading_session()) as on:
            await to_the_plan(on)
            await on.press("m")
            assert on.kind == "PlayScreen"
            await on.press("space")
            assert on.kind == "PlanningScreen"
            await on.press("colon", *"begin", "enter")
            assert on.kind == "PlayScreen"
            assert on.play.session.world.phase == "shift"

    run(play)


def test_a_company_that_cannot_pay_is_warned_and_then_closed() -> None:
    async def play() -> None:
        poor = leading_session(leading={"members": 0, "salary_cents_per_week": 100_000_000})
        async with stage(poor) as on:
            await to_the_plan(on)
            assert "With this plan there is no shift" in on.text
            await on.press("b", "enter")
            assert on.kind == "DebriefScreen"

    run(play)


def test_leaving_the_plan_leaves_the_game() -> None:
    async def play() -> None:
        async with stage(leading_session()) as on:
            await to_the_plan(on)
            await on.press("q")
            assert on.kind == "TitleScreen"

    run(play)


def test_lines_of_the_plan_can_be_clicked() -> None:
    async def play() -> None:
        async with stage(leading_session()) as on:
            await to_the_plan(on)
            y = next(n for n, line in enumerate(on.text.split("\n")) if "Runbooks" in line)
            await on.pilot.click(offset=(8, y))
            assert "▸· Runbooks" in on.text
            await on.pilot.click(offset=(8, y), times=2)
            await on.pilot.pause()
            assert on.kind == "PracticeScreen"

    run(play)


@pytest.mark.parametrize(
    "screen", [BeginScreen, CutScreen, IncidentScreen, PlanningScreen, PracticeScreen, ReviewScreen]
)
def test_every_key_of_the_screens_does_something(screen: type[Screen[object]]) -> None:
    for binding in screen.BINDINGS:
        assert isinstance(binding, Binding)
        assert hasattr(screen, f"action_{binding.action.partition('(')[0]}"), binding


@SIZES
def test_every_pane_of_the_plan_can_be_shown_in_ascii(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with stage(leading_session(), size=size, look=Look("mono", "ascii")) as on:
            await to_the_plan(on)
            for _ in range(5):
                assert on.text.isascii(), on.text
                assert "?" not in on.text.replace("? Help", "")
                await on.press("tab")
            await on.press("enter")
            assert on.text.isascii()

    run(play)
