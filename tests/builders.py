"""Small builders of games and worlds for the tests above the flow model."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from devops_tycoon.content.find import assets
from devops_tycoon.content.load import load_rules
from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Order
from devops_tycoon.sim.values.world import World

SHIPPED = Path(str(assets()))
ROOT = Path(__file__).parents[1]
LESSONS = ("red-envelope", "worse-than-dead")
STREAMING, POSTING = "worse-than-dead", "red-envelope"


@cache
def lesson(scenario: str) -> Rules:
    """Return the rules of a shipped lesson."""
    return load_rules(scenario)


def some_rules(scenario: str = STREAMING, ticks: int = 0, **changes: Any) -> Rules:
    """Return the rules of a lesson with shorter shifts or other values of its scenario."""
    rules = lesson(scenario)
    if ticks:
        changes.setdefault("shifts", tuple(replace(shift, ticks=ticks) for shift in rules.scenario.shifts))
    return replace(rules, scenario=replace(rules.scenario, **changes))


def a_game(scenario: str = STREAMING, ticks: int = 0, seed: int = 1, player: str = "", **changes: Any) -> Game:
    """Return a game of a lesson; without changes it can be recorded and verified."""
    rules = some_rules(scenario, ticks, **changes) if ticks or changes else lesson(scenario)
    return Game(rules, seed, player)


def a_world(scenario: str = STREAMING, seed: int = 1, **changes: Any) -> World:
    """Return the first world of a lesson, still planning."""
    return start(some_rules(scenario, **changes), seed)


def a_session(
    scenario: str = STREAMING, *, began: bool = True, ticks: int = 0, seed: int = 1, **changes: Any
) -> Session:
    """Return a session, its first shift begun."""
    session = Session(a_game(scenario, ticks, seed, **changes))
    if began:
        order(session, "begin")
    return session


def order(session: Session, *texts: str | Order, by: str = "") -> None:
    """Place orders that must be accepted; those of the facilitator are his."""
    for text in texts:
        facilitator = str(text).startswith("inject ")
        refused = session.place(text, FACILITATOR if facilitator else by)
        assert refused is None, refused


def watched(session: Session, ticks: int) -> Iterator[tuple[World, World]]:
    """Play tick by tick and yield the worlds before and after each."""
    for _ in range(ticks):
        if session.world.phase != "shift":
            return
        before = session.world
        session.advance()
        yield before, session.world


def replicas(world: World, service: str) -> int:
    """Return how many replicas a service has."""
    return next(s.replicas for s in world.services if s.id == service)


def service_number(world: World, service: str) -> int:
    """Return the index of a service."""
    return [s.id for s in world.services].index(service)


def run_python(
    *arguments: str, given: bytes = b"", folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run this Python with the package on its path and wait for it."""
    command, settings = [sys.executable, *arguments], env(**environment)
    return subprocess.run(command, input=given, capture_output=True, cwd=folder, env=settings, check=False, timeout=300)


def env(**more: str) -> dict[str, str]:
    """Return an environment for a subprocess: this one without a terminal's wishes."""
    return {**os.environ, "TERM": "dumb", **more}
