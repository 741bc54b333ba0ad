"""One run of everything that `make bench-workshop` measures, as one document."""

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from tempfile import TemporaryFile
from typing import Any

from bench.model.machine import machine
from bench.rooms import (
    abuse,
    alone,
    disk,
    files,
    joins,
    kills,
    load,
    matrix,
    pauses,
    races,
    silent,
    storm,
    synced,
)
from bench.rooms.figure import Figure, percentile
from devops_tycoon import __version__

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """Something that is measured; it may give several figures."""

    name: str
    """What can be asked for by itself."""
    whole: Callable[[], list[Figure]]
    quick: Callable[[], list[Figure]]


ROWS = (
    Row("load", lambda: load.measure(100, 60, 50), lambda: load.measure(100, 10, 50)),
    Row("crowd", lambda: load.measure(300, 60, 150), lambda: load.measure(300, 10, 150)),
    Row("kills", lambda: kills.measure(200), lambda: kills.measure(20)),
    Row("synced", lambda: synced.measure(1000), lambda: synced.measure(100)),
    Row("pauses", lambda: pauses.measure(100, 100), lambda: pauses.measure(100, 10)),
    Row("storm", lambda: storm.measure(100), lambda: storm.measure(100)),
    Row("joins", lambda: joins.measure(200, 10.0), lambda: joins.measure(200, 10.0)),
    Row("abuse", lambda: abuse.measure(quick=False), lambda: abuse.measure(quick=True)),
    Row("silent", lambda: silent.measure(30.0), lambda: silent.measure(10.0)),
    Row("matrix", matrix.measure, matrix.measure),
    Row("races", lambda: races.measure(50), lambda: races.measure(50)),
    Row("disk", disk.measure, disk.measure),
    Row("alone", alone.measure, alone.measure),
    Row("local-kills", lambda: files.killed_games(1000), lambda: files.killed_games(50)),
    Row("names", lambda: files.hostile_names(200_000), lambda: files.hostile_names(10_000)),
    Row("malformed", lambda: files.broken_files(300, 100_000), lambda: files.broken_files(20, 1_000)),
    Row("orders", lambda: files.random_orders(1_000_000), lambda: files.random_orders(10_000)),
    Row("verifying", lambda: files.verified(1000), lambda: files.verified(50)),
)
"""In the order of the page."""


def bench(quick: bool = False, only: tuple[str, ...] = (), say: Callable[[str], None] = lambda _: None) -> Json:
    """Measure all rows, or only some; a row that breaks is a figure that is not held. Some 40 minutes, quick some 6."""
    document: Json = {
        "version": __version__, "quick": quick, "machine": machine(), "load": _load(), "sync_ms": sync_ms(), "rows": [],
    }  # fmt: skip
    for row in ROWS:
        if only and row.name not in only:
            continue
        say(row.name)
        since, before = time.monotonic(), _load()
        try:
            figures = (row.quick if quick else row.whole)()
        except (RuntimeError, OSError, KeyError, ValueError, ArithmeticError) as error:
            figures = [
                Figure(row.name, "it can be measured", f"broke off: {type(error).__name__}: {error}", held=False)
            ]
        document["rows"].append(
            {
                "row": row.name,
                "seconds": round(time.monotonic() - since, 1),
                "load": [before, _load()],
                "nice": os.nice(0) if hasattr(os, "nice") else 0,
                "figures": [asdict(figure) for figure in figures],
            }
        )
    return document


def _load() -> float:
    """Return how many processes wanted to run in the last minute; other people's count too."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def sync_ms() -> list[float]:
    """Return how long this disk takes for a page and a sync: median and 99th percentile in ms."""
    waits = []
    with TemporaryFile(buffering=0) as file:
        for _ in range(100):
            since = time.perf_counter()
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())
            waits.append(1000 * (time.perf_counter() - since))
    return [round(percentile(waits, share), 2) for share in (0.5, 0.99)]
