"""The picture at the top of the README is the play screen of today. REGENERATE_GOLDEN=1 writes it."""

import re
from html import unescape
from pathlib import Path

from tests.stored import REGENERATE
from tests.tui.stage import NORMAL, run, stage

PICTURE = Path(__file__).parents[2] / "docs" / "play.svg"


def words(svg: str) -> str:
    """Return the texts of a screenshot, without places and colours."""
    return unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))


def test_the_golden_picture_of_the_readme_is_the_play_screen() -> None:
    async def play() -> None:
        async with stage(size=NORMAL) as on:
            await on.press("down", "enter", "enter", "3")
            await on.to_trouble()
            for _ in range(60):
                on.play.play(1)
            await on.press("2")
            now = re.sub(r"terminal-\d+", "terminal-play", on.app.export_screenshot())
            if REGENERATE:
                PICTURE.write_text(now, encoding="utf-8")
            assert words(PICTURE.read_text(encoding="utf-8")) == words(now), "run: make golden"

    run(play)
