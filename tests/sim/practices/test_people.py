"""Practices of people: each helps in one run and harms in another, and both are played."""

from dataclasses import replace

import pytest

from devops_tycoon.play.session import Session
from devops_tycoon.sim.delivery.changes import debt
from devops_tycoon.sim.faults.hazards import hazard
from devops_tycoon.sim.planning.quarter import bills, plan_begun
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.values.tally import Chapter
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order
from tests.leading import leading_session
from tests.responding import NIGHT, NOON, good, on_shift, played, troubled


def both(hour: int, practice: str, *others: str, **changes: object) -> tuple[Session, Session]:
    """Return two shifts, without a practice and with it."""
    return on_shift(hour, *others, **changes), on_shift(hour, *others, practice, **changes)  # type: ignore[arg-type]


def quarterly(session: Session) -> int:
    return sum(cents for _, cents in bills(replace(session.world, phase="planning"), session.rules))


def effort(session: Session) -> int:
    return plan_begun(replace(session.world, phase="planning"), session.rules).effort


def kept_busy(session: Session, text: str = "restart web how=rolling") -> int:
    """Return the ticks for which an order keeps hands busy."""
    order(session, text)
    session.advance()
    return max(session.world.busy) - session.world.tick + 1


def cured(session: Session) -> Session:
    """Return the session after somebody has rolled a bad version back as soon as hands were free."""
    troubled(session, "bad-deploy", "web")
    for _ in range(60):
        if session.place("rollback web") is None:
            break
        session.advance(30)
    session.advance(600)
    return session


def with_incident_of(card: str, *practices: str) -> Session:
    """Return a session in its second planning, with an incident of a card behind it."""
    session = troubled(on_shift(NOON, *practices, ticks=200), card, "web", 300)
    assert session.world.phase == "planning"
    assert [incident.fault for incident in session.world.tally.incidents] == [card]
    return session


@pytest.mark.long
def test_on_call_brings_a_nights_repair_forward_and_costs_pay_and_sleep() -> None:
    without, having = both(NIGHT, "on-call", ticks=2500)
    calm_pay = quarterly(having) - quarterly(without)
    assert calm_pay == -13 * 120_000
    for session in (without, having):
        cured(session)
    down = [s.world.tally.incidents[0].mitigated - s.world.tally.incidents[0].detected for s in (without, having)]
    assert down[0] > 1800 > 900 > down[1]
    by_day = [troubled(session, "bad-deploy", "web").world.team.fatigue for session in both(NOON, "on-call")]
    assert by_day[1] == pytest.approx(1.2 * by_day[0], rel=0.01)


def test_an_incident_commander_frees_hands_in_a_large_incident_and_costs_words_in_a_small_one() -> None:
    large = [kept_busy(troubled(s, "slow-dependency", "recommendations")) for s in both(NOON, "incident-commander")]
    small = [kept_busy(session) for session in both(NOON, "incident-commander")]
    assert large[1] < 0.75 * large[0]
    assert small[1] > 1.2 * small[0]


def test_a_status_page_saves_trust_in_a_large_incident_and_costs_some_in_a_small_one() -> None:
    large, small = [], []
    for session in both(NOON, "status-page"):
        troubled(session, "bad-deploy", "web")
        small.append(1_000_000 - session.world.business.trust)
        played(session, "shed play share=100%", seconds=300)
        large.append(1_000_000 - session.world.business.trust)
        assert len(session.world.tally.incidents) == 1
    assert large[1] < 0.75 * large[0]
    assert small[1] > small[0] + 300


def test_a_postmortem_halves_what_answers_its_card_and_keeps_hands_busy_longer() -> None:
    session = with_incident_of("security-breach", "postmortem")
    before = session.world.effort
    order(session, "postmortem security-breach", "adopt security-baseline")
    assert before - session.world.effort == 5 + 15
    assert session.place("postmortem security-breach") == "You already held a postmortem of Security breach."
    without, having = both(NOON, "postmortem")
    assert kept_busy(having) > kept_busy(without)


def test_a_postmortem_needs_the_practice_and_an_incident_and_halves_money_too() -> None:
    session = with_incident_of("security-breach")
    assert "needs the practice postmortem" in (session.place("postmortem security-breach") or "")
    assert "There is no past incident" in (session.place("postmortem zone-loss") or "")
    dear = tuple(replace(p, price_cents=1001) if p.id == "security-baseline" else p for p in session.rules.practices)
    session.game = replace(session.game, rules=replace(session.rules, practices=dear))
    session.world = replace(session.world, studied=("security-breach",))
    cash = session.world.cash_cents
    order(session, "adopt security-baseline")
    assert session.world.cash_cents == cash - 501


