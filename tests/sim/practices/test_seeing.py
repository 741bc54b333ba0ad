"""What each way of seeing helps with, and what it does to a company that relies on it."""

from dataclasses import replace
from typing import Any

import pytest

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.rules.failure import FailureMode
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.leading import leading_session, to_lead

TICK_S = 2
LADDER = ("obs-1", "obs-2", "obs-3", "obs-4")


def company(*practices: str, cards: tuple[FailureMode, ...] = (), seed: int = 1, **changes: Any) -> Session:
    """Return a company on the morning of its shift: practices in force, cards of its own, an objective of 99 %."""
    rules = to_lead(**{"ticks": 900, "tick_s": TICK_S, **changes})
    journeys = tuple(replace(journey, slo=0.99) for journey in rules.company.journeys)
    rules = replace(rules, failures=(*rules.failures, *cards), company=replace(rules.company, journeys=journeys))
    session = Session(Game(rules, seed))
    session.world = replace(session.world, practices=tuple(Adopted(practice, "", 0) for practice in practices))
    order(session, "begin")
    session.advance(30)
    return session


def card(rules: Rules, **effect: float) -> FailureMode:
    """Return a quiet card "leak" that does just this to its target, for as long as the shift lasts."""
    known = rules.failure["bad-deploy"]
    quiet = replace(known.effects[0], capacity_pct=100.0, error_pct=0.0, add_latency_ms=0.0, ramp_s=0.0)
    return replace(known, id="leak", deploys=False, effects=(replace(quiet, **effect),))  # type: ignore[arg-type]


def first(session: Session, trouble: str) -> Incident | None:
    """Make trouble and return the first incident, if there is one within twenty minutes."""
    order(session, f"inject {trouble}")
    for _ in range(450):
        if session.world.tally.incidents:
            break
        session.advance()
    return next(iter(session.world.tally.incidents), None)


def delay(incident: Incident | None) -> int:
    """Return the seconds until it was noticed; much, if it never was."""
    return (incident.detected - incident.began) * TICK_S if incident else 10_000


def pages(session: Session) -> int:
    return session.world.watch.pages


def weekly(practice: str) -> int:
    without, having = leading_session(), leading_session()
    having.world = replace(having.world, practices=(Adopted(practice, "", 0),))
    costs = [sum(cents for _, cents in bills(session.world, session.rules)) for session in (without, having)]
    return (costs[0] - costs[1]) // 13


# ---- metrics


def test_metrics_notice_sooner_than_members_complain() -> None:
    without, having = first(company(), "bad-deploy catalog"), first(company("obs-1"), "bad-deploy catalog")
    assert without is not None
    assert having is not None
    assert (without.how, having.how) == ("complaints", "alert")
    assert delay(having) < delay(without)


def test_averages_mislead_where_answers_are_late_and_none_is_an_error() -> None:
    """The members know before the metrics do, and the error rate says that all is well."""
    late = card(to_lead(), add_latency_ms=1000.0)
    session = company("obs-1", cards=(late,))
    incident = first(session, "leak web")
    assert incident is not None
    assert incident.how == "complaints"
    session.advance(200)
    seen, true = session.seen.tally.journeys, session.world.tally.journeys
    assert all(journey.good > 0.99 * journey.valid > 0 for journey in seen)
    assert any(journey.good < 0.8 * journey.valid for journey in true)
    current = first(company("obs-1", "obs-2", cards=(late,)), "leak web")
    assert current is not None
    assert current.how == "alert"
    assert 3 * delay(current) < delay(incident)


# ---- percentiles and logs


def test_current_numbers_notice_within_two_minutes_what_averages_see_in_five() -> None:
    averages, current = (first(company(*LADDER[:n]), "bad-deploy catalog") for n in (1, 2))
    assert delay(current) <= 120 < delay(averages)


@pytest.mark.long
def test_quick_thresholds_flutter_and_are_paid_for_every_week() -> None:
    """A service near its line crosses it again and again: each time is a page, and no member was failed."""
    found = {n: near_its_line(*LADDER[:n]) for n in (1, 2, 4)}
    assert all(not session.world.tally.incidents for session in found.values())
    assert pages(found[2]) > pages(found[1])
    assert pages(found[2]) >= 3
    assert weekly("obs-2") > weekly("obs-1") > 0


