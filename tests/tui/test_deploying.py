"""Changes that wait: the shift says so, and one key deploys them."""

from tests.tui.company_mode import leading_session, to_the_plan, to_the_shift
from tests.tui.stage import NARROW, NORMAL, a_session, run, stage


def test_the_shift_says_what_waits_and_d_deploys_it() -> None:
    async def play() -> None:
        for size in (NORMAL, NARROW):
            async with stage(leading_session(ticks=1000, leading={"changes_per_week": 2.0}), size=size) as on:
                await to_the_shift(on)
                on.play.play(1)
                while on.play.session.world.tick < 300:
                    on.play.play(100)
                await on.pilot.pause()
                assert "waiting to be deployed: d deploys" in on.text
                assert size == NARROW or "changes waiting  " in on.text
                await on.press("d")
                assert on.kind == "OrderScreen"
                assert "deploy " in on.text
                await on.press("enter")
                assert on.kind == "PlayScreen"
                assert "Ordered: deploy " in on.text

    run(play)


def test_the_first_plan_says_what_to_do_first() -> None:
    async def play() -> None:
        for size in (NORMAL, NARROW):
            async with stage(leading_session(), size=size) as on:
                await to_the_plan(on)
                assert "Arrows select" in on.text
                assert "Unspent engineer-weeks" in " ".join(on.text.split())
                await on.press("plus")
                assert "scale " in on.text
                await on.press("escape", "down")
                assert "Arrows select" not in on.text

    run(play)


def test_in_a_lesson_there_is_nothing_to_deploy() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape")
            await on.begin()
            await on.press("d")
            assert on.kind == "PlayScreen"
            assert "has no deployments" in on.text

    run(play)
