"""The lobby: wait for the facilitator; the game opens by itself, once a round."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from devops_tycoon.content.problem import ContentError
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.pace import FRAMES_PER_SECOND
from devops_tycoon.tui.room.closed import ClosedScreen
from devops_tycoon.tui.room.play import open_room_game
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.logo import logo
from devops_tycoon.tui.view.room.fields import line, whole
from devops_tycoon.tui.view.room.lobby import lobby_rows
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.remote import SHARED, RemoteSession

WAITING = ("", "lobby", "homework")
"""States in which no game opens: it has not started, or everyone plays alone (`join` does that without a lobby)."""


class LobbyScreen(Screen[None]):
    """The first screen of a player; the game lies above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "play", "Play", id="lobby.play"),
        Binding("question_mark,f1", "app.help", "Help", id="lobby.help"),
        Binding("q,escape", "app.quit", "Leave", id="lobby.leave"),
    ]

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self._opened = 0
        """The round whose game was opened by itself."""
        self._warned = False

    def compose(self) -> ComposeResult:
        """Lay out the name of the game and the waiting room."""
        with Vertical(id="frame"):
            yield Rows(id="logo")
            yield Rows(id="lobby", classes="panel")
        yield Keys(
            (Key("enter", "Play", "play"), Key("F2", "Settings", "app.settings")),
            (Key("?", "Help", "app.help"), Key("q", "Leave", "app.quit")),
        )

    def on_mount(self) -> None:
        """Look at the link a few times a second."""
        self.query_one("#lobby", Rows).entitle("Workshop")
        self.set_interval(1 / FRAMES_PER_SECOND, self.follow)
        self.follow()

    def on_screen_resume(self) -> None:
        """Show the state of the room."""
        self.follow()

    def on_look_changed(self) -> None:
        """Show it in the new look."""
        self.follow()

    def follow(self) -> None:
        """Show the state of the room; close when it does, and open the game when it has begun."""
        link = self._link
        if link.bye:
            if not any(isinstance(screen, ClosedScreen) for screen in self.app.screen_stack):
                self.app.push_screen(ClosedScreen(link.bye))
            return
        if not self.is_current:
            return
        glyphs, welcome, now = look_of(self).glyphs, dict(link.welcome), dict(link.now)
        self.query_one("#logo", Rows).show(lambda width, _: logo(width, glyphs))
        self.query_one("#lobby", Rows).show(lambda w, h: lobby_rows(welcome, now, link.connected, w, h))
        if welcome.get("shared") and not self._warned:
            self._warned = True
            self.notify(SHARED, markup=False, timeout=10)
        begun = welcome and line(now, "state", 20) not in WAITING
        if (
            begun
            and whole(welcome, "round", 1) != self._opened
            and whole(now, "round", 1) == whole(welcome, "round", 1)
        ):
            self.action_play()

    def action_play(self) -> None:
        """Open the game, or say what it waits for."""
        if not self._link.welcome or line(self._link.now, "state", 20) in WAITING:
            self.notify("The game has not started yet; the facilitator starts it.", markup=False, timeout=3)
            return
        self._opened = whole(self._link.welcome, "round", 1)
        try:
            session = RemoteSession.join(self._link, 0.0)
        except (ContentError, OSError) as error:
            self.app.push_screen(ClosedScreen(str(error)))
            return
        open_room_game(self.app, session, self.play_anew)

    def play_anew(self) -> None:
        """Drop everything above the lobby: another round, or the same from its beginning; then it opens by itself."""
        while self.app.screen is not self and len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        self._opened = 0
        self.call_after_refresh(self.follow)
