"""What the room answers on the network: one socket for everybody, a few pages, and what is left at the end."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from devops_tycoon.debrief.html.page import policy
from devops_tycoon.workshop.client import Client, Invitation
from devops_tycoon.workshop.homework_inbox import Desk
from devops_tycoon.workshop.hub import Hub
from devops_tycoon.workshop.lesson_files import Leavings
from devops_tycoon.workshop.limits import Buckets
from devops_tycoon.workshop.members import RefusedError
from devops_tycoon.workshop.messages import Hello, MessageError, read_message
from devops_tycoon.workshop.pages import PAGES
from devops_tycoon.workshop.qr import qr_svg
from devops_tycoon.workshop.request_guard import Guard
from devops_tycoon.workshop.tokens import same

HELLO_S = 10
"""A connection that says nothing in this time is closed."""
MOST_STRANGERS = 400
"""Connections at once that have not said who they are."""
PATIENCE_S = 1.0
"""When there are so many, those that have been silent for so long give way; an honest one speaks at once."""
MOST_SOCKETS = 1200
WRONG_AT_ONCE, WRONG_PER_S = 20, 0.2
"""Wrong codes and tokens from one address. Who is right is not counted: a class sits behind one address."""


class Rooms:
    """The endpoints of one room."""

    def __init__(self, hub: Hub, invite: Invitation, leavings: Leavings, desk: Desk) -> None:
        self._hub, self._invite, self._leavings, self._desk = hub, invite, leavings, desk
        self._strangers: dict[asyncio.Task[str | bytes], float] = {}
        """What the first word of each stranger is waited for with, and since when; the oldest first."""
        self._sockets = 0
        self._wrong = Buckets(WRONG_AT_ONCE, WRONG_PER_S)
        self._pages = dict(PAGES) | {"qr.svg": ("image/svg+xml", qr_svg(invite.addresses[0]))}

    # ---- socket ---------------------------------------------------------------------------------------------------

    async def socket(self, websocket: WebSocket) -> None:
        """Serve one connection from hello to goodbye."""
        if self._sockets >= MOST_SOCKETS or not self._has_room():
            await websocket.close(1013)
            return
        await websocket.accept()
        self._sockets += 1
        try:
            client = await self._greet(websocket)
            if client is not None:
                await self._serve(websocket, client)
        except (WebSocketDisconnect, RuntimeError, OSError):
            pass  # it is gone
        finally:
            self._sockets -= 1
            with suppress(RuntimeError, OSError, WebSocketDisconnect):
                await websocket.close()

    def _has_room(self) -> bool:
        """Say whether one more stranger may come in, if need be in the place of one who has said nothing."""
        if len(self._strangers) < MOST_STRANGERS:
            return True
        oldest, since = next(iter(self._strangers.items()))
        if time.monotonic() < since + PATIENCE_S:
            return False
        del self._strangers[oldest]
        oldest.cancel()
        return True

    async def _first_word(self, websocket: WebSocket) -> str | bytes:
        """Return what a stranger says first; raise TimeoutError if it says nothing in time, or had to give way."""
        hears = asyncio.ensure_future(_receive(websocket))
        self._strangers[hears] = time.monotonic()
        try:
            await asyncio.wait((hears,), timeout=HELLO_S)
            if not hears.done() or hears.cancelled():
                raise TimeoutError
            return hears.result()
        finally:
            self._strangers.pop(hears, None)
            hears.cancel()

    async def _greet(self, websocket: WebSocket) -> Client | None:
        try:
            said = read_message(await self._first_word(websocket))
            if not isinstance(said, Hello):
                raise MessageError("expected hello first")
            role, code = await self._admit(said, _address(websocket))
        except (MessageError, RefusedError) as error:
            await websocket.send_text(json.dumps({"t": "bye", "why": str(error)}))
            return None
        except TimeoutError:
            return None
        return Client(self._hub, role, code, said, websocket.send_text, self._invite)

    async def _admit(self, hello: Hello, address: str) -> tuple[str, str]:
        """Return (role, code) of the one who says hello; raise RefusedError."""
        role, code = self._hub.members.role(hello.token)
        if role:
            return role, code
        wrong = self._wrong.of(address)
        if self._hub.members.removed(hello.token):
            raise RefusedError("The facilitator has removed you from the room.")
        if same(hello.code, self._hub.room.lesson.code):
            return "player", await self._hub.members.join(hello.token, hello.name)
        if not wrong.take():
            raise RefusedError("Too many wrong codes from your address; try again in a minute.")
        raise RefusedError(
            "This is not the code of this room."
            if hello.code
            else "Your token is unknown here; join with the code of the room."
        )

    async def _serve(self, websocket: WebSocket, client: Client) -> None:
        teller = asyncio.create_task(client.tell_for_ever())
        self._hub.connected[client.code] += 1
        try:
            while not teller.done():
                hears = asyncio.create_task(_receive(websocket))
                await asyncio.wait((hears, teller), return_when=asyncio.FIRST_COMPLETED)
                if not hears.done():
                    hears.cancel()
                    break
                await client.heed(hears.result())
            await asyncio.wait_for(teller, HELLO_S)
        except MessageError as error:
            client.dismiss(str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(teller, HELLO_S)
        except TimeoutError:
            pass
        finally:
            self._hub.connected[client.code] -= 1
            teller.cancel()
            with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError, OSError):
                await teller

    # ---- pages ----------------------------------------------------------------------------------------------------

    async def player(self, _: Request) -> Response:
        """Answer with the page of the players."""
        return self._page("player.html")

    async def screen(self, _: Request) -> Response:
        """Answer with the page of the projector."""
        return self._page("screen.html")

    async def asset(self, request: Request) -> Response:
        """Answer with a file of the pages."""
        return self._page(request.path_params["name"])

    def _page(self, name: str) -> Response:
        kind, body = self._pages.get(name, ("", b""))
        return Response(body, media_type=kind) if kind else PlainTextResponse("Not found.\n", 404)

    async def health(self, _: Request) -> Response:
        """Say that it lives, and what a join form must know."""
        lesson = self._hub.room.lesson
        return JSONResponse({"ok": True, "names": "free" if lesson.free_names else "generated", "title": lesson.title})

    # ---- what is left ---------------------------------------------------------------------------------------------

    async def debrief(self, request: Request) -> Response:
        """Answer with the class debrief, for everybody who was there."""
        role, _ = self._role(request)
        if not role:
            return self._nobody(request)
        body = self._hub.debrief
        headers = {"content-security-policy": policy()}  # its style is its own, allowed by its hash
        return Response(body, media_type="text/html; charset=utf-8", headers=headers) if body else _not_yet()

    async def grades(self, request: Request) -> Response:
        """Answer with the file for the grade book."""
        return await self._hosts(request, self._leavings.grades, "text/csv; charset=utf-8", "grades.csv")

    async def replays(self, request: Request) -> Response:
        """Answer with everybody's replays."""
        return await self._hosts(request, self._leavings.replays, "application/zip", "replays.zip")

    async def _hosts(self, request: Request, make: Callable[[], bytes], kind: str, name: str) -> Response:
        role, _ = self._role(request)
        if role != "host":
            return PlainTextResponse("Only the host can do this.\n", 403) if role else self._nobody(request)
        if not self._leavings.ready:
            return _not_yet()
        return Response(make(), media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})

    async def replay(self, request: Request) -> Response:
        """Answer with someone's own replay, so far."""
        role, code = self._role(request)
        if role != "player":
            return PlainTextResponse("Only a player can do this.\n", 403) if role else self._nobody(request)
        body = await asyncio.to_thread(self._leavings.replay_of, code)
        if not body:
            return PlainTextResponse("You have not handed in anything yet.\n", 404)
        return Response(body, media_type="text/plain; charset=utf-8")

    async def hand_in(self, request: Request) -> Response:
        """Take someone's homework, and answer when the disk has it."""
        role, code = self._role(request)
        if role != "player":
            return PlainTextResponse("Only a player can do this.\n", 403) if role else self._nobody(request)
        status, said = await self._desk.take(code, request.stream())
        return PlainTextResponse(f"{said}\n", status)

    def _role(self, request: Request) -> tuple[str, str]:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return self._hub.members.role(token) if scheme.lower() == "bearer" else ("", "")

    def _nobody(self, request: Request) -> Response:
        if not self._wrong.of(_address(request)).take():
            return PlainTextResponse("Too many wrong tokens; try again in a minute.\n", 429)
        return PlainTextResponse("A valid token is required.\n", 401)


