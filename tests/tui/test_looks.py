import pytest

from devops_tycoon.tui.look import Look, look_here
from devops_tycoon.tui.widgets.map import MapView
from tests.tui.stage import NARROW, a_session, run, stage


def test_ascii_means_ascii_on_every_screen() -> None:
    async def play() -> None:
        async with stage(look=Look("mono", "ascii"), size=NARROW) as on:
            seen: list[str] = [on.text]
            await on.press("down", "enter")
            seen.append(on.text)
            await on.press("enter")
            seen.append(on.text)
            await on.press("3")
            await on.to_trouble()
            for key in ("2", "3", "4", "5", "1", "z", "z", "z", "z"):
                await on.press(key)
                seen.append(on.text)
            for key in ("enter", "question_mark", "w", "f2", "ctrl+p"):
                await on.press(key)
                seen.append(on.text)
                await on.press("escape")
            await on.to_the_end()
            for _ in range(8):
                seen.append(on.text)
                await on.press("space")
            strange = {character for text in seen for character in text if not character.isascii()}
            assert not strange

    run(play)


def test_every_theme_and_drawing_can_be_chosen_while_playing() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape", "f2")
            for theme in ("light", "contrast", "mono", "safe"):
                await on.press("enter")
                assert on.app.theme == f"tycoon-{theme}"
            await on.press("down", "enter", "enter")
            assert on.app.look.glyphs == "ascii"
            assert on.text.isascii()
            await on.press("enter", "down", "enter")
            assert on.app.look == Look("safe", "braille", stops=False)

    run(play)


@pytest.mark.parametrize(
    ("environment", "glyphs"),
    [
        ({"LANG": "de_DE.UTF-8"}, "braille"),
        ({"LANG": "en_US.utf8"}, "braille"),
        ({}, "braille"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "ascii"),
        ({"LC_ALL": "de_DE.ISO-8859-1", "LANG": "de_DE.UTF-8"}, "ascii"),
        ({"LANG": "de_DE.UTF-8", "TERM": "linux"}, "ascii"),
    ],
)
def test_the_glyphs_suit_the_terminal(
    environment: dict[str, str], glyphs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert look_here().glyphs == glyphs


def test_a_terminal_that_is_too_small_says_so_and_recovers() -> None:
    async def play() -> None:
        async with stage(a_session(), size=(70, 20)) as on:
            assert on.kind == "SmallScreen"
            assert "70×20" in on.text
            await on.pilot.resize_terminal(120, 36)
            await on.pilot.pause()
            assert on.kind == "BriefingScreen"
            await on.press("escape", "space")
            timer = on.play._timer
            await on.pilot.resize_terminal(40, 10)
            await on.pilot.pause()
            assert on.kind == "SmallScreen"
            assert timer is not None
            assert not timer._active.is_set()
            await on.pilot.resize_terminal(80, 24)
            await on.pilot.pause()
            assert on.kind == "PlayScreen"
            assert timer._active.is_set()
            assert "[1 Map]" in on.text

    run(play)


def test_the_map_does_not_lock_the_columns_of_another_size() -> None:
    async def play() -> None:
        async with stage(a_session(), size=NARROW) as small, stage(a_session()) as large:
            await small.press("escape")
            await large.press("escape")
            columns = [
                [items for _, items in on.play.query_one(MapView)._layout_of_map.order.columns]  # type: ignore[union-attr]
                for on in (small, large)
            ]
            assert len(columns[0]) == len(columns[1]) == 5

    run(play)
