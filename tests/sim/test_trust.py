"""Members lose trust by being failed, less by being served worse, and come to trust again slowly."""

from dataclasses import replace

import pytest

from devops_tycoon.play.session import Session
from devops_tycoon.sim.demand.trust import forgiven
from devops_tycoon.sim.values.people import Business
from tests.builders import a_session, order
from tests.responding import NOON, on_shift, played, troubled


def lost(session: Session) -> int:
    return 1_000_000 - session.world.business.trust


def test_a_quiet_day_costs_nothing_and_heals() -> None:
    session = on_shift()
    session.world = replace(session.world, business=replace(session.world.business, trust=800_000))
    session.advance(300)
    assert 800_005 <= session.world.business.trust <= 800_012


def test_an_hour_in_which_everybody_fails_costs_an_eighth() -> None:
    session = on_shift(NOON, tick_s=10, ticks=360)
    played(session, "shed browse share=100%", "shed play share=100%", seconds=360)
    assert lost(session) == pytest.approx(119_000, rel=0.02)


def test_the_more_important_journey_costs_more_trust() -> None:
    browse, play = (on_shift() for _ in range(2))
    played(browse, "shed browse share=100%")
    played(play, "shed play share=100%")
    assert lost(play) == pytest.approx(5 / 3 * lost(browse), rel=0.02)


def test_a_degraded_answer_costs_a_twentieth_of_a_failed_one() -> None:
    worse, none = (on_shift() for _ in range(2))
    played(worse, "disable recommendations")
    played(none, "shed browse share=100%")
    assert 0.02 * lost(none) < lost(worse) < 0.06 * lost(none)


def test_trust_comes_back_over_the_weeks() -> None:
    assert forgiven(500_000, 0) == 500_000
    assert 600_000 < forgiven(500_000, 13) < 700_000
    session = on_shift(ticks=20)
    session.world = replace(session.world, business=replace(session.world.business, trust=500_000))
    session.advance(20)
    order(session, "begin")
    assert session.world.business.trust > 600_000


def test_stolen_data_cost_trust_at_once() -> None:
    session = troubled(on_shift(), "security-breach", "billing", 2)
    assert lost(session) == pytest.approx(200_000, rel=0.01)


def test_nobody_counts_trust_in_a_lesson() -> None:
    session = a_session()
    troubled(session, "bad-deploy", "web", 100)
    assert session.world.business == Business(0, 1_000_000)
