"""The practices of delivery: where each helps, and where it harms."""

from dataclasses import replace
from functools import cache

import pytest

from devops_tycoon.play.session import Session
from devops_tycoon.sim.delivery.changes import card_of, odds, with_ready
from devops_tycoon.sim.delivery.dora import Dora, dora
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.values.delivery import Change
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.delivering import TICK_S, by_deploys, delivering, fleet, play, said, wait_for
from tests.leading import to_lead

PIPELINE = ("cd-pipeline", "canary", "blue-green")


def both(practice: str, *others: str, **changes: object) -> tuple[Session, Session]:
    """Return two games on the morning of the shift, without the practice and with it."""
    return delivering(*others, **changes), delivering(*others, practice, **changes)  # type: ignore[arg-type]


def measured(session: Session) -> Dora:
    return dora(session.world, session.rules)


@cache
def a_quarter(*practices: str, seed: int = 1, debt: int = 100) -> Session:
    """Return a shift of two hours in which many changes came by themselves and nobody did anything; only to be read."""
    rules = to_lead(ticks=720, tick_s=10, leading={"changes_per_week": 3.0, "debt": debt})
    session = delivering(*practices, seed=seed, how="big-bang", rules=rules)
    play(session, 7200)
    return session


def seconds_lost(session: Session, card: str, react_s: int = 300) -> int:
    """Ship one bad change and roll it back so long after it began; return what was lost to it."""
    play(session, 295)
    wait_for(session, "web", card)
    while session.world.phase == "shift":
        play(session, 10)
        if any(session.world.tick - fault.began >= react_s / TICK_S for fault in session.world.faults):
            session.place("rollback web")
    return by_deploys(session)


@pytest.mark.long
def test_ci_lets_fewer_changes_be_bad_and_all_of_them_wait_for_their_build() -> None:
    without, having = a_quarter("cd-pipeline"), a_quarter("cd-pipeline", "ci")
    assert len(said(having, "fault")) < len(said(without, "fault"))
    assert having.world.delivery.debt == without.world.delivery.debt == 100
    waits = [measured(session).lead_time_days or 0.0 for session in (without, having)]
    assert waits[1] > waits[0] + 0.5


@pytest.mark.long
def test_changes_that_ship_untested_add_debt() -> None:
    without, having = a_quarter("cd-pipeline", debt=10), a_quarter("cd-pipeline", "ci", debt=10)
    assert without.world.delivery.debt > having.world.delivery.debt == 10


@pytest.mark.long
def test_a_pipeline_ships_without_hands_and_ships_mistakes_as_well() -> None:
    without, having = a_quarter(), a_quarter("cd-pipeline")
    assert having.world.delivery.shipped > without.world.delivery.shipped == 0
    assert not any(having.world.busy)
    assert by_deploys(having) > by_deploys(without) == 0


def test_a_deploy_by_hand_keeps_somebody_busy_for_forty_minutes_and_with_a_pipeline_for_four() -> None:
    busy = []
    for session in both("cd-pipeline", seconds=3600):
        play(session, 10)
        wait_for(session, "web", "")
        order(session, "deploy web")
        session.advance()
        busy.append((max(session.world.busy) - session.world.tick) * TICK_S)
    assert busy[0] > 2300
    assert busy[1] < 300


def test_a_canary_keeps_a_bad_version_from_most_and_good_ones_wait_for_its_verdict() -> None:
    lost, live = [], []
    for how in ("rolling", "canary"):
        lost.append(seconds_lost(delivering(*PIPELINE, how=how, rules=fleet(500, seconds=1500)), "slow-query", 600))
        session = delivering(*PIPELINE, how=how, rules=fleet(500, seconds=2400))
        play(session, 295)
        wait_for(session, "web", "")
        play(session, 2000)
        live.append(session.world.tally.deployments[0].live)
    assert lost[1] < lost[0] / 2
    assert live[1] > live[0] + 800 / TICK_S


def test_a_machine_judges_a_canary_sooner_and_without_hands_and_overlooks_answers_that_are_wrong() -> None:
    busy, lost, passed = [], [], []
    for session in both("auto-canary", *PIPELINE, how="canary", rules=fleet(500, seconds=1500)):
        play(session, 295)
        wait_for(session, "web", "slow-query")
        play(session, 700)
        busy.append(max(session.world.busy) > 0)
        lost.append(by_deploys(session))
    for session in both("auto-canary", *PIPELINE, how="canary", rules=fleet(500, seconds=2400)):
        play(session, 295)
        wait_for(session, "web", "wrong-data")
        play(session, 1000)
        passed.append("is fine" in said(session, "canary")[0])
    assert busy == [True, False]
    assert lost[1] < lost[0] / 2
    assert passed == [False, True]


def test_blue_green_goes_back_at_once_and_pays_for_two_fleets() -> None:
    lost, spent = [], []
    for how in ("big-bang", "blue-green"):
        session = delivering(*PIPELINE, how=how, seconds=1500)
        cash = session.world.cash_cents
        lost.append(seconds_lost(session, "slow-query"))
        spent.append(cash - session.world.cash_cents)
    assert lost[1] < lost[0]
    assert spent[1] > spent[0]


