"""The screens of a company that is led as plain text. After a wanted change: REGENERATE_GOLDEN=1 pytest tests/tui."""

from pathlib import Path

import pytest

from tests.stored import difference
from tests.tui.company_mode import begin, leading_session, to_the_plan, trouble
from tests.tui.stage import NARROW, NORMAL, Stage, run, stage

GOLDEN = Path(__file__).parent.parent / "golden" / "screens"


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["120x36", "80x24"])
def test_every_screen_of_a_led_company_looks_as_it_was_agreed(size: tuple[int, int]) -> None:
    differs: list[str] = []

    def look(on: Stage, name: str) -> None:
        differs.append(difference(GOLDEN / f"led-{name}-{size[0]}x{size[1]}.txt", on.text))

    async def play() -> None:
        async with stage(leading_session(ticks=600), size=size) as on:
            await to_the_plan(on)
            look(on, "planning")
            await on.press("enter")
            look(on, "practice")
            await on.press("enter", "2")
            look(on, "projects")
            await on.press("3")
            look(on, "people")
            await on.press("4")
            look(on, "money")
            await on.press("5")
            look(on, "forecast")
            await on.press("s", "down", "space")
            look(on, "cutting")
            await on.press("escape", "b")
            look(on, "begin")
            await on.press("escape")
            await begin(on)
            await trouble(on)
            look(on, "play")
            await on.press("i")
            look(on, "incident")
            await on.press("escape")
            while on.kind == "PlayScreen":
                on.play.play(1000)
                await on.pilot.pause()
            look(on, "review")

    run(play)
    assert not any(differs), "\n\n".join(filter(None, differs))
