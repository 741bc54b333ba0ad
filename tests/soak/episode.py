"""An episode: one random graph or one random game, played for a number of ticks; the same for the same seed and number.

Episodes know nothing of each other, so it does not matter which process plays them, nor in which order.
"""

import traceback
from dataclasses import dataclass
from random import Random

from tests.soak.games import GAME_TICKS, play_game
from tests.soak.play import GRAPH_TICKS, Story, play_graph

EVERY = 8
"""One episode of so many is a game."""


@dataclass(frozen=True)
class Done:
    """How an episode went."""

    number: int
    ticks: int
    game: bool
    orders: int
    digest: str
    """Of everything that was computed."""
    failure: str = ""
    """What went wrong, with all that is needed to see it again."""


def is_game(number: int) -> bool:
    """Say whether an episode is a game."""
    return number % EVERY == EVERY - 1


def length(number: int) -> int:
    """Return the ticks of an episode."""
    return GAME_TICKS if is_game(number) else GRAPH_TICKS


def plan(ticks: int) -> list[tuple[int, int]]:
    """Return (episode, ticks of it) for so many ticks in all; the last one is cut."""
    found: list[tuple[int, int]] = []
    while ticks > 0:
        found.append((len(found), min(ticks, length(len(found)))))
        ticks -= found[-1][1]
    return found


def play(seed: int, number: int, ticks: int) -> Done:
    """Play one episode; what goes wrong in it is told, not raised."""
    story = Story()
    dice = Random(f"soak {seed} {number}")
    try:
        (play_game if is_game(number) else play_graph)(dice, ticks, story)
    except Exception as error:
        kind, where = type(error).__name__, "".join(traceback.format_tb(error.__traceback__)[-3:])
        failure = (
            f"seed {seed}, episode {number}, tick {story.tick}: {kind}: {error}\n{where}{story.context}\n"
            f"once more: python -m tests.soak --seed {seed} --episode {number}"
        )
        return Done(number, story.tick, is_game(number), story.orders, "", failure)
    return Done(number, ticks, is_game(number), story.orders, story.digest.hex())
