"""Saves: every game is recorded while it is played, in the platform's folder for user data."""

import os
import re
from pathlib import Path

from platformdirs import user_data_path

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.play.game import Game
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.replay import game_of, read
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import playing

HOME = "DEVOPS_TYCOON_HOME"
"""The environment variable that moves the folder."""


def folder() -> Path:
    """Return the folder of the saves, made if it is not there."""
    path = Path(os.environ[HOME]) if os.environ.get(HOME) else user_data_path("devops-tycoon", appauthor=False)
    path = path / "saves"
    path.mkdir(parents=True, exist_ok=True)
    return path


def saves() -> list[Path]:
    """Return the recorded games, newest first."""
    return sorted(folder().glob("*.replay"), key=lambda path: path.stat().st_mtime, reverse=True)


def new_save(game: Game, path: Path | None = None) -> Session:
    """Begin a game that is recorded (in the next free file of the folder, unless a path is given)."""
    if path is None:
        home, name = folder(), game.rules.scenario.id
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
            text = f"was changed: the mark at tick {recorded.tick} is not what playing it gives"
            raise ContentError([Problem(str(path), 0, "", text)])
    if not session.over:
        session.listen(Journal.go_on(path, replay.whole_bytes))
    return session
