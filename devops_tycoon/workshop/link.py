"""A connection to a room in a thread of its own, for screens and text players."""

import asyncio
import threading
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

from devops_tycoon.workshop.connection import Answer, Connection, Inbox, keep


class Link:
    """A line in a thread of its own, for screens and text players."""

    def __init__(self, address: str, token: str, code: str, name: str, *, view: bool) -> None:
        self._loop = asyncio.new_event_loop()
        self._version = 0
        self._news = threading.Condition()
        self.line = Connection(address, token, code, name, self._changed, view=view)
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)

    @classmethod
    def open(cls, address: str, token: str, code: str = "", name: str = "", *, view: bool = False) -> "Link":
        """Begin to connect; raise ContentError if the address is none."""
        link = cls(address, token, code, name, view=view)
        link._thread.start()
        return link

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self.line.run())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()

    def _changed(self) -> None:
        with self._news:
            self._version += 1
            self._news.notify_all()

    @property
    def version(self) -> int:
        """A count of everything that has changed."""
        return self._version

    @property
    def welcome(self) -> dict[str, Any]:
        """The room's welcome; empty before it."""
        return self.line.welcome

    @property
    def now(self) -> dict[str, Any]:
        """What the room said last, all of it merged."""
        return self.line.now

    @property
    def connected(self) -> bool:
        """Whether the room hears us."""
        return self.line.connected

    @property
    def bye(self) -> str:
        """Why the room is closed to us; empty: it is not."""
        return self.line.bye

    def wait(self, version: int, wait_s: float) -> bool:
        """Wait until something has changed since a version; return whether it has."""
        with self._news:
            return self._news.wait_for(lambda: self._version != version or bool(self.bye), wait_s)

    def welcomed(self, wait_s: float) -> bool:
        """Wait for the welcome."""
        with self._news:
            self._news.wait_for(lambda: bool(self.welcome) or bool(self.bye), wait_s)
        return bool(self.welcome)

    def send(self, kind: str, text: str, wait_s: float = 1.5) -> Answer:
        """Send a wish (`order`, `answer`, `do`) and wait until it is stored or refused, or for so long."""
        if self.bye:
            return Answer(stored=False, tick=-1, why=self.bye)
        sending = self.line.send(kind, text)
        try:
            return asyncio.run_coroutine_threadsafe(sending, self._loop).result(wait_s)
        except TimeoutError:
            why = "The room does not answer. Your order is sent again until it does, and applied once."
            return Answer(stored=False, tick=-1, why=why)
        except (RuntimeError, CancelledError):  # the loop has ended
            sending.close()
            return Answer(stored=False, tick=-1, why=self.bye or "The room is closed.")

    def mark(self, tick: int, digest: str) -> None:
        """Show the room a check mark."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(lambda: keep(self.line.mark(tick, digest)))

    def take(self) -> Inbox:
        """Take what came of the game's log."""
        return self.line.take()

    def renew(self) -> None:
        """Say that the game has been begun again."""
        self.line.renew()

    def close(self) -> None:
        """Hang up."""
        if not self._thread.is_alive():
            return
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.line.hang_up)
        self._thread.join(3)
