"""Homework: everybody plays alone and hands in; what was taken is kept, and only playing it again counts."""

import csv
import http.client
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.debrief.run import Run
from devops_tycoon.play.replay import read
from devops_tycoon.play.verify import verify
from devops_tycoon.sim.score.score import score
from devops_tycoon.workshop.entry import ROOM, Entry
from devops_tycoon.workshop.grades import grades_csv
from devops_tycoon.workshop.homework import (
    HAND_IN,
    LARGEST,
    MOST_HAND_INS,
    HandInError,
    newest,
    recording,
    remember,
    why_not_hand_in,
    words,
)
from devops_tycoon.workshop.homework_client import hand_in
from devops_tycoon.workshop.homework_inbox import AT_ONCE
from devops_tycoon.workshop.lesson_files import export_room
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.opening import lesson_of, read_room
from devops_tycoon.workshop.room import Room
from devops_tycoon.workshop.room_log import opened, opening
from devops_tycoon.workshop.tokens import person_token
from tests.builders import run_python
from tests.workshop.recordings import recorded
from tests.workshop.rooms import LESSON, PATIENCE_S, Hosted, a_room, until
from tests.workshop.test_room import entered, joined, told

pytestmark = pytest.mark.usefixtures("short_lesson")

GOOD = "set web>recommendations timeout=300ms fallback=on"
BETTER = "set web>recommendations timeout=250ms fallback=on"


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Recordings as people bring them."""
    folder = tmp_path_factory.mktemp("games")
    found = {
        "idle": recorded(folder / "idle.replay"),
        "good": recorded(folder / "good.replay", GOOD),
        "better": recorded(folder / "better.replay", BETTER),
        "left early": recorded(folder / "early.replay", until=90),
        "seed 8": folder / "seed.replay",
    }
    found["seed 8"].write_text(found["idle"].read_text().replace('[Seed "7"]', '[Seed "8"]'), encoding="utf-8")
    return found


class Pupil:
    """Somebody with a seat, whose program is not connected while they play."""

    def __init__(self, room: Hosted) -> None:
        self._room, self.token = room, person_token()
        self.link = room.connect(self.token)
        assert self.link.welcomed(PATIENCE_S), self.link.bye
        self.code = str(self.link.welcome["me"])

    def hands_in(self, path: Path) -> str:
        return hand_in(self._room.address, self.token, path)


def asked(address: str, token: str, body: bytes, path: str = "/hand-in") -> tuple[int, str]:
    """Hand bytes in as a stranger's program would."""
    line = http.client.HTTPConnection(address, timeout=20)
    try:
        line.request("POST", path, body, {"Authorization": f"Bearer {token}"} if token else {})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def row_of(link: Link, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next((row for row in link.now.get("roster", []) if row["code"] == code), {})
    return found


def is_checked(room: Hosted, code: str, handed: int) -> Callable[[], bool]:
    return lambda: bool(row_of(room.link, code).get("checked")) and row_of(room.link, code)["handed"] == handed


def grades(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_handed_in_is_kept_through_deaths_and_graded_by_playing_it_again(
    tmp_path: Path, games: dict[str, Path]
) -> None:
    folder = tmp_path / "room"
    with a_room(folder, homework=True, free_names=True) as room:
        ada, ben, _idle = Pupil(room), Pupil(room), Pupil(room)
        assert ada.link.welcome["homework"] is True
        assert "number 1" in ada.hands_in(games["idle"])
        os.kill(room.host.pid, signal.SIGKILL)
        until(room.link, lambda: room.host.restarts == 1 and room.link.connected)
        assert "number 2" in ada.hands_in(games["better"])
        assert "already handed in" in ada.hands_in(games["better"]), "the same once more is no other"
        assert "number 1" in ben.hands_in(games["good"])
        os.kill(room.host.pid, signal.SIGKILL)
        until(room.link, lambda: room.host.restarts == 2 and room.link.connected)
    with a_room(folder, lesson=None, seed=None) as room:  # days later
        until(room.link, is_checked(room, "P01", 2))
        until(room.link, is_checked(room, "P02", 1))
        row = row_of(room.link, "P01")
        room.do("end")
        until(room.link, lambda: bool(room.link.now.get("ready")))
        late = asked(room.address, ben.token, games["better"].read_bytes())
        assert late == (409, "The homework has ended; nothing more is accepted.\n")
    assert (folder / "round-1" / "grades.csv").is_file()

    _, log = read_room(folder)
    kept = [(entry.who, entry.text) for entry in log if entry.kind == HAND_IN]
    assert kept == [
        ("P01", games["idle"].read_text()), ("P01", games["better"].read_text()), ("P02", games["good"].read_text()),
    ]  # fmt: skip
    export_room(folder, tmp_path / "out", 2, 0)
    rows = {one["code"]: one for one in grades(tmp_path / "out" / "grades.csv")}
    for code, name in (("P01", "better"), ("P02", "good")):
        replay = tmp_path / "out" / "replays" / f"{code}.replay"
        assert replay.read_bytes() == games[name].read_bytes()
        verdict = verify(replay)
        reached = score(verdict.session.world, verdict.session.rules)
        assert (rows[code]["score"], rows[code]["uptime"]) == (str(reached.points), f"{reached.uptime:.6f}")
        assert (rows[code]["digest"], rows[code]["verified"]) == (verdict.session.digest, "yes")
    assert row["checked"]["score"] == int(rows["P01"]["score"])
    assert (rows["P03"]["score"], rows["P03"]["verified"]) == ("", "no")
    assert not (tmp_path / "out" / "replays" / "P03.replay").exists()
    assert rows.keys() == {"P01", "P02", "P03"}


def test_a_forged_score_and_a_copied_game_are_shown_to_the_facilitator_alone(
    tmp_path: Path, games: dict[str, Path]
) -> None:
    mine = recorded(tmp_path / "mine.replay", GOOD, player="P02")  # the same decisions, played by oneself
    forged = tmp_path / "forged.replay"
    forged.write_text(games["idle"].read_text().replace("score ", "score 9"), encoding="utf-8")
    with a_room(tmp_path / "room", homework=True) as room:
        ada, ben, cem = Pupil(room), Pupil(room), Pupil(room)
        ada.hands_in(games["good"])
        ben.hands_in(mine)
        cem.hands_in(forged)
        for code in ("P01", "P02", "P03"):
            until(room.link, is_checked(room, code, 1))
        assert row_of(room.link, "P01")["checked"]["same"] == ["P02"]
        assert row_of(room.link, "P02")["checked"]["same"] == ["P01"]
        assert "playing it gives" in row_of(room.link, "P03")["checked"]["problem"]
        assert [row["code"] for row in room.link.now["board"]["rows"]] == ["P01", "P02"]
        until(ben.link, lambda: "score" in str(ben.link.now.get("homework")))
        assert "decisions" not in str(ben.link.now["homework"])
        assert ben.link.now.get("board") is None, "hidden"


def test_grades_of_homework_say_who_made_the_very_same_decisions() -> None:
    orders = ((0, GOOD, ""), (0, "begin", ""))
    runs = [
        Run("P01", "Ada", orders=orders),
        Run("P02", "Ben"),
        Run("P03", "Cem", orders=orders[:1]),
        Run("P04", "Dee"),
    ]
    rows = list(csv.DictReader(grades_csv(runs, homework=True).decode("utf-8-sig").splitlines()))
    same = {row["code"]: row["same_decisions_as"] for row in rows}
    assert same == {"P01": "P03", "P02": "", "P03": "P01", "P04": ""}, "whoever does nothing copies from nobody"
    assert b"same_decisions_as" not in grades_csv(runs)


def test_the_command_plays_the_homework_goes_on_where_it_was_left_and_hands_it_in(
    tmp_path: Path, short_lesson: Path
) -> None:
    (tmp_path / "home").mkdir()
    with a_room(tmp_path / "room", homework=True) as room:

        def joins(*words: str, given: str = "") -> tuple[int, str]:
            command = ("-m", "devops_tycoon", "workshop", "join", room.address, room.code, *words)
            done = run_python(
                *command, given=given.encode(), folder=short_lesson, DEVOPS_TYCOON_HOME=str(tmp_path / "home")
            )
            return done.returncode, (done.stdout + done.stderr).decode()

        code, said = joins("--text", given=f"{GOOD}\nbegin\nwait 100\nquit\n")
        assert code == 0
        assert "devops-tycoon play worse-than-dead --seed 7 --record FILE" in said
        assert "nothing was handed in" in said
        until(room.link, lambda: row_of(room.link, "P01").get("handed") == 0)
        code, said = joins("--text", given="wait 4000\n")
        assert (code, "number 1" in said) == (0, True), said
        (game,) = (tmp_path / "home" / "saves").glob("*.replay")
        assert read(game).tag("Player") == "P01"
        assert f"It is recorded in {game}" in said
        code, said = joins("--hand-in", str(game))
        assert (code, "already handed in" in said) == (0, True)
        code, said = joins("--hand-in", str(tmp_path / "room" / "room.db"))
        assert (code, "was not accepted" in said or "too large" in said, "Traceback" in said) == (2, True, False)
        until(room.link, is_checked(room, "P01", 1))
        assert row_of(room.link, "P01")["checked"]["problem"] == ""
        code, said = joins("--hand-in", str(tmp_path / "nothing.replay"))
        assert (code, "cannot be read" in said) == (2, True)


@pytest.fixture(scope="module")
def open_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with a_room(tmp_path_factory.mktemp("homework") / "room", homework=True) as room:
        yield room


def test_the_room_says_why_it_does_not_take_something_and_keeps_nothing_of_it(
    open_room: Hosted, games: dict[str, Path], tmp_path: Path
) -> None:
    ada = Pupil(open_room)
    garbage = tmp_path / "garbage.replay"
    garbage.write_bytes(b"\x00\xff\xfe" * 100)
    large = tmp_path / "large.replay"
    large.write_bytes(b"; x\n" * LARGEST)
    for path, why in (
        (garbage, "not UTF-8 text"),
        (large, "too large"),
        (games["seed 8"], "its seed is 8; expected 7"),
        (games["left early"], "game is not over"),
    ):
        with pytest.raises(ContentError, match=why):
            ada.hands_in(path)
    status, said = asked(open_room.address, ada.token, large.read_bytes())
    assert (status, "too large" in said) == (413, True), "a program of somebody's own is told as well"
    until(open_room.link, lambda: row_of(open_room.link, ada.code).get("handed") == 0)
    assert "number 1" in ada.hands_in(games["good"]), "what was refused was not counted"


def test_only_a_player_hands_in_and_only_with_the_token_in_the_header(
    open_room: Hosted, games: dict[str, Path]
) -> None:
    body = games["good"].read_bytes()
    ada = Pupil(open_room)
    assert asked(open_room.address, "", body)[0] == 401
    assert asked(open_room.address, "", body, f"/hand-in?token={ada.token}")[0] == 401
    assert asked(open_room.address, open_room.host.token, body)[0] == 403
    assert asked(open_room.address, open_room.host.screen, body)[0] == 403
    assert asked(open_room.address, person_token(), body)[0] == 401


def test_somebody_who_hands_in_without_end_is_told_to_wait(open_room: Hosted) -> None:
    ada, ben = Pupil(open_room), Pupil(open_room)
    answers = [asked(open_room.address, ada.token, b"x\n")[0] for _ in range(AT_ONCE + 1)]
    assert answers == [422] * AT_ONCE + [429]
    assert asked(open_room.address, ben.token, b"x\n")[0] == 422, "nobody else has to"


@pytest.mark.parametrize("command", ["start", "pause", "pace 8", "inject zone-loss", "ask Why? | a | b", "board shown"])
def test_what_needs_a_clock_or_a_class_is_refused_with_a_sentence(open_room: Hosted, command: str) -> None:
    answer = open_room.link.send("do", command, PATIENCE_S)
    assert not answer.stored
    assert "without a shared clock" in answer.why


def test_a_room_that_plays_together_takes_no_homework_and_homework_has_no_bots(
    tmp_path: Path, games: dict[str, Path]
) -> None:
    with a_room(tmp_path / "room") as room:
        with pytest.raises(ContentError, match="plays together on one clock"):
            Pupil(room).hands_in(games["good"])
        assert "same_decisions_as" not in str(room.link.now)
    with pytest.raises(ContentError, match="--bots"), a_room(tmp_path / "other", homework=True, bots=3):
        pass
    with (
        pytest.raises(ContentError, match="a room without homework"),
        a_room(tmp_path / "room", lesson=None, seed=None, homework=True),
    ):
        pass


# ---- the rules, without a process ----------------------------------------------------------------------------------


def a_homework_room() -> Room:
    lesson = lesson_of(LESSON, 7, "engineer", 0, free_names=False, homework=True)
    return joined(joined(opened(Entry(1, 1, 0, ROOM, 0, "open", opening(lesson)))))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (('[Seed "7"]', '[Seed "9"]'), "its seed is 9"),
        (('[Scenario "worse-than-dead"]', '[Scenario "red-envelope"]'), "its lesson is red-envelope"),
        (('[Rules "', '[Rules "0'), "rules version"),
        (('[Content "', '[Content "0'), "content version"),
        (('[Player ""]', '[Player "P02"]'), "recorded by P02; you are P01"),
        (('[Player ""]', '[Player ""]\n[Difficulty "principal"]'), "its difficulty is principal"),
        (('[Player ""]', '[Player ""]\n[File "/etc/passwd"]'), "from a scenario file"),
        (('[Player ""]', '[Player ""]\n[Trace "eJxjYGiwBwABQwDB"]'), "its own demand trace"),
        (("   60#", "   12. inject zone-loss  @facilitator\n   60#"), "orders by someone else"),
        (("   60#", f"; {'x' * 400}\n   60#"), "a line is longer"),
        (("   60#", "   12. scale nonsense\n   60#"), "not a recording"),
        (("[Ticks", "; [Ticks"), ""),
        (("[Result", "; [Result"), "game is not over"),
    ],
)
def test_a_recording_of_anything_else_is_named(games: dict[str, Path], changed: tuple[str, str], why: str) -> None:
    text = games["idle"].read_text()
    assert changed[0] in text
    raw = text.replace(*changed).encode()
    if why:
        with pytest.raises(HandInError, match=why):
            recording(raw, a_homework_room(), "P01")
    else:
        assert recording(raw, a_homework_room(), "P01") == raw.decode()


