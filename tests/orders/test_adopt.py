"""Adopting practices, and taking a plan back."""

from dataclasses import replace

import pytest

from devops_tycoon.orders import NotationError, parse, usable
from devops_tycoon.sim.values.faults import Fault
from devops_tycoon.sim.values.units import FOREVER
from tests.builders import a_session, order
from tests.leading import leading_session


def test_it_takes_weeks_and_money_and_undo_gives_both_back() -> None:
    session = leading_session()
    before = session.world
    order(session, "scale web +1", "adopt baked-image web")
    assert session.world.effort == before.effort - 20
    assert session.world.cash_cents < before.cash_cents
    order(session, "undo", "undo")
    assert session.world == before
    assert session.place("undo") == "This plan has no orders yet."


def test_a_plan_cannot_be_undone_once_it_has_begun() -> None:
    session = leading_session()
    order(session, "adopt runbooks", "begin")
    assert session.place("undo") == "The shift has begun; the plan can no longer be changed."


def test_a_lesson_has_no_plan_to_undo() -> None:
    assert a_session(began=False).place("undo") == "This scenario has no plan to undo."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("adopt runbook", "There is no practice runbook; did you mean runbooks?"),
        ("adopt baked-image", "Baked machine images is for one service; add its name."),
        ("adopt baked-image main-db", "main-db is a store, not a service."),
        ("adopt baked-image wbe", "There is no service wbe; did you mean web?"),
        ("adopt runbooks web", "Runbooks is for the whole company; leave web out."),
        (
            "set web>recommendations breaker=on",
            "breaker needs the practice circuit-breaker; adopt it while planning.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_make_it_possible(text: str, why: str) -> None:
    assert leading_session().place(text) == why


def test_what_can_be_taken_back_shows_no_more_than_what_is() -> None:
    session = leading_session()
    fault = Fault(1, "slow-dependency", "web", 0, FOREVER)
    session.world = replace(session.world, faults=(fault,))
    order(session, "adopt runbooks")
    assert session.seen.planned
    assert not any(before.faults for before in session.seen.planned)
    assert session.world.planned[0].faults == (fault,)


def test_nothing_is_adopted_twice() -> None:
    session = leading_session()
    order(session, "adopt runbooks")
    assert session.place("adopt runbooks") == "Runbooks is already active or in progress."


def test_a_plan_has_only_so_many_weeks() -> None:
    session = leading_session()
    session.world = replace(session.world, effort=5)
    assert session.place("adopt runbooks") == "That takes 1 engineer-weeks; 0.5 are left in this plan."


def test_what_it_unlocks_can_be_ordered_once_it_is_in_force() -> None:
    session = leading_session()
    order(session, "adopt circuit-breaker", "begin", "set web>recommendations breaker=on")


def test_what_is_not_on_offer_is_not_promised() -> None:
    session = leading_session(leading={"offers": ("runbooks",)})
    assert session.place("adopt circuit-breaker") == "There is no practice circuit-breaker; there is runbooks."
    assert session.place("set web>recommendations breaker=on") == "breaker is not available in this scenario."


def test_a_lesson_unlocks_everything_and_has_no_practices() -> None:
    session = a_session(began=False)
    order(session, "set web>recommendations breaker=on")
    assert session.place("adopt runbooks") == "Not available in this scenario: it needs company mode."


@pytest.mark.parametrize("text", ["adopt runbooks", "adopt baked-image web", "adopt budget web>main-db", "undo"])
def test_their_notation_round_trips(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize("text", ["adopt", "adopt a b c", "adopt a b>c>d", "adopt a x=1", "undo twice"])
def test_what_is_no_notation_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse(text)


def test_help_names_what_a_player_can_do_here_and_no_more() -> None:
    lesson, company = a_session().rules, leading_session().rules
    more = set(usable(company)) - set(usable(lesson))
    assert {kind.verb for kind in more} >= {"adopt", "deliver", "deploy", "freeze", "thaw", "undo"}
    assert all(kind.company_only for kind in more)
    assert "inject" not in {kind.verb for kind in usable(company)}
