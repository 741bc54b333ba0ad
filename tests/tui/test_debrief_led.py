"""What the debrief says of a company that was led, and of a campaign."""

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.tui.draw.values import row_text
from devops_tycoon.tui.view.debrief import debrief_rows
from tests.leading import leading_session, two_acts


def shown(session: Session, width: int = 110) -> str:
    return "\n".join(row_text(row) for row in debrief_rows(session, width, "braille"))


def played(session: Session, trouble: bool = False) -> Session:
    while not session.over and session.world.phase == "planning":
        assert session.place("begin") is None
        if trouble:
            session.place("inject slow-dependency recommendations lasts=600s", by=FACILITATOR)
        session.advance(10_000)
    return session


def test_a_company_is_told_how_it_lost_requests_how_it_delivered_and_where_its_money_went() -> None:
    text = shown(played(leading_session(ticks=200, leading={"seeing": 4, "practices": ("on-call",)}), True))
    for heading in ("How they were lost", "Because of", "MTTD", "Deployment frequency", "salaries", "at the start"):
        assert heading in text
    assert "The acts so far" not in text


def test_a_quiet_company_has_its_medals_and_nothing_lost_to_explain() -> None:
    text = shown(played(leading_session(ticks=60)))
    assert "Medals" in text
    assert "How they were lost" not in text
    assert "MTTD" not in text


def test_a_campaign_has_a_line_for_each_act_that_was_played() -> None:
    session = played(Session(Game(two_acts(), 1)))
    assert "Act 2" not in shown(session)
    assert "o opens act 2" in shown(session)
    assert session.place("onward") is None
    text = shown(played(session))
    acts = [line.split() for line in text.splitlines() if line.strip().startswith("Act ")]
    assert [words[1] for words in acts] == ["1", "2"]
    assert all("uptime" in words for words in acts)


def test_the_turns_of_a_game_are_its_quarters() -> None:
    session = played(leading_session(ticks=60))
    assert [world.phase for world in session.turns] == ["planning", "shift", "planning", "shift", "over"]