def near_its_line(*practices: str) -> Session:
    """Return an evening on which a store is about 80 % busy."""
    rules = to_lead()
    session = company(*practices, cards=(card(rules, capacity_pct=36.5),))
    order(session, "inject leak main-db")
    session.advance(600)
    return session


# ---- tracing


def test_traces_name_the_guilty_edge_and_make_every_request_heavier() -> None:
    logs, traced = company(*LADDER[:2]), company(*LADDER[:3])
    for session in (logs, traced):
        order(session, "inject network-partition recommendations")
        session.advance(200)
    guilty = {line.where for line in traced.seen.tally.ledger}
    assert any(where.endswith("→recommendations") for where in guilty)
    assert not any("→" in line.where for line in logs.seen.tally.ledger)
    calm, heavier = company(*LADDER[:2]), company(*LADDER[:3])
    for session in (calm, heavier):
        session.advance(100)
    there = [service.id for service in calm.world.services].index("main-db")
    ratio = heavier.world.reading.utilisation[there] / calm.world.reading.utilisation[there]
    assert 1.005 < ratio < 1.02


# ---- objectives


@pytest.mark.long
def test_objectives_page_sooner_for_what_members_feel_and_never_for_what_they_do_not() -> None:
    thresholds, objectives = (company(*LADDER[:n]) for n in (3, 4))
    assert delay(first(objectives, "bad-deploy catalog")) < delay(first(thresholds, "bad-deploy catalog"))
    assert pages(near_its_line(*LADDER)) == 0 < pages(near_its_line(*LADDER[:3]))


def test_a_slow_leak_pages_nobody_who_is_paged_by_objectives() -> None:
    """Nearly four per cent of the visits fail, retries included: less than the six times that page."""
    leak = card(to_lead(), error_pct=20.0)
    thresholds, objectives = (company(*LADDER[:n], cards=(leak,)) for n in (2, 4))
    soon, late = first(thresholds, "leak catalog"), first(objectives, "leak catalog")
    assert soon is not None
    assert soon.how == "alert"
    assert late is None or late.how == "complaints"
    assert delay(late) > 3 * delay(soon)
    assert [fact.kind for _, fact in objectives.facts if fact.kind in ("page", "ticket")] == ["ticket"]


# ---- the outside probe


def test_a_probe_from_outside_notices_while_the_monitoring_is_dead() -> None:
    found = []
    for practices in (("obs-1", "obs-2"), ("obs-1", "obs-2", "outside-probe")):
        session = company(*practices)
        order(session, "inject metrics-outage")
        session.advance(10)
        found.append(first(session, "network-partition catalog"))
    assert [incident.how for incident in found if incident] == ["complaints", "probe"]
    assert delay(found[1]) <= 180 < delay(found[0])


@pytest.mark.long
def test_a_probe_cries_wolf_now_and_then() -> None:
    """On calm days nobody is failed, and somebody is paged all the same."""
    days = [company("outside-probe", seed=seed, ticks=1200, tick_s=10) for seed in (1, 2, 3)]
    for session in days:
        session.advance(1100)
    incidents = [incident for session in days for incident in session.world.tally.incidents]
    assert incidents
    assert {(incident.how, incident.fault) for incident in incidents} == {("probe", "")}
    assert sum(pages(session) for session in days) >= len(incidents)
    assert len(incidents) <= 8
    quiet = company(ticks=1200, tick_s=10)
    quiet.advance(1100)
    assert pages(quiet) == 0


def test_each_step_of_seeing_needs_the_one_before() -> None:
    rules = to_lead()
    assert [rules.practice[name].needs for name in LADDER] == [(), ("obs-1",), ("obs-2",), ("obs-3",)]
    dials = [setting for name in LADDER for setting in rules.practice[name].settings if setting.dial == "seeing"]
    assert [setting.value for setting in dials] == [1, 2, 3, 4]
