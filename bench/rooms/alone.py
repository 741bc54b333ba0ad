"""Alone: a whole lesson, debrief and exports included, on a machine that has nothing but its loopback."""

import json
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.rooms.figure import Figure, not_here
from bench.rooms.place import Place, a_room
from devops_tycoon.workshop.addresses import LOOPBACK
from devops_tycoon.workshop.bots import Classmates
from devops_tycoon.workshop.commands import MOST_STEPS

NAME = "no outside connection: a whole lesson in a network that has only the loopback"
BAR = "it is played, debriefed and exported"
BOTS = 3


def measure() -> list[Figure]:
    """Play it in a network of its own."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return [not_here(NAME, BAR, "unshare is not there")]
    here = [sys.executable, "-m", "bench.rooms.alone"]
    for rights in ("-n", "-rn"):
        try:
            done = subprocess.run(  # noqa: S603 — ourselves
                [unshare, rights, *here], check=False, capture_output=True, text=True, timeout=400
            )
        except subprocess.TimeoutExpired:
            return [Figure(NAME, BAR, "it did not end in 400 s", held=False)]
        if done.returncode == 0:
            told = json.loads(done.stdout.splitlines()[-1])
            value = (
                f"interfaces: {', '.join(told['interfaces'])}; {told['people']} bots play {told['ticks']:,} ticks, "
                f"{told['state']}; {told['left']}; {told['traces']} tracebacks"
            )
            held = (
                told["interfaces"] == ["lo"] and told["people"] == BOTS and told["state"] == "debrief"
                and all(size > 0 for size in told["sizes"]) and not told["traces"]
            )  # fmt: skip
            return [Figure(NAME, BAR, value, held)]
    return [not_here(NAME, BAR, "no network of one's own may be made")]


def play() -> dict[str, Any]:
    """Play a lesson with bots from the lobby to its exports."""
    with a_room() as place:
        bots = Classmates(place.host.port, place.code, BOTS)
        try:
            _until(place, lambda now: now.get("people") == BOTS)
            place.do("start")
            place.do("start")
            place.do("pause")
            while place.link.now["state"] == "paused":
                tick = place.do(f"step {MOST_STEPS}")
                _until(place, lambda now, tick=tick: now["tick"] > tick)
                _until(place, lambda now: not any(person["behind"] for person in now["roster"]))
            _until(place, lambda now: now["ready"], 200)
        finally:
            bots.close()
        sizes = {name: _get(place, name) for name in ("debrief", "grades.csv", "replays.zip")}
        lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
        now = place.link.now
        return {
            "interfaces": [line.split(":")[0].strip() for line in lines], "people": now["people"],
            "ticks": now["tick"], "state": now["state"], "sizes": list(sizes.values()), "traces": place.traces(),
            "left": ", ".join(f"{name} {size / 1024:.1f} KiB" for name, size in sizes.items()),
        }  # fmt: skip


def _until(place: Place, holds: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not holds(place.link.now):
        place.link.wait(place.link.version, 0.5)


def _get(place: Place, name: str) -> int:
    """Return the size of what the host is given; 0: nothing."""
    asks = HTTPConnection(LOOPBACK, place.host.port, timeout=60)
    try:
        asks.request("GET", f"/{name}", headers={"Authorization": f"Bearer {place.host.token}"})
        answer = asks.getresponse()
        return len(answer.read()) if answer.status == 200 else 0
    finally:
        asks.close()


def _loopback_up() -> None:
    """Switch the loopback of a new network on."""
    import fcntl
    import socket
    import struct

    up, set_flags = 1, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asks, suppress(OSError):
        fcntl.ioctl(asks.fileno(), set_flags, struct.pack("16sh14x", b"lo", up))


if __name__ == "__main__":
    _loopback_up()
    sys.stdout.write(json.dumps(play()) + "\n")
