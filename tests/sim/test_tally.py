"""Every bad request is counted once, has one cause, and the books balance to the micro-request in every tick."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.lab.prove import order_file, plan
from devops_tycoon.play.autoplay import drive_bot, drive_orders
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.session import Session
from devops_tycoon.sim.demand.demand import rates
from devops_tycoon.sim.phases.tally import tally
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import World
from tests.builders import LESSONS, POSTING, SHIPPED, a_game, a_session, order, some_rules, watched
from tests.examples import examples

BLAMED = ("overload", "down", "node_errors", "lost_calls", "call_errors", "slow_calls")


def lost(world: World) -> int:
    return sum(journey.valid - journey.good for journey in world.tally.journeys)


def booked(world: World) -> int:
    return sum(line.bad for line in world.tally.ledger)


def balances(world: World) -> None:
    counts = world.tally
    assert booked(world) == lost(world)
    for journey in counts.journeys:
        assert 0 <= journey.degraded <= journey.good <= journey.valid
        assert 0 <= journey.late <= journey.valid - journey.good
        assert sum(journey.latencies) == journey.valid
    assert all(type(line.bad) is int and line.bad > 0 for line in counts.ledger)
    assert len({(line.cause, line.where, line.fault) for line in counts.ledger}) == len(counts.ledger)


def early(scenario: str) -> Session:
    """Return a game of a lesson in which its trouble comes in the first minutes."""
    if scenario == POSTING:
        shifts = tuple(replace(s, ticks=60, growth=1.6) for s in some_rules(POSTING).scenario.shifts[:2])
        demands = tuple(replace(d, from_s=50.0, until_s=500.0) for d in some_rules(POSTING).scenario.demands)
        return Session(a_game(scenario, shifts=shifts, demands=demands))
    events = tuple(replace(e, at_s=20.0, jitter_s=0.0, lasts_s=70.0) for e in some_rules().scenario.events)
    return Session(a_game(scenario, ticks=180, events=events))


@pytest.mark.parametrize("scenario", LESSONS)
@pytest.mark.parametrize("player", ["idle", "random", "detour", "solution"])
def test_the_ledger_sums_to_valid_minus_good_at_every_tick(scenario: str, player: str) -> None:
    session = early(scenario)

    def watch(session: Session) -> None:
        balances(session.world)

    if player in BOTS:
        drive_bot(session, BOTS[player], watch=watch)
    else:
        file = order_file(Path(SHIPPED / "scenarios" / f"{scenario}.toml"), player)
        drive_orders(session, plan(file), watch=watch)
    assert session.over
    if player == "idle":
        assert lost(session.world) > 1_000_000


@examples(30)
@given(st.integers(0, 10**6), st.sampled_from([1e-15, 1e-13, 1e-12, 1e-10, 2e-9, 1e-7]))
def test_the_books_balance_where_rounding_falls_between_valid_and_good(whole: int, bad: float) -> None:
    """Valid and good can round to different whole micro-requests although almost nothing was bad."""
    session = a_session()
    session.advance(1)
    reading = session.world.reading
    nothing: dict[str, Any] = {part: (0.0,) * len(getattr(reading, part)) for part in BLAMED}
    valid = (whole + 0.5) / 1e6
    good = valid - bad
    reading = replace(
        reading,
        valid=(valid, *reading.valid[1:]),
        good=(good, *reading.good[1:]),
        bad=(bad, *reading.bad[1:]),
        good_degraded=(0.0, *reading.good_degraded[1:]),
        late=(0.0,) * len(reading.late),
        slow_entries=(bad, *[0.0] * (len(reading.slow_entries) - 1)),
        **nothing,
    )
    world, _ = tally(replace(session.world, reading=reading), session.rules)
    assert booked(world) == lost(world)


def test_no_request_is_counted_before_its_user_knows_its_fate() -> None:
    session = a_session()
    for before, after in watched(session, 30):
        came = [a.valid - b.valid for a, b in zip(after.tally.journeys, before.tally.journeys, strict=True)]
        for number, valid in enumerate(came):
            assert abs(valid - 1e6 * after.reading.valid[number]) <= 1.01


def test_over_a_calm_minute_as_many_are_counted_as_came() -> None:
    session = a_session()
    came = [0.0, 0.0]
    for before, _ in watched(session, 120):
        for number, rate in enumerate(rates(before, session.rules)):
            came[number] += rate * session.rules.scenario.tick_s
    browse, play = session.world.tally.journeys
    assert browse.valid / 1e6 == pytest.approx(came[0], rel=0.01)
    assert play.valid / 1e6 == pytest.approx(came[1], rel=0.01)
    assert lost(session.world) / (browse.valid + play.valid) < 0.001


def test_a_fault_stays_a_suspect_until_its_incident_is_closed_and_is_then_forgotten() -> None:
    session = a_session(ticks=600, events=())
    session.advance(10)
    order(session, "inject bad-deploy catalog lasts=40s")
    suspects = []
    for _, world in watched(session, 300):
        suspects.append(world.tally.suspects)
        if world.faults:
            assert world.tally.suspects == ("bad-deploy",)
    assert suspects[-1] == ()
    lines = session.world.tally.ledger
    total = sum(line.bad for line in lines)
    assert sum(line.bad for line in lines if line.fault == "bad-deploy") > 0.99 * total


def test_the_busiest_window_is_an_average_of_whole_windows() -> None:
    game = a_game(ticks=150, events=())
    session = Session(replace(game, rules=replace(game.rules, balance=replace(game.rules.balance, window_s=60))))
    order(session, "begin")
    seen = [world.reading.utilisation[0] for _, world in watched(session, 150)]
    highest = next(p.highest for p in session.world.tally.peaks if p.service == "web")
    windows = [seen[:60], seen[60:120]]
    assert highest / 60e6 == pytest.approx(max(sum(w) / 60 for w in windows), abs=1e-6)


def test_the_last_minute_is_remembered_and_no_more() -> None:
    session = a_session()
    session.advance(90)
    recent = session.world.tally.recent
    assert len(recent) == 60
    assert sum(valid for valid, _ in recent) / 60e6 == pytest.approx(65.0, rel=0.05)


def test_an_incident_counts_at_most_what_was_lost() -> None:
    session = early("worse-than-dead")
    drive_bot(session, BOTS["idle"])
    (incident,) = session.world.tally.incidents
    assert 0.9 * lost(session.world) < incident.bad <= lost(session.world)
    assert incident.mitigated < FOREVER
