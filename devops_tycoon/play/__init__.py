"""Playing a game without a screen: sessions, replays, bots, results."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devops_tycoon.play.game import Game, load
    from devops_tycoon.play.session import Session

__all__ = ["Game", "Session", "load"]


def __getattr__(name: str) -> object:
    """Import the game when it is asked for, not with the first module of this package."""
    if name == "Session":
        from devops_tycoon.play.session import Session

        return Session
    if name in ("Game", "load"):
        from devops_tycoon.play import game

        return getattr(game, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
