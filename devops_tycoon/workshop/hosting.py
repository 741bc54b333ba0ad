"""Hosting as one call: open or reopen a room, start its process, connect as its host, bring bots."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.workshop.bots import Classmates
from devops_tycoon.workshop.host import Host, free_port
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.opening import folder_of, lesson_of, new_folder, open_room, read_room, rooms_folder
from devops_tycoon.workshop.purge import purge
from devops_tycoon.workshop.room import Lesson
from devops_tycoon.workshop.store import FILE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a host asks for on the command line."""

    lesson: str | None = None
    seed: int | None = None
    difficulty: str = "engineer"
    room: Path | None = None
    lan: bool = False
    port: int = 0
    history: int = 0
    free_names: bool = False
    bots: int = 0
    retain_days: int | None = None
    homework: bool = False


@contextmanager
def hosting(wanted: Wanted, say: Callable[[str], None] = lambda _: None) -> Iterator[tuple[Host, Link, str]]:
    """Yield (host, its link, the room's code) while the room is hosted; raise ContentError."""
    if wanted.retain_days is not None:
        for path in purge_rooms(wanted.retain_days):
            say(f"Deleted {path}.")
    port = free_port(wanted.port, lan=wanted.lan)  # before there is a room that nobody could host
    folder, code = _room(wanted)
    say(f"The room is saved in {folder}")
    host = Host(folder, port, lan=wanted.lan)
    link = host.link()
    bots = Classmates(host.port, code, wanted.bots)
    try:
        if not link.welcomed(10):
            raise ContentError([Problem("workshop host", 0, "", link.bye or "the room does not answer")])
        yield host, link, code
    finally:
        bots.close()
        link.close()
        host.close()
        say(f"The room is closed. To reopen it: devops-tycoon workshop host --room {folder}")


def _room(wanted: Wanted) -> tuple[Path, str]:
    """Return the folder and the code of the room that is wanted, a new one or an old one."""
    path = folder_of(wanted.room) if wanted.room is not None else None
    if path is not None and (path / FILE).exists():
        if wanted.lesson is not None:
            what = "is a room that already has a lesson; expected LESSON or --room, not both"
            raise ContentError([Problem(str(path), 0, "", what)])
        lesson = read_room(path)[0].lesson
        if wanted.homework and not lesson.homework:
            raise ContentError(
                [Problem(str(path), 0, "--homework", "is a room without homework; expected a homework room")]
            )
        _needs_no_class(wanted, lesson)
        return path, lesson.code
    if wanted.lesson is None:
        what = "LESSON is missing" if path is None else f"there is no room in {path} to reopen"
        raise ContentError([Problem("workshop host", 0, "", f"{what}; `devops-tycoon scenarios` lists the lessons")])
    seed = 1 if wanted.seed is None else wanted.seed
    lesson = lesson_of(
        wanted.lesson, seed, wanted.difficulty, wanted.history, free_names=wanted.free_names, homework=wanted.homework
    )
    _needs_no_class(wanted, lesson)
    folder = path or new_folder(lesson, date.today())
    open_room(folder, lesson)
    return folder, lesson.code


def _needs_no_class(wanted: Wanted, lesson: Lesson) -> None:
    """Refuse what only a class that plays together has; raise ContentError."""
    for option, value in (("--bots", wanted.bots), ("--history", wanted.history)):
        if lesson.homework and value:
            what = "cannot be used with homework: everyone plays alone, from the beginning"
            raise ContentError([Problem("workshop host", 0, option, what)])


def purge_rooms(older_than_days: int) -> list[Path]:
    """Delete the rooms in the rooms' folder that nobody has written to for so many days; return them."""
    return purge(rooms_folder(), older_than_days, datetime.now(UTC))
