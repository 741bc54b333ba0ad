"""The projector's page: what it shows, and what it must never hold."""

import re
from collections.abc import Callable

import pytest

from tests.workshop.browser.conftest import Opened
from tests.workshop.browser.room import HOST_TOKEN, SCREEN_TOKEN, FakeRoom
from tests.workshop.browser.states import DEBRIEF, HOSTILE, LINKS, a_screen_now, hostile_rows, rows, services
from tests.workshop.browser.test_player_page import has

pytestmark = pytest.mark.long

Visit = Callable[..., Opened]
SCREEN = f"/screen#{SCREEN_TOKEN}"


def everything(found: Opened) -> str:
    """Return all that the page holds, shows and remembers."""
    return str(
        found.page.evaluate(
            "JSON.stringify([document.documentElement.outerHTML, {...sessionStorage}, {...localStorage}, "
            "location.href, document.cookie, history.state])"
        )
    )


def test_the_lobby_shows_how_to_come_in(room: FakeRoom, visit: Visit) -> None:
    room.now = a_screen_now(state="lobby")
    found = visit(SCREEN, wide=1920, high=1080)
    found.page.wait_for_selector("#qr:not([hidden])")
    has(found.page, "#code", "K7WPXM")
    has(found.page, "#addresses", "http://192.168.1.5:8137/")
    assert found.page.url == f"{room.address}/screen"
    assert found.complaints == []
    found.page.reload()
    has(found.page, "#code", "K7WPXM")


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)])
@pytest.mark.parametrize("message", ["", "Two minutes left."])
def test_every_row_on_a_page_of_the_board_is_in_sight(
    room: FakeRoom, visit: Visit, size: tuple[int, int], message: str
) -> None:
    room.now = a_screen_now(board={"frozen": False, "tick": 1, "rows": rows(57)}, people=57, message=message)
    found = visit(SCREEN, wide=size[0], high=size[1])
    has(found.page, "#pages", "of 57")
    lowest = found.page.evaluate("document.querySelector('#pages').getBoundingClientRect().bottom")
    assert lowest <= size[1]
    many = found.page.locator("#board tr").count()
    assert many == 20 if not message else many >= 15
    found.page.keyboard.press("ArrowRight")
    has(found.page, "#pages", f"{many + 1}–")


def test_maps_tell_states_in_signs_and_words(room: FakeRoom, visit: Visit) -> None:
    room.now = a_screen_now()
    found = visit(SCREEN)
    has(found.page, "#worst svg .failing .word", "failing")
    has(found.page, "#worst svg .failing .sign", "✖")
    assert "members is failing" in found.page.get_attribute("#worst svg", "aria-label")
    assert found.page.locator("#best svg g").count() == 10


def test_a_graph_with_loops_and_strangers_is_drawn_all_the_same(room: FakeRoom, visit: Visit) -> None:
    links = [["a", "b"], ["b", "c"], ["c", "a"], ["a", "a"], ["c", "nobody"], *LINKS]
    seen = {"services": services(dict.fromkeys("abc", "well")), "links": links}
    room.now = a_screen_now(maps={"best": seen, "worst": {"services": [], "links": []}})
    found = visit(SCREEN)
    found.page.wait_for_selector("#best svg g")
    assert found.page.locator("#best svg g").count() == 3
    assert found.page.is_hidden("#worst")
    assert found.complaints == []


def test_a_closed_poll_shows_what_people_answered(room: FakeRoom, visit: Visit) -> None:
    poll = {"id": 1, "text": "Where?", "choices": ["web", "main-db"], "mine": 0, "counts": None, "open": True}
    room.now = a_screen_now(poll=poll)
    found = visit(SCREEN)
    has(found.page, "#poll-note", "own screen")
    room.wait(lambda: len(room._sockets) > 0)
    room.tell(poll=poll | {"open": False, "counts": [4, 9]})
    has(found.page, "#poll-note", "13 answers")
    has(found.page, "#choices .number", "9")


def test_nothing_that_people_write_runs_on_the_projector(room: FakeRoom, visit: Visit) -> None:
    seen = {
        "services": [
            {"id": text, "kind": text, "state": text, "replicas": 2, "busy": 1, "waiting": 1} for text in HOSTILE
        ],
        "links": [[one, other] for one in HOSTILE for other in HOSTILE],
    }  # fmt: skip
    room.title = HOSTILE[0]
    room.now = a_screen_now(
        board={"frozen": True, "tick": 1, "rows": hostile_rows()}, message=HOSTILE[0], why=HOSTILE[4],
        events=[[1, text] for text in HOSTILE], maps={"best": seen, "worst": seen}, addresses=list(HOSTILE),
    )  # fmt: skip
    found = visit(SCREEN)
    has(found.page, "#board .text", HOSTILE[0])
    found.page.wait_for_selector("#best svg g")
    assert found.page.locator("script:not([src]), #board img, #best img, #message img").count() == 0
    assert found.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert found.complaints == []
    assert found.hosts == {f"127.0.0.1:{room.port}"}


def test_the_projector_never_holds_the_token_of_the_host(room: FakeRoom, visit: Visit) -> None:
    room.now = a_screen_now(host=HOST_TOKEN, token=HOST_TOKEN)  # even if the room said it
    found = visit(SCREEN)
    has(found.page, "#board", "Calm Otter")
    assert HOST_TOKEN not in everything(found)
    assert re.search(r"screen.*SSSS", everything(found))


def test_a_token_of_the_host_is_not_taken_and_not_kept(room: FakeRoom, visit: Visit) -> None:
    found = visit(f"/screen#{HOST_TOKEN}")
    has(found.page, "#wait-why", "Open this page with the projector link")
    assert HOST_TOKEN not in everything(found)
    assert room.hellos == []


def test_a_token_that_is_more_than_a_screens_is_forgotten(room: FakeRoom, visit: Visit) -> None:
    room.role = "host"
    found = visit(SCREEN)
    has(found.page, "#wait-why", "not the projector link")
    assert SCREEN_TOKEN not in everything(found)


def test_the_screen_comes_back_by_itself(room: FakeRoom, visit: Visit) -> None:
    room.now = a_screen_now()
    found = visit(SCREEN)
    has(found.page, "#board", "Calm Otter")
    room.wait(lambda: len(room._sockets) > 0)
    room.now["why"] = "The room was restarted."
    room.drop()
    has(found.page, "#why", "The room was restarted.")
    assert found.page.inner_text("#line") == ""


def test_the_debrief_is_shown_in_place(room: FakeRoom, visit: Visit) -> None:
    room.debrief = DEBRIEF
    room.now = a_screen_now(state="debrief", ready=True)
    found = visit(SCREEN)
    found.page.click("#read")
    assert found.page.frame_locator("#frame").locator("h1").inner_text() == "What happened"
    found.page.click("#back")
    assert found.page.is_hidden("#paper")
    assert found.complaints == []


def test_a_closed_poll_gives_way_to_the_maps(room: FakeRoom, visit: Visit) -> None:
    poll = {"id": 1, "text": "Where?", "choices": ["web", "main-db"], "mine": 0, "counts": [4, 9], "open": False}
    room.now = a_screen_now(poll=poll)
    found = visit("/assets/look.css")  # a clock of the test's own, before the page begins
    found.page.clock.install()
    found.page.goto(room.address + SCREEN)
    has(found.page, "#poll-note", "13 answers")
    assert found.page.is_hidden("#best")
    found.page.clock.run_for(60_000)
    found.page.wait_for_selector("#best svg", state="visible")
    assert found.page.is_hidden("#poll")
