"""Pauses: when the host stops the clock, it stands on every screen."""

import time
from itertools import pairwise

from bench.rooms.crowd import Crowd
from bench.rooms.figure import Figure
from bench.rooms.place import a_room
from devops_tycoon.workshop.link import Link

PACE = 16


def measure(count: int, pauses: int) -> list[Figure]:
    """Pause and resume, and compare what every client was shown meanwhile with the tick of the stored pause."""
    with a_room() as place:
        crowd = Crowd("orders", 120 + 3 * pauses, port=place.host.port, code=place.code, count=count)
        for what in ("start", "start", f"pace {PACE}"):
            place.do(what)
        crowd.go()
        stood: list[tuple[float, float, int]] = []
        for _ in range(pauses):
            _moves(place.link.now["tick"], place.link)
            tick = place.do("pause")
            asked = time.monotonic()
            time.sleep(0.6)
            stood.append((asked, time.monotonic(), tick))
            place.do("resume")
        clients = crowd.stop()["clients"]
    later = 0
    for client in clients:
        for since, until, tick in stood:
            later += any(since <= at <= until and shown > tick for at, shown in client["ticks"])
            # what it showed before that and still shows counts too
            before = [shown for at, shown in client["ticks"] if at <= since]
            later += bool(before) and max(before) > tick
    moved = sum(second[2] > first[2] for first, second in pairwise(stood))
    seen = min(len(client["ticks"]) for client in clients)
    return [
        Figure(
            f"{pauses} pauses, {count} clients, pace {PACE}",
            "no client shows a later tick",
            f"{later} of {pauses * count:,} screens showed a later tick; the clock moved between {moved + 1} of them, "
            f"and every client was shown at least {seen} ticks",
            later == 0 and moved + 1 == pauses,
        )
    ]


def _moves(tick: int, link: Link) -> None:
    """Wait until the clock has moved on, at most ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if link.now["tick"] > tick:
            return
        link.wait(link.version, 0.5)
