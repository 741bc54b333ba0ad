"""A company to lead for the tests of screens, and the way to its plan, its shift and its trouble."""

from typing import Any

from devops_tycoon.play.session import Session
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.tui.pace import Pace
from tests import leading
from tests.tui.stage import Stage

OFFERS = ("baked-image", "circuit-breaker", "rightsizing", "runbooks", "service-registry")
TROUBLE = "inject slow-dependency recommendations lasts=3600s"


def leading_session(**changes: Any) -> Session:
    """Return a session in its first planning, with people on call and the best eyes that can be bought."""
    ours = {"seeing": 4, "practices": ("on-call",), "offers": (*OFFERS, "on-call")}
    return leading.leading_session(**changes | {"leading": ours | changes.get("leading", {})})


async def to_the_plan(on: Stage) -> None:
    """Read the briefing and answer its question."""
    await on.press("enter", "3")
    assert on.kind == "PlanningScreen"


async def to_the_shift(on: Stage) -> None:
    """Plan nothing, and begin."""
    await to_the_plan(on)
    await begin(on)


async def begin(on: Stage) -> None:
    """Begin the shift without a tick of the real clock: tests play ticks themselves."""
    on.play.pace = Pace(speed=0)
    await on.press("b", "enter")
    on.hold()


async def to_the_incident(on: Stage) -> None:
    """Play until the company has noticed some trouble, and the hands that had to be fetched are there."""
    await to_the_shift(on)
    await trouble(on)


async def trouble(on: Stage) -> None:
    """Bring some trouble about, and play until it is noticed and somebody is there."""
    play = on.play
    assert play.session.place(TROUBLE, by=FACILITATOR) is None
    while not play.session.seen.tally.incidents and play.session.world.phase == "shift":
        play.play(10)
    while play.session.world.phase == "shift" and min(play.session.world.busy) > play.session.world.tick:
        play.play(100)
    await on.pilot.pause()
