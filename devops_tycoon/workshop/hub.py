"""The hub: where everything that arrives becomes an entry of the log, and everything in the log goes out.

Nothing here plays. An entry is stamped with the room's tick and given to the store; when the disk has it, it is true:
it is acknowledged, fed to the simulators, and sent to whom it concerns. The clock's own steps are entries too, so
nobody ever sees a tick that a crash could undo.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from devops_tycoon.workshop.board import best_and_worst
from devops_tycoon.workshop.entry import FACILITATOR, ROOM, Entry
from devops_tycoon.workshop.homework import HAND_IN, remember
from devops_tycoon.workshop.listeners import Listeners
from devops_tycoon.workshop.log_index import Fed, LogIndex
from devops_tycoon.workshop.members import Members
from devops_tycoon.workshop.replays import RESULT, written
from devops_tycoon.workshop.requests import Requests
from devops_tycoon.workshop.room import DEBRIEF, ENDED, TICKING, Person, Room
from devops_tycoon.workshop.room_log import after, folded
from devops_tycoon.workshop.round_game import RoundGame
from devops_tycoon.workshop.simulators import Simulators
from devops_tycoon.workshop.standings import Shared, Standings
from devops_tycoon.workshop.store import Store

LOOK_S = 0.25
"""How often it looks whether the simulators have come to the end."""


class Hub:
    """One room while it is hosted."""

    def __init__(self, store: Store, host: str, screen: str, key: bytes, folder: Path) -> None:
        """`host` and `screen` are the hashes of their tokens; they change with every start."""
        self._store = store
        self._key, self._folder = key, folder
        log: list[Entry] = []
        for entry in store.entries():
            remember(log, entry)
        self.log = log
        """What is on the disk, of recordings that were handed in only the newest of each person."""
        self.room: Room = folded(log)
        """The room as the disk has it: what everybody may know."""
        self._next: Room = self.room
        """The room with what is on its way to the disk."""
        self.waiting = 0
        """Entries on their way to the disk."""
        self.members = Members(self, host, screen)
        self.requests = Requests(self)
        self.listeners = Listeners()
        self.index = LogIndex()
        for entry in log:
            self.index.take(entry)
        self.standings = Standings()
        self.left_s: int | None = None
        """Seconds until the planning ends by itself, as the clock says; None: it does not."""
        self.problem = ""
        self.debrief: bytes | None = None
        self.connected: dict[str, int] = defaultdict(int)
        self.checked: dict[str, dict[str, Any]] = {}
        """In homework: what came of playing each person's newest recording again."""
        self._handed: list[Callable[[Entry], None]] = []
        self.simulators: Simulators | None = None
        self._hooks: list[Callable[[], None]] = []

    # ---- life ------------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Wake the room up: paused where the log ends."""
        if not self.room.lesson.homework:  # else nobody plays here
            self.simulators = Simulators(self._reported, self.index.recorded, hurry=len(self.log) > 1)
        self._begin_game()
        if self.room.state in TICKING:
            await self.pause("The room was restarted; the facilitator can resume.")
        elif self.room.state in (ENDED, DEBRIEF):
            self._end()

    def _begin_game(self) -> None:
        lesson = self.room.lesson
        self.standings.begin()
        self.checked.clear()
        game = RoundGame(
            lesson.scenario, lesson.difficulty, self.room.seed, self.room.round, self._folder / "snapshots", self._key
        )
        codes = [person.code for person in self.room.people if not person.removed]
        if self.simulators is not None:
            self.simulators.begin(game, codes, self.room.tick)

    def on_end(self, hook: Callable[[], None]) -> None:
        """Call when the lesson has ended."""
        self._hooks.append(hook)

    def _end(self) -> None:
        for hook in self._hooks:
            hook()

    async def close(self) -> None:
        """Close the log and end the simulators."""
        if self.simulators is not None:
            self.simulators.close()
        await asyncio.to_thread(self._store.close)

    def on_hand_in(self, heed: Callable[[Entry], None]) -> None:
        """Tell someone every entry of homework that the disk has."""
        self._handed.append(heed)

    # ---- the log --------------------------------------------------------------------------------------------------

    async def store(self, who: str, seq: int, kind: str, text: str) -> tuple[int, str]:
        """Store one entry; return (tick, "") when the disk has it, or (−1, why it has not)."""
        return await self.store_all([(who, seq, kind, text)])

    async def store_all(self, told: list[tuple[str, int, str, str]]) -> tuple[int, str]:
        """Stamp entries, write them down together, and return the tick when the disk has them."""
        future: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        entries = []
        for who, seq, kind, text in told:
            entry = Entry(self._next.last + 1, self._next.round, self._next.tick, who, seq, kind, text)
            self._next = after(self._next, entry)
            entries.append(entry)
        self.waiting += len(entries)
        loop = asyncio.get_running_loop()

        def done(problem: Exception | None) -> None:
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(self._committed, entries, problem, future)

        self._store.append(entries, done)
        problem = await future
        return (entries[0].tick, "") if problem is None else (-1, self.problem)

    def _committed(self, entries: list[Entry], problem: Exception | None, future: "asyncio.Future[Any]") -> None:
        """Make true what the disk has; what it has not never happened."""
        self.waiting -= len(entries)
        if problem is None and entries[0].n != self.room.last + 1:
            problem = RuntimeError("an earlier entry was lost")
        if problem is not None:
            self._failed(problem)
        else:
            self._true(entries)
        if not future.done():
            future.set_result(problem)

    def _failed(self, problem: Exception) -> None:
        full = "full" in str(problem)
        self.problem = "The disk is full: nothing is accepted." if full else f"The room cannot be saved: {problem}."
        if self.waiting == 0:
            self._next = self.room  # everything that was on its way is gone, and nobody was told otherwise
            self._store.mend()
            if self.room.state in TICKING:
                self.room = self._next = replace(self.room, state="paused", why=self.problem)
        self.listeners.wake()

    def _true(self, entries: list[Entry]) -> None:
        self.problem = ""
        fed: Fed = []
        before = self.room
        for entry in entries:
            self.room = after(self.room, entry)
            remember(self.log, entry)
            if entry.kind == HAND_IN:
                for heed in self._handed:
                    heed(entry)
            if entry.kind == "join":
                self.members.seated(self.room.people[-1].token, entry.who)
            fed += self.index.take(entry)
        if self.room.round != before.round:
            self.debrief = None
            self._begin_game()
        elif self.simulators is not None:
            for entry in entries:
                if entry.kind == "join":
                    self.simulators.seat(entry.who)
            for person in before.people:
                now = self.room.person(person.code)
                if now is not None and now.removed and not person.removed:
                    self.simulators.drop(person.code)
                    self.standings.forget(person.code)
            if fed or self.room.tick != before.tick:
                self.simulators.entries(fed, self.room.tick)
        if self.room.board != before.board:
            self.board()  # a frozen board stands as it is now
        if self.room.state == ENDED and before.state != ENDED:
            self._end()
        theirs = all(
            entry.kind in ("order", "answer", "join", HAND_IN) and entry.who != FACILITATOR for entry in entries
        )
        self.listeners.wake(*{entry.who for entry in entries} if theirs else ())

    # ---- time and end ----------------------------------------------------------------------------------------------

    @property
    def coming(self) -> Room:
        """The room with what is on its way to the disk: what the next entry is stamped by."""
        return self._next

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self.waiting > 0

    @property
    def waits(self) -> bool:
        """Whether the clock waits for the simulators."""
        return self.room.state in TICKING and self.standings.overloaded(self.room)

    async def tick(self, ticks: int) -> None:
        """Let everybody play so many more ticks."""
        if ticks > 0:
            await self.store(ROOM, 0, "clock", str(self._next.tick + ticks))

    async def pause(self, why: str) -> None:
        """Stop the clock, for a reason that is the room's own."""
        if self._next.state in TICKING:
            await self.store(ROOM, 0, "note", why)

    async def keep_results(self) -> None:
        """Wait until every simulator has played to the end, and keep what they saw in the log."""
        number = self.room.round
        if self.room.lesson.homework:
            return  # the recordings are what was seen
        while any(self._plays_on(p.code) for p in self.people()):
            await asyncio.sleep(LOOK_S)
        known = {entry.who for entry in self.log if entry.kind == RESULT and entry.round == number}
        ended = [
            (p.code, 0, RESULT, written(self.standings.ended(p.code))) for p in self.people() if p.code not in known
        ]
        if ended and self.room.round == number:
            await self.store_all(ended)

    def _plays_on(self, code: str) -> bool:
        return code not in self.standings.rows or self.standings.behind(self.room, code) > 0

    async def debriefed(self, page: bytes) -> None:
        """Show the debrief from now on."""
        self.debrief = page
        if self._next.state == ENDED:
            await self.store(ROOM, 0, "note", DEBRIEF)
        self.listeners.wake()

    # ---- reports --------------------------------------------------------------------------------------------------

    def _reported(self, what: str, code: str, *told: Any) -> None:
        if self.standings.heard(self.room, what, code, *told):
            self.listeners.wake(code)

    def marked(self, code: str, tick: int, digest: str) -> None:
        """Take a client's check mark."""
        if self.standings.claimed(self.room, code, tick, digest):
            self.listeners.wake(code)

    def board_now(self) -> list[dict[str, Any]]:
        """Return the board's rows as they stand."""
        return self.standings.board(self.room, self.index.counts())

    def board(self) -> Shared | None:
        """Return what players may see of the board; None: nothing."""
        return None if self.room.board == "hidden" else self.standings.shown(self.room, self.index.counts())

    def maps(self) -> dict[str, Any]:
        """Return the maps of the best and the worst, as far as the simulators have told them."""
        best, worst = best_and_worst(self.board_now())
        if self.simulators is not None:
            self.simulators.maps(tuple(filter(None, (best, worst))))
        return {
            name: self.standings.rows.get(code, {}).get("map")
            for name, code in (("best", best), ("worst", worst))
            if code
        }

    def roster(self) -> list[dict[str, Any]]:
        """Return who is in the room, for the host."""
        homework = self.room.lesson.homework
        return [
            {
                "code": person.code,
                "name": person.name,
                "connected": self.connected[person.code] > 0,
                "behind": 0 if person.removed else self.standings.behind(self.room, person.code),
                "late": person.late,
                "removed": person.removed,
                "reports": self.standings.reports[person.code],
                "forecast": person.forecast,
                **({"handed": person.handed, "checked": self.checked.get(person.code)} if homework else {}),
            }
            for person in self.room.people
        ]

    def people(self) -> list[Person]:
        """Return who is in the room."""
        return [person for person in self.room.people if not person.removed]
