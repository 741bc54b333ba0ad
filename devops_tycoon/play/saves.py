"""Saves: every game is recorded while it is played, in the platform's folder for user data."""

import re
from dataclasses import dataclass
from pathlib import Path

from devops_tycoon.content.problem import ContentError, Problem, suggestion
from devops_tycoon.play.game import Game
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.replay import game_of, read
from devops_tycoon.play.saves_folder import folder, saves
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import playing


@dataclass(frozen=True, slots=True)
class Save:
    """A saved game, as lists show it."""

    path: Path
    scenario: str
    seed: str
    tick: int
    result: str
    """How it ended; empty: it did not."""
    problem: str
    """Why it cannot be read; empty: it can."""

    @property
    def name(self) -> str:
        """What it is called in lists and commands."""
        return self.path.stem


def listing() -> list[Save]:
    """Return what can be said of every recorded game without playing it, newest first."""
    return [described(path) for path in saves()]


def described(path: Path) -> Save:
    """Return what a recorded game says of itself; a damaged one says why it cannot be read."""
    try:
        replay = read(path)
    except ContentError as error:
        return Save(path, "", "", 0, "", str(error))
    return Save(path, replay.tag("Scenario"), replay.tag("Seed"), replay.left_tick, replay.tag("Result"), "")


def saved(name: str) -> Path:
    """Return the recorded game of that name; raise ContentError with the nearest one."""
    known = {path.stem: path for path in saves()}
    if name not in known:
        near = suggestion(name, known) or ("" if known else "; there are no saved games yet")
        raise ContentError([Problem(name, 0, "", f"there is no saved game with this name{near}")])
    return known[name]


def delete(name: str) -> Path:
    """Delete a recorded game for good."""
    path = saved(name)
    path.unlink()
    return path


def export(name: str, to: Path) -> Path:
    """Copy a recorded game to a file or into a folder of the user's; it never overwrites."""
    path = saved(name)
    target = to / path.name if to.is_dir() else to
    try:
        with open(target, "xb") as copy:
            copy.write(path.read_bytes())
    except FileExistsError:
        raise ContentError([Problem(str(target), 0, "", "exists already; expected a new name")]) from None
    except OSError as error:
        raise ContentError([Problem(str(target), 0, "", f"cannot be written: {error.strerror}")]) from None
    return target


def new_save(game: Game, path: Path | None = None) -> Session:
    """Start a recorded game (in the next free file of the folder, unless a path is given)."""
    if path is None:
        home, name = folder(), game.rules.id
        own = re.compile(rf"{re.escape(name)}-(\d{{1,6}})\.replay")
        numbers = [int(found[1]) for file in home.iterdir() if (found := own.fullmatch(file.name))]
        path = home / f"{name}-{max(numbers, default=0) + 1}.replay"
    return Session(game, Journal.begin(path, game))


def resume(path: Path) -> Session:
    """Load a recorded game, play it to where it stopped, and go on recording in the same file."""
    replay = read(path)
    session = Session(game_of(replay, str(path)))
    for _ in playing(session, replay, to_the_end=True):
        pass
    for recorded, played in zip(replay.marks, session.marks, strict=False):
        if recorded != played:
            text = f"was changed: the mark at tick {recorded.tick} differs from the one that playing gives"
            raise ContentError([Problem(str(path), 0, "", text)])
    if not session.over:
        session.listen(Journal.go_on(path, replay.whole_bytes))
    return session
