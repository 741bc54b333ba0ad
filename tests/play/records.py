"""Recorded games for the tests of replays."""

from pathlib import Path

from devops_tycoon.content.problem import ContentError
from devops_tycoon.play.game import Game
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import Verdict, verify
from tests.builders import a_game, order

Plan = tuple[tuple[int, str], ...]

PLAN: Plan = (
    (0, "set web>recommendations timeout=300ms fallback=on"),
    (0, "begin"),
    (20, "scale web +1"),
    (70, "inject bad-deploy catalog"),
    (100, "rollback catalog"),
)
LAST = 125
PLAYER = "Zoë ☃"


def played(session: Session, plan: Plan = PLAN, until: int = LAST) -> Session:
    """Play a plan from where the session stands."""
    for tick, text in plan:
        session.advance(tick - session.world.tick)
        order(session, text)
    session.advance(until - session.world.tick)
    return session


def recorded(path: Path, plan: Plan = PLAN, until: int = LAST, game: Game | None = None) -> Session:
    """Record a game in a file and leave it."""
    game = game or a_game(player=PLAYER)
    session = played(Session(game, Journal.begin(path, game)), plan, until)
    session.close()
    return session


def bankrupt(path: Path) -> Session:
    """Record the shortest game there is: all money is spent before the first rent."""
    return recorded(path, ((0, "scale web +8"), (0, "scale identity +4"), (0, "begin")), 100)


def after(path: Path, text: str) -> Verdict:
    """Verify what a file would be with another text."""
    other = path.with_name("other.replay")
    other.write_text(text, encoding="utf-8")
    return verify(other)


def refused(path: Path, text: str) -> str:
    """Return why a changed recording is not accepted: the difference, or the sentence that refuses to play it."""
    try:
        verdict = after(path, text)
    except ContentError as error:
        return str(error)
    assert not verdict.verified, "the change was not noticed"
    return verdict.problem
