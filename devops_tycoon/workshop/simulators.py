"""The simulators of a room: processes that play everybody's game, fed from the log."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

from devops_tycoon.play.session import Recorded
from devops_tycoon.workshop.round_game import BASELINE, RoundGame
from devops_tycoon.workshop.simulator import main

ASK_S = 0.5
"""An order that no simulator judged within this time is taken unjudged: the game judges it when it is obeyed."""

Report = Callable[..., None]
Logs = Callable[[str], list[Recorded]]
_Words = SimpleQueue[tuple[Any, ...] | None]


class Simulators:
    """A few processes, each with its share of the people. A process that dies is replaced and fed again."""

    def __init__(self, report: Report, logs: Logs, count: int = 0, *, hurry: bool = False) -> None:
        """`report` hears ("mark" | "row" | "view", code, …); `logs` tells a game's log when a process starts again.

        In a `hurry` (people wait for a room that died) nobody waits for the judgement of a process that still starts.
        """
        self._report = report
        self._logs = logs
        self._count = count or max(1, min(8, os.cpu_count() or 1))
        self._loop = asyncio.get_running_loop()
        self._pipes: list[Connection] = []
        self._words: list[_Words] = []
        """What is on its way to each process; None: no more."""
        self._processes: list[BaseProcess] = []
        self._asked: dict[int, asyncio.Future[str | None]] = {}
        self._tickets = 0
        self._played: RoundGame | None = None
        self._seats: list[list[str]] = [[] for _ in range(self._count)]
        self._views: set[str] = set()
        self._to = 0
        self._closed = False
        self._hurry = hurry
        self._awake: set[Connection] = set()
        """Where something has been heard."""

    def begin(self, played: RoundGame, codes: Sequence[str], to: int) -> None:
        """Play a game from its beginning (or its snapshots) for these people."""
        self._played, self._to = played, to
        self._seats = [[] for _ in range(self._count)]
        for number, code in enumerate((BASELINE, *codes)):
            self._seats[number % self._count].append(code)
        for number in range(self._count):
            if number < len(self._pipes):
                self._feed(number)
            else:
                self._start(number)

    def seat(self, code: str) -> None:
        """Play one more game."""
        number = min(range(self._count), key=lambda n: len(self._seats[n]))
        self._seats[number].append(code)
        self._send(number, "seat", code, self._logs(code), self._to)

    def drop(self, code: str) -> None:
        """Play a game no longer."""
        for number, codes in enumerate(self._seats):
            if code in codes:
                codes.remove(code)
                self._send(number, "drop", code)

    def view(self, code: str, wanted: bool) -> None:
        """Report what a page shows of a game, or no longer."""
        if wanted == (code in self._views):
            return
        (self._views.add if wanted else self._views.discard)(code)
        number = self._of(code)
        if number is not None:
            self._send(number, "view", code, wanted)

    def maps(self, codes: tuple[str, ...]) -> None:
        """Report the maps of these games with their rows."""
        for number in range(self._count):
            self._send(number, "maps", codes)

    def entries(self, entries: list[tuple[str, Recorded]], to: int) -> None:
        """Feed what is on the disk now, and the tick up to which everybody may play."""
        self._to = to
        for number in range(self._count):
            self._send(number, "entries", entries, to)

    async def why_not(self, code: str, order: str) -> str | None:
        """Return the sentence with which a game would refuse an order now, or None."""
        number = self._of(code)
        if number is None or (self._hurry and self._pipes[number] not in self._awake):
            return None
        self._tickets += 1
        ticket = self._tickets
        answer = self._asked[ticket] = self._loop.create_future()
        self._send(number, "ask", ticket, code, order)
        try:
            return await asyncio.wait_for(answer, ASK_S)
        except TimeoutError:
            return None
        finally:
            self._asked.pop(ticket, None)

    def close(self) -> None:
        """End the processes. Their pipes end with them, and so do the threads, which must not lose a pipe in use."""
        self._closed = True
        for words in self._words:
            words.put(None)
        for process in self._processes:
            process.terminate()
            process.join(2)

    # ---- processes -------------------------------------------------------------------------------------------------

    def _of(self, code: str) -> int | None:
        return next((number for number, codes in enumerate(self._seats) if code in codes), None)

    def _start(self, number: int) -> None:
        context = multiprocessing.get_context("spawn")
        mine, theirs = context.Pipe()
        process = context.Process(target=main, args=(theirs,), name=f"simulator-{number}", daemon=True)
        process.start()
        theirs.close()
        self._pipes[number : number + 1] = [mine]
        self._processes[number : number + 1] = [process]
        words: _Words = SimpleQueue()
        self._words[number : number + 1] = [words]
        threading.Thread(target=_speak, args=(mine, words), name=f"speak-{number}", daemon=True).start()
        threading.Thread(target=self._listen, args=(number, mine), name=f"hear-{number}", daemon=True).start()
        self._feed(number)

    def _feed(self, number: int) -> None:
        self._send(number, "game", self._played)
        for code in self._seats[number]:
            self._send(number, "seat", code, self._logs(code), self._to)
            if code in self._views:
                self._send(number, "view", code, True)

    def _send(self, number: int, *message: Any) -> None:
        if number < len(self._words):
            self._words[number].put(message)

    def _listen(self, number: int, pipe: Connection) -> None:
        """Hear a process in a thread of its own; pipes of processes are no sockets on every platform."""
        with suppress(EOFError, OSError):
            while True:
                message = pipe.recv()
                self._loop.call_soon_threadsafe(self._heard, pipe, message)
        with suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self._died, number, pipe)

    def _heard(self, pipe: Connection, message: tuple[Any, ...]) -> None:
        self._awake.add(pipe)
        if message[0] == "why":
            answer = self._asked.get(message[1])
            if answer is not None and not answer.done():
                answer.set_result(message[2])
            return
        what, number, *told = message
        if self._played is not None and number == self._played.round:
            self._report(what, *told)

    def _died(self, number: int, pipe: Connection) -> None:
        self._awake.discard(pipe)
        if not self._closed and self._pipes[number] is pipe:
            self._start(number)


def _speak(pipe: Connection, words: _Words) -> None:
    """Send in a thread of its own: a process that still starts takes nothing yet, and the room waits for nobody."""
    with suppress(OSError, ValueError):  # it has died: whoever hears of it feeds another
        while (message := words.get()) is not None:
            pipe.send(message)
