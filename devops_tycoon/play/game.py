"""A game before its first tick: rules, seed and who plays."""

from dataclasses import dataclass

from devops_tycoon.content.difficulty import at_level
from devops_tycoon.content.find import is_path
from devops_tycoon.content.load import load_rules
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.rules.difficulty import ENGINEER
from devops_tycoon.sim.rules.rules import Rules

MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Game:
    """What a replay's first lines say."""

    rules: Rules
    seed: int
    player: str = ""
    file: str = ""
    """Where the scenario was read from, if it was a file of the user's."""


def load(
    scenario: str, seed: int = 1, player: str = "", trace: tuple[float, ...] = (), difficulty: str = ENGINEER.id
) -> Game:
    """Return a game of a scenario (an id, or the path of a file); raise ContentError if it cannot be read."""
    if not 0 <= seed <= MOST_SEED:
        raise ValueError(f"the seed {seed} is not between 0 and {MOST_SEED}")
    if '"' in player or not player.isprintable():
        raise ValueError(f"the player {player!r} cannot stand in a replay; expected printable text without quotes")
    file = scenario if is_path(scenario) else ""
    if '"' in file or not file.isprintable():
        raise ValueError(f"the path {file!r} cannot stand in a replay; expected printable text without quotes")
    return Game(replace(at_level(load_rules(scenario), difficulty), trace=trace), seed, player, file)
