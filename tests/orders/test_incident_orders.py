"""Each order of an incident helps where it should, does no good elsewhere, and has its price."""

from dataclasses import replace

import pytest

from devops_tycoon.play.session import Session
from devops_tycoon.sim.phases.people import PAGE
from devops_tycoon.sim.rules.practice import Practice
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import Adopted
from tests.builders import a_session, order
from tests.leading import LEADING, leading_session
from tests.responding import NOON, good, on_shift, played, troubled

STANDBY = Practice(
    "standby", "A standby", "architecture", "store", 1, 10, 0, 0, 0, (), ("failover",), (), (), "", "", "", ""
)  # fmt: skip


def unnoticing(session: Session, registry_s: float) -> Session:
    """Return the session with a registry that keeps the dead for longer."""
    balance = replace(session.rules.balance, registry_s=registry_s)
    session.game = replace(session.game, rules=replace(session.rules, balance=balance))
    return session


def with_standby(session: Session, store: str = "main-db") -> Session:
    """Return the session with a standby of a store."""
    rules = replace(session.rules, practices=(*session.rules.practices, STANDBY))
    session.game = replace(session.game, rules=rules)
    session.world = replace(session.world, practices=(*session.world.practices, Adopted("standby", store, 0)))
    return session


def degraded(session: Session) -> int:
    return sum(tally.degraded for tally in session.world.tally.journeys)


def busy(session: Session) -> int:
    return sum(until > session.world.tick for until in session.world.busy)


def balanced(session: Session) -> bool:
    lost = sum(tally.valid - tally.good for tally in session.world.tally.journeys)
    return sum(line.bad for line in session.world.tally.ledger) == lost


# ---- ack, status-update, close


def test_an_incident_in_hand_pages_no_more() -> None:
    ignored, taken = (troubled(on_shift(), "bad-deploy", "web") for _ in range(2))
    order(taken, "ack")
    for session in (ignored, taken):
        session.advance(350)
    (incident,) = taken.world.tally.incidents
    assert incident.detected < incident.acknowledged < FOREVER
    assert taken.world.team.fatigue < ignored.world.team.fatigue - 0.9 * PAGE
    assert ignored.world.tally.incidents[0].acknowledged == FOREVER


def test_an_order_that_needs_a_responder_acknowledges_the_incident() -> None:
    session = troubled(on_shift(), "bad-deploy", "web")
    played(session, "restart web how=rolling", seconds=5)
    assert session.world.tally.incidents[0].acknowledged < FOREVER
    assert "already acknowledged" in (session.place("ack") or "")


def test_members_who_hear_of_it_keep_trust_and_the_hands_are_missed() -> None:
    silent, telling = (troubled(on_shift(), "bad-deploy", "web") for _ in range(2))
    order(telling, "status-update")
    for session in (silent, telling):
        session.advance(1)
    assert (busy(silent), busy(telling)) == (0, 1)
    for session in (silent, telling):
        session.advance(250)
    lost = [1_000_000 - session.world.business.trust for session in (silent, telling)]
    assert 0.55 * lost[0] < lost[1] < 0.8 * lost[0]
    assert [good(session, "play") for session in (silent, telling)] == [good(silent, "play")] * 2


def test_a_status_update_without_an_incident_or_twice_in_a_row_is_refused() -> None:
    session = on_shift()
    assert "nothing to report" in (session.place("status-update") or "")
    played(troubled(session, "bad-deploy", "web"), "status-update", seconds=2)
    assert "few minutes ago" in (session.place("status-update") or "")


def test_an_incident_with_many_failures_cannot_be_closed_but_a_trickle_can() -> None:
    session = troubled(on_shift(), "bad-deploy", "web")
    assert "of requests failed in the last minute" in (session.place("close") or "")
    assert session.place("close 7") == "Incident 7 is not open; incident 1 is."
    recent = tuple((1_000_000, 10_000) for _ in session.world.tally.recent)
    session.world = replace(session.world, faults=(), tally=replace(session.world.tally, recent=recent))
    played(session, "close", seconds=1)
    assert session.world.tally.incidents[0].mitigated < FOREVER
    session.advance(120)
    assert len(session.world.tally.incidents) == 1


def test_who_measures_nothing_can_declare_anything_over_and_hears_of_it_again() -> None:
    session = troubled(on_shift(leading={"seeing": 0}, ticks=1800), "bad-deploy", "web", 600)
    assert session.world.tally.incidents
    played(session, "close", seconds=900)
    assert len(session.world.tally.incidents) == 2


# ---- drain


