"""Attacks: what somebody on the network could do to a room, each bounded, each only against this machine's loopback.

They are run in a process of their own against a room that the same measurement has opened.
"""

import asyncio
import json
import os
import time
import zlib
from base64 import b64encode
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from devops_tycoon.workshop.addresses import LOOPBACK
from devops_tycoon.workshop.tokens import person_token

Json = dict[str, Any]
Attack = Callable[[int, str, float], Awaitable[Json]]
"""(port, the room's code, how much) → what the attacker saw."""

GONE = (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage, TimeoutError, asyncio.IncompleteReadError)
BIG = 3 * 1024 * 1024
DEEP = "[" * 2000 + "]" * 2000
MALFORMED: tuple[str | bytes, ...] = (
    "", "{", "[]", "null", "NaN", '{"t":"order","seq":NaN,"order":"x"}', '{"t":"order","seq":1e99,"order":"x"}',
    '{"t":"order","seq":-1,"order":"x"}', '{"t":"order","seq":true,"order":"x"}', '{"t":"order","order":"x"}',
    '{"t":"order","seq":1,"order":["x"]}', '{"t":["order"]}', '{"t":{"a":1}}',
    '{"t":"order","seq":1' + "0" * 4000 + "}", DEEP, '{"a":' * 600 + "1" + "}" * 600,
    '{"t":"hello","v":1,"token":"' + "\\ud800" * 24 + '"}',
    b"\x00\xff\xfe",
    '{"t":"mark","tick":1e400,"digest":"00000000"}', '{"t":"answer","seq":1,"poll":1,"choice":"1"}',
    '{"t":"do","seq":1,"what":"end"}', '{"t":"order","seq":1,"order":"\\u202e\\u0000\\u001b[2J"}', "\ud7ff" * 1300,
    '{"t":"hello","v":1,"token":null}', '{"t":"order","t":"do","seq":1,"what":"end"}',
)  # fmt: skip
"""What no honest client sends."""


def open_socket(port: int) -> connect:
    """Return a connection to a room, to be awaited or entered."""
    return connect(
        f"ws://{LOOPBACK}:{port}/ws", compression=None, max_size=None, open_timeout=10, close_timeout=1, proxy=None
    )


async def join(socket: ClientConnection, code: str, token: str = "", **more: Any) -> Json:
    """Say hello with a code and return the answer."""
    await socket.send(json.dumps({"t": "hello", "v": 1, "token": token or person_token(), "code": code, **more}))
    said: Json = json.loads(await socket.recv())
    return said


async def flood(port: int, code: str, amount: float) -> Json:
    """Five players send orders as fast as they can for so many seconds, and come back when they are sent away."""
    until, sent, away = time.monotonic() + amount, 0, 0

    async def one() -> None:
        nonlocal sent, away
        token = person_token()
        while time.monotonic() < until:
            with suppress(*GONE):
                async with open_socket(port) as socket:
                    await join(socket, code, token)
                    drain = asyncio.create_task(_drain(socket))
                    try:
                        while time.monotonic() < until:
                            sent += 1
                            await socket.send(json.dumps({"t": "order", "seq": 1 + sent, "order": "scale web +1"}))
                            if sent % 50 == 0:
                                await asyncio.sleep(0)
                    finally:
                        away += 1
                        drain.cancel()

    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*[one() for _ in range(5)]), amount + 3)
    return {"sent": sent, "away": away}


