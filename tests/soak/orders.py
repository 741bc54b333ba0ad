"""A flood of random orders, valid and not, over random games: `python -m tests.soak.orders --orders 1000000 --seed 1`.

The soak itself gives its time to ticks; here many orders come before each, so that a million of them are affordable.
"""

import sys
import traceback
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from tests.soak.games import play_game
from tests.soak.play import Story

TICKS = 60
"""Ticks of a game."""
EAGER = (0.5, 0.8, 0.95, 0.98)


@dataclass(frozen=True)
class Flood:
    """What came of all games together."""

    orders: int
    games: int
    failure: str = ""

    def __str__(self) -> str:
        """Return the counts."""
        return f"{self.orders} orders in {self.games} games"


def flood(orders: int, seed: int = 1, first: int = 0, say: Callable[[str], object] = lambda _: None) -> Flood:
    """Play games until so many orders were placed; stop at the first that breaks a law."""
    placed, games = 0, 0
    while placed < orders:
        number, story = first + games, Story()
        games += 1
        try:
            play_game(Random(f"orders {seed} {number}"), TICKS, story, EAGER)
        except Exception as error:
            where = "".join(traceback.format_tb(error.__traceback__)[-4:])
            told = f"seed {seed}, game {number}, tick {story.tick}: {type(error).__name__}: {error}\n{where}"
            return Flood(placed + story.orders, games, f"{told}{story.context}")
        placed += story.orders
        if games % 50 == 0:
            say(str(Flood(placed, games)))
    return Flood(placed, games)


def main() -> int:
    """Read the command line, play, and return 1 if something went wrong."""
    parser = ArgumentParser("python -m tests.soak.orders", description=__doc__)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the game to begin with")
    asked = parser.parse_args()
    say = partial(print, flush=True)
    found = flood(asked.orders, asked.seed, asked.first, say)
    say(f"{found.failure}\n{found}: BROKEN" if found.failure else f"{found}: clean (seed {asked.seed})")
    return 1 if found.failure else 0


if __name__ == "__main__":
    sys.exit(main())
