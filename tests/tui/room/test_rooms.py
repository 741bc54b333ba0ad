"""The terminal side of workshops: frames as agreed, and what a key may not do. REGENERATE_GOLDEN=1 writes frames."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from devops_tycoon.tui.app import TycoonApp
from devops_tycoon.tui.look import Look
from devops_tycoon.tui.room.app import ConsoleApp, PlayerApp
from tests.stored import difference
from tests.tui.room.fake import FakeLink, board, console_now
from tests.tui.stage import NARROW, NORMAL, Stage, run
from tests.tui.test_golden_screens import GOLDEN

LOOK = Look("safe", "braille")


@asynccontextmanager
async def on_stage(app: TycoonApp, size: tuple[int, int] = NORMAL) -> AsyncIterator[Stage]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Stage(app, pilot)


def look(on: Stage, name: str, size: tuple[int, int]) -> None:
    differs = difference(GOLDEN / f"room-{name}-{size[0]}x{size[1]}.txt", on.text)
    assert not differs, differs


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["120x36", "80x24"])
def test_a_players_golden_screens_look_as_agreed(size: tuple[int, int]) -> None:
    fake = FakeLink("player")

    async def play() -> None:
        async with on_stage(PlayerApp(fake.link, LOOK), size) as on:
            look(on, "lobby", size)
            fake.tell(
                [0, "begin", "facilitator", 0], state="running", tick=12, message="Look [b]closely[/b]", board=board()
            )
            on.app.screen.follow()  # type: ignore[attr-defined]
            await on.pilot.pause()
            on.play.frame()
            await on.pilot.pause()
            look(on, "shift", size)
            await on.press("B")
            look(on, "board", size)

    run(play)


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["120x36", "80x24"])
def test_the_golden_console_looks_as_agreed(size: tuple[int, int]) -> None:
    fake = FakeLink("host", **console_now())

    async def play() -> None:
        async with on_stage(ConsoleApp(fake.link, "", LOOK), size) as on:
            look(on, "console", size)
            assert "\x1b" not in on.text
            assert "\u202e" not in on.text

    run(play)


def test_the_console_of_homework_shows_who_has_handed_in_and_offers_no_clock() -> None:
    fake = FakeLink("host", **console_now() | {"state": "homework", "locked": [], "message": ""})
    first, second, third = fake.now["roster"]
    first |= {"handed": 0, "checked": None}
    second |= {"handed": 2, "checked": {"problem": "", "score": 871, "uptime": 0.9931, "same": ["P03"]}}
    third |= {"handed": 1, "checked": {"problem": "the mark\x1b at tick 60 differs"}}

    async def play() -> None:
        async with on_stage(ConsoleApp(fake.link, "", LOOK), (160, 40)) as on:
            assert "nothing handed in" in on.text
            assert "handed in 2 times, score 871, uptime 99.310%, same decisions as P03" in on.text
            assert "NOT VERIFIED: the mark" in on.text
            assert "2 of 3 have handed in" in on.text
            assert "E: end the homework" in on.text
            assert "ticks a second" not in on.text
            assert "Faster" not in on.text
            assert "\x1b" not in on.text

    run(play)


def test_a_player_cannot_move_the_clock_and_begins_no_shift() -> None:
    fake = FakeLink("player")

    async def play() -> None:
        async with on_stage(PlayerApp(fake.link, LOOK)) as on:
            fake.tell([0, "begin", "facilitator", 0], state="running", tick=5)
            on.app.screen.follow()  # type: ignore[attr-defined]
            await on.pilot.pause()
            on.play.frame()
            for key in ("space", "plus", "minus", "full_stop"):
                await on.press(key)
                assert "The facilitator controls the clock." in on.text
            assert on.play.session.world.tick == 5
            assert fake.sent == []

    run(play)


def test_the_console_shows_refusals_and_asks_before_what_cannot_be_undone() -> None:
    fake = FakeLink("host", **console_now())

    async def play() -> None:
        async with on_stage(ConsoleApp(fake.link, "", LOOK)) as on:
            await on.press("E", "n", "Z", "escape", "R", "n")
            assert fake.sent == []
            await on.press("E", "y")
            assert fake.sent == ["end"]
            await on.press("colon", *"lesson", "space", *"act", "minus", "1", "enter")
            assert fake.sent == ["end"]
            assert "workshop export --round" in " ".join(on.text.split())
            await on.press("enter")
            assert fake.sent == ["end", "lesson act-1"]
            await on.press("colon")
            await on.paste("more 300\n")
            assert fake.sent[-1] == "more 300"
            fake.refusal = "No planning is under way."
            await on.press("t")
            assert "No planning is under way." in on.text

    run(play)
