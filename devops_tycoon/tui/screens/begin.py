"""The last page of planning: the forecast, and the question whether to begin the shift."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from devops_tycoon.orders.begin import Begin
from devops_tycoon.play.session import Session
from devops_tycoon.sim.planning.outlook import outlook
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.company.quarter import begin_rows
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows


class BeginScreen(ModalScreen[None]):
    """Shows the forecast of the coming quarter; enter begins it, esc goes back to planning."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,b,y", "begin", "Begin", id="begin.begin"),
        Binding("escape,q,n", "leave", "Keep planning", id="begin.back"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Lay out the forecast."""
        with Vertical(classes="card") as card:
            card.border_title = "Begin the shift?"
            yield Rows(id="forecast")
            yield Static("\nYou cannot change the plan after this.", classes="dim")
        yield Keys((Key("⏎", "Begin", "begin"),), (Key("esc", "Keep planning", "leave"),))

    def on_mount(self) -> None:
        """Draw."""
        session, rows = self._session, self.query_one("#forecast", Rows)
        told, glyphs = outlook(session.seen, session.rules), look_of(self).glyphs
        drawn = begin_rows(session.seen, session.rules, told, 80, glyphs)
        rows.styles.height = min(len(drawn), self.app.size.height - 8)
        rows.show(lambda w, h: begin_rows(session.seen, session.rules, told, w, glyphs)[:h])

    def action_begin(self) -> None:
        """Begin the shift."""
        why = self._session.place(Begin())
        if why is not None:
            self.notify(why, markup=False)
        self.dismiss()

    def action_leave(self) -> None:
        """Go back to planning."""
        self.dismiss()
