"""Opening a room: a folder with a log in it, and nothing else."""

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

from platformdirs import user_data_path

from devops_tycoon.content.find import is_path
from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.play.game import load
from devops_tycoon.play.saves_folder import HOME
from devops_tycoon.workshop.entry import ROOM, Entry
from devops_tycoon.workshop.room import Lesson, Room
from devops_tycoon.workshop.room_log import after, opened
from devops_tycoon.workshop.room_log import opening as opening_text
from devops_tycoon.workshop.store import FILE, Store, read_log
from devops_tycoon.workshop.tokens import new_code

_KINDS = ("lesson", "act", "daily")


def home() -> Path:
    """Return the folder of this user's data."""
    return Path(os.environ[HOME]) if os.environ.get(HOME) else user_data_path("devops-tycoon", appauthor=False)


def rooms_folder() -> Path:
    """Return the folder of the rooms, made if it is not there."""
    path = home() / "rooms"
    path.mkdir(parents=True, exist_ok=True)
    return path


def lesson_of(
    scenario: str, seed: int, difficulty: str, history: int, *, free_names: bool, homework: bool = False
) -> Lesson:
    """Return what a room plays; raise ContentError if a room cannot play it."""
    rules = load(scenario, seed, difficulty=difficulty).rules
    if rules.campaign or rules.scenario.kind == "sandbox":
        text = "cannot be played in a room; expected a lesson or an act"
        raise ContentError([Problem(scenario, 0, "", text)])
    if homework and is_path(scenario):
        text = "is a file on this machine only, and homework is played elsewhere; expected a lesson of the game"
        raise ContentError([Problem(scenario, 0, "", text)])
    ends, at = [], 0
    for shift in rules.scenario.shifts:
        at += shift.ticks
        ends.append(at)
    if not 0 <= history < at:
        raise ContentError([Problem("workshop host", 0, "--history", f"expected 0 to {at - 1} ticks")])
    asked = rules.scenario.question
    return Lesson(
        scenario, rules.fingerprint, difficulty, seed, tuple(ends), min(history, ends[0]), new_code(),
        free_names, rules.scenario.title, len(asked.choices) if asked else 0, homework,
    )  # fmt: skip


def another_lesson(before: Lesson, scenario: str, seed: int) -> Lesson:
    """Return another lesson for the same room; raise ContentError if a room cannot play it."""
    wanted = lesson_of(
        scenario, seed or before.seed, before.difficulty, 0, free_names=before.free_names, homework=before.homework
    )
    return replace(wanted, code=before.code)


def open_room(folder: Path, lesson: Lesson) -> None:
    """Begin the log of a new room in a folder; raise ContentError if there is something in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ContentError([Problem(str(folder), 0, "", f"cannot be created: {error.strerror}")]) from None
    if any(folder.iterdir()):
        raise ContentError([Problem(str(folder), 0, "", "is not empty and not a room; expected a new folder")])
    store = Store(folder)
    written, problems = Event(), []
    first = Entry(1, 1, 0, ROOM, 0, "open", opening_text(lesson))

    def done(problem: Exception | None) -> None:
        problems.append(problem)
        written.set()

    store.append([first], done)
    written.wait()
    store.close()
    if problems[0] is not None:
        raise ContentError([Problem(str(folder), 0, "", f"cannot be written: {problems[0]}")])


def new_folder(lesson: Lesson, today: date) -> Path:
    """Return a folder for a new room that no other has: the day, the lesson and the code."""
    name = re.sub(r"[^a-z0-9-]", "-", Path(lesson.scenario).stem.lower())
    return rooms_folder() / f"{today.isoformat()}-{name}-{lesson.code.lower()}"


def read_room(folder: Path, number: int = 0) -> tuple[Room, list[Entry]]:
    """Return a room that nobody hosts, as a round left it (0: the last), with its log; raise ContentError."""
    log = read_log(folder)
    try:
        room = opened(log[0])
        for entry in log[1:]:
            following = after(room, entry)
            if number and following.round > number:
                break
            room = following
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise ContentError([Problem(str(folder), 0, "", f"is damaged: {error}")]) from None
    if number > room.round:
        raise ContentError(
            [Problem(str(folder), 0, "--round", f"there is no round {number}; expected 1 to {room.round}")]
        )
    return room, log


def folder_of(room: Path) -> Path:
    """Return the room's folder, whether it or its database was named."""
    return room.parent if room.name == FILE else room
