"""A company to lead for the tests of screens: it sees everything, and a stage that is past its briefing."""

from typing import Any

from devops_tycoon.play.session import Session
from devops_tycoon.sim.obey import FACILITATOR
from tests import leading
from tests.tui.stage import Stage

TROUBLE = "inject slow-dependency recommendations lasts=3600s"


def leading_session(**changes: Any) -> Session:
    """Return a session in its first planning, with the best eyes that can be bought unless said otherwise."""
    changes["leading"] = {"seeing": 4, **changes.get("leading", {})}
    return leading.leading_session(**changes)


async def to_the_plan(on: Stage) -> None:
    """Read the briefing and answer its question."""
    await on.press("enter", "3")
    assert on.kind == "PlanningScreen"


async def to_the_shift(on: Stage) -> None:
    """Begin the shift, and stop the real clock."""
    await to_the_plan(on)
    await on.press("b", "enter")
    on.hold()


async def to_the_incident(on: Stage) -> None:
    """Play until the company has noticed some trouble."""
    await to_the_shift(on)
    play = on.play
    assert play.session.place(TROUBLE, by=FACILITATOR) is None
    for _ in range(play.session.rules.scenario.shifts[0].ticks - 1):
        if play.session.seen.tally.incidents:
            break
        play.play(1)
    await on.pilot.pause()
