"""Silent: clients that never read cost the room next to nothing."""

import time

from bench.rooms.crowd import Crowd
from bench.rooms.figure import Figure
from bench.rooms.place import a_room, resident_mib

MOST_MIB = 4.0


def measure(seconds: float) -> list[Figure]:
    """Let fifty clients join, ask for pages, and never read again, while the clock runs at pace 64."""
    with a_room() as place:
        for what in ("start", "start", "pace 64"):
            place.do(what)
        crowd = Crowd("orders", 60 + 3 * seconds, port=place.host.port, code=place.code, count=10, times=100_000)
        crowd.go()
        time.sleep(5)
        first = int(place.link.now["tick"])
        before = resident_mib(place.host.pid)
        deaf = Crowd("attack", 60 + 2 * seconds, port=place.host.port, code=place.code, attack="deaf", amount=seconds)
        deaf.go()
        time.sleep(3)
        joined = resident_mib(place.host.pid)
        opened = deaf.end()["opened"]
        after = resident_mib(place.host.pid, "VmHWM")
        last = int(place.link.now["tick"])
        clients = crowd.stop()["clients"]
        traces = place.traces()
    cut = sum(len(client["welcomes"]) != 1 or bool(client["bye"]) for client in clients)
    return [
        Figure(
            f"{opened} clients that never read, {seconds:g} s at pace 64",
            f"server grows by some {MOST_MIB:g} MiB at most once they are in",
            f"{before:.0f} MiB, {joined - before:+.1f} MiB when they had joined, {after - joined:+.1f} MiB while they "
            f"did not read; {last - first:,} ticks; {cut} of those who read were cut, {traces} tracebacks",
            after - joined <= MOST_MIB and not cut and not traces,
        )
    ]
