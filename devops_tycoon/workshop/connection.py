"""A client's connection to a room; it reconnects by itself.

A message without an answer is sent again after every reconnection, under the same number: the room acts on it once.
"""

import asyncio
import json
import random
import threading
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from devops_tycoon.workshop.addresses import socket_url
from devops_tycoon.workshop.messages import VERSION

LARGEST_NEWS = 8 * 1024 * 1024
SLOWEST_S = 5.0
"""The longest wait between two tries; each is jittered, so that a class does not come back as one."""
FIRST_S = 0.1
SILENT_S = 45.0
"""A room that answers no ping for so long is gone."""
_VERBS = {"order": "order", "do": "what"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of something that was sent."""

    stored: bool
    tick: int
    why: str


@dataclass
class _Sent:
    message: dict[str, Any]
    answer: "asyncio.Future[Answer]"


@dataclass
class Inbox:
    """What came and was not taken yet."""

    log: list[list[Any]] = field(default_factory=list)
    """Entries of the game's log."""
    again: bool = False
    """The game must be begun again from nothing."""


def next_wait(wait_s: float, connected: bool) -> float:
    """Return how long to wait before the next try: longer each time, but a room that was there may soon be again."""
    return FIRST_S if connected else min(SLOWEST_S / 1.5, 2 * wait_s)


class Connection:
    """The connection itself, as a coroutine: for those who have a loop of their own, such as a class of bots."""

    def __init__(
        self, address: str, token: str, code: str, name: str, changed: Callable[[], None], *, view: bool = False
    ) -> None:
        self._url = socket_url(address)
        self._hello = {"t": "hello", "v": VERSION, "token": token, "code": code, "name": name, "view": view}
        self._changed = changed
        self._sent: OrderedDict[int, _Sent] = OrderedDict()
        self._socket: ClientConnection | None = None
        self._seq = 0
        self._have = 0
        self._welcomed = asyncio.Event()
        self._left = asyncio.Event()
        self._inbox = Inbox()
        self._lock = threading.Lock()
        self.welcome: dict[str, Any] = {}
        self.now: dict[str, Any] = {}
        self.connected = False
        self.bye = ""

    async def run(self) -> None:
        """Stay connected until the room says goodbye or someone hangs up."""
        staying = asyncio.create_task(self._stay())
        left = asyncio.create_task(self._left.wait())
        try:
            await asyncio.wait((staying, left), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (staying, left):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            self._dismissed(self.bye)
            self._changed()

    async def _stay(self) -> None:
        wait = FIRST_S / 2
        while not self.bye:
            try:
                async with connect(
                    self._url, compression=None, max_size=LARGEST_NEWS, open_timeout=10, close_timeout=1,
                    ping_interval=20, ping_timeout=SILENT_S, proxy=None, user_agent_header=None,
                ) as socket:  # fmt: skip
                    await self._talk(socket)
            except (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage, TimeoutError, ValueError):
                pass
            finally:
                wait = next_wait(wait, self.connected)
                self._socket, self.connected = None, False
                self._changed()
            if not self.bye:
                with suppress(TimeoutError):
                    jittered = wait * random.uniform(0.5, 1.5)  # noqa: S311 — it only spreads a crowd
                    await asyncio.wait_for(self._left.wait(), jittered)

    async def send(self, kind: str, text: str) -> Answer:
        """Send a wish and wait until it is stored or refused."""
        await self._welcomed.wait()
        if self.bye:
            return Answer(stored=False, tick=-1, why=self.bye)
        self._seq += 1
        message: dict[str, Any] = {"t": kind, "seq": self._seq}
        if kind == "answer":
            poll, choice = text.split()
            message |= {"poll": int(poll), "choice": int(choice)}
        else:
            message[_VERBS[kind]] = text
        sent = self._sent[self._seq] = _Sent(message, asyncio.get_running_loop().create_future())
        await self._transmit(message)
        return await sent.answer

    async def mark(self, tick: int, digest: str) -> None:
        """Show the room a check mark."""
        await self._transmit({"t": "mark", "tick": tick, "digest": digest})

    def take(self) -> Inbox:
        """Take what came of the game's log; nothing, while the game must be begun again first (`renew`)."""
        with self._lock:
            if self._inbox.again:
                return Inbox(again=True)
            inbox, self._inbox = self._inbox, Inbox()
        return inbox

    def renew(self) -> None:
        """Say that the game has been begun again."""
        with self._lock:
            self._inbox.again = False

    def _begin_again(self) -> None:
        """Ask for the whole log at the next hello, and let the player forget what was."""
        self._have = 0
        with self._lock:
            self._inbox = Inbox(again=True)

    def hang_up(self, why: str = "You have left the room.") -> None:
        """Leave for good."""
        self.bye = self.bye or why
        self._left.set()

    async def _transmit(self, message: dict[str, Any]) -> None:
        if self._socket is not None:
            with suppress(ConnectionClosed, OSError):
                await self._socket.send(json.dumps(message))

    async def _talk(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps(self._hello | {"have": self._have}))
        async for raw in socket:
            told = json.loads(raw)
            match told.get("t"):
                case "welcome":
                    await self._greeted(socket, told)
                case "now":
                    self._heard(told)
                case "again":
                    self._begin_again()
                    await socket.close()
                case "bye":
                    self._dismissed(str(told.get("why", "")))
            self._changed()

    async def _greeted(self, socket: ClientConnection, told: dict[str, Any]) -> None:
        if self.welcome and told["round"] != self.welcome["round"]:
            self._begin_again()
        self.welcome = told
        self._seq = max(self._seq, int(told["seq"]))
        self._socket, self.connected = socket, True
        self._welcomed.set()
        for sent in list(self._sent.values()):
            await self._transmit(sent.message)

    def _heard(self, told: dict[str, Any]) -> None:
        entries = told.pop("log", [])
        self._have += len(entries)
        with self._lock:
            self._inbox.log += entries
        for seq, tick in told.pop("acks", []):
            self._answered(seq, Answer(stored=True, tick=tick, why=""))
        for seq, why in told.pop("nacks", []):
            if why == "busy":
                self._again_soon(seq)
            elif why == "renumber":  # someone else sits in this seat too, and was quicker
                self._renumber(seq, int(told.get("seq", self.now.get("seq", 0))))
            else:
                self._answered(seq, Answer(stored=False, tick=-1, why=why))
        self.now = self.now | told

    def _again_soon(self, seq: int) -> None:
        """Send once more what the room had no time for."""
        if (sent := self._sent.get(seq)) is not None:
            loop = asyncio.get_running_loop()
            loop.call_later(random.uniform(0.2, 0.6), lambda: keep(self._transmit(sent.message)))  # noqa: S311

    def _renumber(self, seq: int, newest: int) -> None:
        sent = self._sent.pop(seq, None)
        if sent is not None:
            self._seq = max(self._seq, newest) + 1
            sent.message["seq"] = self._seq
            self._sent[self._seq] = sent
            keep(self._transmit(sent.message))

    def _answered(self, seq: int, answer: Answer) -> None:
        sent = self._sent.pop(seq, None)
        if sent is not None and not sent.answer.done():
            sent.answer.set_result(answer)

    def _dismissed(self, why: str) -> None:
        self.bye = why or "The room is closed."
        self._welcomed.set()  # nobody waits for a welcome any more
        for seq in list(self._sent):
            self._answered(seq, Answer(stored=False, tick=-1, why=self.bye))


_kept: set["asyncio.Task[None]"] = set()


def keep(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine as a task and hold a reference until it is done."""
    task = asyncio.get_running_loop().create_task(work)
    _kept.add(task)
    task.add_done_callback(_kept.discard)