async def _drain(socket: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        async for _ in socket:
            pass


async def big(port: int, code: str, amount: float) -> Json:
    """Send messages of 3 MB, as a stranger and as a player, so many times; count who was hung up on."""
    closed = 0
    for turn in range(int(amount)):
        try:
            async with asyncio.timeout(5), open_socket(port) as socket:
                if turn % 2:
                    await join(socket, code, _TOKEN)
                await socket.send("x" * BIG)
                while True:
                    await socket.recv()
        except ConnectionClosed:
            closed += 1
        except GONE:
            pass
    return {"sent": int(amount), "closed": closed}


_TOKEN = person_token()
"""One seat for all that attack as a player one after the other."""


async def bombs(port: int, code: str, amount: float) -> Json:
    """Offer compression, then send frames that would inflate a thousandfold, so many times."""
    del code
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = squeezed.compress(b"x" * 3_900_000) + squeezed.flush(zlib.Z_SYNC_FLUSH)
    accepted = closed = 0
    for _ in range(int(amount)):
        with suppress(*GONE):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            writer.write(
                f"GET /ws HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n".encode()
            )
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            accepted += b"permessage-deflate" in head.lower()
            writer.write(b"\xc1\xfe" + len(bomb[:4000]).to_bytes(2, "big") + b"\0\0\0\0" + bomb[:4000])
            await asyncio.wait_for(reader.read(), 10)
            closed += 1
            writer.close()
    return {"sent": int(amount), "accepted": accepted, "closed": closed}


async def malformed(port: int, code: str, amount: float) -> Json:
    """Send every malformed message as a stranger and as a player, so many times over; count whose connection lives."""
    sent = lives = 0
    token = person_token()

    async def one(text: str | bytes, player: bool) -> None:
        nonlocal sent, lives
        sent += 1
        try:
            async with asyncio.timeout(5), open_socket(port) as socket:
                if player:
                    await join(socket, code, token)
                await socket.send(text)
                while True:
                    await socket.recv()
        except TimeoutError:
            lives += 1  # it was understood and refused: the connection lives
        except GONE:
            pass

    for _ in range(int(amount)):
        for text in MALFORMED:
            await asyncio.gather(one(text, player=False), one(text, player=True))
    return {"sent": sent, "lives": lives}


async def loris(port: int, code: str, amount: float) -> Json:
    """Open 1,600 connections that send a byte of a request now and then, for so many seconds."""
    del code
    writers: list[asyncio.StreamWriter] = []
    refused = 0
    head = f"GET /ws HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nX-Slow: ".encode()
    for _ in range(1600):
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(LOOPBACK, port), 5)
            writer.write(head)
            writers.append(writer)
        except GONE:
            refused += 1
    until = time.monotonic() + amount
    while time.monotonic() < until:
        for writer in writers:
            if not writer.is_closing():
                with suppress(*GONE):
                    writer.write(b"z")
        await asyncio.sleep(1)
    alive = sum(not writer.is_closing() for writer in writers)
    for writer in writers:
        writer.close()
    return {"opened": len(writers), "refused": refused, "alive": alive}


async def mute(port: int, code: str, amount: float) -> Json:
    """Open 600 sockets that never say hello, and keep at it for so many seconds."""
    del code
    until, opened, refused = time.monotonic() + amount, 0, 0

    async def one() -> None:
        nonlocal opened, refused
        while time.monotonic() < until:
            try:
                async with open_socket(port) as socket:
                    opened += 1
                    with suppress(TimeoutError):
                        await asyncio.wait_for(socket.recv(), max(0.1, until - time.monotonic()))
            except GONE:
                refused += 1
            await asyncio.sleep(0.5)

    await asyncio.gather(*[one() for _ in range(600)])
    return {"opened": opened, "refused": refused}


async def tokens(port: int, code: str, amount: float) -> Json:
    """Try so many wrong tokens: three quarters over HTTP, pipelined, and a quarter over sockets."""
    del code
    statuses: dict[str, int] = {}
    let_in = 0

    async def pages(count: int) -> None:
        done = 0
        while done < count:
            with suppress(*GONE):
                reader, writer = await asyncio.open_connection(LOOPBACK, port)
                while done < count:
                    writer.write(
                        f"GET /replay HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\n"
                        f"Authorization: Bearer {person_token()}\r\n\r\n".encode()
                    )
                    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                    length = int(head.lower().partition("content-length:")[2].split()[0])
                    await reader.readexactly(length)
                    status = head.split()[1]
                    statuses[status] = statuses.get(status, 0) + 1
                    done += 1
                writer.close()

    async def sockets(count: int) -> None:
        nonlocal let_in
        for _ in range(count):
            with suppress(*GONE):
                async with open_socket(port) as socket:
                    let_in += (await join(socket, "WRONG7"))["t"] == "welcome"

    each = int(amount) // 16
    await asyncio.gather(*[pages(each * 3 // 2) for _ in range(8)], *[sockets(each) for _ in range(4)])
    return {"tried": each * 16, "statuses": statuses, "let_in": let_in}


async def deaf(port: int, code: str, amount: float) -> Json:
    """Fifty players with pages join and never read again, for so many seconds."""
    loop = asyncio.get_running_loop()
    hello = json.dumps({"t": "hello", "v": 1, "token": "", "code": code, "view": True})
    writers = []
    for _ in range(50):
        reader, writer = await asyncio.open_connection(LOOPBACK, port, limit=1024)
        writer.write(
            f"GET /ws HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        said = hello.replace('"token": ""', f'"token": "{person_token()}"').encode()
        writer.write(b"\x81" + (0x80 | len(said)).to_bytes(1, "big") if len(said) < 126 else b"\x81\xfe")
        if len(said) >= 126:
            writer.write(len(said).to_bytes(2, "big"))
        writer.write(b"\0\0\0\0" + said)
        writers.append(writer)
    until = loop.time() + amount
    await asyncio.sleep(max(0.0, until - loop.time()))
    for writer in writers:
        writer.close()
    return {"opened": len(writers)}


ATTACKS: dict[str, Attack] = {
    "flood": flood, "big": big, "bombs": bombs, "malformed": malformed, "loris": loris, "mute": mute,
    "tokens": tokens, "deaf": deaf,
}  # fmt: skip
