"""A led company in a shift at a given hour, with trouble in it."""

from dataclasses import replace
from typing import Any

from devops_tycoon.play.session import Session
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import sli
from devops_tycoon.sim.values.watching import PERCENTILES
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.leading import leading_session, to_lead

NOON, NIGHT = 12, 3


def shifts_at(hour: int, ticks: int = 600, growth: float = 1.0) -> tuple[Any, ...]:
    """Return two quarters whose shifts begin at that hour."""
    return tuple(replace(s, begins_s=hour * 3600, growth=growth) for s in to_lead(ticks=ticks).scenario.shifts)


def rules_at(hour: int = NOON, ticks: int = 600, growth: float = 1.0, **changes: Any) -> Rules:
    """Return the rules of a company whose shifts begin at that hour."""
    return to_lead(shifts=shifts_at(hour, ticks, growth), **changes)


def on_shift(
    hour: int = NOON,
    *practices: str,
    ticks: int = 600,
    growth: float = 1.0,
    target: str = "",
    plan: tuple[str, ...] = (),
    **changes: Any,
) -> Session:
    """Return a session whose shift has just begun at that hour, with practices in force.

    Everybody may shed there; what unlocks it elsewhere has its own tests.
    """
    if changes.get("zones", 1) > 1:
        practices = (*practices, "multi-zone")
    changes["leading"] = {"seeing": PERCENTILES, **changes.get("leading", {})}
    session = leading_session(shifts=shifts_at(hour, ticks, growth), **changes)
    free = tuple(replace(p, unlocks=tuple(set(p.unlocks) - {"shed"})) for p in session.rules.practices)
    session.game = replace(session.game, rules=replace(session.rules, practices=free))
    session.world = replace(session.world, practices=tuple(Adopted(practice, target, 13) for practice in practices))
    order(session, *plan, "begin")
    return session


def troubled(session: Session, card: str, target: str, seconds: int = 60) -> Session:
    """Let a failure act for some seconds."""
    session.advance(10)
    order(session, f"inject {card} {target}")
    session.advance(seconds)
    return session


def good(session: Session, journey: str) -> float:
    """Return the share of a journey's requests that were good."""
    return next(sli(tally) for tally in session.world.tally.journeys if tally.journey == journey)


def played(session: Session, *orders: str, seconds: int = 150) -> Session:
    """Place orders and let time pass."""
    order(session, *orders)
    session.advance(seconds)
    return session
