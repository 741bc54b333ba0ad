"""Every panel of the play screen at one moment: its texts in the frame, and how to draw it for any size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devops_tycoon.play.session import Session
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.tui.draw.values import Glyphs, Row
from devops_tycoon.tui.pace import Pace
from devops_tycoon.tui.view.band import charts, goals_panel
from devops_tycoon.tui.view.feed import feed, when
from devops_tycoon.tui.view.history import History
from devops_tycoon.tui.view.inspector import inspector
from devops_tycoon.tui.view.message import message
from devops_tycoon.tui.view.narrow import brief, tabs
from devops_tycoon.tui.view.status import headline, progress, slo_line

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


def panels(now: Moment) -> tuple[Panel, ...]:
    """Return all panels; the ones that are not on the screen are never drawn."""
    session, world, rules, glyphs, pace = now.session, now.session.seen, now.session.rules, now.glyphs, now.pace
    facts = _facts(session, now.back)
    chosen = "members" if now.chosen == USERS else now.chosen
    busy = tuple(now.history.busy.get(now.chosen, ()))
    scrolled = f"{now.back} newer above" if now.back else ""
    return (
        Panel("headline", lambda w, _: (headline(world, rules, pace.label or pace.speed, pace.paused, w, glyphs),)),
        Panel("slo", lambda w, _: (slo_line(world, rules, w, glyphs),)),
        Panel("tabs", lambda w, _: (tabs(now.pane, world, w),)),
        Panel("progress", lambda w, _: (progress(world, rules, w, glyphs),)),
        Panel("message", lambda w, h: message(session, now.notice, w, h, glyphs)),
        Panel("brief", lambda w, _: brief(world, rules, now.chosen, now.history, facts, w, glyphs)),
        Panel("inspector", lambda w, h: inspector(world, rules, now.chosen, busy, w, h, glyphs), f"2 {chosen}"),
        Panel("feed", lambda w, h: feed(facts, w, h, glyphs), "3 Incidents and news", scrolled),
        Panel("goals", lambda w, h: goals_panel(world, rules, w, h, glyphs), "5 Goals"),
        *(
            Panel(chart.id, lambda w, h, rows=chart.rows: rows(w, h, glyphs), chart.title, chart.now)  # type: ignore[misc]
            for chart in charts(now.history, world, rules.scenario.tick_s)
        ),
    )


def _facts(session: Session, back: int) -> list[tuple[str, Fact]]:
    """Return the newest visible facts with their time of day, without the `back` newest."""
    known = [(when(session.rules, tick), fact) for tick, fact in session.facts[-REMEMBERED:] if not fact.hidden]
    return known[: max(1, len(known) - back)]
