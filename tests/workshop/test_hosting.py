"""A hosted room, as its host and its players meet it."""

import io
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.rooms.place import children
from devops_tycoon.content.problem import ContentError
from devops_tycoon.play.session import Recorded
from devops_tycoon.workshop.entry import Entry
from devops_tycoon.workshop.follower import Follower
from devops_tycoon.workshop.opening import read_room
from devops_tycoon.workshop.remote import RemoteSession, game_of
from devops_tycoon.workshop.text_player import TextPlayer
from devops_tycoon.workshop.tokens import person_token
from tests.workshop.rooms import PATIENCE_S, Hosted, a_room, another_round, follow, until


def test_a_lesson_is_played_together_and_comes_out_of_the_log_alone(tmp_path: Path) -> None:
    with a_room(tmp_path / "room", free_names=True) as room:
        ada, ben = room.player("Ada"), room.player("<b>Ben")
        assert ada.place("scale web +1") == "The lesson has not started yet."
        room.do("start")
        assert ada.place("set web>recommendations timeout=300ms fallback=on") is None
        assert ada.place("begin") == "Only the facilitator starts shifts."
        assert ada.place("inject zone-loss") == "Only the facilitator may inject."
        assert "no service nobody" in str(ada.place("scale nobody +1"))
        room.do("start", "pace 64")
        follow(ada, 60)
        assert ben.place("scale catalog +1") is None
        room.do("inject slow-dependency recommendations", "pause")
        assert ada.place("restart web") is None, "one may act while the clock stands"
        room.do("resume")
        follow(ada, 200)
        follow(ben, 200)
        room.do("pause")
        until(room.link, lambda: all(p["behind"] == 0 for p in room.link.now["roster"]))
        ada.follow()
        ben.follow()
        names = [row["name"] for row in room.link.now["board"]["rows"]]
        welcome = dict(ada.link.welcome)
    assert sorted(names) == ["<b>Ben", "Ada"]
    told, log = read_room(tmp_path / "room")
    for session in (ada, ben):
        alone = Follower(game_of(welcome | {"me": session.game.player}))
        entries = [e for e in log if e.kind == "order" and e.who in ("facilitator", session.game.player)]
        alone.take(_recorded(entries))
        alone.to = told.tick
        alone.follow()
        assert alone.session.digest == session.digest
        assert alone.session.world == session.world


def _recorded(entries: list[Entry]) -> list[Recorded]:
    return [Recorded(e.tick, e.text, e.who if e.who == "facilitator" else "") for e in entries]


