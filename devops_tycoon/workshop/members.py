"""Who is in a room: tokens, roles, and taking a seat."""

import asyncio
import json

from devops_tycoon.workshop.entry import HOST
from devops_tycoon.workshop.names import clean_name, nickname
from devops_tycoon.workshop.room import MOST_PEOPLE, code_of
from devops_tycoon.workshop.stored_room import StoredRoom
from devops_tycoon.workshop.tokens import hashed, is_token, same


class RefusedError(Exception):
    """Someone may not join; the sentence says why."""


class Members:
    """Roles by token, and seats of those who join."""

    def __init__(self, hub: StoredRoom, host: str, screen: str) -> None:
        """`host` and `screen` are the hashes of their tokens; they change with every start."""
        self._hub = hub
        self._host, self._screen = host, screen
        self._seats: dict[str, str] = {person.token: person.code for person in hub.room.people}
        self._joining: dict[str, asyncio.Future[str]] = {}

    def seated(self, token: str, code: str) -> None:
        """Take note that the log has a seat for a (hashed) token."""
        self._seats[token] = code

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
        person = self._hub.room.person(code) if code else None
        return ("player", person.code) if person and not person.removed else ("", "")

    def removed(self, token: str) -> bool:
        """Whether a token belongs to someone whom the host has removed."""
        person = self._hub.room.person(self._seats.get(hashed(token), ""))
        return person is not None and person.removed

    async def join(self, token: str, name: str) -> str:
        """Give someone a seat and return their code; raise RefusedError. Joining twice is joining once."""
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
        if len(self._hub.coming.people) >= MOST_PEOPLE:
            raise RefusedError(f"The room is full ({MOST_PEOPLE} people).")
        number = len(self._hub.coming.people) + 1
        code = code_of(number)
        told = {"name": self._free_name(name, number), "token": known}
        tick, why = await self._hub.store(code, 0, "join", json.dumps(told, ensure_ascii=False))
        if tick < 0:
            raise RefusedError(why)
        return code

    def _free_name(self, wanted: str, number: int) -> str:
        lesson = self._hub.room.lesson
        taken = {person.name.casefold() for person in self._hub.coming.people}
        name = clean_name(wanted) if lesson.free_names else ""
        if not name:
            return nickname(sum(lesson.code.encode()) * 31, number)
        if name.casefold() not in taken:
            return name
        short = name[:18]
        return next(free for n in range(2, MOST_PEOPLE + 3) if (free := f"{short} {n}").casefold() not in taken)