def test_so_often_and_no_more_and_anew_in_the_next_round() -> None:
    room = a_homework_room()
    assert room.state == "homework"
    for _ in range(MOST_HAND_INS):
        assert why_not_hand_in(room, "P01") is None
        room = entered(room, "P01", HAND_IN, "[Rules]\n")
    assert "20 times" in str(why_not_hand_in(room, "P01"))
    assert why_not_hand_in(room, "P02") is None
    anew = told(room, "reset 9")
    assert (anew.state, anew.seed, anew.board) == ("homework", 9, "hidden")
    assert why_not_hand_in(anew, "P01") is None
    assert "not in this room" in str(why_not_hand_in(told(room, "remove P02"), "P02"))
    assert "has ended" in str(why_not_hand_in(told(room, "end"), "P02"))


def test_of_one_person_only_the_newest_recording_is_held_in_memory() -> None:
    log: list[Entry] = []
    for n, (who, text) in enumerate((("P01", "a"), ("P02", "b"), ("P01", "c"), ("P01", "d")), 1):
        remember(log, Entry(n, 1, 0, who, 0, HAND_IN, text))
    remember(log, Entry(5, 2, 0, "P01", 0, HAND_IN, "e"))
    assert [entry.text for entry in log] == ["", "b", "", "d", "e"]
    assert newest(log, 1) == {"P01": "d", "P02": "b"}


def test_words_say_how_it_stands_and_carry_no_tricks() -> None:
    assert words(0, None) == "nothing handed in"
    assert "being verified" in words(2, None)
    assert "\x1b" not in words(1, {"problem": "\x1b[31mred"})
    assert "same decisions as P02" in words(1, {"score": 5, "uptime": 0.5, "same": ["P02"]})
