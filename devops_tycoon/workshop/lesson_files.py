"""What a room leaves: its class as plain values out of its log, and the files that are made of it."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.play.game import Game, load
from devops_tycoon.workshop.classroom import ODDS, Class, Poll, Seat
from devops_tycoon.workshop.entry import FACILITATOR, Entry
from devops_tycoon.workshop.homework import newest
from devops_tycoon.workshop.hub import Hub
from devops_tycoon.workshop.opening import read_room
from devops_tycoon.workshop.replays import orders_of, played, replay_text, results
from devops_tycoon.workshop.room import Room

if TYPE_CHECKING:
    from devops_tycoon.workshop.export import Leftover  # a room that died is back the sooner without it

LOOK_S = 0.5
MOST_ODDS = 40
"""Games that the odds of a whole class may take while people wait: with twelve people three seeds each."""


class Leavings:
    """What a hosted room leaves, made when its lesson has ended: first without the odds, for they take a while."""

    def __init__(self, hub: Hub, folder: Path) -> None:
        self._hub, self._folder = hub, folder
        self._made: Leftover | None = None
        self._process: BaseProcess | None = None

    @property
    def ready(self) -> bool:
        """Whether it is made."""
        return self._made is not None and self._hub.debrief is not None

    def replay_of(self, code: str) -> bytes:
        """Return someone's replay so far; of homework what they have handed in, which may be nothing."""
        hub = self._hub
        if hub.room.lesson.homework:
            return newest(hub.log, hub.room.round).get(code, "").encode()
        game = replace(game_of(hub.room), player=code)
        return replay_text(game, hub.index.recorded(code), hub.standings.ended(code)).encode()

    def grades(self) -> bytes:
        """Return the file for the grade book."""
        return self._made.grades if self._made else b""

    def replays(self) -> bytes:
        """Return everybody's replays in one archive."""
        return self._made.replays if self._made else b""

    async def make(self) -> None:
        """Keep the results, then make everything in a process of its own."""
        hub, number = self._hub, self._hub.room.round
        self._made = None
        await hub.keep_results()
        held = class_of(hub.room, hub.log)
        for odds in (0, max(2, min(ODDS, MOST_ODDS // max(1, len(held.seats))))):
            made = await self._elsewhere(held, odds, number)
            if made is None or hub.room.round != number:
                return
            self._made = made
            await asyncio.to_thread(_keep, made, self._folder / f"round-{number}")
            await hub.debriefed(made.debrief)

    async def _elsewhere(self, held: Class, odds: int, number: int) -> "Leftover | None":
        """Make everything in another process, so that the room answers meanwhile; None if another round has begun."""
        context = multiprocessing.get_context("spawn")
        mine, theirs = context.Pipe()
        process = context.Process(target=_make, args=(theirs, held, odds), name="debrief", daemon=False)
        process.start()
        self._process = process
        theirs.close()
        hears = asyncio.ensure_future(asyncio.to_thread(_hear, mine))
        while not hears.done():
            await asyncio.wait({hears}, timeout=LOOK_S)
            if self._hub.room.round != number:
                _stop(process)  # the next lesson needs the processors
        await asyncio.to_thread(process.join, 5)
        self._process = None
        return hears.result()

    def close(self) -> None:
        """Leave nothing running."""
        if self._process is not None:
            _stop(self._process)


def game_of(room: Room) -> Game:
    """Return the game of a room's round, of nobody yet."""
    return load(room.lesson.scenario, room.seed, difficulty=room.lesson.difficulty)


def class_of(room: Room, log: Iterable[Entry]) -> Class:
    """Return the class of a room's last round. Whose result was not kept (a crash) is played afresh for it."""
    log = [entry for entry in log if entry.round == room.round]
    ended, game = results(log, room.round), game_of(room)
    if game.rules.fingerprint != room.lesson.content:
        what = f"was played with content {room.lesson.content}; this version has {game.rules.fingerprint}"
        raise ContentError([Problem(room.lesson.scenario, 0, "", what)])
    lesson, seats, handed = room.lesson, [], newest(log, room.round)
    for person in room.people:
        if person.removed or person.watching:
            continue
        if lesson.homework:
            seats.append(Seat(person.code, person.name, handed.get(person.code, ""), whole=True))
        else:
            own, orders = replace(game, player=person.code), orders_of(log, room.round, person.code)
            end = ended.get(person.code) or played(own, orders, room.tick)[1]
            text = replay_text(own, orders, end)
            seats.append(Seat(person.code, person.name, text, person.joined, person.late, person.forecast))
    told = [(e.tick, e.text) for e in log if e.who == FACILITATOR and e.text != "begin"]
    polls = tuple(Poll(poll.text, poll.choices, tuple(poll.counts)) for poll in room.polls)
    return Class(
        lesson.scenario, room.seed, lesson.difficulty, tuple(seats), tuple(told), polls, lesson.title, lesson.homework
    )


def export_room(room: Path, output: Path, jobs: int, odds: int = ODDS, number: int = 0) -> list[Path]:
    """Write grades, replays and debrief of a round (0: the last) of a room that nobody hosts; raise ContentError."""
    from devops_tycoon.workshop.export import export

    told, log = read_room(room, number)
    try:
        return export(class_of(told, log), output, jobs, odds)
    except FileExistsError:
        raise ContentError([Problem(str(output), 0, "", "is a file; expected a folder")]) from None


def _keep(made: "Leftover", folder: Path) -> None:
    """Leave the files in the room's folder too; where the disk refuses, `workshop export` makes them again."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        for name, body in (("grades.csv", made.grades), ("debrief.html", made.debrief), ("replays.zip", made.replays)):
            beside = folder / f".{name}"
            beside.write_bytes(body)
            beside.replace(folder / name)


def _hear(pipe: Connection) -> "Leftover | None":
    try:
        made: Leftover = pipe.recv()
        return made
    except (EOFError, OSError):
        return None
    finally:
        pipe.close()


def _end_with_the_room(pipe: Connection) -> None:
    """End when the room's end of the pipe closes: nobody would read what is made."""
    with suppress(OSError, EOFError):
        pipe.recv()
    with suppress(OSError, AttributeError):
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _stop(process: BaseProcess) -> None:
    """End the process with all that it has started."""
    with suppress(OSError, AttributeError):
        if process.pid:
            os.killpg(process.pid, signal.SIGKILL)  # its own group, or none yet: never ours
    process.kill()


def _make(pipe: Connection, held: Class, odds: int) -> None:
    with suppress(AttributeError, OSError):
        os.setsid()  # a group of its own, so that it can be ended with all its helpers
        os.nice(10)
    threading.Thread(target=_end_with_the_room, args=(pipe,), daemon=True).start()
    from devops_tycoon.workshop.export import leftover

    pipe.send(leftover(held, max(1, (os.cpu_count() or 2) - (odds > 0)), odds))
