"""Every screen as plain text. After a wanted change: REGENERATE_GOLDEN=1 pytest tests/tui, then read the diff."""

from pathlib import Path

import pytest

from devops_tycoon import __version__
from tests.stored import difference
from tests.tui.stage import NARROW, NORMAL, Stage, run, stage

GOLDEN = Path(__file__).parent.parent / "golden" / "screens"


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["120x36", "80x24"])
def test_every_screen_looks_as_it_was_agreed(size: tuple[int, int]) -> None:
    differs: list[str] = []

    def look(on: Stage, name: str) -> None:
        text = on.text.replace(__version__, "VERSION")
        differs.append(difference(GOLDEN / f"{name}-{size[0]}x{size[1]}.txt", text))

    async def play() -> None:
        async with stage(size=size) as on:
            look(on, "title")
            await on.press("down", "enter")
            look(on, "briefing")
            await on.press("enter")
            look(on, "question")
            await on.press("3")
            look(on, "planning")
            await on.to_trouble()
            for _ in range(20):
                on.play.play(1)
            await on.pilot.pause()
            look(on, "trouble")
            await on.press("2")
            look(on, "service")
            await on.press("4")
            look(on, "charts")
            await on.press("1", "enter")
            look(on, "order")
            await on.press("escape", "question_mark")
            look(on, "help")
            await on.press("escape", "w")
            look(on, "why")
            await on.press("escape", "f2")
            look(on, "settings")
            await on.press("escape")
            await on.to_the_end()
            look(on, "debrief")

    run(play)
    assert not any(differs), "\n\n".join(filter(None, differs))
