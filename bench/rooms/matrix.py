"""Matrix: every route and every kind of message, by every kind of token; only the intended cells are open."""

import asyncio
import json
import time
from typing import Any

from bench.rooms.attacks import GONE, open_socket
from bench.rooms.figure import Figure
from bench.rooms.place import Place, a_room
from devops_tycoon.workshop.addresses import LOOPBACK
from devops_tycoon.workshop.tokens import host_token, person_token

WHO = (
    "no token", "wrong token", "player", "removed player", "screen", "host", "other room's player",
    "other room's screen", "other room's host",
)  # fmt: skip
Json = dict[str, Any]
ALL, IN = frozenset(WHO), frozenset(("player", "screen", "host"))
ROUTES = {
    "GET /": ALL, "GET /screen": ALL, "GET /health": ALL, "GET /assets/…": ALL,
    "GET /replay": frozenset(("player",)), "GET /debrief": IN, "GET /grades.csv": frozenset(("host",)),
    "GET /replays.zip": frozenset(("host",)), "POST /hand-in": frozenset(("player",)),
}  # fmt: skip
"""Route → who may."""
MESSAGES = {
    "hello": IN, "hello, again": frozenset[str](), "order": frozenset(("player",)), "answer": frozenset(("player",)),
    "mark": frozenset(("player",)), "do": frozenset(("host",)),
}  # fmt: skip
"""Kind of message → whose has an effect."""
_OPEN = ("200", "409")
"""409: they may, but the lesson goes on, or is no homework."""
MARKED = 60
"""A tick at which clients show what they have come to."""
_SENT: dict[str, Json] = {
    "hello, again": {"t": "hello", "v": 1}, "order": {"t": "order", "order": "set web>catalog timeout=777ms"},
    "answer": {"t": "answer", "poll": 1, "choice": 2}, "mark": {"t": "mark", "tick": MARKED, "digest": "00000000"},
    "do": {"t": "do", "what": "say hello"},
}  # fmt: skip

Cells = dict[str, dict[str, str]]
"""What was asked → who → `yes`, `no`, or what else it was."""


def measure() -> list[Figure]:
    """Ask everything of everybody."""
    cells = asyncio.run(_cells())
    intended = ROUTES | MESSAGES
    wrong = [
        f"{what} by {who}: {cells[what][who]}"
        for what, allowed in intended.items()
        for who in WHO
        if (cells[what][who] == "yes") != (who in allowed)
    ]
    count = len(intended) * len(WHO)
    value = f"{count - len(wrong)} of {count} cells as intended" + (f"; {'; '.join(wrong[:3])}" if wrong else "")
    bar = "only the intended cells"
    name = "authorisation: every route and message × every kind of token"
    return [Figure(name, bar, value, not wrong, not wrong, tuple(table(cells)))]


def table(cells: Cells) -> list[str]:
    """Return the cells as a table."""
    lines = [f"| | {' | '.join(WHO)} |", f"|---|{'---|' * len(WHO)}"]
    return lines + [f"| {what} | {' | '.join(row[who] for who in WHO)} |" for what, row in cells.items()]


async def _cells() -> Cells:
    cells: Cells = {what: {} for what in (*ROUTES, *MESSAGES)}
    with a_room() as other:
        theirs = {
            "other room's player": await _seat(other), "other room's screen": other.host.screen,
            "other room's host": other.host.token,
        }  # fmt: skip
        other.link.close()
        other.host.close()
    with a_room() as place:
        place.do("start")
        tokens = {
            "no token": "", "wrong token": host_token(), "player": await _seat(place),
            "removed player": await _seat(place), "screen": place.host.screen, "host": place.host.token,
        } | theirs  # fmt: skip
        await asyncio.to_thread(place.do, "remove P02")
        await asyncio.to_thread(place.do, "ask What? | This | That")
        for who in WHO:
            for route in ROUTES:
                status = await _ask(place.host.port, route.replace("…", "screen.js"), tokens[who])
                cells[route][who] = "yes" if status in _OPEN else "no" if status in ("401", "403", "429") else status
        for kind in MESSAGES:
            if kind == "mark":
                for what in ("start", "pause", f"step {MARKED}"):
                    await asyncio.to_thread(place.do, what)
                await asyncio.to_thread(_played, place)
            for who in WHO:
                cells[kind][who] = await _say(place, kind, tokens[who])
    return cells


def _played(place: Place) -> None:
    """Wait until the simulators have played what the host has stepped, at most twenty seconds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        now = place.link.now
        if now["tick"] >= MARKED and not any(person["behind"] for person in now["roster"]):
            return
        place.link.wait(place.link.version, 0.5)


async def _seat(place: Place) -> str:
    token = person_token()
    async with open_socket(place.host.port) as socket:
        await socket.send(json.dumps({"t": "hello", "v": 1, "token": token, "code": place.code}))
        await socket.recv()
    return token


async def _ask(port: int, route: str, token: str) -> str:
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        writer.write(f"{route} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nConnection: close\r\n{bearer}\r\n".encode())
        head = (await asyncio.wait_for(reader.read(), 20)).decode("latin-1")
        return head.split(" ", 2)[1]
    finally:
        writer.close()


async def _say(place: Place, kind: str, token: str) -> str:
    """Say hello and then something; return whether it had an effect: a welcome, an acknowledgement, an `again`."""
    heard: list[dict[str, Any]] = []
    try:
        async with asyncio.timeout(2), open_socket(place.host.port) as socket:
            await socket.send(json.dumps({"t": "hello", "v": 1, "token": token}))
            heard.append(json.loads(await socket.recv()))
            if kind == "hello":
                return "yes" if heard[0]["t"] == "welcome" else "no"
            seq = int(heard[0].get("seq", 0)) + 1
            sent = _SENT[kind] | ({"token": token} if kind == "hello, again" else {"seq": seq})
            heard.clear()
            await socket.send(json.dumps(sent))
            while True:
                heard.append(json.loads(await socket.recv()))
                if any(told.get("acks") or told["t"] in ("again", "welcome") for told in heard):
                    return "yes"
                if any(told.get("nacks") or told["t"] == "bye" for told in heard):
                    return "no"
    except (TimeoutError, *GONE):
        return "no"
