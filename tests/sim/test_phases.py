"""The rules of a tick, each by what it does to a game."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.faults.hazards import hazard, onset
from devops_tycoon.sim.phases.faults import faults
from devops_tycoon.sim.phases.money import money
from devops_tycoon.sim.rules.shift import Event
from devops_tycoon.sim.step import phases_of
from devops_tycoon.sim.timing.clock import last_tick, ticks, time_of_day
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import World
from tests.builders import POSTING, a_session, a_world, lesson, order, replicas, some_rules, watched
from tests.examples import examples

EVENT = Event(card="slow-dependency", shift="evening", at_s=20.0, jitter_s=30.0, target="recommendations", lasts_s=15.0)


# ---- faults


@given(st.integers(0, 10**9))
def test_an_event_comes_within_its_jitter(seed: int) -> None:
    rules = some_rules(events=(EVENT,))
    at = onset(replace(a_world(), seed=seed), rules, 0, EVENT)
    assert 20 <= at <= 50


def test_events_of_many_seeds_fill_the_jitter_and_each_rolls_for_itself() -> None:
    rules, world = some_rules(), a_world()
    onsets = [[onset(replace(world, seed=seed), rules, number, EVENT) for seed in range(300)] for number in (0, 1)]
    assert min(onsets[0]) <= 22
    assert max(onsets[0]) >= 48
    assert onsets[0] != onsets[1]


def test_an_event_belongs_to_its_shift() -> None:
    rules = some_rules(POSTING)
    friday = replace(EVENT, shift="friday", jitter_s=0.0)
    world = a_world(POSTING)
    assert onset(world, rules, 0, friday) == FOREVER
    assert onset(replace(world, shift=4, shift_began=2880), rules, 0, friday) == 2882
    assert onset(world, rules, 0, replace(friday, shift="")) == 2


def test_a_scheduled_fault_begins_once_acts_and_ends_in_time() -> None:
    session = a_session(events=(replace(EVENT, jitter_s=0.0),))
    acting = [before.tick for before, after in watched(session, 60) if after.faults]
    assert acting == list(range(20, 35))
    assert session.world.next_fault == 2
    told = [(tick, fact.kind, fact.hidden) for tick, fact in session.facts if fact.kind in ("fault", "cured")]
    assert told == [(20, "fault", True), (35, "cured", True)]


def with_hazards(per_hour: float, tick_s: int, factors: tuple[str, ...] = ()) -> tuple[World, list[int]]:
    """Return the world after ten simulated hours in which only faults happen, and the ticks at which they came."""
    rules = some_rules(hazards=True, tick_s=tick_s, events=())
    card = replace(rules.failure["bad-deploy"], per_hour=per_hour, factors=factors)
    rules = replace(rules, failures=(card,))
    world, came = replace(a_world(), phase="shift"), []
    for tick in range(10 * 3600 // tick_s):
        before = world.next_fault
        world, _ = faults(replace(world, tick=tick), rules)
        came += [tick] * (world.next_fault - before)
    return world, came


@pytest.mark.parametrize("tick_s", [3, 7, 10])
def test_hazards_are_rolled_once_per_simulated_hour_whatever_the_tick(tick_s: int) -> None:
    _, came = with_hazards(1.0, tick_s)
    assert [tick * tick_s // 3600 for tick in came] == list(range(10))
    assert with_hazards(0.0, tick_s)[1] == []


def test_a_hazard_grows_with_what_its_factors_name() -> None:
    world, card = a_world(), replace(some_rules().failure["bad-deploy"], per_hour=0.001, factors=())
    fleet = sum(service.replicas for service in world.services)
    assert hazard(world, card) == 0.001
    assert hazard(world, replace(card, factors=("fleet",))) == pytest.approx(0.001 * fleet)
    assert hazard(world, replace(card, factors=("load",))) == 0.0  # nobody is busy yet
    assert hazard(world, replace(card, per_hour=1.0, factors=("fleet",))) == 1.0


def test_cards_pick_a_target_of_their_kind() -> None:
    world, came = with_hazards(1.0, 10)
    assert len(came) == 10
    kinds = {service.id: service.kind for service in world.services}
    assert {kinds[fault.target] for fault in world.faults} == {"service"}
    assert len({fault.target for fault in world.faults}) > 1
    assert world.tally.deploys == 10  # each arrived as a version


# ---- money


@examples(40)
@given(st.integers(1, 10), st.lists(st.tuples(st.integers(0, 999), st.integers(1, 30)), min_size=1, max_size=5))
def test_an_hour_of_rent_is_the_hours_rent_to_the_cent(tick_s: int, rents: list[tuple[int, int]]) -> None:
    rules = some_rules(tick_s=tick_s)
    base = a_world()
    services = tuple(
        replace(base.services[0], id=f"s{n}", replicas=count, rent_cents_per_hour=rent)
        for n, (rent, count) in enumerate(rents)
    )
    per_hour = sum(rent * count for rent, count in rents)
    world = replace(base, services=services, cash_cents=10**9)
    played = 0
    while played * tick_s % 3600 or not played:
        world, news = money(world, rules)
        played += 1
        due_hundredths = per_hour * played * tick_s
        assert 10**9 - world.cash_cents == due_hundredths // 3600
        assert not news
    assert 10**9 - world.cash_cents == per_hour * played * tick_s // 3600


def test_a_game_pays_its_rent_to_the_cent() -> None:
    session = a_session(events=())
    per_hour = sum(s.replicas * s.rent_cents_per_hour for s in session.world.services)
    session.advance(300)
    assert 6_000_000 - session.world.cash_cents == per_hour // 12


# ---- shifts


def test_a_shift_ends_after_its_ticks_and_the_next_is_planned_with_empty_queues() -> None:
    session = a_session(POSTING, ticks=30)
    session.advance(29)
    assert session.world.phase == "shift"
    session.advance(1)
    world = session.world
    assert (world.phase, world.shift, world.tick, world.shift_began) == ("planning", 1, 30, 30)
    assert set(world.flow.level) == {0.0}
    assert time_of_day(world, session.rules) == "19:00:00"
    for _ in range(4):
        order(session, "begin")
        session.advance(1000)
    assert session.over
    assert session.world.tick == last_tick(session.rules) == 150


def test_what_is_under_way_at_the_end_of_a_shift_is_done_by_the_morning() -> None:
    session = a_session(POSTING, ticks=30)
    session.advance(25)
    order(session, "scale main-db +1")
    session.advance(5)
    world = session.world
    assert replicas(world, "main-db") == 5
    assert world.pending == ()
    assert set(world.busy) == {0}


def test_faults_with_an_end_are_over_by_the_morning_and_a_bad_version_is_not() -> None:
    session = a_session(POSTING, ticks=30)
    session.advance(10)
    order(session, "inject slow-dependency main-db lasts=3600s", "inject bad-deploy web")
    session.advance(20)
    assert [fault.card for fault in session.world.faults] == ["bad-deploy"]
    order(session, "begin")
    session.advance(30)
    assert any(line.fault == "bad-deploy" and line.where == "web" for line in session.world.tally.ledger)


# ---- incidents and alarms


def test_an_incident_opens_soon_after_users_are_failed_and_closes_when_they_are_served() -> None:
    session = a_session(ticks=600, events=())
    session.advance(100)
    order(session, "inject bad-deploy catalog lasts=60s")
    session.advance(240)
    (incident,) = session.world.tally.incidents
    assert (incident.id, incident.fault, incident.began) == (1, "bad-deploy", 100)
    assert 100 <= incident.detected <= 160
    assert 160 < incident.mitigated < 260
    assert [f.kind for _, f in session.facts if f.kind in ("incident", "resolved")] == ["incident", "resolved"]


def test_a_calm_day_has_neither_incidents_nor_alarms() -> None:
    session = a_session(events=())
    session.advance(120)
    assert session.world.tally.incidents == ()
    assert session.world.alarms == ()
    assert not [fact for _, fact in session.facts if fact.bad]


def test_an_alarm_rings_once_and_says_when_it_is_over() -> None:
    session = a_session(ticks=600, events=())
    session.advance(20)
    order(session, "inject bad-deploy catalog lasts=60s")
    session.advance(200)
    rung = [(f.kind, f.where) for _, f in session.facts if f.kind in ("alarm", "well") and f.where == "catalog"]
    assert rung == [("alarm", "catalog"), ("well", "catalog")]
    assert session.world.alarms == ()


# ---- the tick


def test_a_tick_is_one_tick_and_a_phase_reads_like_a_tick() -> None:
    session = a_session()
    for _, after in watched(session, 5):
        assert after.tick == session.world.tick
    assert session.world.tick == 5
    world = session.world
    for phase in phases_of(session.rules):
        after, facts_ = phase(world, session.rules)
        assert isinstance(after, World)
        assert isinstance(facts_, tuple)
        assert after.tick == world.tick


@given(st.floats(0.0, 10_000.0), st.integers(1, 10))
def test_ticks_last_at_least_as_long_as_asked_and_less_than_one_more(seconds: float, tick_s: int) -> None:
    rules = some_rules(tick_s=tick_s)
    count = ticks(seconds, rules)
    assert count * tick_s >= seconds > (count - 1) * tick_s or count == 0 == seconds


def test_rules_are_not_changed_by_a_game() -> None:
    rules = lesson("worse-than-dead")
    before = repr(rules.scenario), repr(rules.company), rules.fingerprint
    session = a_session()
    order(session, "scale web +1")
    session.advance(50)
    assert (repr(rules.scenario), repr(rules.company), rules.fingerprint) == before
