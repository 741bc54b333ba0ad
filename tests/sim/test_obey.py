"""What happens to an order when its moment comes."""

from dataclasses import replace

from devops_tycoon.orders import parse
from devops_tycoon.sim.obey import FACILITATOR, obey, refusal
from devops_tycoon.sim.values.order import Placed
from devops_tycoon.sim.values.units import FOREVER
from tests.builders import a_session, a_world, lesson, order, replicas

RULES = lesson("worse-than-dead")


def test_while_planning_an_order_is_done_at_once_and_needs_no_hands() -> None:
    session = a_session(began=False)
    for _ in range(3):
        order(session, "scale web +1")
    world = session.world
    assert replicas(world, "web") == 7
    assert world.pending == ()
    assert set(world.busy) == {0}
    assert world.tick == 0
    assert world.cash_cents == 6_000_000 - 3 * 600_000


def test_in_a_shift_an_order_takes_a_pair_of_hands_and_its_time() -> None:
    session = a_session(events=())
    session.advance(10)
    order(session, "scale web +1")
    session.advance(1)
    world = session.world
    assert sorted(world.busy) == [0, 10 + 120]
    assert replicas(world, "web") == 4
    assert world.cash_cents < 5_400_001
    (pending,) = world.pending
    assert pending.due == 10 + 180
    session.advance(179)
    assert replicas(session.world, "web") == 4
    session.advance(1)
    assert replicas(session.world, "web") == 5
    assert session.world.pending == ()


def test_when_all_hands_are_busy_an_order_is_refused_with_the_time_that_is_left() -> None:
    session = a_session(events=())
    order(session, "scale web +1")
    session.advance(1)
    order(session, "scale catalog +1")
    session.advance(1)
    why = session.place("scale identity +1")
    assert why is not None
    assert "2 responders are busy" in why
    assert "1:58" in why
    session.advance(117)
    assert session.place("scale identity +1") is not None
    session.advance(1)
    assert session.place("scale identity +1") is None


def test_a_fact_tells_of_an_order_that_was_possible_when_placed_and_no_longer_when_obeyed() -> None:
    session = a_session(events=(), cash_cents=700_000)
    order(session, "scale web +1", "scale web +1")
    facts = session.advance(1)
    refused = [fact.text for fact in facts if fact.kind == "refused"]
    assert len(refused) == 1
    assert refused[0].startswith("scale web +1: ")
    assert "cost" in refused[0]
    assert len(session.world.pending) == 1
    assert session.world.tally.orders == 2  # begin and one scale: what is refused is not counted


def test_a_refused_order_changes_nothing() -> None:
    world = replace(a_world(), phase="shift", tick=5)
    for text in ("scale nobody +1", "split web", "begin", "rollback web", "inject zone-loss zone=a"):
        after, facts = obey(world, RULES, Placed(parse(text)))
        assert after == world
        assert [fact.kind for fact in facts] == ["refused"]


def test_trouble_is_made_by_the_facilitator_only_and_costs_the_players_no_hands() -> None:
    session = a_session(events=())
    session.advance(1)
    assert session.place("inject bad-deploy web") == "Only the facilitator may inject."
    assert session.place("inject bad-deploy web", FACILITATOR) is None
    session.advance(1)
    assert [fault.card for fault in session.world.faults] == ["bad-deploy"]
    assert set(session.world.busy) == {0}


def test_what_belongs_to_the_planning_is_refused_in_a_shift_and_nothing_is_possible_after_the_end() -> None:
    session = a_session(ticks=5)
    assert session.place("begin") == "The shift has already begun."
    assert session.place("forecast-answer 1") == "The forecast question is answered before the first shift."
    session.advance(5)
    assert session.over
    for text in ("scale web +1", "begin", "set web>catalog retries=1"):
        assert session.place(text) == "The game is over."


def test_what_players_see_and_what_is_refused_hang_on_no_hidden_fault() -> None:
    session = a_session(events=())
    session.advance(1)
    order(session, "inject slow-dependency web")
    session.advance(1)
    assert session.world.faults
    assert session.seen.faults == ()
    assert session.seen.tally.suspects == ()
    assert refusal(session.seen, session.rules, Placed(parse("rollback web"))) == refusal(
        session.world, session.rules, Placed(parse("rollback web"))
    )


def test_a_fault_without_an_end_stays() -> None:
    session = a_session(events=())
    session.advance(1)
    order(session, "inject bad-deploy catalog")
    session.advance(2)
    assert [fault.ends for fault in session.world.faults] == [FOREVER]
