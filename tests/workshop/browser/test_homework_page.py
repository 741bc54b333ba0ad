"""Homework in a browser: the page says what to play, and takes the recording through a field with a label."""

from pathlib import Path
from typing import Any

import pytest

from tests.workshop.browser.test_a_lesson import a_page
from tests.workshop.browser.test_player_page import has
from tests.workshop.recordings import recorded
from tests.workshop.rooms import a_room, until

pytestmark = pytest.mark.long


def test_homework_is_handed_in_on_the_page_and_read_back_until_the_end(tmp_path: Path, chromium: Any) -> None:
    complaints: list[str] = []
    game, other = recorded(tmp_path / "game.replay"), tmp_path / "other.replay"
    other.write_text(game.read_text().replace('[Seed "7"]', '[Seed "8"]'), encoding="utf-8")
    with a_room(tmp_path / "room", homework=True) as room:
        screen = a_page(chromium, f"http://{room.address}/screen#{room.host.screen}", complaints)
        has(screen, "#code", room.code)
        page = a_page(chromium, f"http://{room.address}/#{room.code}", complaints)
        page.click("#join-button")
        has(page, "#homework-play", "devops-tycoon play worse-than-dead --seed 7 --record homework.replay")
        assert page.is_hidden("#order")
        assert page.is_hidden("#clock")
        hand_in = page.get_by_role("button", name="Hand in")
        hand_in.click()
        has(page, "#homework-said", "Choose a file first.")
        field = page.get_by_label("The recording of your game")
        field.set_input_files(str(game))
        hand_in.click()
        has(page, "#homework-said", "Handed in and saved (your hand-in number 1).")
        has(page, "#homework-stands", "handed in once, score ")
        assert complaints == []
        field.set_input_files(str(other))
        hand_in.click()
        has(page, "#homework-said", "Not accepted: This is a recording of another game: its seed is 8")
        room.do("end")
        page.wait_for_selector("#homework-form", state="hidden")
        until(room.link, lambda: bool(room.link.now.get("ready")), 120)
        page.click("#paper-read")
        has(page, "#homework-why", "debrief is ready")
    assert [one for one in complaints if "422" not in one] == [], "only the browser's own note of the refusal"
