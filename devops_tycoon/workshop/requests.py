"""What players and the host ask of a room: orders, answers to polls, and the host's commands."""

import asyncio
from collections.abc import Callable

from devops_tycoon.content.problem import ContentError, clean
from devops_tycoon.orders import kinds, parse
from devops_tycoon.sim.values.order import NotationError
from devops_tycoon.workshop.commands import Command, read_command
from devops_tycoon.workshop.entry import FACILITATOR, HOST, ROOM
from devops_tycoon.workshop.messages import Wish
from devops_tycoon.workshop.opening import another_lesson
from devops_tycoon.workshop.room import BEGINS
from devops_tycoon.workshop.room_log import opening
from devops_tycoon.workshop.room_rules import consequences, why_not_answer, why_not_host, why_not_order
from devops_tycoon.workshop.round_game import BASELINE
from devops_tycoon.workshop.stored_room import StoredRoom

MOST_WAITING = 2000
"""Entries waiting for the disk; above it the room is busy."""

_PLAYERS = tuple(verb for verb, kind in kinds().items() if not kind.facilitator and verb not in BEGINS)
BUSY, RENUMBER = "busy", "renumber"
"""Refusals that a client handles itself: it sends again, or under a number that was not used for anything else."""


class Requests:
    """Checks each request and stores it once."""

    def __init__(self, hub: StoredRoom) -> None:
        self._hub = hub
        self._asked: dict[tuple[str, int], tuple[str, asyncio.Future[tuple[int, str]]]] = {}
        self._heeding: list[Callable[[Command], None]] = []

    def on_command(self, heed: Callable[[Command], None]) -> None:
        """Call with every command of the host that was stored."""
        self._heeding.append(heed)

    async def wish(self, role: str, code: str, wish: Wish) -> tuple[int, str]:
        """Do what someone asks, once: return (tick, "") when it is stored, or (−1, why it is not)."""
        if (role == "host") != (wish.kind == "do") or role == "screen":
            return -1, "You are not allowed to do that."
        key, text = (code, wish.seq), _canonical(wish)
        if (known := self._hub.index.stored(*key)) is not None:
            return (known[0], "") if known[1] == text else (-1, RENUMBER)
        if key in self._asked:
            told, under_way = self._asked[key]
            return await asyncio.shield(under_way) if told == text else (-1, RENUMBER)
        person = self._hub.coming.person(code)
        newest = self._hub.coming.seq if role == "host" else person.seq if person else 0
        if wish.seq <= newest:
            return -1, RENUMBER
        if self._hub.waiting > MOST_WAITING:
            return -1, BUSY
        do = {"order": self._order, "answer": self._answer, "do": self._do}[wish.kind]
        doing = asyncio.ensure_future(do(code, wish))
        self._asked[key] = text, doing
        doing.add_done_callback(lambda _: self._asked.pop(key, None))
        return await asyncio.shield(doing)

    async def _order(self, code: str, wish: Wish) -> tuple[int, str]:
        person = self._hub.coming.person(code)
        if person is None:
            return -1, "You are not in this room."
        try:
            order = parse(wish.text, _PLAYERS)
        except NotationError as error:
            return -1, clean(str(error))
        why = why_not_order(self._hub.coming, person, order.verb)
        if why is None and order.facilitator:
            why = f"Only the facilitator may {order.verb}."
        if why is None and self._hub.simulators is not None:
            why = await self._hub.simulators.why_not(code, str(order))
        if why is not None:
            return -1, clean(why)
        why = why_not_order(self._hub.coming, person, order.verb)  # the room has gone on meanwhile
        return (-1, why) if why else await self._hub.store(code, wish.seq, "order", str(order))

    async def _answer(self, code: str, wish: Wish) -> tuple[int, str]:
        poll, choice = map(int, wish.text.split())
        why = why_not_answer(self._hub.coming, poll, choice)
        return (-1, why) if why else await self._hub.store(code, wish.seq, "answer", wish.text)

    async def _do(self, _: str, wish: Wish) -> tuple[int, str]:
        try:
            command = read_command(wish.text)
        except NotationError as error:
            return -1, clean(str(error))
        return await self.command(command, wish.seq)

    async def command(self, command: Command, seq: int = 0) -> tuple[int, str]:
        """Do what the host says."""
        room = self._hub.coming
        why = why_not_host(room, command)
        if why is None and command.verb == "inject" and self._hub.simulators is not None:
            why = await self._hub.simulators.why_not(BASELINE, str(command))
            why = why or why_not_host(self._hub.coming, command)
        if why is not None:
            return -1, clean(why)
        room = self._hub.coming
        placed = [(FACILITATOR, 0, "order", order) for order in consequences(room, command)]
        if command.verb == "lesson":
            try:
                lesson = await asyncio.to_thread(another_lesson, room.lesson, command.about, command.number)
            except ContentError as error:
                return -1, clean(str(error))
            placed = [(ROOM, 0, "lesson", opening(lesson))]
        stored = await self._hub.store_all([(HOST, seq, "do", str(command)), *placed])
        if stored[0] >= 0:
            for heed in self._heeding:
                heed(command)
            self._hub.listeners.wake()
        return stored


def _canonical(wish: Wish) -> str:
    """Return the text that the log would keep of a wish."""
    try:
        if wish.kind == "order":
            return str(parse(wish.text))
        return str(read_command(wish.text)) if wish.kind == "do" else wish.text
    except NotationError:
        return wish.text
