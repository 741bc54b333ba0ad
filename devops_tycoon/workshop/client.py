"""One connection: it is told what is new, and what it says is done.

Nothing is queued for a client. What is sent is worked out when the client has room for it, from what it was sent last:
clocks, boards and pages that nobody read are never made, entries of its game never left out.
"""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from devops_tycoon.sim.step import RULES
from devops_tycoon.workshop.homework import words
from devops_tycoon.workshop.hub import Hub
from devops_tycoon.workshop.limits import Bucket
from devops_tycoon.workshop.messages import VERSION, Hello, MarkMade, MessageError, Wish, read_message
from devops_tycoon.workshop.requests import BUSY
from devops_tycoon.workshop.room import DEBRIEF, settings
from devops_tycoon.workshop.standings import Shared

AT_ONCE, PER_S = 20, 10
"""Wishes of one client."""
FLOOD = 200
"""Messages beyond the limit after which a client is sent away."""
SLOW_S = 1.0
"""Boards and pages are sent so often at most."""
BOARDS_PER_S = 60
"""Boards that players are sent each second, all together: with 300 people each gets a new one every five seconds."""
MOST_ANSWERS = 64
MOST_UNDER_WAY = 16
"""Wishes of one client that wait for the disk."""

Send = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a lobby shows: how to come in."""

    addresses: tuple[str, ...]
    code: str
    screen: str
    """The projector's token; only the host is told."""


