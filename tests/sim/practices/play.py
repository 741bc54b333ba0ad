"""Two games that differ in one practice, and what is read off them."""

from dataclasses import replace
from typing import Any

from devops_tycoon.play.session import Session
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.rules.shift import Demand
from devops_tycoon.sim.score.score import sli
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.leading import leading_session


def two_games(
    practice: str,
    target: str = "",
    *,
    also: tuple[str, ...] = (),
    loads: dict[str, float] | None = None,
    **changes: Any,
) -> tuple[Session, Session]:
    """Return two games on the morning of the shift, without the practice and with it.

    `also` are practices of the company in both; `loads` are the journeys' requests per second.
    """
    if loads is not None:
        changes["demands"] = tuple(Demand(journey, rate, "flat", 0.0, 0.0, ()) for journey, rate in loads.items())
    games = []
    for adopted in ((), (Adopted(practice, target, 0),)):
        session = leading_session(**changes)
        known = tuple(Adopted(name, "", 0) for name in also)
        session.world = replace(session.world, practices=(*known, *adopted))
        order(session, "begin")
        games.append(session)
    return games[0], games[1]


def good(session: Session, journey: str) -> float:
    """Return the share of good requests of a journey so far."""
    return next(sli(tally) for tally in session.world.tally.journeys if tally.journey == journey)


def played(games: tuple[Session, ...], ticks: int, *orders: str) -> tuple[Session, ...]:
    """Give all games the same orders and let them run."""
    for session in games:
        order(session, *orders)
        session.advance(ticks)
    return games


def since(session: Session, ticks: int, journey: str) -> float:
    """Let a game run and return the share of good requests of a journey in that time."""
    before = next(tally for tally in session.world.tally.journeys if tally.journey == journey)
    session.advance(ticks)
    after = next(tally for tally in session.world.tally.journeys if tally.journey == journey)
    return (after.good - before.good) / (after.valid - before.valid)


def busy(session: Session, service: str) -> float:
    """Return how busy a service's workers are."""
    return session.world.reading.utilisation[[s.id for s in session.world.services].index(service)]


def takes_s(session: Session, journey: str) -> float:
    """Return how long a journey's requests take on average."""
    return session.world.reading.request_s[[j.id for j in session.rules.journeys].index(journey)]


def lost(session: Session, cause: str) -> int:
    """Return the micro-requests that the ledger has under a cause."""
    return sum(line.bad for line in session.world.tally.ledger if line.cause == cause)


def quarterly(session: Session) -> int:
    """Return what a quarter brings and costs with what is in force now."""
    return sum(cents for _, cents in bills(replace(session.world, phase="planning"), session.rules))
