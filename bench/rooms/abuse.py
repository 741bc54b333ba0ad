"""Abuse: everything in attacks.py, one after the other, beside thirty honest players of the same address."""

import time

from bench.rooms.crowd import Crowd, Json
from bench.rooms.figure import Figure, percentile, times_ms
from bench.rooms.place import Place, a_room, resident_mib
from devops_tycoon.workshop.addresses import LOOPBACK
from devops_tycoon.workshop.idle_connections import MOST_PENDING
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.tokens import person_token

HONEST = 30
BAR = "honest p99 ≤ 50 ms, server +32 MiB at most, no traceback, nobody honest refused"
MOST_MIB = 32.0
WHAT: dict[str, tuple[str, float, float]] = {
    "flood": ("a flood of messages from five players", 10.0, 3.0),
    "big": ("messages of 3 MB", 60, 10),
    "bombs": ("deflate bombs; compression is declined", 200, 20),
    "malformed": ("malformed JSON, deep nesting, wrong types", 1, 1),
    "loris": ("1,600 slow-loris handshakes", 20.0, 12.0),
    "mute": ("600 sockets that never say hello", 20.0, 12.0),
    "tokens": ("wrong tokens, by HTTP and by socket", 16_000, 800),
}
"""Attack → (what it is, how much, how much in a quick run)."""


def measure(quick: bool, attacks: tuple[str, ...] = tuple(WHAT), honest: int = HONEST) -> list[Figure]:
    """Run each attack against a room of its own, and let somebody honest join in its middle."""
    return [_bounded(name, WHAT[name][2] if quick else WHAT[name][1], honest) for name in attacks]


def _bounded(name: str, amount: float, honest: int) -> Figure:
    try:
        return _one(name, amount, honest)
    except RuntimeError as error:
        said = f"broke off: {error}"
        return Figure(f"abuse with {honest} honest players: {WHAT[name][0]}", BAR, said, held=False, lawful=False)


def _one(name: str, amount: float, honest: int) -> Figure:
    with a_room() as place:
        port = place.host.port
        crowd = Crowd("orders", 240, port=port, code=place.code, count=honest, times=100_000)
        place.do("start")
        crowd.go()
        time.sleep(2)
        before = resident_mib(place.host.pid)
        attack = Crowd("attack", 180, port=port, code=place.code, attack=name, amount=amount)
        attack.go()
        since = time.monotonic()
        time.sleep(1.5)
        came = _newcomer(place)
        saw = attack.end()
        until = time.monotonic()
        came_after = _newcomer(place)
        grown = resident_mib(place.host.pid, "VmHWM") - before
        clients = crowd.stop()["clients"]
        traces, restarts = place.traces(), place.host.restarts
    answers = [a for client in clients for a in client["answers"] if since <= a[0] <= until]
    waits = [answered - asked for asked, answered, *_ in answers]
    refused = sum(not stored for _, _, stored, *_ in answers)
    gone = sum(bool(client["bye"]) or len(client["welcomes"]) != 1 for client in clients)
    late = [wait for wait in (came, came_after) if wait is None]
    value = (
        f"{times_ms(waits)} of {len(answers):,} honest orders, {refused + gone} refused or cut; server "
        f"{before:.0f} {grown:+.0f} MiB; {traces} tracebacks, {restarts} restarts; a newcomer is in "
        + (
            "after " + " and ".join(f"{wait:.2f} s" for wait in (came, came_after) if wait is not None)
            if not late
            else "**not**"
        )
        + f" ({_words(saw)})"
    )
    wrong_in = saw.get("let_in", 0) + saw.get("accepted", 0)
    many = saw.get("alive", 0) > MOST_PENDING
    lawful = bool(answers) and not (traces or restarts or refused or gone or late or wrong_in or many)
    held = lawful and percentile(waits, 0.99) <= 0.05 and grown <= MOST_MIB
    return Figure(f"abuse with {honest} honest players: {WHAT[name][0]}", BAR, value, held, lawful)


def _newcomer(place: Place, wait_s: float = 8.0) -> float | None:
    """Join as somebody honest; return how long it took, or None."""
    since = time.monotonic()
    link = Link.open(f"{LOOPBACK}:{place.host.port}", person_token(), place.code, "", view=False)
    try:
        return time.monotonic() - since if link.welcomed(wait_s) else None
    finally:
        link.close()


def _words(saw: Json) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in saw.items() if not isinstance(value, dict))
