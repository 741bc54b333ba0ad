"""Autoscalers of the game: what they are given, what they cost, and what becomes of them."""

import pytest

from devops_tycoon.orders import NotationError, parse
from devops_tycoon.play.session import Session
from devops_tycoon.sim.operations.scaling import scaler_of
from tests.builders import POSTING, a_session, order, replicas, watched

RICH = 10**9


def a_scaled(text: str = "autoscale web target=2% min=2 max=12", cash_cents: int = RICH) -> Session:
    session = a_session(ticks=900, began=False, events=(), cash_cents=cash_cents)
    order(session, text, "begin")
    return session


def test_replicas_follow_the_load_within_their_bounds_and_after_their_boot() -> None:
    session = a_scaled()
    begin = replicas(session.world, "web")
    found = {replicas(after, "web") for _, after in watched(session, 20)}
    assert found == {begin}
    scaler = scaler_of(session.world, "web")
    assert scaler is not None
    assert scaler.fleet.asked > begin
    session.advance(int(scaler.settings.start_s) + 20)
    assert begin < replicas(session.world, "web") <= 12


def test_a_replica_that_an_autoscaler_starts_has_its_price_and_its_rent() -> None:
    session = a_scaled()
    web = next(s for s in session.world.services if s.id == "web")
    for before, after in watched(session, 300):
        old, new = scaler_of(before, "web"), scaler_of(after, "web")
        assert old is not None
        assert new is not None
        added = max(0, new.fleet.asked - old.fleet.asked)
        rent = sum(s.replicas * s.rent_cents_per_hour for s in after.services) * session.rules.scenario.tick_s
        paid = before.cash_cents - after.cash_cents - added * web.price_cents
        assert paid == (before.rent_owed + rent) // 3600


def test_an_autoscaler_orders_only_what_there_is_money_for() -> None:
    price = next(s for s in a_session().world.services if s.id == "web").price_cents
    session = a_scaled(cash_cents=price + 100_000)
    begin = replicas(session.world, "web")
    session.advance(500)
    assert replicas(session.world, "web") == begin + 1
    assert session.world.cash_cents >= 0


def test_scaling_by_hand_and_switching_off_are_heard() -> None:
    session = a_scaled("autoscale web target=100% min=2 max=12")
    session.advance(60)
    before = replicas(session.world, "web")
    order(session, "scale web -1")
    session.advance(2)
    assert replicas(session.world, "web") == before - 1
    order(session, "autoscale web off")
    session.advance(1)
    assert session.world.scalers == ()
    session.advance(600)
    assert replicas(session.world, "web") == before - 1


def test_an_autoscaler_ends_with_its_service() -> None:
    session = a_session(POSTING, began=False, ticks=60, cash_cents=RICH)
    order(session, "split catalog", "autoscale catalog target=60% max=4", "merge catalog web", "begin")
    session.advance(2)
    assert session.world.scalers == ()


def test_what_cannot_be_scaled_by_itself_is_refused_with_a_sentence() -> None:
    session = a_session(began=False)
    assert "did you mean web" in str(session.place("autoscale wbe target=60% max=4"))
    assert "can have at most" in str(session.place("autoscale web target=60% max=100000"))
    assert "has no autoscaler" in str(session.place("autoscale web off"))
    store = next(s.id for s in session.world.services if s.kind == "store")
    assert "stores data" in str(session.place(f"autoscale {store} target=60% max=2"))


@pytest.mark.parametrize(
    "text",
    [
        "autoscale web", "autoscale web target=60%", "autoscale web target=60 max=4", "autoscale web on",
        "autoscale web target=0% max=4", "autoscale web target=60% min=5 max=4", "autoscale web off max=4",
    ],
)  # fmt: skip
def test_what_is_no_autoscaler_is_answered_with_how_it_is_written(text: str) -> None:
    with pytest.raises(NotationError, match="Usage: autoscale"):
        parse(text)