def test_to_drain_a_dead_zone_ends_the_calls_that_hang() -> None:
    waiting, draining = (troubled(unnoticing(on_shift(zones=3), 300.0), "zone-loss", "zone=b") for _ in range(2))
    played(waiting)
    played(draining, "drain zone=b")
    assert good(draining, "play") > good(waiting, "play") + 0.5
    assert balanced(draining)


def test_to_drain_a_zone_that_is_hard_to_reach_helps_for_no_registry_ever_notices() -> None:
    waiting, draining = (troubled(on_shift(zones=3), "zone-grey", "zone=b") for _ in range(2))
    played(waiting)
    played(draining, "drain zone=b")
    assert good(draining, "browse") > good(waiting, "browse") + 0.2
    lines = waiting.world.tally.ledger
    assert sum(line.bad for line in lines if line.fault == "zone-grey") == sum(line.bad for line in lines)
    assert balanced(waiting)


def test_to_drain_a_healthy_zone_only_takes_capacity_and_undrain_gives_it_back() -> None:
    session = on_shift(zones=3)
    before = played(session, seconds=20).world.reading.slots
    played(session, "drain zone=b", seconds=2)
    drained = session.world.reading.slots
    played(session, "undrain zone=b", seconds=2)
    web = [s.id for s in session.world.services].index("web")
    assert (before[web], drained[web], session.world.reading.slots[web]) == (100.0, 75.0, 100.0)
    calm, crowded = (on_shift(zones=2, growth=3.0) for _ in range(2))
    played(calm)
    played(crowded, "drain zone=b")
    assert good(crowded, "play") < good(calm, "play") - 0.2


def test_what_runs_in_one_zone_only_stays_in_use() -> None:
    session = on_shift(zones=3)
    order(session, "drain zone=a")
    facts = session.advance(5)
    assert not any("payments" in fact.text for fact in facts)
    one = on_shift(zones=4, ticks=600)
    one.world = replace(
        one.world, services=tuple(replace(s, replicas=1) if s.id == "identity" else s for s in one.world.services)
    )
    order(one, "drain zone=a")
    assert any("Still in use, in this zone only: identity" in fact.text for fact in one.advance(30))
    assert good(one, "play") > 0.99


def test_the_last_zone_cannot_be_drained() -> None:
    assert "Everything runs in one zone; this scenario has no other" in (on_shift().place("drain zone=a") or "")
    led = on_shift()
    earlier = tuple(replace(p, act=1) for p in led.rules.practices)
    led.game = replace(led.game, rules=replace(led.rules, practices=earlier))
    assert "adopt Three availability zones" in (led.place("drain zone=a") or "")
    session = played(on_shift(zones=2), "drain zone=a", seconds=1)
    assert "last with traffic" in (session.place("drain zone=b") or "")
    assert "already drained" in (session.place("drain zone=a") or "")
    assert session.place("drain zone=c") == "There is no zone c; zones: a, b."


# ---- shed


def test_to_refuse_some_saves_the_rest_of_an_overloaded_company() -> None:
    """Without shedding both journeys drown in queues that nobody waits for; 40 % fewer visitors are served."""
    drowning, shedding = (on_shift(growth=3.6) for _ in range(2))
    for session in (drowning, shedding):
        session.advance(100)
        assert session.world.tally.incidents
    played(drowning)
    played(shedding, "shed browse share=40%")
    assert good(shedding, "play") > good(drowning, "play") + 0.3
    assert good(shedding, "browse") > good(drowning, "browse") + 0.2
    assert shedding.world.tally.incidents[-1].mitigated < FOREVER


def test_what_is_shed_on_purpose_is_lost_with_its_own_cause_and_the_ledger_sums() -> None:
    session = on_shift()
    played(session, "shed browse share=30%", seconds=100)
    lines = {(line.cause, line.where): line.bad for line in session.world.tally.ledger}
    assert set(lines) == {("shed on purpose", "users→web")}
    browse = next(tally for tally in session.world.tally.journeys if tally.journey == "browse")
    assert lines["shed on purpose", "users→web"] / browse.valid == pytest.approx(0.3, abs=0.01)
    assert sum(browse.latencies) == browse.valid
    assert balanced(session)
    played(session, "unshed browse", seconds=1)
    before = session.world.tally.ledger
    session.advance(60)
    assert session.world.tally.ledger == before


@pytest.mark.parametrize(("card", "target"), [("slow-dependency", "recommendations"), ("bad-deploy", "web")])
def test_the_ledger_sums_at_every_tick_while_measures_and_failures_act_together(card: str, target: str) -> None:
    session = troubled(on_shift(growth=2.0), card, target)
    order(session, "shed browse share=50%", "disable recommendations")
    for _ in range(100):
        session.advance()
        assert balanced(session)


