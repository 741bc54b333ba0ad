"""What the room answers to whom, byte for byte as a browser would ask."""

import http.client
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.workshop.rooms import Hosted, a_room


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    with a_room(Path(tmp_path_factory.mktemp("web")) / "room") as hosted:
        yield hosted


def asked(room: Hosted, path: str, **headers: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", room.host.port, timeout=10)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def test_pages_come_with_headers_that_keep_them_harmless(room: Hosted) -> None:
    for path in ("/", "/screen", "/assets/player.js", "/assets/qr.svg", "/health"):
        answer = asked(room, path)
        assert answer.status == 200, path
        policy = str(answer.getheader("content-security-policy"))
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in policy
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert answer.getheader("set-cookie") is None
        assert answer.getheader("server") is None


@pytest.mark.parametrize(
    "path", ["/assets/../room.db", "/assets/..%2froom.db", "/assets/__init__.py", "/room.db", "/.git"]
)
def test_only_what_is_in_the_dictionary_is_served(room: Hosted, path: str) -> None:
    assert asked(room, path).status == 404


def test_a_name_that_a_stranger_points_at_us_is_not_answered(room: Hosted) -> None:
    assert asked(room, "/", Host="evil.example").status == 421
    assert asked(room, "/health", Host=f"evil.example:{room.host.port}").status == 421


def test_a_page_of_another_origin_cannot_talk_to_the_room(room: Hosted) -> None:
    with (
        pytest.raises(InvalidStatus),
        connect(f"ws://{room.address}/ws", origin=Origin("http://evil.example"), proxy=None),
    ):
        pass
    with connect(f"ws://{room.address}/ws", origin=Origin(f"http://{room.address}"), proxy=None) as socket:
        socket.send("{}")
        assert "bye" in str(socket.recv(timeout=10))


def test_what_is_the_hosts_is_the_hosts(room: Hosted) -> None:
    for path in ("/grades.csv", "/replays.zip", "/debrief", "/replay"):
        assert asked(room, path).status == 401
        assert asked(room, path, Authorization="Bearer " + "A" * 32).status in (401, 429)
    assert asked(room, "/grades.csv", Authorization=f"Bearer {room.host.screen}").status == 403
    assert asked(room, "/grades.csv", Authorization=f"Bearer {room.host.token}").status == 409, "not yet"


def test_a_token_in_an_address_is_worth_nothing(room: Hosted) -> None:
    assert asked(room, f"/grades.csv?token={room.host.token}").status == 401
