"""A room that says what a test tells it to: the protocol of `/ws`, the room's headers, no game behind it."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from devops_tycoon.workshop.pages import PAGES
from devops_tycoon.workshop.qr import qr_svg
from devops_tycoon.workshop.request_guard import HEADERS

HOST_TOKEN = "H" * 32
SCREEN_TOKEN = "S" * 24
CODE = "K7WPXM"


class FakeRoom:
    """What a test says, and what the page said."""

    def __init__(self) -> None:
        self.now: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        self.hellos: list[dict[str, Any]] = []
        self.names = "generated"
        self.title = "Worse than dead"
        self.debrief = ""
        self.role = ""
        self.deaf = False
        """Whether it answers no wish and lets nobody new in."""
        self.answers: Callable[[dict[str, Any]], str] = lambda _: ""
        """Why a wish is refused; empty: it is stored."""
        self.stored: list[int] = []
        self.port = 0
        self._sockets: set[WebSocket] = set()
        self._loop = asyncio.new_event_loop()
        self._news = threading.Condition()

    # ---- for tests -------------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def tell(self, **changed: Any) -> None:
        """Say what has changed to everybody."""
        self.now |= changed
        self._do(self._send_all({"t": "now", **changed}))

    def say(self, message: dict[str, Any]) -> None:
        self._do(self._send_all(message))

    def drop(self) -> None:
        """Cut every line."""
        self._do(self._close_all())

    def wait(self, holds: Callable[[], bool], seconds: float = 15) -> None:
        with self._news:
            assert self._news.wait_for(holds, seconds), f"it never held; heard {self.heard}"

    def _do(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _send_all(self, message: dict[str, Any]) -> None:
        for socket in list(self._sockets):
            await socket.send_text(json.dumps(message))

    async def _close_all(self) -> None:
        for socket in list(self._sockets):
            await socket.close()

    # ---- for the page ----------------------------------------------------------------------------------------------

    async def socket(self, websocket: WebSocket) -> None:
        await websocket.accept()
        with suppress(WebSocketDisconnect, RuntimeError):
            hello = await websocket.receive_json()
            self._note(self.hellos, hello)
            role = self.role or ("screen" if hello["token"] == SCREEN_TOKEN else "player")
            if role == "player" and hello.get("code") != CODE:
                await websocket.send_json({"t": "bye", "why": "This is not the code of this room."})
                return
            await websocket.send_json({
                "t": "welcome", "v": 1, "role": role, "me": "P07" if role == "player" else "", "title": self.title,
                "name": "Calm Otter" if role == "player" else "", "scenario": "worse-than-dead", "content": "9c1e02af",
                "rules": "1", "seed": 7, "difficulty": "engineer", "round": 1, "seq": max(self.stored, default=3),
            })  # fmt: skip
            await websocket.send_json({"t": "now", **self.now})
            self._sockets.add(websocket)
            while True:
                await self._heed(websocket, await websocket.receive_json())
        self._sockets.discard(websocket)

    async def _heed(self, websocket: WebSocket, said: dict[str, Any]) -> None:
        if self.deaf:
            self._note(self.heard, said)
            return
        why = self.answers(said)
        if not why:
            self.stored.append(said["seq"])
        told = {"nacks": [[said["seq"], why]]} if why else {"acks": [[said["seq"], self.now.get("tick", 0)]]}
        await websocket.send_json({"t": "now", **told})
        self._note(self.heard, said)

    def _note(self, where: list[dict[str, Any]], said: dict[str, Any]) -> None:
        with self._news:
            where.append(said)
            self._news.notify_all()

    async def page(self, request: Request) -> Response:
        name = {"/": "player.html", "/screen": "screen.html"}.get(request.url.path, request.path_params.get("name", ""))
        if name == "qr.svg":
            return Response(qr_svg(f"{self.address}/#{CODE}"), media_type="image/svg+xml", headers=HEADERS)
        if name not in PAGES:
            return PlainTextResponse("nothing", 404)
        kind, body = PAGES[name]
        return Response(body, media_type=kind, headers=HEADERS)

    async def health(self, _: Request) -> Response:
        return JSONResponse({"ok": True, "names": self.names, "title": self.title}, headers=HEADERS)

    async def paper(self, request: Request) -> Response:
        if not request.headers.get("authorization", "").startswith("Bearer "):
            return PlainTextResponse("Who are you?", 401)
        return Response(self.debrief, media_type="text/html; charset=utf-8", headers=HEADERS)


@contextmanager
def a_fake_room() -> Iterator[FakeRoom]:
    """Serve a fake room on a free port of the loopback."""
    room = FakeRoom()
    app = Starlette(
        routes=[
            WebSocketRoute("/ws", room.socket),
            Route("/", room.page),
            Route("/screen", room.page),
            Route("/assets/{name}", room.page),
            Route("/health", room.health),
            Route("/debrief", room.paper),
        ]
    )
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", ws="websockets-sansio", lifespan="off")
    server = uvicorn.Server(config)
    started = threading.Event()

    async def serve() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        started.set()
        await serving

    def run() -> None:
        asyncio.set_event_loop(room._loop)
        room._loop.run_until_complete(serve())
        room._loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(10)
    room.port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield room
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)