class Client:
    """Someone who said hello."""

    def __init__(self, hub: Hub, role: str, code: str, hello: Hello, send: Send, invite: Invitation) -> None:
        self._hub, self.role, self.code, self._token = hub, role, code, hello.token
        self._send, self._invite = send, invite
        self._view = hello.view and role == "player"
        self._have = hello.have
        self._answers: deque[tuple[str, list[Any]]] = deque(maxlen=MOST_ANSWERS)
        self._sent: dict[str, Any] = {}
        self._round = hub.room.round
        self._wake = asyncio.Event()
        self._bucket = Bucket(AT_ONCE, PER_S)
        self._over = 0
        self._slow_at = self._board_at = 0.0
        self._under_way: set[asyncio.Task[None]] = set()
        self.bye = ""

    # ---- out ------------------------------------------------------------------------------------------------------

    async def tell_for_ever(self) -> None:
        """Send the welcome, then whatever is new whenever there is something and room for it."""
        self._hub.listeners.add(self.code or self.role, self._wake.set)
        if self._view and self._hub.simulators is not None:
            self._hub.simulators.view(self.code, wanted=True)
        try:
            await self._send(json.dumps(self._welcome(), ensure_ascii=False))
            while not self.bye:
                self._wake.clear()
                await self._tell()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), SLOW_S)
            await self._send(json.dumps({"t": "bye", "why": self.bye}, ensure_ascii=False))
        finally:
            self._hub.listeners.remove(self.code or self.role, self._wake.set)
            for task in self._under_way:
                task.cancel()

    def dismiss(self, why: str) -> None:
        """Say goodbye."""
        self.bye = why
        self._wake.set()

    async def _tell(self) -> None:
        hub = self._hub
        if self.role == "player" and hub.members.removed(self._token):
            self.bye = "The facilitator has removed you from the room."
            return
        if self.code in hub.standings.again and self.role == "player":
            hub.standings.again.discard(self.code)
            await self._send('{"t":"again"}')
            return
        if hub.room.round != self._round:
            self._round, self._have, self._sent = hub.room.round, 0, {}
            await self._send(json.dumps(self._welcome(), ensure_ascii=False))
        news = self._news()
        if news:
            await self._send(_written({"t": "now", **news}))

    def _welcome(self) -> dict[str, Any]:
        room = self._hub.room
        person = room.person(self.code)
        return {
            "t": "welcome",
            "v": VERSION,
            "role": self.role,
            "me": self.code if person else "",
            "name": person.name if person else "",
            "shared": person is not None and self._hub.connected[self.code] > 1,
            "title": room.lesson.title,
            "rules": RULES,
            "homework": room.lesson.homework,
            "seq": self._seq(),
            **settings(room),
        }

    def _seq(self) -> int:
        """Return the highest number of a wish of this client's that is stored."""
        person = self._hub.room.person(self.code)
        return self._hub.room.seq if self.role == "host" else person.seq if person else 0

    def _news(self) -> dict[str, Any]:
        """Return what this client was not told yet."""
        now = time.monotonic()
        told = self._fast()
        if now >= self._slow_at + SLOW_S:
            told |= self._slow()
            self._slow_at = now
        news = {key: value for key, value in told.items() if key not in self._sent or self._sent[key] != value}
        self._sent |= news
        if self.role == "player":
            entries = self._hub.index.entries_of(self.code, self._have)
            if entries:
                self._have += len(entries)
                news["log"] = entries
        answers = [self._answers.popleft() for _ in range(len(self._answers))]
        for kind in ("acks", "nacks"):
            if found := [answer for what, answer in answers if what == kind]:
                news[kind] = found
        return news

    def _fast(self) -> dict[str, Any]:
        """Return what is told at once."""
        room = self._hub.room
        person, poll = room.person(self.code), room.poll
        left = self._hub.left_s
        told = {
            "seq": self._seq(), "round": room.round, "tick": room.tick, "state": room.state, "pace": room.pace,
            "why": room.why, "message": room.message, "locked": list(room.locked), "people": len(self._hub.people()),
            "ready": self._hub.debrief is not None and room.state == DEBRIEF, "left_s": left,
            "poll": None if poll is None else {
                "id": poll.id, "text": poll.text, "choices": list(poll.choices), "open": poll.open,
                "mine": dict(poll.answers).get(self.code, 0),
                "counts": poll.counts if self.role == "host" or not poll.open else None,
            },
        }  # fmt: skip
        if person is not None:
            told["name"] = person.name
            if room.lesson.homework:
                told["homework"] = words(person.handed, self._own(person.code))
        if self.role in ("host", "screen"):
            told |= {
                "when": self._hub.standings.when,
                "events": [list(event) for event in room.events], "code": self._invite.code,
                "addresses": list(self._invite.addresses),
            }  # fmt: skip
        if self.role == "host":
            told |= {
                "problem": self._hub.problem, "screen": self._invite.screen, "board_is": room.board,
                "behind": self._hub.waits,
            }  # fmt: skip
        return told

    def _own(self, code: str) -> dict[str, Any] | None:
        """Return what came of someone's own homework; who else decided the same is the host's to know."""
        found = self._hub.checked.get(code)
        return None if found is None else found | {"same": ()}

    def _slow(self) -> dict[str, Any]:
        """Return what is told once a second."""
        hub = self._hub
        told: dict[str, Any] = {}
        now = time.monotonic()
        if self.role != "player" or now >= self._board_at:
            told["board"] = hub.board()
            self._board_at = now + len(hub.room.people) / BOARDS_PER_S
        if self._view:
            told["view"] = hub.standings.views.get(self.code)
        if self.role == "screen" and told["board"] is not None:
            told["maps"] = hub.maps()
        if self.role == "host":
            told["board"] = {"frozen": hub.room.board == "frozen", "tick": hub.room.tick, "rows": hub.board_now()}
            told["roster"] = hub.roster()
            told["palette"] = hub.standings.rows.get("", {}).get("palette", [])
        return told

    # ---- in -------------------------------------------------------------------------------------------------------

    async def heed(self, text: str | bytes) -> None:
        """Do what a message says; raise MessageError if no honest client would have sent it."""
        if not self._bucket.take():
            await asyncio.sleep(1 / PER_S)  # nothing more is read from it meanwhile: a flood waits at its own end
            self._over += 1
            if self._over > FLOOD:
                raise MessageError("too many messages")
            with suppress(MessageError):
                said = read_message(text)
                if isinstance(said, Wish):
                    self._answer(said.seq, -1, BUSY)
            return
        said = read_message(text)
        if isinstance(said, MarkMade):
            if self.role == "player":
                self._hub.marked(self.code, said.tick, said.digest)
        elif isinstance(said, Wish):
            if len(self._under_way) >= MOST_UNDER_WAY:
                self._answer(said.seq, -1, BUSY)
                return
            task = asyncio.create_task(self._do(said))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        else:
            raise MessageError("hello was already sent")

    async def _do(self, wish: Wish) -> None:
        try:
            tick, why = await self._hub.requests.wish(self.role, self.code, wish)
        except Exception:  # whatever it was: nobody waits for ever for an answer
            logging.getLogger(__name__).exception("a wish failed")
            tick, why = -1, "Internal error; nothing was applied."
        self._answer(wish.seq, tick, why)

    def _answer(self, seq: int, tick: int, why: str) -> None:
        self._answers.append(("nacks", [seq, why]) if why else ("acks", [seq, tick]))
        self._wake.set()


def _written(told: dict[str, Any]) -> str:
    """Return a message as JSON, with what is shared as it was written for everybody."""
    parts = [
        f'"{key}":{value.text if isinstance(value, Shared) else json.dumps(value, ensure_ascii=False)}'
        for key, value in told.items()
    ]
    return f"{{{','.join(parts)}}}"
