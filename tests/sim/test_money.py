"""Money of a company that is led: members bring it, trouble and contracts take it, and every cent has a heading."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from devops_tycoon.content.load import load_rules
from devops_tycoon.orders import moves
from devops_tycoon.play.session import Session
from devops_tycoon.sim.demand.demand import expected
from devops_tycoon.sim.demand.growth import CHURN, LEAST, MOST, appeal, growth, members_after
from devops_tycoon.sim.money.books import balance
from devops_tycoon.sim.money.refunds import refund_cents, shift_uptime
from devops_tycoon.sim.numerics.dice import pick
from devops_tycoon.sim.planning.quarter import bills, cliffs_ahead
from devops_tycoon.sim.rules.company_mode import Cliff
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.accounts import Reserved
from devops_tycoon.sim.values.world import World
from tests.builders import order, replicas
from tests.content.test_bad_input import LESSON, problems
from tests.examples import examples
from tests.leading import leading_session, to_lead


def cents(world: World, heading: str) -> int:
    return next((entry.cents for entry in world.books if entry.heading == heading), 0)


def growing(members: int = 140_000, ticks: int = 30) -> dict[str, Any]:
    """Return the changes of a company whose market is that large by the first shift, and still is by the second."""
    return {"shifts": tuple(replace(shift, members=members, ticks=ticks) for shift in to_lead().scenario.shifts)}


def distrusted(session: Session, trust: int) -> World:
    return replace(session.world, business=replace(session.world.business, trust=trust))


# ---- members


def test_nobody_leaves_a_company_that_is_trusted_and_a_quarter_leaves_one_that_is_not_at_all() -> None:
    session = leading_session()
    assert growth(session.world, session.rules).left == 0
    assert growth(distrusted(session, 0), session.rules).left == round(100_000 * CHURN)
    assert members_after(distrusted(session, 0), session.rules) == 75_000


def test_members_who_left_do_not_come_back_by_themselves() -> None:
    session = leading_session(**growing(ticks=5))
    session.world = distrusted(session, 500_000)
    order(session, "begin")
    lost = session.world.business.members
    session.advance(5)
    session.world = distrusted(session, 1_000_000)
    order(session, "begin")
    assert session.world.business.members == lost  # the market stands still, so nobody comes


def test_features_that_ship_bring_more_members_and_their_absence_fewer() -> None:
    session = leading_session(ticks=5, leading={"changes_per_week": 0.5})
    order(session, "begin")
    session.advance(5)
    could = 4 * 13 * 0.5

    def after(shipped: float) -> float:
        delivery = replace(session.world.delivery, shipped=round(shipped))
        return appeal(replace(session.world, delivery=delivery), session.rules)

    assert after(0) == LEAST
    assert after(could / 2) == pytest.approx((LEAST + MOST) / 2)
    assert after(could) == after(2 * could) == pytest.approx(MOST)


def test_what_was_shipped_in_an_earlier_quarter_attracts_nobody_twice() -> None:
    session = leading_session(ticks=5, leading={"changes_per_week": 0.5})
    session.world = replace(session.world, delivery=replace(session.world.delivery, shipped=26))
    order(session, "begin")
    session.advance(5)
    assert appeal(session.world, session.rules) == LEAST


def test_a_shrinking_market_is_no_smaller_loss_for_a_company_that_nobody_trusts() -> None:
    session = leading_session(**growing(90_000))
    assert growth(session.world, session.rules).joined == -10_000
    assert growth(distrusted(session, 500_000), session.rules).joined == -10_000


def test_demand_follows_the_number_of_members() -> None:
    session = leading_session()
    before = expected(session.world, session.rules)
    half = replace(session.world, business=replace(session.world.business, members=50_000))
    assert expected(half, session.rules) == pytest.approx([rate / 2 for rate in before])


def test_more_members_are_more_requests_and_the_fees_of_the_next_quarter() -> None:
    plain, grown = leading_session(ticks=30), leading_session(**growing())
    for session in (plain, grown):
        order(session, "begin")
        session.advance(30)
    served = [sum(tally.valid for tally in session.world.tally.journeys) for session in (plain, grown)]
    assert served[1] == pytest.approx(1.4 * served[0], rel=0.05)
    fees = [dict(bills(session.world, session.rules))["fees"] for session in (plain, grown)]
    assert fees[1] == round(1.4 * fees[0])


# ---- refunds


def test_a_shift_that_breaks_the_promise_is_refunded_and_the_next_is_counted_by_itself() -> None:
    session = leading_session(ticks=60, leading={"promise": 0.99})
    order(session, "begin", "inject bad-deploy web")
    session.advance(60)
    due = refund_cents(session.world, session.rules)
    assert due == round(100_000 * 900 * 0.05)
    assert cents(session.world, "refunds") == -due
    assert any(fact.kind == "refund" for _, fact in session.facts)
    session.world = replace(session.world, faults=())
    order(session, "begin")
    assert shift_uptime(session.world, session.rules) == 1.0
    session.advance(60)
    assert cents(session.world, "refunds") == -due


def test_nothing_is_refunded_where_nothing_was_promised_or_the_promise_was_kept() -> None:
    for promise in (0.0, 0.9):
        session = leading_session(ticks=60, leading={"promise": promise})
        order(session, "begin")
        session.advance(60)
        assert cents(session.world, "refunds") == 0


# ---- cliffs, contracts, shrinking

LOAN = Cliff("q2", "loans", 5_000_000, "The bank wants its loan back.", 1)


def test_a_loan_is_announced_before_it_is_due_and_then_paid_once() -> None:
    session = leading_session(ticks=5, leading={"cliffs": (LOAN,)})
    assert cliffs_ahead(session.world, session.rules) == ((LOAN, 1),)
    assert "loans" not in dict(bills(session.world, session.rules))
    order(session, "begin")
    session.advance(5)
    assert dict(bills(session.world, session.rules))["loans"] == -5_000_000
    order(session, "begin")
    assert cents(session.world, "loans") == -5_000_000


def test_what_is_not_yet_announced_is_not_foretold() -> None:
    session = leading_session(leading={"cliffs": (replace(LOAN, announced=0),)})
    assert cliffs_ahead(session.world, session.rules) == ()


def test_reserved_replicas_cost_less_than_rented_ones_and_as_much_when_they_do_not_run() -> None:
    plain, reserving = (leading_session(ticks=5, leading={"practices": ("reserved-capacity",)}) for _ in range(2))
    count = replicas(plain.world, "web")
    order(reserving, f"reserve web {count}")

    def cost(session: Session) -> int:
        lines = dict(bills(session.world, session.rules))
        return lines["rent"] + lines["commitments"]

    assert 0 > cost(reserving) > cost(plain)
    for session in (plain, reserving):
        order(session, "scale web -1")
    fewer = [cost(session) for session in (plain, reserving)]
    order(reserving, "undo")
    assert fewer[1] == cost(reserving)  # what does not run is paid for all the same


def test_a_contract_ends_and_the_rent_is_that_of_before() -> None:
    session = leading_session(ticks=5)
    before = bills(session.world, session.rules)
    accounts = replace(session.world.accounts, reserved=(Reserved("web", 2, 13, 100),))
    session.world = replace(session.world, accounts=accounts)
    assert dict(bills(session.world, session.rules))["commitments"] == -1300
    order(session, "begin")
    assert session.world.accounts.reserved == ()
    session.advance(5)
    assert dict(bills(session.world, session.rules))["rent"] == dict(before)["rent"]


def test_no_more_is_reserved_than_there_is_room_for() -> None:
    session = leading_session(leading={"practices": ("reserved-capacity",)})
    most = session.rules.start_service["web"].most
    order(session, f"reserve web {most}")
    assert "can have at most" in str(session.place("reserve web 1"))


def test_a_plan_sells_replicas_for_half_their_price_and_a_shift_does_not() -> None:
    session = leading_session()
    price = session.rules.start_service["web"].price_cents
    cash = session.world.cash_cents
    order(session, "scale web -2")
    assert session.world.cash_cents == cash + price
    order(session, "begin")
    cash = session.world.cash_cents
    order(session, "scale web -1")
    session.advance()
    assert cash - price < session.world.cash_cents <= cash


# ---- to the cent


def everything() -> Rules:
    """Return a company to which everything happens that costs or brings money."""
    shifts = tuple(replace(s, members=120_000 + 9_999 * n) for n, s in enumerate(to_lead().scenario.shifts))
    leading = {"promise": 0.9999, "cliffs": (LOAN,), "changes_per_week": 0.7}
    return to_lead(ticks=20, hazards=True, shifts=tuple(replace(s, ticks=20) for s in shifts), leading=leading)


@given(seed=st.integers(0, 10_000))
@example(seed=0)
@examples(6)
def test_money_balances_to_the_cent_whatever_is_ordered_and_bills_are_what_was_foretold(seed: int) -> None:
    session = leading_session()
    session.game = replace(session.game, rules=everything())
    for step in range(60):
        if session.over:
            break
        if session.world.phase == "planning" and step % 9 == 8:
            foretold, joining = bills(session.world, session.rules), members_after(session.world, session.rules)
            before = session.world
            order(session, "begin")
            assert session.world.cash_cents == before.cash_cents + sum(cents for _, cents in foretold)
            for heading, amount in foretold:
                assert cents(session.world, heading) - cents(before, heading) == amount
            assert session.world.business.members == joining
        able = [move for move in moves(session.world, session.rules) if move.verb != "begin"]
        if able:
            session.place(able[pick(seed, step, len(able), "test")])
        session.advance(3)
        assert session.world.cash_cents == balance(session.world, session.rules)


# ---- files

COMPANY = """
[leading]
engineers = 4
salary_cents_per_week = 200_000
members = 100_000
fee_cents_per_month = 900
"""


def a_cliff(shift: str = "evening", heading: str = "loans", cents: int = 1) -> str:
    return f'[[leading.cliffs]]\nshift = "{shift}"\nheading = "{heading}"\ncents = {cents}\ntext = "Due."'


CHANGES = [
    ("promise = 2", "promise", "expected 0 to"),
    ("refund = 5", "refund", "expected 0 to 1"),
    (a_cliff(shift="evenin"), "cliffs[1].shift", "mean evening?"),
    (a_cliff(), "cliffs[1].shift", "no weeks are planned"),
    (a_cliff(heading="lone"), "cliffs[1].heading", "leases or loans"),
    (a_cliff(cents=0), "cliffs[1].cents", "expected 1 to"),
]


@pytest.mark.parametrize(("more", "key", "says"), CHANGES)
def test_wrong_money_is_named(tmp_path: Path, more: str, key: str, says: str) -> None:
    found = problems(lambda path: load_rules(str(path)), tmp_path / "worse-than-dead.toml", LESSON + COMPANY + more)
    assert any(p.key == f"leading.{key}" and says in p.text and p.line > 0 for p in found), found