@pytest.mark.long
def test_flags_switch_a_bad_change_off_in_a_minute_and_let_more_changes_be_bad() -> None:
    lost = [seconds_lost(s, "bad-config-push") for s in both("feature-flags", *PIPELINE, how="rolling", seconds=1500)]
    assert lost[1] < lost[0]
    sessions = both("feature-flags", *PIPELINE, how="rolling", seconds=1500)
    bare, flagged = sessions[0].world, sessions[1].world
    rules = sessions[0].rules
    number = 1
    while card_of(bare, rules, Change(number, 0, 0)) or not card_of(flagged, rules, Change(number, 0, 0)):
        number += 1
    begun = []
    for session in sessions:
        play(session, 295)
        change = Change(number, session.world.tick, session.world.tick)
        session.world = replace(session.world, delivery=with_ready(session.world.delivery, "web", (change,)))
        play(session, 800)
        begun.append(len(said(session, "fault")))
    assert begun == [0, 1]


def test_a_version_goes_back_by_itself_also_when_it_was_not_the_one_to_blame() -> None:
    lost, blamed = [], []
    for session in both("auto-rollback", *PIPELINE, how="blue-green", seconds=1800):
        play(session, 295)
        wait_for(session, "web", "bad-config-push")
        play(session, 1200)
        lost.append(by_deploys(session))
    for session in both("auto-rollback", *PIPELINE, how="blue-green", seconds=1800):
        play(session, 295)
        wait_for(session, "web", "")
        play(session, 200)
        order(session, "inject bad-deploy catalog lasts=200s")
        play(session, 300)
        blamed.append(session.world.tally.deployments[0].failed)
    assert lost[1] < lost[0] / 2
    assert blamed == [False, True]


@pytest.mark.long
def test_configuration_as_code_is_staged_and_makes_settings_wait() -> None:
    lost = [seconds_lost(s, "bad-config-push") for s in both("config-as-code", *PIPELINE, how="rolling", seconds=1500)]
    assert lost[1] < lost[0]
    good = []
    for session in both("config-as-code", *PIPELINE, "timeout", "fallback", seconds=900):
        play(session, 10)
        order(session, "inject slow-dependency recommendations")
        order(session, "set web>recommendations timeout=300ms fallback=on")
        play(session, 600)
        good.append(session.world.tally.journeys[0].good)
    assert good[1] < good[0]


@pytest.mark.long
def test_a_board_makes_changes_wait_and_spares_outages_where_each_deploy_is_one_and_nothing_fails_less() -> None:
    rates, waits, outages = [], [], []
    for more in ((), ("change-board",)):
        found = [a_quarter("cd-pipeline", *more, seed=seed) for seed in (1, 2, 3)]
        rates.append([measured(session).change_fail_rate or 0.0 for session in found])
        waits.append([measured(session).lead_time_days or 0.0 for session in found])
        ledgers = [session.world.tally.ledger for session in found]
        outages.append(sum(line.bad for ledger in ledgers for line in ledger if line.cause == "down"))
    assert sum(rates[1]) >= sum(rates[0]) > 0
    assert all(board > 3 + plain for plain, board in zip(*waits, strict=True))
    assert outages[1] < outages[0]


def test_experiments_bring_fees_and_cost_work_and_odds() -> None:
    without, having = both("ab-test", "feature-flags", seconds=300)
    fees = [dict(bills(replace(s.world, phase="planning"), s.rules))["fees"] for s in (without, having)]
    assert fees[1] > fees[0]
    for session in (without, having):
        play(session, 200)
    assert sum(having.world.reading.utilisation) > sum(without.world.reading.utilisation)
    assert odds(having.world, having.rules, 1) > odds(without.world, without.rules, 1)


def test_a_freeze_keeps_trouble_out_and_lets_it_pile_up() -> None:
    lost, odd = [], []
    for frozen in (False, True):
        session = delivering(*PIPELINE, how="rolling", seconds=1800)
        if frozen:
            order(session, "freeze")
        play(session, 295)
        wait_for(session, "web", "bad-config-push")
        play(session, 900)
        lost.append(by_deploys(session))
        wait_for(session, "web", *[""] * 10)
        odd.append(session.world.delivery.debt)
    assert lost[0] > lost[1] == 0
    assert odd[1] > odd[0]
    order(session, "thaw")
    play(session, 310 - 310 % TICK_S)
    (text,) = said(session, "deploy")
    assert "11 changes" in text or "10 changes" in text


def test_practices_that_are_kept_are_paid_for_every_week() -> None:
    without, having = both("ci")
    kept = [dict(bills(replace(s.world, phase="planning"), s.rules))["practices"] for s in (without, having)]
    assert kept[1] < kept[0]
    assert having.world.practices == (Adopted("ci", "", 0),)
