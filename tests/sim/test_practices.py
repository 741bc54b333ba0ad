"""Every practice helps somewhere and costs somewhere: both are played."""

from dataclasses import replace

from devops_tycoon.play.session import Session
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.score.score import sli
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.leading import leading_session


def with_practice(practice: str, target: str = "", **changes: object) -> tuple[Session, Session]:
    """Return two games on the morning of the shift, without the practice and with it."""
    without, having = leading_session(**changes), leading_session(**changes)
    having.world = replace(having.world, practices=(*having.world.practices, Adopted(practice, target, 0)))
    for session in (without, having):
        order(session, "begin")
    return without, having


def good(session: Session, journey: str) -> float:
    return next(sli(tally) for tally in session.world.tally.journeys if tally.journey == journey)


def quarterly(session: Session) -> int:
    return sum(cents for _, cents in bills(replace(session.world, phase="planning"), session.rules))


def test_a_registry_shortens_a_lost_zone_and_slows_every_call() -> None:
    without, having = with_practice("service-registry", ticks=60, zones=3, leading={"practices": ("multi-zone",)})
    for session in (without, having):
        session.advance(5)
        assert session.world.reading.request_s  # members are served
    calm = [max(session.world.reading.request_s) for session in (without, having)]
    assert calm[1] > calm[0]
    for session in (without, having):
        order(session, "inject zone-loss zone=b")
        session.advance(50)
    assert good(having, "play") > good(without, "play")


def test_baked_images_bring_replicas_sooner_and_are_paid_for_every_week() -> None:
    without, having = with_practice("baked-image", "web", ticks=200)
    assert quarterly(having) == quarterly(without) - 13 * 20_000
    for session in (without, having):
        order(session, "scale web +1")
        session.advance(60)
    counts = [next(s.replicas for s in session.world.services if s.id == "web") for session in (without, having)]
    assert counts[1] == counts[0] + 1


def test_runbooks_free_hands_sooner_and_are_paid_for_every_week() -> None:
    without, having = with_practice("runbooks")
    for session in (without, having):
        order(session, "restart web how=rolling")
        session.advance()
    assert max(having.world.busy) < max(without.world.busy)
    assert quarterly(having) < quarterly(without)


def test_smaller_machines_save_rent_and_take_the_headroom() -> None:
    without, having = with_practice("rightsizing", "recommendations")
    assert quarterly(having) > quarterly(without)
    for session in (without, having):
        session.advance(60)
    there = [s.id for s in without.world.services].index("recommendations")
    assert having.world.reading.utilisation[there] > 1.05 * without.world.reading.utilisation[there]
