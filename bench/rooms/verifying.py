"""How fast many replays are verified, and how busy that keeps the processors it was given."""

import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from devops_tycoon.play.autoplay import drive_bot
from devops_tycoon.play.bots import random
from devops_tycoon.play.game import Game, load
from devops_tycoon.play.parallel import LOCAL
from devops_tycoon.play.replay import header, mark_line, order_line
from devops_tycoon.play.session import Mark, Recorded, Session
from devops_tycoon.play.verify import verify_all

LESSON = "worse-than-dead"
TICKS = (60, 90, 120, 180, 240)
"""Where most recordings stop; one in `LONG` goes on for ten minutes."""
LONG, LONG_TICKS = 25, 600


def measure(count: int = 1000, jobs: int = 2, backend: str = LOCAL) -> dict[str, Any]:
    """Verify so many recordings of different seeds and orders; return what that took, of this process and its children.

    `busy` is CPU time over wall time × jobs. It says something only while nothing else runs.
    """
    with TemporaryDirectory() as folder:
        files = list(recordings(Path(folder), count))
        cpu, wall = cpu_s(), perf_counter()
        documents = verify_all(files, jobs, backend)
        wall, cpu = perf_counter() - wall, cpu_s() - cpu
    wrong = [document["says"] for document in documents if not document["verified"]]
    if wrong:
        raise ArithmeticError(f"a recording made in this run is not verified: {wrong[0]}")
    return {
        "replays": count,
        "jobs": jobs,
        "backend": backend,
        "wall_s": wall,
        "cpu_s": cpu,
        "busy": cpu / (jobs * wall),
        "per_s": count / wall,
        "peak_mib": _peak_mib(),
    }


def recordings(folder: Path, count: int) -> Iterator[Path]:
    """Record games of a bot, each with a seed of its own, and yield their files."""
    game = load(LESSON)
    for number in range(count):
        lasts = LONG_TICKS if number % LONG == LONG - 1 else TICKS[number % len(TICKS)]
        path = folder / f"{number:04}.replay"
        path.write_text(recording(replace(game, seed=number), lasts), encoding="utf-8")
        yield path


def recording(game: Game, ticks: int) -> str:
    """Return the text of a game that a bot plays to a tick."""
    lines = _Lines()
    session = Session(game, lines)
    drive_bot(session, random, ticks)
    session.close()
    return header(game) + "".join(lines.lines)


class _Lines:
    """A journal in memory: the disk is not what is measured."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def ordered(self, recorded: Recorded) -> None:
        self.lines.append(order_line(recorded))

    def marked(self, mark: Mark) -> None:
        self.lines.append(mark_line(mark))

    def closed(self, session: Session) -> None:
        self.lines.append(f'[Left "{session.world.tick}"]\n')


def cpu_s() -> float:
    """Return the CPU time of this process and of its children that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def _peak_mib() -> float:
    """Return the most memory that one process had."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
