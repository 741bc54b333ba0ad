"""Golden games: what the numbers of this version are, so that no change of them goes unseen.

`make golden` (REGENERATE_GOLDEN=1) writes the files anew; the difference belongs into the commit that made it.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.lab.prove import order_file, plan
from devops_tycoon.play.autoplay import drive_bot, drive_orders
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.result import result
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import verify
from tests.builders import LESSONS, POSTING, SHIPPED, a_game

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = os.environ.get("REGENERATE_GOLDEN") == "1"
REPLAYS = [*[(scenario, "solution") for scenario in LESSONS], (POSTING, "idle")]
IDLE = pytest.param(*REPLAYS[2], marks=() if REGENERATE else pytest.mark.long)
CATALOGUE = GOLDEN / "catalogue.txt"
PLAYERS = ("solution", "idle", "detour", *[f"bot-{bot}" for bot in BOTS])
TASKS = [(scenario, player, seed) for scenario in LESSONS for player in PLAYERS for seed in (1, 2)]


def driven(session: Session, scenario: str, player: str) -> Session:
    """Let an order file or a bot play to the end."""
    if player.startswith("bot-"):
        drive_bot(session, BOTS[player.removeprefix("bot-")])
    else:
        file = order_file(SHIPPED / "scenarios" / f"{scenario}.toml", player)
        assert drive_orders(session, plan(file)) == []
    return session


def file_of(scenario: str, player: str) -> Path:
    return GOLDEN / "replays" / f"{scenario}-{player}-1.replay"


def row(task: tuple[str, str, int], session: Session | None = None) -> str:
    """Return a line of the catalogue."""
    scenario, player, seed = task
    return catalogue_line(task, result(session or driven(Session(a_game(scenario, seed=seed)), scenario, player)))


def catalogue_line(task: tuple[str, str, int], found: dict[str, Any]) -> str:
    """Return the line of a result that another process may have reached."""
    scenario, player, seed = task
    ending = ("won " if found["won"] else "lost") + f" uptime {found['uptime']:.6%} score {found['score']:4}"
    return f"{scenario:16} {player:13} {seed} {ending} {found['digest']}"


@pytest.mark.parametrize(("scenario", "player"), [*REPLAYS[:2], IDLE])
def test_a_golden_replay_verifies_to_its_end(scenario: str, player: str) -> None:
    path = file_of(scenario, player)
    if REGENERATE:
        game = a_game(scenario)
        driven(Session(game, Journal.begin(path, game)), scenario, player)
    verdict = verify(path)
    assert verdict.problem == ""
    assert verdict.finished
    if not REGENERATE:
        assert row((scenario, player, 1), verdict.session) in CATALOGUE.read_text(encoding="utf-8").splitlines()


@pytest.mark.long
def test_the_golden_catalogue_has_every_game_as_it_is_played_now() -> None:
    assert catalogue() == CATALOGUE.read_text(encoding="utf-8")


@pytest.mark.skipif(not REGENERATE, reason="only on request")
def test_the_golden_catalogue_is_written_anew() -> None:
    CATALOGUE.write_text(catalogue(), encoding="utf-8")
    assert len(CATALOGUE.read_text(encoding="utf-8").splitlines()) == len(TASKS)


def catalogue() -> str:
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        return "".join(line + "\n" for line in pool.map(row, TASKS))