def application(hub: Hub, invite: Invitation, leavings: Leavings, desk: Desk, port: int) -> Starlette:
    """Return the application of a room that listens on a port."""
    rooms = Rooms(hub, invite, leavings, desk)
    return Starlette(
        routes=[
            WebSocketRoute("/ws", rooms.socket),
            Route("/", rooms.player, methods=["GET"]),
            Route("/screen", rooms.screen, methods=["GET"]),
            Route("/assets/{name}", rooms.asset, methods=["GET"]),
            Route("/health", rooms.health, methods=["GET"]),
            Route("/debrief", rooms.debrief, methods=["GET"]),
            Route("/grades.csv", rooms.grades, methods=["GET"]),
            Route("/replays.zip", rooms.replays, methods=["GET"]),
            Route("/replay", rooms.replay, methods=["GET"]),
            Route("/hand-in", rooms.hand_in, methods=["POST"]),
        ],
        middleware=[Middleware(Guard, port=port)],
    )


async def _receive(websocket: WebSocket) -> str | bytes:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    text = message.get("text")
    return text if text is not None else message.get("bytes") or b""


def _address(connection: Request | WebSocket) -> str:
    return connection.client.host if connection.client else ""


def _not_yet() -> Response:
    return PlainTextResponse("Not ready: the lesson is still running, or the debrief is being prepared.\n", 409)
