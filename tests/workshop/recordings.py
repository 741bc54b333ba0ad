"""Recordings as people bring them: played here, from orders that are given before the first tick."""

from pathlib import Path

from devops_tycoon.play.autoplay import drive_orders
from devops_tycoon.play.game import load
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.session import Recorded, Session
from tests.workshop.rooms import LESSON


def recorded(path: Path, *orders: str, seed: int = 7, player: str = "", until: int | None = None) -> Path:
    """Play a lesson, keep the recording, and return where."""
    game = load(LESSON, seed, player)
    session = Session(game, Journal.begin(path, game))
    drive_orders(session, [Recorded(0, order) for order in orders], until)
    session.close()
    return path
