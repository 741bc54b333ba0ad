"""A company that delivers: changes of known fate wait for a service, and what became of them is counted."""

from dataclasses import replace

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.delivery.changes import card_of, with_ready
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.delivery import Change
from devops_tycoon.sim.values.world import Adopted, World
from tests.builders import order, some_rules
from tests.leading import to_lead

TICK_S = 5


def delivering(
    *practices: str,
    seed: int = 1,
    how: str = "",
    seconds: int = 1800,
    tick_s: int = TICK_S,
    rules: Rules | None = None,
    **changes: object,
) -> Session:
    """Return a session of a company with these practices in force; its changes are put there by the tests."""
    rules = rules or to_lead(ticks=seconds // tick_s, tick_s=tick_s, **changes)  # type: ignore[arg-type]
    session = Session(Game(rules, seed))
    session.world = replace(session.world, practices=tuple(Adopted(practice, "", 0) for practice in practices))
    if how:
        order(session, f"deliver all how={how}")
    order(session, "begin")
    return session


def play(session: Session, seconds: int) -> None:
    """Let so much time of the shift pass."""
    session.advance(seconds // session.rules.scenario.tick_s)


def fleet(rate: float, replicas: int = 20, seconds: int = 1800) -> Rules:
    """Return the rules of a company whose every service has room for so many requests a second of pressing play."""
    base = some_rules()
    services = tuple(
        s
        if s.capabilities == (s.id,) and s.id in ("payments", "mail")
        else replace(s, replicas=replicas, most=replicas)
        for s in base.scenario.services
    )
    services = tuple(replace(s, concurrency=50, queue=None, boot_s=60) if s.id != "payments" else s for s in services)
    demand = replace(next(d for d in base.scenario.demands if d.journey == "play"), rate=rate, spikes=())
    return to_lead(ticks=seconds // TICK_S, tick_s=TICK_S, services=services, demands=(demand,))


def fates(world: World, rules: Rules, *cards: str) -> tuple[Change, ...]:
    """Return the first changes that turn out to be these cards (or good, for an empty one) if deployed now."""
    found: list[Change] = []
    number = 1
    for card in cards:
        while card_of(world, rules, Change(number, world.tick, world.tick)) != card:
            number += 1
        found.append(Change(number, world.tick, world.tick))
        number += 1
    return tuple(found)


def wait_for(session: Session, service: str, *cards: str) -> None:
    """Let changes of these fates wait for a service."""
    items = fates(session.world, session.rules, *cards)
    session.world = replace(session.world, delivery=with_ready(session.world.delivery, service, items))


def by_deploys(session: Session) -> int:
    """Return the micro-requests that were lost to what came with deploys."""
    cards = {card.id for card in session.rules.failures if card.deploys}
    return sum(line.bad for line in session.world.tally.ledger if line.fault in cards)


def said(session: Session, kind: str) -> list[str]:
    """Return the texts of the facts of a kind so far."""
    return [fact.text for _, fact in session.facts if fact.kind == kind]
