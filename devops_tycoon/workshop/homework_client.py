"""At home: a player's side of homework. The game is an ordinary recorded one; the recording is what is handed in."""

from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from devops_tycoon.content.problem import ContentError, Problem, clean
from devops_tycoon.play.game import Game
from devops_tycoon.play.replay import Replay, read
from devops_tycoon.play.saves import new_save, resume
from devops_tycoon.play.saves_folder import saves
from devops_tycoon.play.session import Session
from devops_tycoon.sim.rules.difficulty import ENGINEER
from devops_tycoon.workshop.addresses import door
from devops_tycoon.workshop.homework import LARGEST, TOO_LARGE
from devops_tycoon.workshop.names import clean_text

ANSWER_S = 90
"""The room waits for a slow disk, and we for the room."""
_LONGEST_ANSWER = 2000


def told(welcome: dict[str, Any], now: dict[str, Any], game: Game, back: str) -> list[str]:
    """Return what a player reads before playing; `back` is the command that they have typed."""
    rules, level = game.rules, game.rules.level.id
    harder = "" if level == ENGINEER.id else f" --difficulty {level}"
    lines = [
        f"You are {clean_text(str(welcome['name']), 60)} ({clean_text(str(welcome['me']), 12)}).",
        f"Homework: {rules.scenario.title}, seed {game.seed}, {level}. Play it alone, whenever and as often as "
        "you like, and hand in the recording. Only your latest hand-in counts.",
        f"To play it and hand it in at the end: {back}",
        f"To play it elsewhere: devops-tycoon play {rules.id} --seed {game.seed}{harder} --record FILE",
        f"To hand in a recording: {back} --hand-in FILE",
    ]
    said = [clean_text(str(now.get(key, "")), 240) for key in ("message", "homework")]
    return [*lines, *([f"Facilitator: {said[0]}"] if said[0] else []), *([f"So far: {said[1]}."] if said[1] else [])]


def begin(game: Game) -> tuple[Session, Path]:
    """Go on with the homework that was left, or begin it; return the session and where it is recorded."""
    for path in saves():
        with suppress(ContentError):
            replay = read(path)
            if _is_of(replay, game) and not replay.tag("Result"):
                return resume(path), path
    before = set(saves())
    session = new_save(game)
    return session, next(path for path in saves() if path not in before)


def _is_of(replay: Replay, game: Game) -> bool:
    """Say whether a recording is of this player's homework."""
    wanted = {
        "Scenario": game.rules.id, "Content": game.rules.fingerprint, "Seed": str(game.seed), "Player": game.player,
    }  # fmt: skip
    same = all(replay.tag(name) == value for name, value in wanted.items())
    return same and replay.tag("Difficulty", ENGINEER.id) == game.rules.level.id and not replay.tag("Trace")


def hand_in(address: str, token: str, path: Path) -> str:
    """Hand a recording in and return the room's sentence when it has it on its disk; raise ContentError if not."""
    try:
        if path.stat().st_size > LARGEST:
            raise ContentError([Problem(str(path), 0, "", TOO_LARGE)])
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None
    host, port = door(address)
    line = HTTPConnection(host, port, timeout=ANSWER_S)
    try:
        line.request("POST", "/hand-in", raw, {"Authorization": f"Bearer {token}"})
        answer = line.getresponse()
        said = clean(answer.read(_LONGEST_ANSWER).decode("utf-8", "replace").strip())
    except (OSError, HTTPException):
        what = "was not handed in: the room does not answer. The file is kept; try again with --hand-in"
        raise ContentError([Problem(str(path), 0, "", what)]) from None
    finally:
        line.close()
    if answer.status != 200:
        raise ContentError([Problem(str(path), 0, "", f"was not accepted: {said}")])
    return said
