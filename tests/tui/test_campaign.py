"""From one act to the next on the screen, still in the same recording."""

from devops_tycoon.play.game import Game
from devops_tycoon.play.saves import new_save
from devops_tycoon.play.saves_folder import saves
from tests.leading import two_acts
from tests.tui.stage import run, stage


def test_an_act_that_is_won_leads_on_to_the_next() -> None:
    async def play() -> None:
        session = new_save(Game(two_acts(), 1))
        async with stage(session) as on:
            for _ in range(2):
                session.place("begin")
                session.advance(90)
            on.play._shift_ended()
            await on.pilot.pause()
            assert on.kind == "DebriefScreen"
            assert "Next act" in on.text
            await on.press("o")
            assert on.kind == "BriefingScreen"
            assert session.rules.scenario.act == 2
            assert "onward" in saves()[0].read_text(encoding="utf-8")

    run(play)
