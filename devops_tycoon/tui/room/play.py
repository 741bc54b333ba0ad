"""The play screen in a room: the room's clock moves it, and orders go through the room."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from devops_tycoon.orders import usable
from devops_tycoon.tui.pace import Pace
from devops_tycoon.tui.room.board import BoardScreen
from devops_tycoon.tui.room.clock import RoomClock
from devops_tycoon.tui.room.confirm import ConfirmScreen
from devops_tycoon.tui.room.poll import PollScreen
from devops_tycoon.tui.screens.briefing import BriefingScreen
from devops_tycoon.tui.screens.play import PlayScreen
from devops_tycoon.tui.view.play_keys import RIGHT
from devops_tycoon.tui.view.room.fields import line, part, poll_open, whole
from devops_tycoon.tui.view.room.keys import room_keys
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.remote import RemoteSession

LEAVING = "Your game continues without you. Join again with the same command."


class RoomPlayScreen(PlayScreen):
    """A player's seat in a room; the facilitator controls the clock."""

    session: RemoteSession
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "board", "Board", id="room.board"),
        Binding("v", "vote", "Answer the facilitator's question", id="room.vote"),
    ]

    def __init__(self, session: RemoteSession, restart: Callable[[], None]) -> None:
        super().__init__(session, RoomClock(session, restart))

    def compose(self) -> ComposeResult:
        """Lay out the room's lines above the game."""
        yield Rows(id="room")
        yield from super().compose()

    # ---- drawing ---------------------------------------------------------------------------------------------------

    @property
    def notice(self) -> str:
        """What the player is told now; while planning, who begins the shift."""
        if self.session.world.phase == "planning" and not super().notice:
            return "Plan and place orders; the facilitator begins the shift."
        return super().notice

    def draw(self) -> None:
        """Show this moment, with the room's lines and the room's pace."""
        if not self.is_mounted or not self.is_attached:
            return
        now = dict(self.session.link.now)
        runs = line(now, "state", 20) in ("running", "history")
        self.pace = Pace(paused=not runs, label=f"{whole(now, 'pace')}/s")
        super().draw()
        self.clock.show_lines(self)
        world = self.session.world
        self.query_one(Keys).offer(
            room_keys(world.phase, usable(self.session.rules), self.company_mode, poll_open(now)), RIGHT
        )

    # ---- keys ------------------------------------------------------------------------------------------------------

    def _left_planning(self, began: bool | None) -> None:
        if began is False:
            self.action_leave()
        self.draw()

    def action_board(self) -> None:
        """Show the board."""
        self.app.push_screen(BoardScreen(self.session.link))

    def action_vote(self) -> None:
        """Answer the facilitator's question, or see what was answered."""
        if not part(self.session.link.now, "poll"):
            self.say("There is no question to answer now.")
            return
        self.app.push_screen(PollScreen(self.session.link), self._voted)

    def _voted(self, told: str | None) -> None:
        if told:
            self.say(told)

    def action_leave(self) -> None:
        """Ask once; the seat stays."""

        def left(yes: bool | None) -> None:
            if yes:
                self.app.exit()

        self.app.push_screen(ConfirmScreen("Leave the room?", LEAVING, "Leave"), left)


def open_room_game(app: App[Any], session: RemoteSession, restart: Callable[[], None]) -> None:
    """Show the game of a room: its planning, its briefing if it was not read, or its debrief.

    `restart` closes the game when the room is reset.
    """
    session.follow(0)
    play = RoomPlayScreen(session, restart)
    app.push_screen(play)
    if session.world.phase == "planning" and play.company_mode:
        play.action_plan()
    fresh = session.world.shift == 0 and session.world.tick == 0
    planning = session.world.phase == "planning" and line(session.link.now, "state", 20) == "planning"
    if planning and (fresh or not forecast_given(session)):
        app.push_screen(BriefingScreen(session))


def forecast_given(session: RemoteSession) -> bool:
    """Return whether the lesson's question was answered, or there is none."""
    asked = session.rules.scenario.question is not None
    return not asked or any(recorded.order.startswith("forecast-answer") for recorded in session.orders)
