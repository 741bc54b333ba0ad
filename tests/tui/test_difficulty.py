"""How hard it is to be, chosen on the title screen."""

from datetime import date

from devops_tycoon.play.daily import seed_of
from tests.tui.stage import NARROW, run, stage


def test_d_goes_round_the_difficulties_and_the_next_game_has_the_one_that_is_shown() -> None:
    async def play() -> None:
        async with stage(size=NARROW) as on:
            assert "engineer (d: next)" in on.text
            await on.press("d")
            assert "principal (d: next)" in on.text
            await on.press("d")
            assert "apprentice (d: next)" in on.text
            await on.press("enter")
            assert on.kind == "BriefingScreen"
            assert on.play.session.rules.level.id == "apprentice"

    run(play)


def test_the_daily_is_the_same_for_everybody() -> None:
    async def play() -> None:
        async with stage() as on:
            await on.press("d")
            while f"seed {seed_of(date.today())}" not in on.text:
                await on.press("down")
            assert "engineer (fixed)" in on.text
            await on.press("enter")
            assert on.play.session.rules.level.id == "engineer"

    run(play)
