"""A game that is played again, after a restart or for somebody who came late, says how far it is and ranks nowhere."""

from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe
from threading import Thread

from devops_tycoon.play.session import Recorded
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.workshop.round_game import RoundGame
from devops_tycoon.workshop.simulator import Simulator
from devops_tycoon.workshop.standings import Standings
from tests.workshop.test_room import a_room, joined, ticked

ROW = {"score": 700, "uptime": 0.99, "good": 1.0, "orders": 0, "over": False, "trouble": False, "result": ""}


def reported(tick: int, when: str = "", *, over: bool = False) -> dict[str, object]:
    return ROW | {"tick": tick, "when": when, "over": over}


def test_it_tells_how_far_it_is_long_before_it_has_caught_up() -> None:
    room, theirs = Pipe()
    worker = Thread(target=lambda: _served(Simulator(theirs)))
    worker.start()
    room.send(("game", RoundGame("red-envelope", "engineer", 1, 1, None, b"")))
    room.send(("seat", "P01", [Recorded(0, "begin", FACILITATOR)], 700))
    told: list[int] = []
    while not told or told[-1] < 700:
        assert room.poll(60), "it says nothing"
        what, _, _, *rest = room.recv()
        if what == "row":
            told.append(rest[0]["tick"])
    room.close()
    worker.join(60)
    theirs.close()
    assert 0 < told[0] < 700


def _served(simulator: Simulator) -> None:
    with suppress(EOFError, OSError):
        simulator.run()


def test_it_is_behind_from_the_first_moment_and_ranks_when_it_has_caught_up() -> None:
    room = ticked(joined(joined(a_room())), 150)
    standings = Standings()
    assert standings.behind(room, "P01") == 150, "nothing was heard of it yet"
    standings.heard(room, "row", "P01", reported(40, "Monday 19:04"))
    standings.heard(room, "row", "P02", reported(150, "Monday 19:15"))
    assert (standings.behind(room, "P01"), standings.behind(room, "P02")) == (110, 0)
    assert [row["code"] for row in standings.board(room, {})] == ["P02"]
    assert not standings.overloaded(room), "it holds nobody up"
    standings = Standings()
    for tick in (40, 150):
        standings.heard(room, "row", "P01", reported(tick))
    assert [row["code"] for row in standings.board(room, {})] == ["P01"]


def test_the_time_on_the_wall_is_that_of_the_clock_or_nothing() -> None:
    room = ticked(joined(a_room()), 150)
    standings = Standings()
    standings.heard(room, "row", "P01", reported(40, "Monday 19:04"))
    assert standings.when == "", "a game that is played again is in the past"
    standings.heard(room, "row", "", reported(60, "Monday 19:06", over=True))
    standings.heard(room, "row", "P01", reported(150, "Monday 19:15"))
    assert standings.when == "Monday 19:15", "the company that nobody plays has closed"


def test_a_company_that_closed_keeps_its_place_on_the_board() -> None:
    room = ticked(joined(a_room()), 150)
    standings = Standings()
    standings.heard(room, "row", "P01", reported(20, over=True))
    assert [row["code"] for row in standings.board(replace(room, pace=1), {})] == ["P01"]
