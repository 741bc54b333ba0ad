"""People: who is there at night, what tires them, who leaves, and what newcomers give and cost."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.play.autoplay import drive_bot
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.game import Game
from devops_tycoon.play.journal import Journal
from devops_tycoon.play.replay import read
from devops_tycoon.play.result import result
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import playing
from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.people.team import dismissed, hands_factor, on_call, rested, tired, without
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.people import Team
from tests.builders import order, some_rules
from tests.leading import leading_session
from tests.responding import NIGHT, NOON, on_shift, rules_at, troubled

TEAMS = st.builds(
    lambda joined, others: Team(
        others + sum(people for _, people in joined), sum(people for _, people in joined), 0, tuple(joined)
    ),
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5)), max_size=4),
    st.integers(1, 10),
)


def free_after(session: Session) -> int:
    return min(session.world.busy) - session.world.tally.incidents[-1].detected


def recorded(rules: Rules, seed: int, file: Path) -> Session:
    """Play a game without doing anything, write it down, and prove that the writing tells the same story."""
    game = Game(rules, seed)
    session = Session(game, Journal.begin(file, game))
    drive_bot(session, BOTS["idle"])
    session.close()
    again = Session(game)
    for _ in playing(again, read(file)):
        pass
    assert again.world == session.world
    return session


# ---- nights


def test_at_night_somebody_has_to_be_woken_first_and_by_day_they_are_there() -> None:
    assert free_after(troubled(on_shift(NOON), "bad-deploy", "web")) <= 0
    night = troubled(on_shift(NIGHT), "bad-deploy", "web")
    assert free_after(night) == 1800
    assert "responders are busy" in (night.place("rollback web") or "")


def test_on_call_people_are_there_in_five_minutes() -> None:
    assert free_after(troubled(on_shift(NIGHT, "on-call"), "bad-deploy", "web")) == 300


@pytest.mark.long
def test_who_is_still_up_need_not_be_woken_again() -> None:
    session = troubled(on_shift(NIGHT, "on-call", ticks=1500), "bad-deploy", "web", 380)
    order(session, "rollback web")
    session.advance(400)
    order(session, "inject bad-deploy web")
    session.advance(130)
    first, second = session.world.tally.incidents
    assert first.mitigated < second.detected
    assert free_after(session) <= 0


def test_newcomers_are_not_on_call_and_a_small_team_seats_nobody_twice() -> None:
    session = leading_session(responders=6)
    assert on_call(session.world, session.rules) == 4
    one = replace(session.world, team=Team(3, 2, 0))
    assert on_call(one, session.rules) == 1
    order(session, "begin")
    assert len(session.world.busy) == 4


# ---- fatigue


def test_a_page_at_night_tires_twice_as_much_as_one_by_day_and_among_two_twice_as_much_as_among_four() -> None:
    day = troubled(on_shift(NOON), "bad-deploy", "web").world.team.fatigue
    night = troubled(on_shift(NIGHT), "bad-deploy", "web").world.team.fatigue
    few = troubled(on_shift(NOON, leading={"engineers": 2}), "bad-deploy", "web").world.team.fatigue
    assert 1.8 * day < night < 2.6 * day
    assert 1.8 * day < few < 2.2 * day


def test_tired_hands_are_slower() -> None:
    lasting = []
    for fatigue in (0, 1_000_000):
        session = on_shift()
        session.world = replace(session.world, team=replace(session.world.team, fatigue=fatigue))
        order(session, "restart web how=rolling")
        session.advance()
        lasting.append(max(session.world.busy) - session.world.tick)
    assert lasting[1] == pytest.approx(1.5 * lasting[0], rel=0.02)


def test_quiet_days_and_quiet_weeks_rest() -> None:
    session = on_shift(ticks=600)
    session.world = replace(session.world, team=replace(session.world.team, fatigue=500_000))
    session.advance(599)
    assert session.world.team.fatigue == 500_000 - 10 * 150
    assert rested(session.world.team, 13).fatigue < 0.13 * 500_000
    session.advance(2)
    order(session, "begin")
    assert session.world.team.fatigue < 70_000


def test_nobody_tires_in_a_lesson() -> None:
    rules = some_rules()
    session = Session(Game(rules, 1))
    order(session, "begin")
    troubled(session, "bad-deploy", "web", 100)
    assert session.world.team == Team(0, 0, 0)
    assert hands_factor(session.world, rules) == 1.0


# ---- leaving


def worn_out(engineers: int) -> Rules:
    """Return a company whose night brings one long incident."""
    event = replace(some_rules().scenario.events[0], card="bad-deploy", target="web", at_s=30.0, shift="q1")
    leading: dict[str, Any] = {"engineers": engineers, "seeing": 2}
    return rules_at(NIGHT, 240, events=(event,), tick_s=10, leading=leading)


def test_tired_people_leave_and_rested_ones_stay() -> None:
    left = {}
    for fatigue, seeds in (0, 5), (300_000, 5), (600_000, 20), (900_000, 20):
        gone = 0
        for seed in range(seeds):
            session = Session(Game(rules_at(NOON, 2), seed))
            order(session, "begin")
            session.advance(2)
            session.world = replace(session.world, team=replace(session.world.team, fatigue=fatigue))
            order(session, "begin")
            gone += 4 - session.world.team.engineers
        left[fatigue] = gone / (4 * seeds)
    assert left[0] == left[300_000] == 0
    assert 0 < left[600_000] < left[900_000] < 0.35


def test_when_the_last_has_resigned_the_company_ends_and_the_recording_verifies(tmp_path: Path) -> None:
    endings = set()
    rolls = {seed: roll(seed, 240, "resign", 0) for seed in range(1, 100)}
    for seed in min(rolls, key=rolls.__getitem__), max(rolls, key=rolls.__getitem__):
        session = recorded(worn_out(1), seed, tmp_path / f"{seed}.replay")
        endings.add((session.world.ending, session.world.shift))
        if session.world.ending:
            assert session.world.team.engineers == 0
            assert not result(session)["won"]
    assert endings == {("Nobody is left: the whole team has resigned.", 1), ("", 2)}


def test_when_the_last_member_has_left_the_company_ends_and_the_recording_verifies(tmp_path: Path) -> None:
    rules = rules_at(NOON, 10)
    leaving = tuple(replace(shift, members=-100_000) for shift in rules.scenario.shifts)
    rules = replace(rules, scenario=replace(rules.scenario, shifts=leaving))
    session = recorded(rules, 1, tmp_path / "left.replay")
    assert session.world.ending == "The last member has left."
    assert (session.world.phase, session.world.tick, session.world.business.members) == ("over", 0, 0)


def test_a_company_that_begins_without_members_is_not_at_its_end() -> None:
    session = leading_session(leading={"members": 0}, cash_cents=50_000_000)
    order(session, "begin")
    assert session.world.phase == "shift"


# ---- hiring and dismissing


def test_newcomers_come_after_eight_weeks_cost_at_first_and_give_later() -> None:
    session = leading_session(ticks=20, cash_cents=10**9)
    order(session, "hire 2")
    assert (session.world.team.engineers, session.world.effort) == (4, 520)
    order(session, "begin")
    assert (session.world.team.engineers, session.world.team.newcomers) == (6, 2)
    session.advance(20)
    assert session.world.effort == (4 + 1) * 130 - 2 * 9
    order(session, "begin")
    assert (session.world.team.engineers, session.world.team.newcomers) == (6, 0)


def test_newcomers_are_paid_from_the_week_in_which_they_come() -> None:
    session = leading_session()
    before = dict(bills(session.world, session.rules))["salaries"]
    order(session, "hire 1")
    cash = session.world.cash_cents
    assert dict(bills(session.world, session.rules))["salaries"] == before - (13 - 8) * 200_000
    foretold = sum(cents for _, cents in bills(session.world, session.rules))
    order(session, "begin")
    assert session.world.cash_cents == cash + foretold


def test_each_newcomer_needs_a_mentor() -> None:
    assert "needs a mentor" in (leading_session().place("hire 5") or "")


def test_who_is_dismissed_is_paid_for_a_while_and_missed_at_once() -> None:
    session = leading_session()
    cash = session.world.cash_cents
    order(session, "dismiss 1")
    assert session.world.cash_cents == cash - 4 * 200_000
    assert (session.world.team.engineers, session.world.effort) == (3, 390)
    assert session.world.team.fatigue > 0
    assert session.place("dismiss 3") == "You have 3 engineers; at least one must stay."
    order(session, "undo")
    assert (session.world.cash_cents, session.world.team.engineers) == (cash, 4)


def test_whose_weeks_are_planned_cannot_be_dismissed() -> None:
    session = leading_session()
    session.world = replace(session.world, effort=100)
    assert "already planned" in (session.place("dismiss 1") or "")


@given(team=TEAMS, people=st.integers(1, 12))
def test_a_team_that_shrinks_never_counts_more_newcomers_than_people(team: Team, people: int) -> None:
    gone = min(people, team.engineers - 1)
    for left, many in ((dismissed(team, gone), team.engineers - gone), (without(team, people), None)):
        assert left.engineers == (max(0, team.engineers - people) if many is None else many)
        assert 0 <= left.newcomers <= left.engineers
        assert left.newcomers == sum(number for _, number in left.joined)


@given(by=st.floats(-3e6, 3e6), now=st.integers(0, 1_000_000))
def test_fatigue_stays_a_share(by: float, now: int) -> None:
    assert 0 <= tired(Team(4, 0, now), by).fatigue <= 1_000_000
