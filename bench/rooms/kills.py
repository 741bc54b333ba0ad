"""Kills: the room's process dies by `kill -9` again and again while 30 clients order and resume by themselves."""

import os
import random
import signal
import time
from typing import Any

from bench.rooms.crowd import Crowd
from bench.rooms.figure import Figure, percentile
from bench.rooms.logs import gaps, lost
from bench.rooms.place import a_room, integrity

BACK_S = 20.0


def measure(kills: int, count: int = 30) -> list[Figure]:
    """Kill half of the time while everybody plans, then while the clock runs and the host resumes it."""
    dice = random.Random(kills)  # noqa: S311 — it only spreads the kills
    with a_room() as place:
        crowd = Crowd(
            "orders", 120 + kills * BACK_S, port=place.host.port, code=place.code, count=count, every_s=0.5,
            times=1_000_000,
        )  # fmt: skip
        place.do("start")
        crowd.go()
        killed = []
        for number in range(kills):
            if number == kills // 2:
                place.do("start")
            elif number > kills // 2 and place.link.now.get("state") == "paused":
                place.do("resume")
            time.sleep(dice.uniform(0.1, 1.0))
            welcome = id(place.link.welcome)
            killed.append(time.monotonic())
            os.kill(place.host.pid, signal.SIGKILL)
            until = time.monotonic() + BACK_S
            while (id(place.link.welcome) == welcome or place.host.restarts <= number) and time.monotonic() < until:
                place.link.wait(place.link.version, 0.5)
        time.sleep(2)
        clients = crowd.stop()["clients"]
        restarts, problem = place.host.restarts, place.host.problem
        log = place.log()
        sound = integrity(place.folder)
    acknowledged, missing = lost(log, clients)
    holes, back = gaps(log), sum(client["back"] for client in clients)
    answered = [_answered(clients, when, [*killed, time.monotonic()][number + 1]) for number, when in enumerate(killed)]
    slow = [wait for wait in answered if wait is None]
    waits = [wait for wait in answered if wait is not None]
    came_back = all(len(client["welcomes"]) > 1 and not client["bye"] for client in clients)
    laws = not missing and not holes and sound == "ok" and not back and came_back and restarts == kills and not problem
    return [
        Figure(
            f"{kills} × `kill -9` of the server, {count} clients resume by themselves",
            "nothing acknowledged lost, no gap, integrity ok, no clock goes back",
            f"{acknowledged:,} acknowledged, {missing} lost or doubled, {holes} gaps in {len(log):,} entries, "
            f"integrity {sound}, {back} clocks went back, {restarts} restarts"
            + ("" if came_back else ", not everybody came back"),
            laws,
        ),
        Figure(
            "from the kill until the first client is answered again",
            "≤ 1 s",
            f"p50 {percentile(waits, 0.5):.2f} s, p99 {percentile(waits, 0.99):.2f} s max {max(waits):.2f} s"
            + (f"; {len(slow)} times nobody asked before the next kill" if slow else ""),
            percentile(waits, 0.99) <= 1.0,
        ),
    ]


def _answered(clients: list[dict[str, Any]], killed: float, following: float) -> float | None:
    """Return how long after a kill the first client that had come back got an answer, stored or refused."""
    first: float | None = None
    for client in clients:
        back = next((at for at in client["welcomes"] if killed < at < following), None)
        if back is None:
            continue
        answer = next((a[1] for a in client["answers"] if back <= a[1] < following), None)
        if answer is not None and (first is None or answer < first):
            first = answer
    return None if first is None else first - killed