def test_what_was_acknowledged_survives_kill_9_of_the_room(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        session = room.player()
        room.do("start", "start", "pace 64", "pause")
        orders = [f"set web>catalog timeout={300 + number}ms" for number in range(3)]
        for order in orders:
            os.kill(room.host.pid, signal.SIGKILL)
            answer = session.link.send("order", order, PATIENCE_S)
            assert answer.stored, answer.why
            room.do("resume")
            follow(session, answer.tick + 120)  # hands are free again
            until(room.link, lambda: "restarted" not in room.link.now["why"])
        os.kill(room.host.pid, signal.SIGKILL)
        until(room.link, lambda: "restarted" in room.link.now["why"])
        assert room.link.now["state"] == "paused"
        assert room.host.restarts == 4
    _, log = read_room(tmp_path / "room")
    assert [entry.n for entry in log] == list(range(1, len(log) + 1))
    kept = [entry.text for entry in log if entry.kind == "order" and entry.who == "P01"]
    assert kept == orders


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are counted as Linux tells them")
def test_a_room_comes_back_without_its_spare_process_too_and_leaves_none_behind(tmp_path: Path) -> None:
    before = set(children(os.getpid()))
    with a_room(tmp_path / "room") as room:
        until(room.link, lambda: len(set(children(os.getpid())) - before) == 2)
        spare = set(children(os.getpid())) - before - {room.host.pid}
        for pid in (*spare, room.host.pid):
            os.kill(pid, signal.SIGKILL)
        until(room.link, lambda: room.host.restarts == 1 and room.link.connected)
        room.do("start")
    assert set(children(os.getpid())) <= before


def test_a_seat_is_kept_and_a_late_joiner_gets_the_company_as_it_went_alone(tmp_path: Path) -> None:
    token = person_token()
    with a_room(tmp_path / "room") as room:
        first = room.connect(token)
        session = RemoteSession.join(first)
        room.do("start")
        assert session.place("scale catalog +1") is None
        room.do("start", "pace 64")
        follow(session, 100)
        first.close()
        again = RemoteSession.join(room.connect(token))
        assert again.game.player == "P01"
        follow(again, 100)
        assert [r.order for r in again.orders] == ["scale catalog +1", "begin"]
        late = room.player()
        follow(late, 100)
        assert [r.order for r in late.orders] == ["begin"]
        until(room.link, lambda: len((room.link.now.get("board") or {"rows": []})["rows"]) == 2)
        assert [row["late"] for row in room.link.now["board"]["rows"]] == [False, True]


def test_the_room_is_closed_to_wrong_codes_and_to_who_was_removed(shared: Hosted) -> None:
    with another_round(shared) as room:
        with pytest.raises(ContentError, match="not the code"):
            RemoteSession.join(room.connect(code="AAAAAA"))
        token = person_token()
        session = RemoteSession.join(room.connect(token))
        room.do(f"remove {session.game.player}")
        until(session.link, lambda: bool(session.link.bye))
        assert "removed" in session.link.bye
        with pytest.raises(ContentError, match="removed you"):
            RemoteSession.join(room.connect(token))


def test_fifty_orders_with_one_number_are_one_order(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        token = person_token()
        links = [room.connect(token) for _ in range(5)]
        for link in links:
            assert link.welcomed(PATIENCE_S)
        room.do("start")
        with ThreadPoolExecutor(5) as pool:  # each numbers it 1
            same = list(pool.map(lambda link: link.send("order", "scale catalog +1", PATIENCE_S), links))
        others = [
            links[0].send("order", "scale identity +1", PATIENCE_S),
            links[1].send("order", "scale billing +1", PATIENCE_S),
        ]
    _, log = read_room(tmp_path / "room")
    assert [answer.stored for answer in same] == [True] * 5
    assert [answer.stored for answer in others] == [True] * 2, "other orders with one number are two orders"
    assert sorted(e.text for e in log if e.kind == "order") == [
        "scale billing +1",
        "scale catalog +1",
        "scale identity +1",
    ]
    assert len([e for e in log if e.kind == "join"]) == 1


def test_another_round_begins_from_nothing_and_everybody_stays(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        session = room.player()
        room.do("start", "start", "pace 64")
        follow(session, 20)
        room.do("reset 9")
        until(session.link, lambda: session.follow() == [] and session.renewed)
        anew = RemoteSession.join(session.link)
        assert (anew.game.seed, anew.world.tick, anew.game.player) == (9, 0, "P01")
        room.do("start")
        assert anew.place("scale catalog +1") is None


def test_another_lesson_is_played_in_the_same_room_by_the_same_people(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        session = room.player()
        room.do("start", "start")
        assert "not found in scenarios" in room.link.send("do", "lesson nonsense", PATIENCE_S).why
        assert not room.link.send("do", "lesson sandbox", PATIENCE_S).stored
        room.do("lesson red-envelope 5")
        until(session.link, lambda: session.follow() == [] and session.renewed)
        anew = RemoteSession.join(session.link)
        assert (anew.rules.id, anew.game.seed, anew.game.player) == ("red-envelope", 5, "P01")
        room.do("start")
        assert anew.place("scale main-db +2") is None
    first, _ = read_room(tmp_path / "room", 1)
    last, _ = read_room(tmp_path / "room")
    assert (first.lesson.scenario, last.lesson.scenario) == ("worse-than-dead", "red-envelope")
    assert first.lesson.code == last.lesson.code


def test_a_wrong_digest_brings_the_client_back_to_the_truth(shared: Hosted) -> None:
    with another_round(shared) as room:
        session = room.player()
        room.do("start", "start", "pace 64")
        until(session.link, lambda: session.link.now.get("tick", 0) >= 60)
        session.link.mark(60, "00000000")
        until(session.link, lambda: session.follow() == [] and session.renewed)
        until(room.link, lambda: any(p["reports"] for p in room.link.now.get("roster", [])))


def test_who_mistypes_is_offered_only_what_a_player_may_do(shared: Hosted) -> None:
    with another_round(shared) as room:
        room.do("start")
        player = room.player()
        for said in (player.place("injct zone-loss"), player.link.send("order", "bgin", PATIENCE_S).why):
            verbs = str(said).partition("Orders: ")[2].replace(";", ",").split(", ")
            assert "scale" in verbs
            assert not {"inject", "begin", "onward"} & set(verbs), said


def test_a_seat_that_is_open_in_two_windows_says_so(shared: Hosted) -> None:
    with another_round(shared) as room:
        token = person_token()
        first = room.connect(token)
        assert first.welcomed(PATIENCE_S)
        assert not first.welcome["shared"]
        again = room.connect(token)
        assert again.welcomed(PATIENCE_S)
        said = io.StringIO()
        TextPlayer(again, said).play(io.StringIO("quit\n"))
        assert "join with --new" in said.getvalue()
