"""A local game that is killed without warning, again and again: what it had acknowledged is in its file."""

import os
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from devops_tycoon.content.problem import ContentError
from devops_tycoon.play.game import Game, load
from devops_tycoon.play.replay import read
from devops_tycoon.play.saves import new_save, resume
from devops_tycoon.play.session import Session
from devops_tycoon.play.text import play_text
from devops_tycoon.play.verify import verify

LESSON = "worse-than-dead"
PLANNED, LATER = 30, 60
"""Orders that are given before the clock starts, and after."""


def measure(kills: int = 1000, seed: int = 1, most_s: float = 3600.0) -> dict[str, Any]:
    """Play line by line and kill the process at random moments; return what was lost, and how.

    Each game is a process of its own with pipes for its lines, forked from this one, which has loaded the rules; it
    stops early after `most_s` seconds. Needs `os.fork`.
    """
    dice, began = Random(f"kills {seed}"), monotonic()  # noqa: S311 — it draws moments, no secrets
    found = {"kills": 0, "acknowledged": 0, "lost": 0, "torn": 0, "before_the_first_line": 0, "broken": 0}
    example = ""
    game = load(LESSON)
    with TemporaryDirectory() as folder:
        for number in range(kills):
            if monotonic() - began > most_s:
                break
            path = Path(folder) / f"{number}.replay"
            acknowledged = _killed(game, path, dice)
            found["kills"] += 1
            found["acknowledged"] += len(acknowledged)
            if not path.exists() or not path.stat().st_size:
                found["before_the_first_line"] += 1
                found["lost"] += len(acknowledged)
                continue
            problem = _problem(path, acknowledged, found)
            found["broken"] += bool(problem)
            example = example or problem
    return {**found, "example": example, "wall_s": monotonic() - began}


def _commands() -> list[str]:
    """Return orders that are all different, so that each can be looked for."""
    orders = [f"set web>catalog timeout={100 + number}ms" for number in range(PLANNED)]
    orders.append("begin")
    for number in range(LATER):
        orders += ["wait 1", f"set web>catalog timeout={200 + number}ms"]
    return orders


def _killed(game: Game, path: Path, dice: Random) -> list[str]:
    """Play, kill at a random moment, and return the orders that were acknowledged by then."""
    asks, says = os.pipe(), os.pipe()
    process = os.fork()
    if process == 0:
        _play(game, path, asks, says)
    os.close(asks[0])
    os.close(says[1])
    try:
        commands = _commands()
        os.write(asks[1], "".join(f"{command}\n" for command in commands).encode())
        heard = _heard(process, says[0], dice)
    finally:
        os.close(asks[1])
        os.close(says[0])
    answers = [line for line in heard.decode().split("\n")[:-1] if line.startswith(("Ordered.", "Refused: "))]
    orders = [command for command in commands if not command.startswith("wait")]
    return [order for order, answer in zip(orders, answers, strict=False) if answer == "Ordered."]


def _heard(process: int, pipe: int, dice: Random) -> bytes:
    """Listen until a random number of orders is answered, and a moment longer; kill; return all that was said."""
    answers, heard = dice.randrange(PLANNED + LATER), b""
    while heard.count(b"Ordered.") + heard.count(b"Refused: ") < answers:
        said = os.read(pipe, 65536)
        if not said:
            break
        heard += said
    select.select([], [], [], dice.random() * 0.003)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    while said := os.read(pipe, 65536):
        heard += said
    return heard


def _play(game: Game, path: Path, asks: tuple[int, int], says: tuple[int, int]) -> None:
    """Be the game; it never returns."""
    try:
        os.close(asks[1])
        os.close(says[0])
        with open(asks[0], encoding="utf-8") as lines, open(says[1], "w", encoding="utf-8") as out:
            play_text(new_save(game, path), lines, out)
            while lines.readline():
                pass
    finally:
        sys.stdout = sys.stderr = None  # what the parent had yet to print is the parent's
        os._exit(0)


def _problem(path: Path, acknowledged: list[str], found: dict[str, int]) -> str:
    """Return what is wrong with the file of a killed game, and count what it lost."""
    try:
        replay = read(path)
        found["torn"] += replay.truncated
        missing = list(_missing(acknowledged, [recorded.order for recorded in replay.orders]))
        found["lost"] += len(missing)
        verdict = verify(path)
        if missing or verdict.problem:
            return f"{path.name}: {verdict.problem or 'lost: ' + missing[0]}"
        return _gone_on(path, resume(path))
    except ContentError as error:
        return str(error)


def _missing(acknowledged: list[str], kept: list[str]) -> Iterator[str]:
    """Yield the acknowledged orders that are not among those kept."""
    for order in acknowledged:
        if order not in kept:
            yield order


def _gone_on(path: Path, session: Session) -> str:
    """Play on where the game was killed, and return what is wrong with the file then."""
    before = len(session.orders)
    session.place("begin" if session.world.phase == "planning" else "set web>catalog timeout=999ms")
    session.advance(1)
    session.close()
    verdict = verify(path)
    kept = verdict.session.orders
    return verdict.problem or ("" if before <= len(kept) and kept == session.orders else "the orders differ")
