"""Synced: no byte about an entry leaves the room before the disk has it; the kernel is asked, not the program."""

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rooms.crowd import Crowd
from bench.rooms.figure import Figure, not_here
from bench.rooms.place import a_room

NAME = "fsync before every acknowledgement"
BAR = "every one: written, synced, then sent"
_ORDER = re.compile(r"timeout=[0-9.]+m?s")
_CALL = re.compile(r"^(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>)")
_SYNCS = ("fsync", "fdatasync")
_WRITE = "pwrite64"
_SENDS = ("sendto", "sendmsg")


@dataclass
class Traced:
    """What the trace of a room says, call by call."""

    written: dict[str, int] = field(default_factory=dict)
    """Order → the call that first wrote it to the log."""
    syncs: list[tuple[int, int]] = field(default_factory=list)
    """(call that began, call that ended) of each sync."""
    sent: dict[str, int] = field(default_factory=dict)
    """Order → the call that first told somebody of it."""


def read_trace(lines: Iterable[str]) -> Traced:
    """Read what strace wrote."""
    traced = Traced()
    begun: dict[str, int] = {}
    for number, line in enumerate(lines):
        match = _CALL.match(line)
        if match is None:
            continue
        thread, called, resumed = match.group(1) or "", match.group(2), match.group(3)
        if called in _SYNCS:
            begun[thread] = number
        if (called or resumed) in _SYNCS and "unfinished" not in line and line.rstrip().endswith("= 0"):
            traced.syncs.append((begun.pop(thread, number), number))
        if called == _WRITE or called in _SENDS:
            found = traced.written if called == _WRITE else traced.sent
            for order in _ORDER.findall(line):
                found.setdefault(order, number)
    return traced


def early(traced: Traced) -> list[str]:
    """Return the orders that somebody was told of before a sync that began after they were written."""
    return [
        order
        for order, told in traced.sent.items()
        if order not in traced.written
        or not any(traced.written[order] < began and ended < told for began, ended in traced.syncs)
    ]


def measure(orders: int) -> list[Figure]:
    """Trace the room's system calls while one player after the other orders something that nobody else did."""
    strace = shutil.which("strace")
    if strace is None:
        return [not_here(NAME, BAR, "strace is not there; that every commit is synced is a test of the store")]
    with a_room() as place, TemporaryDirectory(prefix="devops-tycoon-bench-") as folder:
        trace = Path(folder) / "trace"
        place.do("start")
        crowd = Crowd(
            "orders", 120, port=place.host.port, code=place.code, count=10, times=orders // 10, every_s=0.2, unique=True
        )  # fmt: skip
        calls = ",".join((*_SYNCS, _WRITE, *_SENDS))
        tracer = subprocess.Popen(  # noqa: S603 — our own room is traced
            [strace, "-f", "-s", "9000", "-e", f"trace={calls}", "-o", str(trace), "-p", str(place.host.pid)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            time.sleep(1)
            if tracer.poll() is not None:
                return [not_here(NAME, BAR, "strace may not look at processes")]
            crowd.go()
            clients = crowd.end()["clients"]
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.wait(20)
        with trace.open(encoding="ascii", errors="replace") as lines:
            traced = read_trace(lines)
    stored = sum(answer[2] for client in clients for answer in client["answers"])
    wrong = early(traced)
    return [
        Figure(
            NAME,
            BAR,
            f"{len(traced.sent):,} of {stored:,} acknowledged orders seen on their way out, {len(wrong)} before "
            f"their sync; {len(traced.syncs):,} syncs (strace of the room's process)",
            not wrong and len(traced.sent) == stored > 0,
        )
    ]
