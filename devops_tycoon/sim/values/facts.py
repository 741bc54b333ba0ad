"""Facts narrate what happened. They are never needed to continue and never counted."""

from dataclasses import dataclass

from devops_tycoon.sim.kinds import FactKind


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in the tick that was just computed."""

    kind: FactKind
    text: str
    where: str = ""
    """The service it is about, if any."""
    bad: bool = False
    hidden: bool = False
    """True: the players learn it in the debrief only."""
