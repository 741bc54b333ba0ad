"""A class of thirty plays a lesson of ten minutes while its server is killed twice; the truth is in the replays."""

import asyncio
import os
import signal
import threading
from pathlib import Path

import pytest

from devops_tycoon.play.verify import verify_text
from devops_tycoon.sim.score.score import score
from devops_tycoon.workshop.bots import Classmate, play
from devops_tycoon.workshop.lesson_files import class_of
from devops_tycoon.workshop.opening import read_room
from tests.workshop.rooms import Hosted, a_room, until

PUPILS = 30
LESSON = "red-envelope"
"""Ten minutes; five evenings of 720 ticks."""
EVENINGS = 5
KILLED_AT = (1000, 2500)
AT_MOST_S = 900
"""Only a guard against waiting forever: after a kill thirty games are played again, which a busy machine may take
minutes for."""


class Class:
    """Thirty bots in a loop of their own, so that the test can be the facilitator."""

    def __init__(self, room: Hosted) -> None:
        self.mates: list[Classmate] = []
        self._loop = asyncio.new_event_loop()
        self._port, self._code = room.host.port, room.code
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(play(self._port, self._code, PUPILS, self.mates.extend))
        finally:
            self._loop.run_until_complete(asyncio.sleep(0))
            self._loop.close()

    def leave(self) -> None:
        for mate in self.mates:
            self._loop.call_soon_threadsafe(mate.line.hang_up)
        self._thread.join(20)


@pytest.mark.long(minutes=5)
def test_the_final_board_of_a_class_is_the_board_of_its_replays(tmp_path: Path) -> None:
    with a_room(tmp_path / "room", lesson=LESSON, seed=3) as room:
        pupils = Class(room)
        try:
            until(room.link, lambda: room.link.now.get("people") == PUPILS, AT_MOST_S)
            board = _lesson(room)
        finally:
            pupils.leave()
    acknowledged = {mate.line.welcome["me"]: mate.sent for mate in pupils.mates}
    habits = {mate.habit for mate in pupils.mates}
    assert len(habits) >= 6, "they play in different ways"
    assert room.host.restarts == len(KILLED_AT)

    told, log = read_room(tmp_path / "room")
    assert [entry.n for entry in log] == list(range(1, len(log) + 1)), "nothing is missing in between"
    kept = [(entry.who, entry.tick, entry.text) for entry in log if entry.kind == "order"]
    assert len({who for who, _, _ in kept}) > PUPILS / 3, "most habits are to do something, some of them late"
    for code, orders in acknowledged.items():
        for order in orders:
            assert (code, order.tick, order.order) in kept, "acknowledged and lost"

    scores = {}
    for seat in class_of(told, log).seats:
        verdict = verify_text(seat.replay, seat.code)
        assert verdict.verified, f"{seat.code}: {verdict.problem}"
        assert verdict.finished, seat.code
        reached = score(verdict.session.world, verdict.session.rules)
        scores[seat.code] = reached.points, round(reached.uptime, 6)
    assert scores == {row["code"]: (row["score"], row["uptime"]) for row in board}
    assert len(set(scores.values())) > 1, "it made a difference how they played"


def _lesson(room: Hosted) -> list[dict[str, object]]:
    """Hold the lesson, with two deaths of the server in it, and return the final board."""
    room.do("start", "pace 64")
    kills = list(KILLED_AT)
    for evening in range(EVENINGS):
        until(room.link, lambda: room.link.now["state"] == "planning", AT_MOST_S)
        room.do("start")
        end = 720 * (evening + 1)
        while room.link.now["tick"] < end:
            if kills and room.link.now["tick"] > kills[0]:
                kills.pop(0)
                os.kill(room.host.pid, signal.SIGKILL)
                until(room.link, lambda: "restarted" in room.link.now["why"], AT_MOST_S)
                room.do("resume")
            _one_tick_more(room, room.link.now["tick"])
    until(room.link, lambda: room.link.now["state"] in ("ended", "debrief"), AT_MOST_S)
    until(room.link, lambda: sum(row["over"] for row in room.link.now["board"]["rows"]) == PUPILS, AT_MOST_S)
    rows: list[dict[str, object]] = room.link.now["board"]["rows"]
    return rows


def _one_tick_more(room: Hosted, tick: int) -> None:
    until(room.link, lambda: room.link.now["tick"] != tick, AT_MOST_S)
