"""The room's lines at the top of a screen: who you are, what the room does, what the facilitator says."""

from textual.screen import Screen

from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.room.bar import bar_rows
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.remote import RemoteSession


def show_bar(screen: Screen[bool] | Screen[None], session: RemoteSession) -> None:
    """Show the room's lines at the top of a screen that has a place for them."""
    link, glyphs = session.link, look_of(screen).glyphs
    welcome, now, connected, behind = dict(link.welcome), dict(link.now), link.connected, session.behind
    bar = screen.query_one("#room", Rows)
    bar.styles.height = len(bar_rows(welcome, now, connected, behind, max(20, screen.app.size.width), glyphs))
    bar.show(lambda width, _: bar_rows(welcome, now, connected, behind, width, glyphs))
