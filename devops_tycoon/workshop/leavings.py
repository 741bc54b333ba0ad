"""What is left of a lesson: replays, grades, the debrief of the class. Everything in it comes out of replays."""

import asyncio
from pathlib import Path

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.play.game import load
from devops_tycoon.play.replay import header, mark_line, order_line
from devops_tycoon.play.session import Mark
from devops_tycoon.workshop.hub import Hub


class Leavings:
    """Made once, when the lesson has ended."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.ready = False

    def replay_of(self, code: str) -> bytes:
        """Return a game's replay as far as its simulator has played it."""
        return replay_text(self._hub, code).encode()

    async def grades(self) -> bytes:
        """Return the file for the grade book."""
        return b""

    async def replays(self) -> bytes:
        """Return everybody's replays in one archive."""
        return b""

    async def make(self) -> None:
        """Re-simulate everything afresh, and make the debrief."""
        await asyncio.sleep(0)
        self.ready = True


def replay_text(hub: Hub, code: str) -> str:
    """Write a game down as the journal of a single player would have."""
    lesson, room = hub.room.lesson, hub.room
    row = hub.rows.get(code, {"tick": 0, "result": ""})
    game = load(lesson.scenario, room.seed, code, difficulty=lesson.difficulty)
    orders = [(recorded.tick, 1, order_line(recorded)) for recorded in hub.recorded(code)]
    marks = [(tick, 0, mark_line(Mark(tick, digest))) for tick, digest in hub.marks_of(code)]
    lines = "".join(line for _, _, line in sorted([*orders, *marks], key=lambda item: item[:2]))
    end = f'[Ticks "{row["tick"]}"]\n[Result "{row["result"]}"]\n' if row["result"] else f'[Left "{row["tick"]}"]\n'
    return header(game) + lines + end


def export_room(room: Path, output: Path, jobs: int) -> list[Path]:
    """Write grades, replays and debrief of a room that nobody hosts; raise ContentError."""
    raise ContentError([Problem(str(room), 0, "", f"cannot be exported to {output} yet ({jobs})")])