def test_what_was_lived_through_in_the_act_before_can_still_be_studied() -> None:
    session = with_incident_of("security-breach", "postmortem")
    before = Chapter("before", 0, session.world.tally)
    session.world = replace(session.world, chapters=(before,), tally=replace(session.world.tally, incidents=()))
    order(session, "postmortem security-breach")
    assert session.world.studied == ("security-breach",)


def test_a_postmortem_of_what_nothing_answers_wins_nothing() -> None:
    session = with_incident_of("bad-deploy", "postmortem")
    order(session, "postmortem bad-deploy")
    left = session.world.effort
    order(session, "adopt runbooks")
    assert left - session.world.effort == 10


def test_a_game_day_makes_hands_quicker_for_sixty_days_and_is_then_forgotten() -> None:
    without, having = both(NOON, "game-day", "runbooks")
    assert kept_busy(having) < 0.85 * kept_busy(without)
    later = on_shift(NOON, "runbooks", "game-day", ticks=20)
    later.advance(20)
    assert "game-day" in [adopted.practice for adopted in later.world.practices]
    plan = later.world.effort
    order(later, "adopt game-day")  # again, for it would be forgotten by then
    assert plan - later.world.effort == 20
    forgetting = on_shift(NOON, "runbooks", "game-day", ticks=20)
    forgetting.advance(20)
    order(forgetting, "begin")
    order(later, "begin")
    assert kept_busy(later) < 0.85 * kept_busy(forgetting)
    assert [adopted.practice for adopted in later.world.practices].count("game-day") == 1


@pytest.mark.long
def test_a_restore_drill_shortens_the_restore_and_is_work_for_everybody() -> None:
    without, having = both(NOON, "restore-drill", ticks=3000)
    for session in (without, having):
        session.advance(60)
    assert max(having.world.reading.utilisation) > max(without.world.reading.utilisation)
    for session in (without, having):
        troubled(session, "data-corruption", "main-db", 2800)
    assert not having.world.faults
    assert without.world.faults
    assert good(having, "play") > good(without, "play") + 0.01


def test_full_cycle_developers_bring_one_more_hand_and_tire_sooner() -> None:
    without, having = both(NOON, "full-cycle", "on-call")
    refused = []
    for session in (without, having):
        for text in ("restart web how=rolling", "restart catalog how=rolling", "restart identity how=rolling"):
            refused.append(session.place(text))
            session.advance()
    assert [why is None for why in refused] == [True, True, False, True, True, True]
    assert effort(having) < effort(without)
    tired = [troubled(s, "bad-deploy", "web").world.team.fatigue for s in both(NOON, "full-cycle", "on-call")]
    assert tired[1] > 1.25 * tired[0]


def test_paid_debt_is_ten_points_less_in_every_change_and_fewer_changes_in_the_quarter() -> None:
    owing, paying = (leading_session(leading={"debt": 40, "changes_per_week": 2.0}) for _ in range(2))
    order(owing, "begin")
    order(paying, "adopt pay-debt", "begin")
    assert [debt(session.world, session.rules) for session in (owing, paying)] == [40, 30]
    assert paying.world.delivery.due == owing.world.delivery.due - 4 * 2


def test_a_public_tool_brings_people_sooner_and_costs_upkeep() -> None:
    arrivals = []
    for practices in ((), (Adopted("open-source-tool", "", 0),)):
        session = leading_session()
        shorter = tuple(replace(shift, weeks=7) for shift in session.rules.scenario.shifts)
        rules = session.rules
        scenario = replace(rules.scenario, shifts=shorter)
        session.game = replace(session.game, rules=replace(rules, scenario=scenario))
        session.world = replace(session.world, practices=practices)
        order(session, "hire 1", "begin")
        arrivals.append(session.world.team.engineers)
    assert arrivals == [4, 5]
    without, having = both(NOON, "open-source-tool")
    assert effort(without) - effort(having) == 26  # tenths: a fifth of an engineer for thirteen weeks
    tired = [troubled(s, "bad-deploy", "web").world.team.fatigue for s in both(NOON, "open-source-tool")]
    assert tired[1] == pytest.approx(0.9 * tired[0], rel=0.01)


@pytest.mark.long
def test_a_security_baseline_makes_break_ins_rarer_and_milder_and_hands_slower() -> None:
    without, having = both(NOON, "security-baseline", ticks=3000)
    rules = having.rules
    card = rules.failure["security-breach"]
    assert card.dial
    odds = [hazard(s.world, card) * dial(s.world, rules, card.dial) for s in (without, having)]
    assert odds[1] == pytest.approx(0.2 * odds[0])
    slow = [kept_busy(session) for session in (without, having)]
    assert slow[1] > slow[0]
    for session in (without, having):
        troubled(session, "security-breach", "web", 2500)
    assert good(having, "play") > good(without, "play")
    assert having.world.business.trust > without.world.business.trust + 100_000
