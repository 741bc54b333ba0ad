"""Storm: the server dies, and a hundred clients come back."""

import os
import signal
import time

from bench.rooms.crowd import Crowd
from bench.rooms.figure import Figure, percentile
from bench.rooms.place import a_room

BACK_S = 5.0


def measure(count: int) -> list[Figure]:
    """Kill once and see when everybody has been welcomed again."""
    with a_room() as place:
        crowd = Crowd("orders", 120, port=place.host.port, code=place.code, count=count)
        crowd.go()
        killed = time.monotonic()
        os.kill(place.host.pid, signal.SIGKILL)
        time.sleep(BACK_S + 5)
        clients = crowd.stop()["clients"]
        traces = place.traces()
    back = [at - killed for client in clients for at in client["welcomes"][1:2]]
    value = (
        f"{sum(at <= BACK_S for at in back)} of {count} back in {BACK_S:g} s: first after {min(back, default=0):.2f} s"
        f", half after {percentile(back, 0.5):.2f} s, last after {max(back, default=0):.2f} s"
    )
    lawful = len(back) == count and not traces
    held = lawful and max(back) <= BACK_S and max(back) - min(back) > 0.1
    return [Figure(f"reconnect storm: {count} clients after a kill", "all within 5 s, jittered", value, held, lawful)]