def test_to_turn_users_away_needs_a_practice_where_a_company_is_led() -> None:
    session = leading_session()
    order(session, "begin")
    assert session.place("shed browse share=30%") == "shed is not available in this scenario."


def test_nobody_is_turned_away_from_a_journey_that_is_not_there_or_twice() -> None:
    session = on_shift()
    assert session.place("shed brows share=30%") == "There is no journey brows; did you mean browse?"
    played(session, "shed browse share=30%", seconds=1)
    assert "already" in (session.place("shed browse share=30%") or "")
    assert session.place("shed browse share=60%") is None
    assert "requests are being rejected" in (session.place("unshed play") or "")


# ---- disable


def test_to_switch_a_slow_feature_off_saves_the_workers_of_who_asks() -> None:
    waiting, off = (troubled(on_shift(), "slow-dependency", "recommendations") for _ in range(2))
    played(waiting)
    played(off, "disable recommendations")
    assert good(off, "play") > good(waiting, "play") + 0.5
    assert degraded(off) > 10_000_000


@pytest.mark.parametrize("monolith", [False, True])
def test_to_switch_a_working_feature_off_only_makes_answers_worse(monolith: bool) -> None:
    plan = ("merge web recommendations",) if monolith else ()
    on, off = (on_shift(plan=plan) for _ in range(2))
    played(on, seconds=60)
    played(off, "disable recommendations", seconds=60)
    assert degraded(on) == 0
    assert degraded(off) > 1_000_000
    assert not off.world.tally.ledger or balanced(off)
    played(off, "enable recommendations", seconds=20)
    settled = degraded(off)
    played(off, seconds=20)
    assert degraded(off) == settled


def test_only_what_can_be_done_without_is_switched_off() -> None:
    session = on_shift()
    assert "no fallback" in (session.place("disable identity") or "")
    assert "Members start at " in (session.place("disable storefront") or "")
    assert "There is no capability" in (session.place("disable main-db") or "")
    assert "not switched off" in (session.place("enable recommendations") or "")


# ---- failover


def test_failover_leaves_the_faults_of_the_primary_behind_after_some_minutes() -> None:
    waiting, over = (troubled(with_standby(on_shift()), "slow-dependency", "main-db") for _ in range(2))
    played(waiting, seconds=400)
    order(over, "failover main-db")
    over.advance(400)
    assert good(over, "play") > good(waiting, "play") + 0.2
    db = [s.id for s in over.world.services].index("main-db")
    assert over.world.reading.slots[db] == waiting.world.services[db].replicas - 1


def test_a_standby_has_the_same_wrong_bytes_and_the_last_writes_are_lost() -> None:
    waiting, over = (troubled(with_standby(on_shift()), "data-corruption", "main-db") for _ in range(2))
    played(waiting, seconds=350)
    played(over, "failover main-db", seconds=350)
    assert good(over, "play") <= good(waiting, "play") + 0.001
    assert over.world.business.trust < waiting.world.business.trust - 1_500


def test_failover_without_a_standby_is_refused() -> None:
    session = on_shift()
    assert "adopt Read replicas while planning" in (session.place("failover main-db") or "")
    offers = replace(session.rules.scenario, company_mode=replace(LEADING, offers=("runbooks",)))
    poor = on_shift()
    poor.game = replace(poor.game, rules=replace(poor.rules, scenario=offers))
    assert "none is available in this scenario" in (poor.place("failover main-db") or "")
    assert "is a service, not a store" in (session.place("failover web") or "")
    assert "has no standby" in (with_standby(on_shift(), "other").place("failover main-db") or "")


# ---- all of them


ORDERS = (
    "ack", "close", "status-update", "drain zone=a", "undrain zone=a", "shed browse share=30%", "unshed browse",
    "disable recommendations", "enable recommendations", "failover main-db", "hire 1", "dismiss 1",
    "postmortem zone-loss",
)  # fmt: skip


@pytest.mark.parametrize("text", ORDERS)
def test_a_lesson_has_no_company_to_plan(text: str) -> None:
    session = a_session()
    assert session.place(text) == "Not available in this scenario: it needs company mode."


def test_measures_end_with_the_shift() -> None:
    session = played(on_shift(ticks=120), "shed browse share=30%", "disable recommendations", seconds=120)
    assert session.world.phase == "planning"
    assert session.world.measures == ()


def test_hands_are_needed_for_what_hands_do() -> None:
    session = on_shift(NOON)
    order(session, "shed browse share=30%")
    session.advance()
    order(session, "disable recommendations")
    session.advance()
    assert busy(session) == 2
    assert "responders are busy" in (session.place("unshed browse") or "")
    first, second = session.world.busy
    assert 57 <= first - second <= 59  # a switch takes half as long and was ordered a tick later
