"""The game of one round, as its simulators and snapshots identify it."""

from dataclasses import dataclass
from pathlib import Path

from devops_tycoon.play.game import Game, load

BASELINE = ""
"""The code of the game that nobody plays: what a late joiner gets."""


@dataclass(frozen=True, slots=True)
class RoundGame:
    """What a process needs to load the same game."""

    scenario: str
    difficulty: str
    seed: int
    round: int
    snapshots: Path | None
    """Where it may keep snapshots; they are a cache."""
    key: bytes

    def game(self) -> Game:
        """Return the game, of nobody yet."""
        return load(self.scenario, self.seed, difficulty=self.difficulty)
