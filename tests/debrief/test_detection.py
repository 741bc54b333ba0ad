"""The debrief shows what was believed beside what was true."""

from dataclasses import replace

from devops_tycoon.debrief.detection import beliefs, shares
from devops_tycoon.debrief.document import debrief_document
from devops_tycoon.debrief.text import debrief_text
from devops_tycoon.play.session import Session
from devops_tycoon.sim.values.world import Adopted
from devops_tycoon.tui.draw.values import row_text
from devops_tycoon.tui.view.debrief import debrief_rows
from tests.builders import a_session, order
from tests.leading import leading_session


def blind_day() -> Session:
    session = leading_session(ticks=500, tick_s=2, leading={"seeing": 2})
    session.world = replace(session.world, practices=(Adopted("outside-probe", "", 0),))
    order(session, "begin")
    session.advance(40)
    order(session, "inject metrics-outage lasts=600s")
    session.advance(20)
    order(session, "inject network-partition catalog lasts=400s")
    session.advance(400)
    return session


def test_the_believed_and_the_true_stand_side_by_side() -> None:
    session = blind_day()
    (belief,) = beliefs(session)
    assert (belief.how, belief.where, belief.blind, belief.suspected) == ("probe", "catalog", True, ())
    assert belief.fault == session.rules.failure["network-partition"].title
    text = "\n".join(debrief_text(session))
    assert "MEASURED AND ACTUAL" in text
    assert "by the probe from outside; no service looked bad." in text
    assert "Your monitoring was broken" in text
    rows = "\n".join(row_text(row) for row in debrief_rows(session, 100, "braille"))
    assert "Measured and actual" in rows
    (noticed,) = debrief_document(session)["noticed"]
    assert noticed["how"] == "probe"
    assert noticed["after_s"] == belief.after_s > 0


def test_shares_that_were_seen_differ_from_the_true_ones_where_nobody_measured() -> None:
    session = leading_session(ticks=500, tick_s=2, leading={"seeing": 0})
    order(
        session,
        "begin",
    )
    session.advance(50)
    assert all("you had no number; it was" in line for line in shares(session))
    assert not any("you had no number" in line for line in shares(blind_day()))


def test_with_current_numbers_the_service_that_turned_red_first_is_under_suspicion() -> None:
    session = leading_session(ticks=500, tick_s=2, leading={"seeing": 2})
    order(session, "begin")
    session.advance(40)
    order(session, "inject slow-dependency recommendations")
    session.advance(200)
    (belief, *_) = beliefs(session)
    assert belief.where == "recommendations"
    assert belief.suspected[0] == "web"  # it waits for the guilty one
    assert not belief.blind


def test_a_lesson_has_no_such_section() -> None:
    session = a_session(ticks=60)
    session.advance(60)
    assert "MEASURED AND ACTUAL" not in debrief_text(session)
