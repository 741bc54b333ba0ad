"""Playing line by line, as through a pipe or with a screen reader."""

import io

from devops_tycoon.play.session import Session
from devops_tycoon.play.text import play_text
from tests.builders import POSTING, STREAMING, a_game
from tests.companies import a_company


def talk(session: Session, *lines: str) -> tuple[str, bool]:
    out = io.StringIO()
    won = play_text(session, io.StringIO("".join(line + "\n" for line in lines)), out)
    return out.getvalue(), won


def test_a_game_is_started_refused_waited_looked_at_and_finished() -> None:
    session = Session(a_game(POSTING, ticks=60))
    said, won = talk(
        session,
        "help", "wait", "scael main-db +2", "scale main-db +99", "scale main-db +2", "status", "begin", "wait 59",
        "scale web -1", "wait", "status", "goals", *["begin", "wait 60"] * 4,
    )  # fmt: skip
    assert won
    assert session.over
    for expected in (
        "The Label Batch.",
        "wait N",
        "scale SERVICE +N|-N",
        "Paused for planning.",
        "Refused: there is no order 'scael'; ",
        "did you mean scale?",
        "Refused: main-db has 4 replicas and can have at most 12.",
        "main-db now has 6 replicas.",
        "Ordered.",
        "Monday, planning.",
        "Monday is over.",
        "main-db: ok, 6 replicas",
        "Goal: 99% of the labels are printed on time (now ",
        "goals met",
    ):
        assert expected in said, expected
    assert "inject" not in said.partition("Refused")[0]
    assert all(line.isprintable() for line in said.split("\n"))


def test_trouble_is_told_when_it_is_seen_and_causes_are_not() -> None:
    session = Session(a_game(STREAMING, ticks=120))
    assert session.place("begin") is None
    assert session.place("inject slow-dependency recommendations", "facilitator") is None
    said, won = talk(session, "wait 100", "wait 100")
    assert not won
    assert "Alert: web is failing: " in said
    assert "Alert: Incident 1: " in said
    before_the_end = said.partition("lost:")[0]
    assert "Worse than dead on" not in before_the_end
    assert "slow-dependency" not in before_the_end


def test_nonsense_is_answered_and_the_game_goes_on() -> None:
    session = Session(a_game(STREAMING, ticks=30))
    said, won = talk(
        session,
        "",
        "   ",
        "\x1b[2J",
        "wait -1",
        "wait ten",
        "wait 99999999999999999999",
        "wait ²",
        "begin",
        "begin",
        "quit",
        "status",
    )
    assert not won
    assert said.count("wait takes a number of ticks from 1 to 20000.") == 4
    assert "Refused: an order is one line of printable text." in said
    assert "Refused: The shift has already begun." in said
    assert "\x1b" not in said
    assert session.world.tick == 0
    assert "replicas, " not in said  # nothing is read after quit


def test_the_end_of_the_input_leaves_the_game_where_it_is() -> None:
    session = Session(a_game(STREAMING))
    said, won = talk(session, "begin", "wait 7")
    assert not won
    assert session.world.tick == 7
    assert not session.over
    assert "lost" not in said


def test_seam_shows_a_split_before_it_is_ordered() -> None:
    asked = ["seam playback licences devices data=moved", "seam playbck", "seam", "seam main-db", "seam web catalog"]
    session = a_company(3)
    before = session.world
    said, _ = talk(session, *asked, "quit")
    assert session.world == before
    for line in (
        "Split playback licences devices off web, at the peak of the coming shift:",
        "  calls between the two: 80/s (playback>identity 40/s, playback>catalog 40/s)",
        "  network time: play +2.0 ms",
        "  tables it owns: licences-data, devices-data; services whose data it reads: 2",
        "  data shared across: none",
        "  after the split, if the part fails: play fails too",
        "  it takes 7.9 engineer-weeks and 11 weeks, and $804.80 more a week",
        "There is no capability playbck; did you mean playback?",
        "seam: expected one or more capabilities, and data=moved if their tables move too.",
    ):
        assert line in said
