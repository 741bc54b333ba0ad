"""The plain page, as people use it: joined, played by buttons and by words, read out, and never fooled."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.workshop.browser.conftest import Opened
from tests.workshop.browser.room import CODE, FakeRoom
from tests.workshop.browser.states import DEBRIEF, HOSTILE, a_room_now, a_view, hostile_rows, hostile_view, services

pytestmark = pytest.mark.long

Play = Callable[..., Opened]


def has(page: Any, selector: str, text: str) -> None:
    """Wait until a place shows a text."""
    page.wait_for_function(
        "([where, text]) => [...document.querySelectorAll(where)].some(n => n.textContent.includes(text))",
        arg=[selector, text],
    )


def test_the_code_comes_with_the_address_and_does_not_stay_in_it(room: FakeRoom, visit: Play) -> None:
    room.now = a_room_now()
    found = visit()
    assert found.page.input_value("#code") == CODE
    assert found.page.url == f"{room.address}/"
    assert found.page.is_hidden("#name")
    found.page.click("#join-button")
    has(found.page, "#me", "Calm Otter")
    hello = room.hellos[0]
    assert hello["code"] == CODE
    assert hello["view"] is True
    assert len(hello["token"]) == 24
    assert "name" not in hello
    assert found.page.context.cookies() == []
    assert found.complaints == []


def test_a_name_is_asked_for_only_where_it_is_free(room: FakeRoom, visit: Play) -> None:
    room.names = "free"
    found = visit()
    found.page.wait_for_selector("#name", state="visible")
    found.page.fill("#name", "Ada")
    found.page.keyboard.press("Enter")
    room.wait(lambda: bool(room.hellos))
    assert room.hellos[0]["name"] == "Ada"


def test_a_wrong_code_is_answered_beside_the_form(visit: Play) -> None:
    found = visit("/#WRONGG")
    found.page.click("#join-button")
    has(found.page, "#join-why", "not the code of this room")
    found.page.fill("#code", CODE.lower())
    found.page.keyboard.press("Enter")
    has(found.page, "#me", "Calm Otter")


def test_whoever_reloads_is_the_same_person(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    found.page.reload()
    has(found.page, "#me", "Calm Otter")
    assert room.hellos[0]["token"] == room.hellos[1]["token"]


def test_a_button_places_its_order_once(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    found.page.get_by_role("button", name="scale web +1 $6,000").click()
    has(found.page, "#answer", "scale web +1: placed")
    has(found.page, "#live", "scale web +1: placed")
    assert room.heard == [{"t": "order", "order": "scale web +1", "seq": 4}]  # the room knew three


def test_a_refusal_stands_beside_the_line_and_is_read_out_once(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    room.answers = lambda _: "There is no service called wbe. Did you mean web?"
    found = play()
    found.page.fill("#order", "scale wbe +1")
    found.page.keyboard.press("Enter")
    has(found.page, "#answer", "Did you mean web?")
    assert found.page.locator("#live p", has_text="Did you mean web?").count() == 1
    assert found.page.evaluate("document.activeElement.id") == "order"
    room.tell(tick=1010)
    assert found.page.locator("#live p", has_text="Did you mean web?").count() == 1


def test_an_option_that_is_not_possible_says_why_and_sends_nothing(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    button = found.page.get_by_role("button", name="rollback web")
    assert button.get_attribute("aria-disabled") == "true"
    button.click(force=True)
    has(found.page, "#answer", "nothing to go back to")
    assert room.heard == []


def test_what_was_not_answered_is_sent_again_under_its_number(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    room.deaf = True
    found.page.get_by_role("button", name="restart catalog").click()
    room.wait(lambda: len(room.heard) == 1)
    room.deaf = False
    room.drop()
    room.wait(lambda: len(room.heard) == 2)
    assert room.heard[0] == room.heard[1] == {"t": "order", "order": "restart catalog", "seq": 4}
    assert room.hellos[0] == room.hellos[1]
    has(found.page, "#answer", "restart catalog: placed")
    has(found.page, "#live", "Reconnected")
    has(found.page, "#line", "connected")


def test_what_was_not_answered_survives_a_reload(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    room.deaf = True
    found.page.get_by_role("button", name="restart catalog").click()
    room.wait(lambda: len(room.heard) == 1)
    room.deaf = False
    found.page.reload()
    room.wait(lambda: len(room.heard) == 2)
    assert room.heard[0] == room.heard[1]


def test_busy_is_tried_again_without_bothering_anybody(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    room.answers = lambda _: "busy" if not room.heard else ""
    found = play()
    found.page.get_by_role("button", name="freeze").click()
    room.wait(lambda: len(room.heard) == 2)
    assert room.heard[0] == room.heard[1]
    has(found.page, "#answer", "freeze: placed")


def test_the_focus_stays_where_it_is_while_everything_changes(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    button = found.page.get_by_role("button", name="restart catalog")
    button.focus()
    found.page.evaluate(
        "window.held = document.activeElement; window.lost = 0;"
        "held.onblur = () => { if (new Error().stack.includes('/assets/')) lost++ }"
    )
    turned = list(reversed(services()))
    options = list(reversed([o for o in a_view()["options"] if o["order"] != "restart catalog"]))
    room.tell(view=a_view(tick=1004, services=turned))
    room.tell(view=a_view(tick=1005, services=turned, options=options))  # its option is gone: it stays, and says so
    has(found.page, "#when", "Saturday")
    found.page.wait_for_function("held.getAttribute('aria-disabled') === 'true'")
    assert found.page.evaluate("[document.activeElement === held, held.isConnected, window.lost]") == [True, True, 0]
    shown = found.page.eval_on_selector_all("#rows .id > :first-child", "nodes => nodes.map(n => n.textContent)")
    assert shown == [service["id"] for service in turned]


def test_only_new_alerts_are_read_out(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    has(found.page, "#news", "Incident 1")
    facts = [*a_view()["facts"], [1005, "main-db is out of disk.", True], [1006, "A responder is free.", False]]
    room.tell(view=a_view(tick=1006, facts=facts))
    has(found.page, "#live", "Alert: main-db is out of disk.")
    room.tell(view=a_view(tick=1007, facts=facts))
    room.tell(view=a_view(tick=1008, facts=facts, cash="$1"))
    has(found.page, "#cash", "$1")
    assert found.page.locator("#live p", has_text="main-db").count() == 1
    assert found.page.locator("#live p", has_text="Incident 1").count() == 0
    assert found.page.locator("#live p", has_text="responder").count() == 0


def test_a_forecast_and_a_poll_are_answered_by_keyboard(room: FakeRoom, play: Play) -> None:
    question = {"text": "What will hurt first?", "choices": ["web", "main-db"], "mine": 0, "open": True}
    poll = {"id": 3, "text": "Ready?", "choices": ["yes", "no"], "mine": 0, "counts": None, "open": True}
    room.now = a_room_now(state="planning", view=a_view(phase="planning", question=question), poll=poll)
    found = play()
    for box in ("question", "poll"):
        found.page.focus(f"#{box} input >> nth=0")
        found.page.keyboard.press("ArrowDown")
        found.page.keyboard.press("Enter")
    room.wait(lambda: len(room.heard) == 2)
    assert room.heard == [
        {"t": "order", "order": "forecast-answer 2", "seq": 4},
        {"t": "answer", "poll": 3, "choice": 2, "seq": 5},
    ]
    room.tell(poll=poll | {"open": False, "counts": [3, 9], "mine": 2})
    has(found.page, "#poll .count", "9 of 12")


def test_nothing_that_people_write_is_ever_more_than_text(room: FakeRoom, play: Play) -> None:
    room.title = HOSTILE[0]
    rows = hostile_rows()
    poll = {"id": 1, "text": HOSTILE[0], "choices": list(HOSTILE), "mine": 1, "counts": None, "open": True}
    room.now = a_room_now(
        view=hostile_view(), board={"frozen": False, "tick": 1, "rows": rows}, message=HOSTILE[0], poll=poll,
        why=HOSTILE[1], name=HOSTILE[9],
    )  # fmt: skip
    room.answers = lambda _: HOSTILE[0]
    found = play(wide=320)
    has(found.page, "#board .text", HOSTILE[0])
    has(found.page, "#news .text", HOSTILE[1])
    has(found.page, "#message", HOSTILE[0])
    found.page.fill("#order", HOSTILE[9])
    found.page.keyboard.press("Enter")
    has(found.page, "#answer", HOSTILE[0])
    assert found.page.locator("#game img, #game script, #live img, #game svg").count() == 0
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert found.complaints == []
    assert found.hosts == {f"127.0.0.1:{room.port}"}


def test_nothing_scrolls_sideways_on_a_narrow_phone(room: FakeRoom, play: Play) -> None:
    question = {"text": "What will hurt first?", "choices": ["web", "main-db"], "mine": 0, "open": True}
    room.now = a_room_now(view=a_view(question=question), message="Look at who waits for whom.")
    found = play(wide=320, high=640)
    has(found.page, "#rows", "recommendations")
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_goodbye_says_why_and_nobody_knocks_again(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    room.say({"t": "bye", "why": "The facilitator has removed you from the room."})
    has(found.page, "#bye-why", "has removed you")
    room.drop()
    has(found.page, "#line", "closed")
    assert len(room.hellos) == 1


def test_a_hidden_board_says_so_and_the_own_row_is_marked(room: FakeRoom, play: Play) -> None:
    room.now = a_room_now()
    found = play()
    mine = found.page.locator("#board tr[aria-current=true]")
    assert "Calm Otter" in mine.inner_text()
    assert "you" in mine.inner_text()
    room.tell(board=None)
    has(found.page, "#board-note", "Hidden by the facilitator")
    assert found.page.locator("#board tr").count() == 0


def test_the_debrief_opens_in_place_styled_and_lame(room: FakeRoom, play: Play) -> None:
    room.debrief = DEBRIEF
    room.now = a_room_now(state="debrief", ready=True)
    found = play()
    found.page.click("#paper-read")
    inside = found.page.frame_locator("#paper-frame")
    assert inside.locator("h1").inner_text() == "What happened"
    assert inside.locator("h1").evaluate("n => getComputedStyle(n).color") == "rgb(168, 67, 0)"
    assert inside.locator("p").first.evaluate("n => getComputedStyle(n).color") == "rgb(9, 105, 179)"
    assert found.page.get_attribute("#paper-save", "download") == "debrief.html"
    assert found.complaints == []
    assert found.hosts == {f"127.0.0.1:{room.port}"}


def test_orders_that_say_how_wait_behind_more_which_stays_open(room: FakeRoom, play: Play) -> None:
    how = {"order": "set web>catalog timeout=300ms", "about": "web", "price": "", "why_not": ""}
    room.now = a_room_now(view=a_view(options=[*a_view()["options"], how]))
    found = play()
    button = found.page.get_by_role("button", name="timeout=300ms")
    assert button.count() == 0
    found.page.locator("#rows summary", has_text="1 more").focus()
    found.page.keyboard.press("Enter")
    room.tell(view=a_view(tick=1004, cash="$2", options=[*a_view()["options"], how]))
    has(found.page, "#cash", "$2")
    button.click()
    has(found.page, "#answer", "set web>catalog timeout=300ms: placed")
