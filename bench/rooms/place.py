"""A room to measure: opened afresh, hosted by its own process, gone afterwards."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from devops_tycoon.play.saves_folder import HOME
from devops_tycoon.workshop.entry import Entry
from devops_tycoon.workshop.host import Host, free_port
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.opening import lesson_of, open_room
from devops_tycoon.workshop.store import FILE, read_log

LESSON = "worse-than-dead"
SEED = 7
MIB = 1024 * 1024
_DEBUG = "DEVOPS_TYCOON_DEBUG"


@dataclass(frozen=True, slots=True)
class Place:
    """A hosted room and the host's connection to it."""

    host: Host
    link: Link
    code: str
    folder: Path
    heard: Path
    """What the room's process wrote to its standard error."""

    def do(self, what: str) -> int:
        """Give a host's command; return the tick at which it is stored. It must be accepted."""
        answer = self.link.send("do", what, 20)
        if not answer.stored:
            raise RuntimeError(f"{what}: {answer.why}")
        return answer.tick

    def log(self) -> list[Entry]:
        """Close the room and return its log."""
        self.link.close()
        self.host.close()
        return read_log(self.folder)

    def traces(self) -> int:
        """Count the tracebacks that the room's process has written."""
        return self.heard.read_text(encoding="utf-8", errors="replace").count("Traceback")


@contextmanager
def a_room(folder: Path | None = None, lesson: str = LESSON) -> Iterator[Place]:
    """Yield a new hosted room in a folder of its own, or in that one."""
    with ExitStack() as stack:
        base = Path(stack.enter_context(TemporaryDirectory(prefix="devops-tycoon-bench-")))
        stack.enter_context(_settings({HOME: str(base / "home"), _DEBUG: "1"}))
        (base / "home").mkdir()
        opened = lesson_of(lesson, SEED, "engineer", 0, free_names=False)
        where = folder or base / "room"
        open_room(where, opened)
        heard = base / "heard.txt"
        errors = stack.enter_context(heard.open("wb"))
        host = Host(where, free_port(0, lan=False), lan=False, errors=errors.fileno(), most_starts=10**6)
        stack.callback(host.close)
        link = host.link()
        stack.callback(link.close)
        if not link.welcomed(20):
            raise RuntimeError(link.bye or "the room does not answer")
        yield Place(host, link, opened.code, where, heard)


@contextmanager
def _settings(told: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for a while; the room's process is told by them."""
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def integrity(folder: Path) -> str:
    """Return what sqlite says about a room's file: `ok`."""
    db = sqlite3.connect(folder / FILE)
    try:
        return str(db.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        db.close()


def resident_mib(pid: int, key: str = "VmRSS") -> float:
    """Return what a process holds in memory now (or, with `VmHWM`, has held at most); 0 where nobody says."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{key}:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def children(pid: int) -> list[int]:
    """Return the processes that a process has started: a room's simulators."""
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []


def simulators_mib(pid: int) -> float:
    """Return what the processes beside the room hold."""
    return sum(resident_mib(child) for child in children(pid))
