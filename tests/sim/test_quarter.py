"""A quarter: what it brings, what it costs, and what is ready when it is over."""

from dataclasses import replace
from pathlib import Path

from devops_tycoon.play.autoplay import drive_bot
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.game import Game
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.replay import read
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import playing
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.leading import leading_session, to_lead


def test_a_plan_has_the_engineer_weeks_of_its_people() -> None:
    assert leading_session().world.effort == 4 * 13 * 10


def test_what_the_bills_foretell_is_what_is_booked() -> None:
    session = leading_session()
    foretold = sum(cents for _, cents in bills(session.world, session.rules))
    cash = session.world.cash_cents
    order(session, "begin")
    assert session.world.cash_cents == cash + foretold
    assert session.world.week == 13


def test_members_pay_and_engineers_are_paid() -> None:
    lines = dict(bills(leading_session().world, to_lead()))
    assert lines["fees"] == 100_000 * 900 * 3  # thirteen weeks are three months
    assert lines["salaries"] == -4 * 200_000 * 13


def test_members_come_as_the_scenario_says_and_fewer_where_trust_is_lost() -> None:
    rules = to_lead()
    growing = replace(rules.scenario, shifts=tuple(replace(s, members=140_000) for s in rules.scenario.shifts))
    whole, half = leading_session(shifts=growing.shifts), leading_session(shifts=growing.shifts)
    half.world = replace(half.world, business=replace(half.world.business, trust=500_000))
    for session in (whole, half):
        order(session, "begin")
    assert whole.world.business.members == 140_000
    # Half of those who would have come, and an eighth of those who were there have gone (`sim.demand.growth`).
    assert half.world.business.members == 100_000 + 20_000 - 12_500


def test_a_company_that_cannot_pay_its_people_ends_before_the_shift() -> None:
    session = leading_session(leading={"members": 0}, cash_cents=5_000_000)
    assert session.place("begin") is None
    assert session.over
    assert session.world.ending == "The money is gone: the company closes."
    assert session.world.tick == 0


def test_a_bankruptcy_on_the_morning_of_a_shift_ends_a_run_and_its_recording_verifies(tmp_path: Path) -> None:
    game = Game(to_lead(leading={"members": 0}, cash_cents=5_000_000), 1)
    session = Session(game, Journal.begin(tmp_path / "broke.replay", game))
    drive_bot(session, BOTS["idle"])
    session.close()
    replay = read(tmp_path / "broke.replay")
    assert (replay.tag("Ticks"), [recorded.order for recorded in replay.orders]) == ("0", ["begin"])
    again = Session(game)
    assert list(playing(again, replay)) == []
    assert again.world == session.world


def test_a_project_is_in_effect_when_its_weeks_are_over() -> None:
    session = leading_session()
    order(session, "adopt runbooks")
    assert not session.world.practices
    order(session, "begin")
    assert session.world.practices == (Adopted("runbooks", "", 13),)
    assert not session.world.projects


def test_what_takes_longer_than_a_quarter_is_ready_in_a_later_one() -> None:
    rules = to_lead()
    slow = tuple(replace(p, lead_weeks=20) if p.id == "runbooks" else p for p in rules.practices)
    session = leading_session()
    session.game = replace(session.game, rules=replace(rules, practices=slow))
    order(session, "adopt runbooks", "begin")
    assert not session.world.practices
    session.advance(120)
    assert session.world.phase == "planning"
    order(session, "begin")
    assert [adopted.practice for adopted in session.world.practices] == ["runbooks"]
