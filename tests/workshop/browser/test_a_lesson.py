"""A whole lesson in the real room: a browser, a terminal, a projector, a zone that goes dark, a debrief."""

import csv
import io
import json
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.workshop.browser.test_player_page import has
from tests.workshop.rooms import Hosted, a_room, follow, until

pytestmark = pytest.mark.long


def fetched(room: Hosted, path: str) -> bytes:
    wanted = urllib.request.Request(
        f"http://{room.address}/{path}", headers={"Authorization": f"Bearer {room.host.token}"}
    )
    with urllib.request.urlopen(wanted, timeout=20) as answer:
        body: bytes = answer.read()
        return body


def a_page(chromium: Any, url: str, complaints: list[str]) -> Any:
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    return page


def test_a_lesson_from_the_code_to_the_grades(tmp_path: Path, chromium: Any) -> None:
    complaints: list[str] = []
    with a_room(tmp_path / "room", lesson="worse-than-dead", seed=4) as room:
        screen = a_page(chromium, f"http://{room.address}/screen#{room.host.screen}", complaints)
        has(screen, "#code", room.code)
        player = a_page(chromium, f"http://{room.address}/#{room.code}", complaints)
        player.click("#join-button")
        has(player, "#me-code", "P01")
        terminal = room.player()
        room.do("start")
        player.wait_for_selector("#question:not([hidden]) input")
        player.check("#question input >> nth=2")
        player.click("#question button")
        has(player, "#question", "It fails within seconds")
        player.fill("#order", "set web>recommendations timeout=300ms fallback=on")
        player.press("#order", "Enter")
        has(player, "#news", "web calls recommendations")
        room.do("start", "pace 64")
        follow(terminal, 100)
        room.do("pace 16", "inject zone-loss zone=a lasts=300s")
        has(player, "#rows", "down")
        room.do("pause")
        has(player, "#clock", "aused")
        at = room.link.now["tick"]
        has(screen, "#events", "zone-loss")
        assert room.link.now["tick"] == at
        room.do("pace 64", "resume")
        until(room.link, lambda: room.link.now["state"] == "ended", 200)
        until(room.link, lambda: bool(room.link.now["ready"]), 200)
        player.click("#paper-read")
        player.frame_locator("#paper-frame").get_by_text("Where everybody ended").wait_for()
        screen.click("#read")
        screen.frame_locator("#frame").get_by_text("Where everybody ended").wait_for()
        rows = {row["code"]: row for row in room.link.now["board"]["rows"]}
        grades = list(csv.DictReader(io.StringIO(fetched(room, "grades.csv").decode("utf-8-sig"))))
        archive = zipfile.ZipFile(io.BytesIO(fetched(room, "replays.zip")))
        assert json.loads(fetched(room, "health"))["ok"]
        screen.context.close()
        player.context.close()
    assert sorted(archive.namelist()) == ["P01.replay", "P02.replay"]
    assert [row["verified"] for row in grades] == ["yes", "yes"]
    assert {row["code"]: int(row["score"]) for row in grades} == {code: row["score"] for code, row in rows.items()}
    assert [row["forecast_mark"] for row in grades] == ["1", ""]
    assert int(grades[0]["score"]) > int(grades[1]["score"]), "the fallback was worth it"
    assert complaints == []
