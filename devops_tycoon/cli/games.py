"""Load the game and the bot that a command names."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from devops_tycoon.cli.options import DEFAULT_DIFFICULTY
from devops_tycoon.cli.output import fail
from devops_tycoon.content.problem import clean

if TYPE_CHECKING:
    from devops_tycoon.play.autoplay import Bot
    from devops_tycoon.play.game import Game


def load_game(
    scenario: str, seed: int | None, trace: Path | None = None, difficulty: str = DEFAULT_DIFFICULTY
) -> "Game":
    """Return the game of a scenario, with demand from a trace if there is one; raise ContentError."""
    from dataclasses import replace
    from datetime import date

    from devops_tycoon.content.trace import read_trace
    from devops_tycoon.play.daily import DAILY, seed_of
    from devops_tycoon.play.game import load
    from devops_tycoon.sim.timing.clock import last_tick

    if seed is None:
        seed = seed_of(date.today()) if scenario == DAILY else 1
    game = load(scenario, seed, difficulty=difficulty)
    if trace is None:
        return game
    values = read_trace(trace, game.rules.scenario.tick_s, last_tick(game.rules))
    return replace(game, rules=replace(game.rules, trace=values))


def bots(name: str | None) -> "Mapping[str, Bot]":
    """Return all bots by name; fail if there is none of the name that was asked for."""
    from devops_tycoon.play.bots import BOTS
    from devops_tycoon.play.company_bots import LEADERS
    from devops_tycoon.sim.operations.services import unknown

    found = BOTS | LEADERS
    if name is not None and name not in found:
        fail(unknown("bot", clean(name), found))
    return found
