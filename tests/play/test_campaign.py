"""A campaign: acts one after the other, with one company, in one recording."""

from pathlib import Path

import pytest

from devops_tycoon.play.autoplay import drive_bot
from devops_tycoon.play.bots import idle
from devops_tycoon.play.game import Game
from devops_tycoon.play.result import result
from devops_tycoon.play.session import Session
from devops_tycoon.sim.money.books import balance
from tests.builders import STREAMING, order
from tests.leading import to_lead, two_acts


def played_first_act(**changes: bool) -> Session:
    session = Session(Game(two_acts(**changes), 1))
    for _ in range(2):
        order(session, "begin")
        session.advance(90)
    return session


def test_the_company_is_carried_over_and_what_is_new_moves_in() -> None:
    session = Session(Game(two_acts(), 1))
    order(session, "adopt runbooks", "split catalog", "begin")
    session.advance(90)
    order(session, "begin")
    session.advance(90)
    before = session.world
    assert before.phase == "over"
    assert not session.over
    order(session, "onward")
    after = session.world
    assert session.rules.scenario.id == STREAMING
    assert [adopted.practice for adopted in after.practices] == ["runbooks"]
    assert "catalog" in [service.id for service in after.services]
    assert {name for service in after.services for name in service.capabilities} == set(session.rules.capability)
    assert after.cash_cents == before.cash_cents
    assert after.business == before.business
    assert [journey.journey for journey in after.tally.journeys] == [j.id for j in session.rules.journeys]


def test_an_act_that_is_lost_ends_the_campaign() -> None:
    session = played_first_act(lost=True)
    assert session.over
    assert session.place("onward") is not None


def test_onward_is_refused_where_nothing_follows_or_too_early() -> None:
    session = Session(Game(two_acts(), 1))
    assert session.place("onward") == "The act is not over yet."
    alone = Session(Game(to_lead(), 1))
    assert alone.place("onward") == "This is not a campaign; no act follows."


def test_every_bad_request_of_a_campaign_is_in_a_ledger_and_money_balances() -> None:
    session = Session(Game(two_acts(), 3))
    drive_bot(session, idle)
    assert session.over
    document = result(session)
    for part in (*document["chapters"], document):
        assert sum(line["bad"] for line in part["ledger"]) == part["valid"] - part["good"]
    assert len(document["chapters"]) == 1
    assert balance(session.world, session.game.rules) == session.world.cash_cents


@pytest.mark.parametrize("ticks", [100, 190, 270])
def test_a_campaign_is_saved_in_one_recording(tmp_path: Path, ticks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from devops_tycoon.play import game as games
    from devops_tycoon.play.saves import new_save, resume

    monkeypatch.setattr(games, "load_rules", lambda _: two_acts())
    session = new_save(Game(two_acts(), 1), tmp_path / "story.replay")
    while session.world.tick < ticks and not session.over:
        if session.world.phase == "over":
            order(session, "onward")
        if session.world.phase == "planning":
            order(session, "begin")
        session.advance(min(60, ticks - session.world.tick))
    session.close()
    again = resume(tmp_path / "story.replay")
    assert again.world == session.world
    assert again.digest == session.digest
    again.close()


def test_the_first_shift_of_an_act_is_counted_from_its_own_beginning_though_it_has_other_journeys() -> None:
    session = Session(Game(two_acts(), 1))
    for _ in range(2):
        order(session, "begin")
        session.advance(90)
    before = len(session.world.tally.journeys)
    order(session, "onward")
    assert len(session.world.tally.journeys) != before
    order(session, "begin")
    session.advance(90)
    assert session.world.phase == "planning"
