"""Every panel of the play screen at one moment: its lines, and the content of its panes."""

from devops_tycoon.tui.view.message import message
from devops_tycoon.tui.view.narrow import brief, tabs
from devops_tycoon.tui.view.panels import Moment, Panel, facts_of
from devops_tycoon.tui.view.panes import PANES
from devops_tycoon.tui.view.status import headline, progress, slo_line


def panels(now: Moment) -> tuple[Panel, ...]:
    """Return all panels; those that are not on the screen are never drawn."""
    session, world, rules, glyphs, pace = now.session, now.session.seen, now.session.rules, now.glyphs, now.pace
    facts = facts_of(now)
    return (
        Panel("headline", lambda w, _: (headline(world, rules, pace.label or pace.speed, pace.paused, w, glyphs),)),
        Panel("slo", lambda w, _: (slo_line(world, rules, w, glyphs),)),
        Panel("tabs", lambda w, _: (tabs(now.pane, world, w),)),
        Panel("progress", lambda w, _: (progress(world, rules, w, glyphs),)),
        Panel("message", lambda w, h: message(session, now.notice, w, h, glyphs)),
        Panel("brief", lambda w, _: brief(world, rules, now.chosen, now.history, facts, w, glyphs)),
        *(panel for pane in PANES for panel in pane.panels(now)),
    )
