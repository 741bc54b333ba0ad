"""What a facilitator can do with a room, seen from a seat in it."""

from pathlib import Path

from devops_tycoon.workshop.lesson_files import export_room
from tests.workshop.rooms import PATIENCE_S, Hosted, a_room, another_round, follow, until


def test_what_the_facilitator_hides_is_not_sent_and_what_is_frozen_does_not_move(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        seat = room.player().link
        until(seat, lambda: bool((seat.now.get("board") or {}).get("rows")))
        room.do("board hidden")
        until(seat, lambda: seat.now["board"] is None)
        until(room.link, lambda: bool((room.link.now["board"] or {}).get("rows")))
        room.do("board frozen", "start", "start", "pace 64")
        until(seat, lambda: (seat.now["board"] or {}).get("frozen") is True)
        before = seat.now["board"]["rows"]
        room.do("inject zone-loss zone=a")
        until(room.link, lambda: any(row["uptime"] < 0.9 for row in room.link.now["board"]["rows"]))
        assert seat.now["board"]["rows"] == before


def test_a_planning_ends_by_itself_when_its_time_is_over(shared: Hosted) -> None:
    with another_round(shared) as room:
        seat = room.player()
        room.do("start", "more 1")
        until(seat.link, lambda: seat.link.now.get("state") == "running")
        follow(seat, 1)


def test_nobody_acts_in_the_history_and_planning_follows_it(tmp_path: Path) -> None:
    with a_room(tmp_path / "room", history=60) as room:
        seat = room.player()
        room.do("start")
        until(seat.link, lambda: seat.link.now["state"] == "planning")
        follow(seat, 60)
        assert seat.world.tick == 60
        assert seat.place("scale catalog +1") is None
        room.do("start")
        follow(seat, 64)


def test_a_step_plays_so_many_ticks_and_stands_again(shared: Hosted) -> None:
    with another_round(shared) as room:
        seat = room.player()
        room.do("start", "start", "pause")
        at = room.link.now["tick"]
        room.do("step 7")
        follow(seat, at + 7)
        assert seat.link.now["state"] == "paused"
        until(room.link, lambda: room.link.now["tick"] == at + 7)
        assert seat.world.tick == at + 7


def test_a_poll_is_answered_once_each_and_its_counts_come_at_its_end(shared: Hosted) -> None:
    with another_round(shared) as room:
        ada, ben = room.player().link, room.player().link
        room.do("ask What was it? | the disks | the people")
        until(ada, lambda: bool(ada.now.get("poll")))
        assert ada.send("answer", "1 2", PATIENCE_S).stored
        assert ada.send("answer", "1 1", PATIENCE_S).stored, "one may change one's mind"
        assert ben.send("answer", "1 1", PATIENCE_S).stored
        assert "a choice from 1 to 2" in ben.send("answer", "1 3", PATIENCE_S).why
        assert ada.now["poll"]["counts"] is None
        room.do("close-poll")
        until(ada, lambda: ada.now["poll"]["counts"] == [2, 0])
        assert ben.send("answer", "1 2", PATIENCE_S).why == "The poll is closed."


def test_a_message_and_a_lock_reach_everybody(shared: Hosted) -> None:
    with another_round(shared) as room:
        seat = room.player()
        room.do("start", "say Look at \x1b[31mweb\u202e", "lock scale")
        until(seat.link, lambda: seat.link.now.get("locked") == ["scale"])
        assert seat.link.now["message"] == "Look at [31mweb"
        assert seat.place("scale catalog +1") == "The facilitator has locked scale."
        room.do("unlock scale")
        assert seat.place("scale catalog +1") is None


def test_the_debrief_lies_in_the_rooms_folder_and_another_round_begins_another(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        room.player()
        room.do("start", "start", "pace 64")
        until(room.link, lambda: room.link.now["tick"] > 60)
        room.do("end")
        until(room.link, lambda: bool(room.link.now["ready"]))
        left = sorted(path.name for path in (tmp_path / "room" / "round-1").iterdir())
        assert left == ["debrief.html", "grades.csv", "replays.zip"]
        room.do("reset")
        until(room.link, lambda: room.link.now["state"] == "lobby" and not room.link.now["ready"])
        room.do("start", "start")
        until(room.link, lambda: room.link.now["tick"] > 0)
        room.do("end")
        until(room.link, lambda: bool(room.link.now["ready"]))
        assert (tmp_path / "room" / "round-2" / "debrief.html").stat().st_size > 10_000


def test_a_projector_that_comes_while_the_clock_stands_sees_the_first_and_the_last(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        for _ in range(2):
            room.player()
        room.do("start", "start", "pace 16")
        until(room.link, lambda: room.link.now["tick"] > 20)
        room.do("pause")
        until(room.link, lambda: not any(person["behind"] for person in room.link.now["roster"]))
        screen = room.connect(room.host.screen)
        until(screen, lambda: all((screen.now.get("maps") or {}).get(which) for which in ("best", "worst")))


def test_who_comes_when_the_lesson_is_over_watches_and_is_neither_ranked_nor_graded(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        room.player()
        room.do("start", "start", "pace 16")
        until(room.link, lambda: room.link.now["tick"] > 20)
        room.do("end")
        late = room.connect()
        until(room.link, lambda: room.link.now["people"] == 2)
        until(room.link, lambda: bool(room.link.now["ready"]))
        until(late, lambda: bool((late.now.get("board") or {}).get("rows")))
        assert [row["code"] for row in late.now["board"]["rows"]] == ["P01"]
    export_room(tmp_path / "room", tmp_path / "out", 1, odds=0)
    grades = (tmp_path / "out" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in grades] == ["code", "P01"]
