"""A shift of a small company, played with some practices in force: what the tests of settings and capacity compare."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.kinds import Where
from devops_tycoon.sim.rules.failure import Effect
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.shift import Spike
from devops_tycoon.sim.score.score import sli
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.leading import to_lead

RECOMMENDATIONS = "web>recommendations"
Patch = Callable[[Rules], Rules]


def tried(
    *practices: str,
    orders: Iterable[str] = (),
    trouble: Iterable[str] = (),
    ticks: int = 200,
    seed: int = 1,
    patches: Iterable[Patch] = (),
    **changes: Any,
) -> Session:
    """Return a shift played to its last tick but a few: `orders` while planning, `trouble` in its first tick."""
    rules = to_lead(ticks=ticks + 5, **changes)
    for patch in patches:
        rules = patch(rules)
    session = Session(Game(rules, seed))
    adopted = tuple(Adopted(*practice.partition(" ")[::2], 0) for practice in practices)
    session.world = replace(session.world, practices=adopted)
    order(session, *orders, "begin", *trouble)
    session.advance(ticks)
    return session


def good(session: Session, journey: str) -> float:
    """Return the share of a journey's requests that went well."""
    return next(sli(tally) for tally in session.world.tally.journeys if tally.journey == journey)


def service(name: str, **changes: Any) -> Patch:
    """Return the change of what one service begins with."""

    def changed(rules: Rules) -> Rules:
        services = tuple(replace(s, **changes) if s.id == name else s for s in rules.scenario.services)
        return replace(rules, scenario=replace(rules.scenario, services=services))

    return changed


def demand(times: float, *spikes: Spike) -> Patch:
    """Return the change to so many times the members, with surges."""

    def changed(rules: Rules) -> Rules:
        shifts = tuple(replace(shift, growth=times) for shift in rules.scenario.shifts)
        demands = tuple(replace(wanted, spikes=spikes) for wanted in rules.scenario.demands)
        return replace(rules, scenario=replace(rules.scenario, shifts=shifts, demands=demands))

    return changed


def weakness(where: Where, **effect: Any) -> Patch:
    """Return the addition of a card `weakness` with one effect."""
    nothing = Effect(
        where,
        capacity_pct=100.0,
        replicas_minus=0,
        add_latency_ms=0.0,
        error_pct=0.0,
        loss_pct=0.0,
        down=False,
        ramp_s=0.0,
    )

    def changed(rules: Rules) -> Rules:
        like = rules.failure["network-partition"]
        card = replace(like, id="weakness", lasts_s=3600.0, effects=(replace(nothing, **effect),))
        return replace(rules, failures=(*rules.failures, card))

    return changed
