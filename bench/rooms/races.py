"""Races: the same thing asked for many times at once happens once."""

import asyncio
import json
from typing import Any

from bench.rooms.attacks import join, open_socket
from bench.rooms.figure import Figure
from bench.rooms.place import Place, a_room
from devops_tycoon.workshop.tokens import person_token

BAR = "one effect each"
_ORDER = "set web>catalog timeout=777ms"


def measure(count: int) -> list[Figure]:
    """Run four races of so many sockets against rooms of their own."""
    return [_orders(count), _joins(count), *_starts(count)]


async def _all(place: Place, token: str, first: dict[str, Any], messages: list[str]) -> list[Any]:
    """Open a socket for each message, say hello on all, then send all at once; return what each was answered."""
    sockets = await asyncio.gather(*[open_socket(place.host.port) for _ in messages])
    try:
        await asyncio.gather(*[join(socket, place.code, token, **first) for socket in sockets])
        await asyncio.gather(*[socket.send(text) for socket, text in zip(sockets, messages, strict=True)])
        return await asyncio.gather(*[_answer(socket) for socket in sockets])
    finally:
        await asyncio.gather(*[socket.close() for socket in sockets], return_exceptions=True)


async def _answer(socket: Any) -> Any:
    """Return the first answer, (`acks` | `nacks`, its text); nothing within five seconds is an answer too."""
    try:
        async with asyncio.timeout(5):
            while True:
                told = json.loads(await socket.recv())
                for kind in ("acks", "nacks"):
                    if told.get(kind):
                        return kind, str(told[kind][0][1])
    except TimeoutError:
        return "silence", ""


def _orders(count: int) -> Figure:
    with a_room() as place:
        place.do("start")
        text = json.dumps({"t": "order", "seq": 1, "order": _ORDER})
        answers = asyncio.run(_all(place, person_token(), {}, [text] * count))
        log = place.log()
    effects = sum(entry.kind == "order" and entry.who == "P01" for entry in log)
    told = sum(answer == ("acks", "0") for answer in answers)
    value = f"{effects} in the log, {told} of {count} sockets were told its tick"
    return Figure(
        f"race: {count} sockets send one player's order of one number", BAR, value, (effects, told) == (1, count)
    )


def _joins(count: int) -> Figure:
    async def joined(place: Place) -> list[str]:
        token = person_token()
        sockets = await asyncio.gather(*[open_socket(place.host.port) for _ in range(count)])
        said = await asyncio.gather(*[join(socket, place.code, token) for socket in sockets])
        await asyncio.gather(*[socket.close() for socket in sockets])
        return [str(one.get("me")) for one in said]

    with a_room() as place:
        codes = asyncio.run(joined(place))
        log = place.log()
    effects = sum(entry.kind == "join" for entry in log)
    value = f"{effects} seat, {sum(code == 'P01' for code in codes)} of {count} sockets sit on it"
    return Figure(f"race: {count} joins with one token", BAR, value, effects == 1 and set(codes) == {"P01"})


def _starts(count: int) -> list[Figure]:
    found = []
    for same in (True, False):
        with a_room() as place:
            if not same:
                place.do("start")  # planning: the next one begins the shift
            first = 1 + int(place.link.welcome["seq"]) + (not same)
            texts = [json.dumps({"t": "do", "seq": first + (0 if same else n), "what": "start"}) for n in range(count)]
            answers = asyncio.run(_all(place, place.host.token, {}, texts))
            log = place.log()
        starts = sum(entry.kind == "do" and entry.text == "start" for entry in log) - (not same)
        begins = sum(entry.text == "begin" for entry in log)
        told = sum(kind == "acks" for kind, _ in answers)
        what = "of one number" if same else "of different numbers"
        found.append(
            Figure(
                f"race: {count} starts {what} by one host",
                BAR,
                f"{starts} start and {begins} begun shifts in the log; {told} were told so, "
                f"{sum(kind == 'nacks' for kind, _ in answers)} that it has started",
                starts == 1 and begins == (not same) and told == (count if same else 1),
            )
        )
    return found
