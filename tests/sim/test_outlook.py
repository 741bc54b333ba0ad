"""The outlook foretells what a quiet shift then shows, and says what could break it."""

from dataclasses import replace

import pytest

from bench.model.company import a_company
from devops_tycoon.play.outlook_text import outlook_lines
from devops_tycoon.play.session import Session
from devops_tycoon.sim.planning.outlook import Outlook, outlook, peak_demand
from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.shift import Spike
from tests.builders import POSTING, STREAMING, a_session, order, some_rules
from tests.leading import leading_session, to_lead


def seen_outlook(session: Session) -> Outlook:
    return outlook(session.seen, session.rules)


@pytest.mark.parametrize("scenario", [POSTING, STREAMING])
def test_a_quiet_shift_is_as_busy_as_its_outlook_said(scenario: str) -> None:
    tick_s = some_rules(scenario).scenario.tick_s
    session = leading_session(scenario=scenario, ticks=5400 // tick_s if scenario == POSTING else 900)
    said = seen_outlook(session)
    order(session, "begin")
    session.advance(10_000)
    window = session.rules.balance.window_s // tick_s
    shown = {peak.service: peak.highest / 1_000_000 / window for peak in session.world.tally.peaks}
    for pool in said.pools:
        assert shown[pool.service] == pytest.approx(pool.utilisation, abs=0.05), pool.service
    for tally, journey in zip(session.world.tally.journeys, said.journeys, strict=True):
        assert tally.good / tally.valid == pytest.approx(journey.good, abs=0.01)


def test_the_outlook_of_a_plan_is_the_morning_that_comes() -> None:
    session = leading_session(ticks=5, shifts=tuple(replace(s, members=130_000) for s in to_lead().scenario.shifts))
    order(session, "adopt runbooks")
    said = seen_outlook(session)
    order(session, "begin")
    assert (session.world.cash_cents, session.world.business.members) == (said.cash_cents, said.members)
    assert said.members == 130_000


def test_projects_that_will_be_ripe_are_in_the_outlook_and_later_ones_are_not() -> None:
    session = leading_session()
    before = seen_outlook(session).pools
    order(session, "adopt rightsizing recommendations")
    after = seen_outlook(session).pools
    there = [pool.service for pool in before].index("recommendations")
    assert after[there].utilisation > 1.05 * before[there].utilisation
    session.world = replace(session.world, projects=tuple(replace(p, week=99) for p in session.world.projects))
    assert seen_outlook(session).pools == before


def test_what_nobody_can_see_is_not_in_the_outlook() -> None:
    session = leading_session(ticks=60)
    order(session, "begin")
    session.advance(5)
    before = seen_outlook(session)
    order(session, "inject bad-deploy web")
    session.advance(5)
    assert seen_outlook(session).journeys == before.journeys


def test_the_peak_is_the_moment_with_the_most_work() -> None:
    rules = some_rules(POSTING)
    world = start(rules, 1)
    ship = [journey.id for journey in rules.journeys].index("ship")
    assert peak_demand(world, rules)[ship] == rules.demand["ship"].rate  # the batch is on
    spike = tuple(
        replace(demand, spikes=(Spike(100.0, 10.0, 3.0),)) if demand.journey == "browse" else demand
        for demand in rules.scenario.demands
    )
    crowded = replace(rules, scenario=replace(rules.scenario, demands=spike))
    assert max(peak_demand(world, crowded)) == pytest.approx(3 * rules.demand["browse"].rate)


def test_the_only_database_is_named_as_what_breaks_every_journey() -> None:
    for journey in seen_outlook(leading_session()).journeys:
        assert ("store", "main-db") in {(point.kind, point.what) for point in journey.breaks}


def test_more_members_make_every_pool_busier() -> None:
    few = leading_session()
    many = leading_session(shifts=tuple(replace(s, members=200_000) for s in to_lead().scenario.shifts))
    for a, b in zip(seen_outlook(few).pools, seen_outlook(many).pools, strict=True):
        assert b.utilisation >= a.utilisation


def test_a_company_that_cannot_pay_learns_it_before_it_begins() -> None:
    session = leading_session(leading={"members": 0}, cash_cents=5_000_000)
    said = seen_outlook(session)
    assert said.ending == "The money is gone: the company closes."
    assert any("The money is gone" in line for line in outlook_lines(session.seen, session.rules))


def test_large_companies_and_shifts_without_an_end_have_an_outlook_too() -> None:
    rules = a_company(12)
    said = outlook(start(rules, 1), rules)
    assert len(said.pools) == 12
    assert all(0.0 <= journey.good <= 1.0 for journey in said.journeys)


def test_the_outlook_can_be_read_without_a_screen() -> None:
    lines = outlook_lines(a_session(POSTING, began=False).seen, some_rules(POSTING))
    assert lines[0].startswith("Outlook for Monday")
    assert any(line.startswith("  main-db: 6") and "% busy" in line for line in lines)
