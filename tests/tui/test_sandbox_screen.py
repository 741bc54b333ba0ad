"""In a sandbox the player makes the trouble, and sees which there is."""

from tests.tui.stage import NARROW, NORMAL, a_session, run, stage


def test_x_offers_every_card_by_its_name() -> None:
    async def play() -> None:
        for size in (NORMAL, NARROW):
            async with stage(a_session("sandbox"), size=size) as on:
                await on.press("enter")
                assert "x injects a fault" in " ".join(on.text.split())
                await on.begin()
                await on.press("x", *"zone-loss")
                assert "inject zone-loss   Zone loss" in on.text
                await on.press("enter")
                assert on.kind == "PlayScreen"
                on.play.play(1)
                assert [fault.card for fault in on.play.session.world.faults] == ["zone-loss"]

    run(play)


def test_players_of_a_lesson_are_offered_no_trouble() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape")
            await on.begin()
            await on.press("colon", *"inject")
            assert "inject zone-loss" not in on.text

    run(play)
