"""The hub: where everything that arrives becomes an entry of the log, and everything in the log goes out.

Nothing here plays. An entry is stamped with the room's tick and given to the store; when the disk has it, it is true:
it is acknowledged, fed to the simulators, and sent to whom it concerns. The clock's own steps are entries too, so
nobody ever sees a tick that a crash could take back.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from devops_tycoon.content.problem import ContentError, clean
from devops_tycoon.orders import kinds, parse
from devops_tycoon.sim.values.order import NotationError
from devops_tycoon.workshop.board import best_and_worst
from devops_tycoon.workshop.commands import Command, read_command
from devops_tycoon.workshop.entry import FACILITATOR, HOST, ROOM, Entry
from devops_tycoon.workshop.homework import HAND_IN, remember
from devops_tycoon.workshop.log_index import Fed, Index
from devops_tycoon.workshop.messages import Wish
from devops_tycoon.workshop.names import clean_name, nickname
from devops_tycoon.workshop.opening import another_lesson
from devops_tycoon.workshop.replays import RESULT, written
from devops_tycoon.workshop.room import (
    BEGINS,
    DEBRIEF,
    ENDED,
    MOST_PEOPLE,
    TICKING,
    Person,
    Room,
    after,
    code_of,
    consequences,
    folded,
    opening,
    why_not_answer,
    why_not_host,
    why_not_order,
)
from devops_tycoon.workshop.simulator import BASELINE, Played
from devops_tycoon.workshop.simulators import Simulators
from devops_tycoon.workshop.standings import Shared, Standings
from devops_tycoon.workshop.store import Store
from devops_tycoon.workshop.tokens import hashed, is_token, same

LOOK_S = 0.25
"""How often it looks whether the simulators have come to the end."""
SLICE, SLICE_S = 16, 0.005
"""So many clients are woken at once, and the next ones so much later."""
MOST_WAITING = 2000
"""Entries on their way to the disk; above it the room is busy."""

_PLAYERS = tuple(verb for verb, kind in kinds().items() if not kind.facilitator and verb not in BEGINS)
BUSY, RENUMBER = "busy", "renumber"
"""Refusals that a client answers itself: by sending again, or under a number that was not used for anything else."""


class RefusedError(Exception):
    """Somebody may not come in; the sentence says why."""


class Hub:
    """One room while it is hosted."""

    def __init__(self, store: Store, host: str, screen: str, key: bytes, folder: Path) -> None:
        """`host` and `screen` are the hashes of their tokens; they change with every start."""
        self._store = store
        self._host, self._screen = host, screen
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
        self._waiting = 0
        self._seats: dict[str, str] = {p.token: p.code for p in self.room.people}
        self.index = Index()
        self._asked: dict[tuple[str, int], tuple[str, asyncio.Future[tuple[int, str]]]] = {}
        self._joining: dict[str, asyncio.Future[str]] = {}
        for entry in log:
            self.index.take(entry)
        self.standings = Standings()
        self.left_s: int | None = None
        """Seconds until the planning ends by itself, as the clock says; None: it does not."""
        self.problem = ""
        self.debrief: bytes | None = None
        self._listeners: dict[str, set[Callable[[], None]]] = defaultdict(set)
        self.connected: dict[str, int] = defaultdict(int)
        self.checked: dict[str, dict[str, Any]] = {}
        """In homework: what came of playing each person's newest recording again."""
        self._handed: list[Callable[[Entry], None]] = []
        self._heeding: list[Callable[[Command], None]] = []
        self.simulators: Simulators | None = None
        self._hooks: list[Callable[[], None]] = []

    # ---- life ------------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Wake the room up: paused where the log ends."""
        if not self.room.lesson.homework:  # else nobody plays here
            self.simulators = Simulators(self._reported, self.index.recorded, hurry=len(self.log) > 1)
        self._begin_game()
        if self.room.state in TICKING:
            await self.pause("The room was restarted; the facilitator resumes.")
        elif self.room.state in (ENDED, DEBRIEF):
            self._end()

    def _begin_game(self) -> None:
        lesson = self.room.lesson
        self.standings.begin()
        self.checked.clear()
        played = Played(
            lesson.scenario, lesson.difficulty, self.room.seed, self.room.round, self._folder / "snapshots", self._key
        )
        codes = [person.code for person in self.room.people if not person.removed]
        if self.simulators is not None:
            self.simulators.begin(played, codes, self.room.tick)

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

    def listen(self, who: str, wake: Callable[[], None]) -> None:
        """Wake somebody (a code, `host` or `screen`) whenever something is new for them."""
        self._listeners[who].add(wake)

    def unlisten(self, who: str, wake: Callable[[], None]) -> None:
        """Wake them no more."""
        self._listeners[who].discard(wake)

    def _wake(self, *whom: str) -> None:
        """Wake these, or everybody: slice after slice, so that an order in between need not wait for a whole class.

        Those who are not woken look once a second by themselves.
        """
        wakes = [wake for who in whom or tuple(self._listeners) for wake in self._listeners.get(who, ())]
        _call(wakes[:SLICE])
        loop = asyncio.get_running_loop()
        for number, at in enumerate(range(SLICE, len(wakes), SLICE), 1):
            loop.call_later(number * SLICE_S, _call, wakes[at : at + SLICE])

    # ---- who ------------------------------------------------------------------------------------------------------

    def role(self, token: object) -> tuple[str, str]:
        """Return (`host` | `screen` | `player` | "", code) of a token."""
        if not isinstance(token, str) or not is_token(token):
            return "", ""
        known = hashed(token)
        if same(known, self._host):
            return "host", HOST
        if same(known, self._screen):
            return "screen", ""
        code = self._seats.get(known)
        person = self.room.person(code) if code else None
        return ("player", person.code) if person and not person.removed else ("", "")

    def removed(self, token: str) -> bool:
        """Whether a token belongs to somebody whom the host has removed."""
        person = self.room.person(self._seats.get(hashed(token), ""))
        return person is not None and person.removed

    async def join(self, token: str, name: str) -> str:
        """Give somebody a seat and return their code; raise RefusedError. Joining twice is joining once."""
        known = hashed(token)
        if known in self._joining:
            await self._joining[known]
        if known in self._seats:
            return self._seats[known]
        joining = self._joining[known] = asyncio.ensure_future(self._join(known, name))
        try:
            return await joining
        finally:
            del self._joining[known]

    async def _join(self, known: str, name: str) -> str:
        if len(self._next.people) >= MOST_PEOPLE:
            raise RefusedError(f"The room is full: {MOST_PEOPLE} people are in it.")
        number = len(self._next.people) + 1
        code = code_of(number)
        told = {"name": self._name(name, number), "token": known}
        tick, why = await self._stored(code, 0, "join", json.dumps(told, ensure_ascii=False))
        if tick < 0:
            raise RefusedError(why)
        return code

    def _name(self, wanted: str, number: int) -> str:
        lesson = self.room.lesson
        taken = {person.name.casefold() for person in self._next.people}
        name = clean_name(wanted) if lesson.free_names else ""
        if not name:
            return nickname(sum(lesson.code.encode()) * 31, number)
        if name.casefold() not in taken:
            return name
        short = name[:18]
        return next(free for n in range(2, MOST_PEOPLE + 3) if (free := f"{short} {n}").casefold() not in taken)

    # ---- wishes ----------------------------------------------------------------------------------------------------

    async def wish(self, role: str, code: str, wish: Wish) -> tuple[int, str]:
        """Do what somebody asks, once: return (tick, "") when it is stored, or (−1, why it is not)."""
        if (role == "host") != (wish.kind == "do") or role == "screen":
            return -1, "That is not yours to do."
        key, text = (code, wish.seq), _canonical(wish)
        if (known := self.index.stored(*key)) is not None:
            return (known[0], "") if known[1] == text else (-1, RENUMBER)
        if key in self._asked:
            told, under_way = self._asked[key]
            return await asyncio.shield(under_way) if told == text else (-1, RENUMBER)
        person = self._next.person(code)
        newest = self._next.seq if role == "host" else person.seq if person else 0
        if wish.seq <= newest:
            return -1, RENUMBER
        if self._waiting > MOST_WAITING:
            return -1, BUSY
        do = {"order": self._order, "answer": self._answer, "do": self._do}[wish.kind]
        doing = asyncio.ensure_future(do(code, wish))
        self._asked[key] = text, doing
        doing.add_done_callback(lambda _: self._asked.pop(key, None))
        return await asyncio.shield(doing)

    async def _order(self, code: str, wish: Wish) -> tuple[int, str]:
        person = self._next.person(code)
        if person is None:
            return -1, "You are not in this room."
        try:
            order = parse(wish.text, _PLAYERS)
        except NotationError as error:
            return -1, clean(str(error))
        why = why_not_order(self._next, person, order.verb)
        if why is None and order.facilitator:
            why = f"Only the facilitator may {order.verb}."
        if why is None and self.simulators is not None:
            why = await self.simulators.why_not(code, str(order))
        if why is not None:
            return -1, clean(why)
        why = why_not_order(self._next, person, order.verb)  # the room has gone on meanwhile
        return (-1, why) if why else await self._stored(code, wish.seq, "order", str(order))

    async def _answer(self, code: str, wish: Wish) -> tuple[int, str]:
        poll, choice = map(int, wish.text.split())
        why = why_not_answer(self._next, poll, choice)
        return (-1, why) if why else await self._stored(code, wish.seq, "answer", wish.text)

    async def _do(self, _: str, wish: Wish) -> tuple[int, str]:
        try:
            command = read_command(wish.text)
        except NotationError as error:
            return -1, clean(str(error))
        return await self.command(command, wish.seq)

    async def command(self, command: Command, seq: int = 0) -> tuple[int, str]:
        """Do what the host says."""
        room = self._next
        why = why_not_host(room, command)
        if why is None and command.verb == "inject" and self.simulators is not None:
            why = await self.simulators.why_not(BASELINE, str(command))
            why = why or why_not_host(self._next, command)
        if why is not None:
            return -1, clean(why)
        room = self._next
        placed = [(FACILITATOR, 0, "order", order) for order in consequences(room, command)]
        if command.verb == "lesson":
            try:
                lesson = await asyncio.to_thread(another_lesson, room.lesson, command.about, command.number)
            except ContentError as error:
                return -1, clean(str(error))
            placed = [(ROOM, 0, "lesson", opening(lesson))]
        stored = await self._stored_all([(HOST, seq, "do", str(command)), *placed])
        if stored[0] >= 0:
            for heed in self._heeding:
                heed(command)
            self._wake()
        return stored

    def heeded_by(self, heed: Callable[[Command], None]) -> None:
        """Tell somebody every command of the host's that was done."""
        self._heeding.append(heed)

    async def keep(self, who: str, kind: str, text: str) -> str:
        """Write something of somebody's down; return "" when the disk has it, or why it has not."""
        return (await self._stored(who, 0, kind, text))[1]

    def handed_in_by(self, heed: Callable[[Entry], None]) -> None:
        """Tell somebody every entry of homework that the disk has."""
        self._handed.append(heed)

    # ---- the log --------------------------------------------------------------------------------------------------

    async def _stored(self, who: str, seq: int, kind: str, text: str) -> tuple[int, str]:
        return await self._stored_all([(who, seq, kind, text)])

    async def _stored_all(self, told: list[tuple[str, int, str, str]]) -> tuple[int, str]:
        """Stamp entries, write them down together, and return the tick when the disk has them."""
        future: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        entries = []
        for who, seq, kind, text in told:
            entry = Entry(self._next.last + 1, self._next.round, self._next.tick, who, seq, kind, text)
            self._next = after(self._next, entry)
            entries.append(entry)
        self._waiting += len(entries)
        loop = asyncio.get_running_loop()

        def done(problem: Exception | None) -> None:
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(self._committed, entries, problem, future)

        self._store.append(entries, done)
        problem = await future
        return (entries[0].tick, "") if problem is None else (-1, self.problem)

    def _committed(self, entries: list[Entry], problem: Exception | None, future: "asyncio.Future[Any]") -> None:
        """Make true what the disk has; what it has not never happened."""
        self._waiting -= len(entries)
        if problem is None and entries[0].n != self.room.last + 1:
            problem = RuntimeError("an entry before it was lost")
        if problem is not None:
            self._failed(problem)
        else:
            self._true(entries)
        if not future.done():
            future.set_result(problem)

    def _failed(self, problem: Exception) -> None:
        full = "full" in str(problem)
        self.problem = "The disk is full: nothing is accepted." if full else f"The room cannot be written: {problem}."
        if self._waiting == 0:
            self._next = self.room  # everything that was on its way is gone, and nobody was told otherwise
            self._store.mend()
            if self.room.state in TICKING:
                self.room = self._next = replace(self.room, state="paused", why=self.problem)
        self._wake()

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
                self._seats[self.room.people[-1].token] = entry.who
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
        self._wake(*{entry.who for entry in entries} if theirs else ())

    # ---- time and end ----------------------------------------------------------------------------------------------

    @property
    def coming(self) -> Room:
        """The room with what is on its way to the disk: what the next entry is stamped by."""
        return self._next

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._waiting > 0

    @property
    def waits(self) -> bool:
        """Whether the clock waits for the simulators."""
        return self.room.state in TICKING and self.standings.overloaded(self.room)

    async def tick(self, ticks: int) -> None:
        """Let everybody play so many more ticks."""
        if ticks > 0:
            await self._stored(ROOM, 0, "clock", str(self._next.tick + ticks))

    async def pause(self, why: str) -> None:
        """Stop the clock, for a reason that is the room's own."""
        if self._next.state in TICKING:
            await self._stored(ROOM, 0, "note", why)

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
            await self._stored_all(ended)

    def _plays_on(self, code: str) -> bool:
        return code not in self.standings.rows or self.standings.behind(self.room, code) > 0

    async def debriefed(self, page: bytes) -> None:
        """Show the debrief from now on."""
        self.debrief = page
        if self._next.state == ENDED:
            await self._stored(ROOM, 0, "note", DEBRIEF)
        self._wake()

    # ---- reports --------------------------------------------------------------------------------------------------

    def _reported(self, what: str, code: str, *told: Any) -> None:
        if self.standings.heard(self.room, what, code, *told):
            self._wake(code)

    def marked(self, code: str, tick: int, digest: str) -> None:
        """Take a client's check mark."""
        if self.standings.claimed(self.room, code, tick, digest):
            self._wake(code)

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


def _call(wakes: list[Callable[[], None]]) -> None:
    for wake in wakes:
        wake()


def _canonical(wish: Wish) -> str:
    """Return the text that the log would keep of a wish."""
    try:
        if wish.kind == "order":
            return str(parse(wish.text))
        return str(read_command(wish.text)) if wish.kind == "do" else wish.text
    except NotationError:
        return wish.text
