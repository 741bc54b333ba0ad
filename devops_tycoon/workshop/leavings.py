"""What is left of a lesson: replays, grades, the debrief of the class. Everything in it comes out of replays."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from devops_tycoon.play.game import Game, load
from devops_tycoon.workshop.entry import Entry
from devops_tycoon.workshop.hub import Hub
from devops_tycoon.workshop.opening import read_room
from devops_tycoon.workshop.replays import orders_of, played, replay_text, results
from devops_tycoon.workshop.room import Room


class Leavings:
    """What a hosted room leaves: made when its lesson has ended, in a process beside the room's."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._grades = self._replays = b""

    @property
    def ready(self) -> bool:
        """Whether it is made."""
        return self._hub.debrief is not None

    def replay_of(self, code: str) -> bytes:
        """Return somebody's replay so far."""
        hub = self._hub
        game = replace(game_of(hub.room), player=code)
        return replay_text(game, hub.recorded(code), hub.ended(code)).encode()

    async def grades(self) -> bytes:
        """Return the file for the grade book."""
        return self._grades

    async def replays(self) -> bytes:
        """Return everybody's replays in one archive."""
        return self._replays

    async def make(self) -> None:
        """Keep the results, then make everything."""
        await self._hub.keep_results()


def game_of(room: Room) -> Game:
    """Return the game of a room's round, of nobody yet."""
    return load(room.lesson.scenario, room.seed, difficulty=room.lesson.difficulty)


def replays_of(room: Room, log: list[Entry], say: Callable[[str], None] = lambda _: None) -> dict[str, str]:
    """Return everybody's replay by their code. Who left no result behind (a crash) is played afresh for it."""
    ended, game, found = results(log, room.round), game_of(room), {}
    for person in room.people:
        if person.removed:
            continue
        orders, own = orders_of(log, room.round, person.code), replace(game, player=person.code)
        if person.code not in ended:
            say(f"{person.code} is played afresh")
        end = ended.get(person.code) or played(own, orders, room.tick)[1]
        found[person.code] = replay_text(own, orders, end)
    return found


def export_room(room: Path, output: Path, jobs: int) -> list[Path]:
    """Write grades, replays and debrief of a room that nobody hosts; raise ContentError."""
    told, log = read_room(room)
    texts = replays_of(told, log)
    output.mkdir(parents=True, exist_ok=True)
    (output / "replays").mkdir(exist_ok=True)
    paths = []
    for code, text in texts.items():
        path = output / "replays" / f"{code}.replay"
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths
