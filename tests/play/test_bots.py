"""Bots are players without hands: what they do hangs on what they see and on the seed."""

from dataclasses import replace

import pytest

from devops_tycoon.orders import parse
from devops_tycoon.play.autoplay import drive_bot, drive_orders
from devops_tycoon.play.bots import BOTS
from devops_tycoon.play.session import Recorded, Session
from devops_tycoon.sim.score.score import score
from tests.builders import LESSONS, POSTING, a_game, a_session, lesson


def driven(bot: str, scenario: str, seed: int = 1, ticks: int = 60) -> Session:
    events = tuple(replace(event, at_s=20.0, jitter_s=5.0) for event in lesson(scenario).scenario.events)
    shifts = tuple(replace(shift, ticks=ticks) for shift in lesson(scenario).scenario.shifts[:2])
    session = Session(a_game(scenario, seed=seed, events=events, shifts=shifts))
    drive_bot(session, BOTS[bot])
    return session


@pytest.mark.parametrize("scenario", LESSONS)
@pytest.mark.parametrize("bot", sorted(BOTS))
def test_a_bot_plays_a_lesson_to_its_end_and_twice_the_same(bot: str, scenario: str) -> None:
    one, other = driven(bot, scenario), driven(bot, scenario)
    assert one.over
    assert (one.digest, one.orders) == (other.digest, other.orders)
    for recorded in one.orders:
        assert str(parse(recorded.order)) == recorded.order


def test_the_idle_bot_only_begins() -> None:
    assert {order.order for order in driven("idle", POSTING).orders} == {"begin"}


def test_the_random_bot_does_other_things_on_another_seed() -> None:
    orders = {tuple(o.order for o in driven("random", POSTING, seed).orders) for seed in (1, 2, 3)}
    assert len(orders) == 3


def test_the_cautious_bot_rolls_back_what_fails_after_a_deploy() -> None:
    session = a_session(events=(), ticks=600)
    session.advance(10)
    assert session.place("inject bad-deploy web", "facilitator") is None
    drive_bot(session, BOTS["cautious"], until=130)
    assert "rollback web" in [order.order for order in session.orders]


def test_a_bot_stops_where_it_is_told() -> None:
    session = Session(a_game(POSTING))
    drive_bot(session, BOTS["idle"], until=25)
    assert session.world.tick == 25


def test_an_order_file_is_played_with_its_refusals_told_and_missing_begins_added() -> None:
    session = Session(a_game(POSTING, ticks=20))
    plan = [
        Recorded(0, "scale main-db +2"),
        Recorded(0, "scale main-db +2"),
        Recorded(5, "inject bad-deploy web"),
        Recorded(50, "scale nobody +1"),
        Recorded(999, "scale web +1"),
    ]
    told = drive_orders(session, plan)
    assert session.over
    assert len(told) == 3
    assert told[0].startswith("tick 0: scale main-db +2: ")
    assert told[1].startswith("tick 50: scale nobody +1: There is no service nobody")
    assert told[2] == "tick 999: scale web +1: the game ended first"
    assert [order.order for order in session.orders].count("begin") == 5
    assert not score(session.world, session.rules).won or session.world.tally.orders > 6
