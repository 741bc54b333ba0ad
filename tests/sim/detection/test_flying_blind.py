"""With a broken monitoring everything looks green; from outside it does not."""

from dataclasses import replace

import pytest

from devops_tycoon.play.session import Session
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.score.score import sli
from devops_tycoon.sim.values.world import Adopted, World
from tests.builders import order
from tests.leading import leading_session

TICK_S = 2


def blind_and_in_trouble(level: int, *, probe: bool, monitoring: bool = False) -> Session:
    """Return a company whose monitoring dies quietly, two minutes before a store does."""
    session = leading_session(ticks=1500, tick_s=TICK_S, leading={"seeing": level})
    if probe:
        session.world = replace(session.world, practices=(Adopted("outside-probe", "", 0),))
    order(session, "begin")
    session.advance(160)
    if not monitoring:
        order(session, "inject metrics-outage")
    session.advance(60)
    order(session, "inject bad-deploy catalog", "inject slow-dependency recommendations")
    return session


def colours(world: World, session: Session) -> set[str]:
    return {health(world, session.rules, number) for number in range(len(world.services))}


def test_everything_looks_green_while_the_outside_probe_fails() -> None:
    for level in (1, 2, 3, 4):
        session = blind_and_in_trouble(level, probe=True)
        session.advance(125)
        world = session.seen
        assert colours(world, session) == {"ok"}
        assert all(sli(tally) > 0.999 for tally in world.tally.journeys)
        assert not world.alarms
        assert not world.watch.alerts
        assert "failing" in colours(session.world, session)  # the truth
        assert not [fact for _, fact in session.facts if fact.kind in ("alarm", "ticket")]
        assert max(world.watch.probes) >= 2
        (incident,) = session.world.tally.incidents
        assert incident.how == "probe"
        assert incident.fault in ("bad-deploy", "slow-dependency")
        assert 60 <= (incident.detected - incident.began) * TICK_S <= 240


@pytest.mark.long
def test_without_a_probe_members_tell_and_the_same_trouble_is_seen_at_once_where_the_monitoring_lives() -> None:
    blind, sighted = (blind_and_in_trouble(4, probe=False, monitoring=monitoring) for monitoring in (False, True))
    for session in (blind, sighted):
        session.advance(400)
    (late,), (soon,) = blind.world.tally.incidents, sighted.world.tally.incidents
    assert (late.how, soon.how) == ("complaints", "alert")
    assert late.detected - late.began > 3 * (soon.detected - soon.began)


def test_nobody_is_told_that_the_numbers_stand_still_until_the_outside_disagrees() -> None:
    session = blind_and_in_trouble(3, probe=True)
    assert not session.seen.sight.frozen
    before = session.seen.reading
    session.advance(20)
    assert session.seen.reading == before
    assert not session.seen.sight.frozen
    session.advance(120)
    assert session.seen.sight.frozen
    assert session.seen.reading == before
    assert any("is the monitoring itself alive?" in fact.text for _, fact in session.facts)


def test_when_the_monitoring_is_back_the_truth_is_seen_again() -> None:
    session = leading_session(ticks=600, tick_s=TICK_S, leading={"seeing": 3})
    order(session, "begin")
    session.advance(50)
    order(session, "inject metrics-outage lasts=100s")
    session.advance(10)
    assert session.seen.reading != session.world.reading
    session.advance(60)
    assert session.world.watch.held == ()
    assert session.seen.reading == session.world.reading
    assert session.seen.tally.journeys == session.world.tally.journeys


def test_losses_are_not_blamed_on_a_monitoring_that_only_hid_them() -> None:
    session = blind_and_in_trouble(2, probe=False)
    session.advance(200)
    assert {line.fault for line in session.world.tally.ledger} <= {"bad-deploy", "slow-dependency"}


def test_a_lesson_has_no_monitoring_to_lose() -> None:
    from tests.builders import a_session

    session = a_session(ticks=200, events=())
    order(session, "inject metrics-outage")
    session.advance(20)
    assert session.seen.reading == session.world.reading
    assert session.seen.sight.level == 4
