"""The review after a shift in company mode; planning of the next one follows."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from devops_tycoon.play.session import Session
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.company.review import review_rows
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows


class ReviewScreen(Screen[None]):
    """One page that scrolls; leaving it opens planning."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,p,escape,q", "go_on", "Plan the next quarter", id="review.go_on"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="review.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="review.up"),
        Binding("pagedown,space", "scroll(15)", "Page", id="review.page"),
        Binding("pageup", "scroll(-15)", "Page up", show=False, id="review.page_up"),
        Binding("home", "scroll(-9999)", "Top", show=False, id="review.top"),
        Binding("end", "scroll(9999)", "End", show=False, id="review.end"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="scroll", classes="panel"):
            yield Rows(id="document")
        yield Keys(
            (
                Key("⏎", "Plan the next quarter", "go_on"),
                Key("↑↓", "Scroll", "scroll(3)"),
                Key("space", "Page", "scroll(15)"),
            )
        )

    def on_mount(self) -> None:
        """Say which shift is over."""
        world, rules = self._session.world, self._session.rules
        shift = rules.scenario.shifts[max(0, world.shift - 1)]
        number = f"{world.shift} of {len(rules.scenario.shifts)}"
        self.query_one("#scroll").border_title = look_of(self).says(f"Review of shift {number}: {shift.title}")
        self.query_one("#scroll").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the page out for the new width."""
        self._lay_out(event.size.width)

    def on_screen_resume(self) -> None:
        """Lay the page out for this size, and for what was chosen in the settings."""
        self._lay_out(self.app.size.width)

    def _lay_out(self, width: int) -> None:
        rows = review_rows(self._session, max(20, width - 6), look_of(self).glyphs)
        for document in self.query("#document").results(Rows):
            document.styles.height = len(rows)
            document.show(lambda _width, _height: rows)

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one("#scroll").scroll_relative(y=lines, animate=False)

    def action_go_on(self) -> None:
        """Open planning."""
        self.dismiss()
