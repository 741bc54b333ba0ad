"""Hurry: connections that do not say what they want are closed, so that nobody can hold the door with open sockets."""

import asyncio
import socket
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_S = 10.0
"""A request's head must be there in this time; an honest one is there in milliseconds."""
MOST_PENDING = 500
"""Connections at once whose request is not there yet; above it the one that has been silent for longest goes."""
_pending: dict["Hurried", None] = {}


class Hurried(H11Protocol):
    """HTTP as uvicorn speaks it, with a limit to patience."""

    def __init__(self, *told: Any, **named: Any) -> None:
        super().__init__(*told, **named)
        self._gives_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        # asyncio does this for sockets it knows to be TCP; the listening one of uvicorn does not say so. Without it an
        # acknowledgement right behind a tick waits 40 ms for the other end's delayed ACK (Nagle's algorithm).
        with suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what comes; wait on if it is not a whole head yet."""
        super().data_received(data)
        upgraded = self.transport.get_protocol() is not self
        if upgraded or (self.cycle is not None and not self.cycle.response_complete):
            self._wait_no_more()
        elif self._gives_up is None and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._gives_up = self.loop.call_later(REQUEST_S, self._give_up)
        _pending[self] = None
        if len(_pending) > MOST_PENDING:
            next(iter(_pending))._give_up()

    def _wait_no_more(self) -> None:
        _pending.pop(self, None)
        if self._gives_up is not None:
            self._gives_up.cancel()
            self._gives_up = None

    def _give_up(self) -> None:
        self._wait_no_more()
        self.transport.abort()
