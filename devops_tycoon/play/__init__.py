"""Playing a game without a screen: sessions, replays, bots, results."""

from devops_tycoon.play.game import Game, load
from devops_tycoon.play.session import Session

__all__ = ["Game", "Session", "load"]
