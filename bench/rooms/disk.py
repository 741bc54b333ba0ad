"""Disk and clock: what a full disk, a disk that only reads, and a laptop that slept do to a room."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rooms.crowd import Crowd, Json
from bench.rooms.figure import Figure, not_here
from bench.rooms.logs import gaps, lost
from bench.rooms.place import Place, a_room, integrity
from devops_tycoon.content.problem import ContentError
from devops_tycoon.sim.text import plural
from devops_tycoon.workshop.host import Host, free_port

BAR = "a clear message, nothing acknowledged lost, room paused, goes on afterwards"
SLEEP_S = 7.0
PLAYERS = 5


def measure() -> list[Figure]:
    """Measure all of it; what this machine does not permit is said."""
    return [full_disk(), file_limit(), read_only(), sleep()]


def full_disk() -> Figure:
    """Fill a small disk of its own while a shift runs, then make room again."""
    name = "disk full: a file system of 2 MiB"
    try:
        with _small_disk(2) as disk:
            filler = disk / "filler"

            def trouble(_: Place) -> None:
                with filler.open("wb", buffering=0) as file:
                    try:
                        while True:
                            file.write(b"\0" * 4096)
                    except OSError:
                        pass

            return _trouble(name, trouble, lambda _: filler.unlink(), disk / "room")
    except OSError as error:
        return not_here(name, BAR, f"no small disk can be mounted ({error.strerror})")


def file_limit() -> Figure:
    """Forbid the room's process to write longer files, then allow it again: this needs no rights."""
    name = "no file may grow (RLIMIT_FSIZE)"
    if sys.platform != "linux":
        return not_here(name, BAR, "only Linux limits another process")

    def limit(place: Place, most: int) -> None:
        _, hard = resource.prlimit(place.host.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(place.host.pid, resource.RLIMIT_FSIZE, (most if most > 0 else hard, hard))

    return _trouble(name, lambda place: limit(place, 8192), lambda place: limit(place, 0))


def _trouble(
    name: str, trouble: Callable[[Place], None], mend: Callable[[Place], None], folder: Path | None = None
) -> Figure:
    """Order beside a running clock through a time of trouble, and compare what was acknowledged with the log."""
    with a_room(folder) as place:
        crowd = Crowd("orders", 120, port=place.host.port, code=place.code, count=PLAYERS, times=10_000, every_s=0.5)
        place.do("start")
        crowd.go()
        time.sleep(2)
        place.do("start")
        time.sleep(1)
        trouble(place)
        _until(place, lambda now: bool(now["problem"]) and now["state"] == "paused")
        said, state = place.link.now["problem"], place.link.now["state"]
        time.sleep(1)
        refused_host = place.link.send("do", "resume", 5)
        mend(place)
        since = time.monotonic()
        resumed = place.link.send("do", "resume", 10)
        tick = place.link.now["tick"]
        _until(place, lambda now: now["tick"] > tick and not now["problem"])
        on = place.link.now["tick"] > tick
        time.sleep(1)
        clients = crowd.stop()["clients"]
        traces, restarts = place.traces(), place.host.restarts
        log = place.log()
        sound = integrity(place.folder)
    acknowledged, missing = lost(log, clients)
    answered = sum(answer[1] > since for client in clients for answer in client["answers"])
    value = (
        f"“{said}”, {state}; {acknowledged} acknowledged, {missing} lost, {gaps(log)} gaps, integrity {sound}; "
        + ("goes on" if on and resumed.stored else "**does not go on**")
        + f", {answered} orders answered afterwards, {traces} tracebacks, {restarts} restarts"
    )
    held = (
        bool(said) and state == "paused" and not refused_host.stored and resumed.stored and on and answered > 0
        and not (missing or gaps(log) or traces or restarts) and sound == "ok"
    )  # fmt: skip
    return Figure(name, BAR, value, held)


def _until(place: Place, holds: Callable[[Json], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not holds(place.link.now):
        place.link.wait(place.link.version, 0.5)


def read_only() -> Figure:
    """Host a room whose disk has become read-only."""
    name, bar = "read-only disk", "a clear message; the room as it was afterwards"
    try:
        with _small_disk(4) as disk, a_room(disk / "room") as place:
            place.do("start")
            before = place.log()
            _mount("-o", "remount,ro", str(disk))
            try:
                Host(place.folder, free_port(0, lan=False), lan=False).close()
                said = ""
            except ContentError as error:
                said = str(error).replace(str(place.folder), "…")
            _mount("-o", "remount,rw", str(disk))
            same = place.log() == before
    except OSError as error:
        return not_here(name, bar, f"no small disk can be mounted ({error.strerror})")
    return Figure(name, bar, f"“{said}”; the log is {'as it was' if same else '**another**'}", bool(said) and same)


def sleep() -> Figure:
    """Stop the room's process for longer than any hiccup, as a laptop does whose lid is closed."""
    with a_room() as place:
        crowd = Crowd("orders", 120, port=place.host.port, code=place.code, count=PLAYERS, times=10_000, every_s=0.5)
        place.do("start")
        crowd.go()
        time.sleep(2)
        place.do("start")
        time.sleep(1)
        os.kill(place.host.pid, signal.SIGSTOP)
        try:
            time.sleep(SLEEP_S)
        finally:
            os.kill(place.host.pid, signal.SIGCONT)
        _until(place, lambda now: now["state"] == "paused")
        said, state = place.link.now["why"], place.link.now["state"]
        resumed = place.link.send("do", "resume", 10)
        tick = place.link.now["tick"]
        _until(place, lambda now: now["tick"] > tick)
        on = place.link.now["tick"] > tick
        clients = crowd.stop()["clients"]
        traces, restarts = place.traces(), place.host.restarts
        log = place.log()
    acknowledged, missing = lost(log, clients)
    rushed = max(b.tick - a.tick for a, b in pairwise(log))
    value = (
        f"“{said}”, {state}; {acknowledged} acknowledged, {missing} lost; "
        f"no rush: at most {plural(rushed, 'tick')} at once; "
        + ("goes on" if on and resumed.stored else "**does not go on**")
    )
    held = state == "paused" and bool(said) and on and not (missing or traces or restarts) and rushed <= PLAYERS
    return Figure(f"sleep of {SLEEP_S:g} s (SIGSTOP) while a shift runs", BAR, value, held)


@contextmanager
def _small_disk(mib: int) -> Iterator[Path]:
    """Yield a file system in memory of so many MiB; raise OSError where that is not permitted."""
    with TemporaryDirectory(prefix="devops-tycoon-bench-") as folder:
        _mount("-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=False, capture_output=True)  # noqa: S603, S607 — our own mount


def _mount(*told: str) -> None:
    try:
        done = subprocess.run(["mount", *told], check=False, capture_output=True, text=True)  # noqa: S603, S607
    except FileNotFoundError:
        raise OSError(1, "there is no mount") from None
    if done.returncode:
        raise OSError(1, (done.stderr.strip().splitlines() or ["refused"])[-1][-80:])
