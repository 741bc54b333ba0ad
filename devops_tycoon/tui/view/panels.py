"""What a panel is, and the moment that the panels of the play screen show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devops_tycoon.play.session import Session
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.tui.draw.values import Glyphs, Row
from devops_tycoon.tui.pace import Pace
from devops_tycoon.tui.view.feed import when
from devops_tycoon.tui.view.history import History

Draw = Callable[[int, int], Sequence[Row]]
REMEMBERED = 80
"""Facts that the feed can be scrolled back through."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything that the panels are made of."""

    session: Session
    history: History
    chosen: str
    pace: Pace
    pane: str
    notice: str
    back: int
    """How many of the newest facts are scrolled away."""
    glyphs: Glyphs


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its id, the texts in its frame, and its content."""

    id: str
    draw: Draw
    title: str = ""
    subtitle: str = ""


def facts_of(now: Moment) -> list[tuple[str, Fact]]:
    """Return the newest visible facts with their time of day, without those that are scrolled away."""
    session = now.session
    known = [(when(session.rules, tick), fact) for tick, fact in session.facts[-REMEMBERED:] if not fact.hidden]
    return known[: max(1, len(known) - now.back)]
