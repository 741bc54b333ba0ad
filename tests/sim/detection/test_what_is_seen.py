"""What is seen of the truth by level, and that nothing else gets through."""

from dataclasses import fields, replace
from functools import cache

import pytest

from devops_tycoon.play.bots import cautious
from devops_tycoon.play.session import Session
from devops_tycoon.sim.detection.seen import OF_LINKS, seen
from devops_tycoon.sim.flow.state import Reading
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.watching import Watch
from tests.builders import a_session, order
from tests.leading import leading_session


@cache
def trouble(level: int) -> Session:
    """Return a company in trouble; only to be read."""
    return in_trouble(level)


def in_trouble(level: int, ticks: int = 400) -> Session:
    session = leading_session(ticks=2000, leading={"seeing": level})
    order(session, "begin")
    session.advance(20)
    order(session, "inject slow-dependency recommendations", "inject bad-deploy catalog")
    session.advance(ticks)
    return session


def nonzero(reading: Reading) -> set[str]:
    return {f.name for f in fields(reading) if f.name != "clock" and any(getattr(reading, f.name))}


def test_a_lesson_is_seen_as_before() -> None:
    session = a_session()
    session.advance(30)
    world = session.world
    assert session.seen == replace(world, faults=(), tally=replace(world.tally, suspects=()))


@pytest.mark.parametrize("level", range(5))
def test_no_level_shows_which_fault_acts(level: int) -> None:
    world = trouble(level).seen
    assert world.faults == ()
    assert world.tally.suspects == ()
    assert {incident.fault for incident in world.tally.incidents} <= {""}
    assert {line.fault for line in world.tally.ledger} <= {""}
    assert world.watch == Watch(pages=world.watch.pages, alerts=world.watch.alerts)
    assert not any(world.flow.level)
    assert world.sight.level == level


def test_blind_companies_see_no_number() -> None:
    session = trouble(0)
    world = session.seen
    assert nonzero(world.reading) == set()
    assert {tally.valid for tally in world.tally.journeys} == {0}
    assert world.tally.ledger == ()
    assert world.tally.recent == ()
    assert {peak.highest for peak in world.tally.peaks} == {0}
    assert list(cautious(replace(world, tick=420), session.rules)) == []  # a bot has nothing to act on


def test_averages_are_means_of_five_minutes_and_stand_still_between() -> None:
    session = leading_session(ticks=2000, leading={"seeing": 1})
    order(session, "begin")
    sums, before = 0.0, None
    for tick in range(1, 601):
        session.advance()
        if tick > 300:
            sums += session.world.reading.utilisation[0]
        if tick < 300:
            assert not session.seen.sight.measured
        elif tick == 301:
            before = replace(session.seen.reading, clock=0.0)
        elif before and tick < 600:
            assert replace(session.seen.reading, clock=0.0) == before
    assert session.seen.reading.utilisation[0] == pytest.approx(sums / 300, abs=1e-6)
    shown = nonzero(session.seen.reading)
    assert not shown & {*OF_LINKS, "wait_s", "in_system", "request_var_s2", "wait_probability"}
    assert {"utilisation", "hold_s", "request_s"} <= shown


def test_averages_do_not_know_who_was_served_too_late() -> None:
    session = in_trouble(1, ticks=581)
    reading = session.seen.reading
    assert not any(reading.late)
    truth = sum(t.good for t in session.world.watch.known), sum(t.late for t in session.world.watch.known)
    assert truth[1] > 0
    assert sum(t.good for t in session.seen.tally.journeys) == sum(truth)


def test_traces_show_links_and_where_requests_were_lost() -> None:
    logs, traced = trouble(2), trouble(3)
    assert not nonzero(logs.seen.reading) & set(OF_LINKS)
    assert traced.seen.reading == traced.world.reading
    places = {line.where for line in traced.seen.tally.ledger}
    assert any("→" in place for place in places)
    assert not any("→" in line.where for line in logs.seen.tally.ledger)
    for session in (logs, traced):
        assert sum(line.bad for line in session.seen.tally.ledger) == sum(
            line.bad for line in session.world.tally.ledger
        )


def test_the_end_of_an_incident_is_known_late_to_who_sees_little() -> None:
    known = []
    for level in (0, 2):
        session = leading_session(ticks=3000, leading={"seeing": level})
        order(session, "begin")
        session.advance(20)
        order(session, "inject bad-deploy catalog lasts=300s")
        true_end = told = 0
        while not told:
            session.advance()
            (*_, incident) = session.world.tally.incidents or (None,)
            if incident and incident.mitigated < FOREVER:
                true_end = true_end or session.world.tick
                (shown,) = session.seen.tally.incidents
                if shown.mitigated < FOREVER:
                    told = session.world.tick
        known.append(told - true_end)
        assert len([fact for _, fact in session.facts if fact.kind == "resolved"]) <= 1
    assert known[1] == 0
    assert known[0] == pytest.approx(300, abs=2)


def test_plans_that_can_be_taken_back_hide_as_much() -> None:
    session = leading_session(leading={"seeing": 0})
    order(session, "scale web +1")
    assert all(before.sight.level == 0 for before in session.seen.planned)
    assert seen(session.world, session.rules).planned


def test_a_refusal_tells_a_blind_company_nothing_that_it_could_not_know() -> None:
    """It declares an incident over that is not; the truth comes back with the next complaints."""
    session = in_trouble(0)
    assert [incident.how for incident in session.world.tally.incidents] == ["complaints"]
    assert session.place("close") is None
    session.advance()
    assert not [fact for _, fact in session.facts if fact.kind == "refused"]


def test_what_stood_still_in_a_shift_does_not_stand_still_in_the_planning_after_it() -> None:
    session = leading_session(ticks=60, leading={"seeing": 3})
    order(session, "begin")
    session.advance(20)
    order(session, "inject metrics-outage")
    session.advance(20)
    assert session.seen.reading != session.world.reading
    session.advance(20)
    assert session.world.phase == "planning"
    assert session.seen.reading == session.world.reading
