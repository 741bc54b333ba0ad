"""The debrief: the result, the reasons for it, and what it teaches."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from devops_tycoon.content.problem import ContentError
from devops_tycoon.orders.onward import Onward
from devops_tycoon.play.game import load
from devops_tycoon.play.saves import new_save
from devops_tycoon.play.session import Session
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.screens.game_clock import GameClock
from devops_tycoon.tui.view.debrief import debrief_rows
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows

HOSTED = "In a room the facilitator starts the next round. To play alone: devops-tycoon play"


class DebriefScreen(Screen[None]):
    """One page that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "again(0)", "Retry same seed", id="debrief.again"),
        Binding("n", "again(1)", "Next seed", id="debrief.other"),
        Binding("o", "onward", "Next act", id="debrief.onward"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="debrief.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="debrief.up"),
        Binding("pagedown,space", "scroll(15)", "Page", id="debrief.page"),
        Binding("home", "scroll(-9999)", "Top", show=False, id="debrief.top"),
        Binding("end", "scroll(9999)", "End", show=False, id="debrief.end"),
        Binding("pageup", "scroll(-15)", "Page up", show=False, id="debrief.page_up"),
        Binding("q,escape,m", "leave", "Title", id="debrief.leave"),
    ]

    def __init__(self, session: Session, clock: GameClock) -> None:
        super().__init__()
        self._session, self._clock = session, clock

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="scroll", classes="panel"):
            yield Rows(id="document")
        read = Key("↑↓", "Scroll", "scroll(3)"), Key("space", "Page", "scroll(15)")
        if self._clock.hosted:
            yield Keys(read, (Key("q", "Lobby", "leave"),))
            return
        onward = () if self._session.over else (Key("o", "Next act", "onward"),)
        again = Key("r", "Retry same seed", "again(0)"), Key("n", "Next seed", "again(1)")
        yield Keys((*onward, *read, *again), (Key("q", "Title", "leave"),))

    def on_mount(self) -> None:
        """Draw once the size is known."""
        self.query_one("#scroll").border_title = look_of(self).says(f"Debrief: {self._session.rules.scenario.title}")
        self.query_one("#scroll").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the page out for the new width."""
        self._lay_out(event.size.width)

    def on_screen_resume(self) -> None:
        """Lay the page out for this size, and for what was chosen in the settings."""
        self._lay_out(self.app.size.width)

    def _lay_out(self, width: int) -> None:
        rows = debrief_rows(self._session, max(20, width - 6), look_of(self).glyphs)
        for document in self.query("#document").results(Rows):
            document.styles.height = len(rows)
            document.show(lambda _width, _height: rows)

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one("#scroll").scroll_relative(y=lines, animate=False)

    def action_again(self, further: int) -> None:
        """Play the scenario again, on the same seed or the next."""
        if self._clock.hosted:
            self.notify(HOSTED, markup=False)
            return
        game = self._session.game
        try:
            level = game.rules.level.id
            again = load(game.rules.id, game.seed + further, game.player, game.rules.trace, level)
            session = new_save(again)
        except (ContentError, OSError) as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._to_title()
        self.app.open_game(session)  # type: ignore[attr-defined]

    def action_onward(self) -> None:
        """Start the next act of a campaign, if this one was won."""
        why = HOSTED if self._clock.hosted else self._session.why_not(Onward())
        if why is not None:
            self.notify(why, markup=False)
            return
        listener = self._session.unlisten()  # the screen that goes would close the recording
        self._to_title()
        self._session.listen(listener)
        self._session.enter(Onward())
        self.app.open_game(self._session)  # type: ignore[attr-defined]

    def action_leave(self) -> None:
        """Go back to the title."""
        self._to_title()

    def _to_title(self) -> None:
        """Drop this screen and the game under it."""
        while len(self.app.screen_stack) > 2:
            self.app.pop_screen()
