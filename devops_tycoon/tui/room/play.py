"""The play screen in a room: the room's clock and log move it, the player's orders go through the room."""

import time
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from devops_tycoon.orders import usable
from devops_tycoon.sim.operations.measures import open_incident
from devops_tycoon.tui.pace import Pace
from devops_tycoon.tui.room.bar import show_bar
from devops_tycoon.tui.room.board import BoardScreen
from devops_tycoon.tui.room.briefing import RoomBriefingScreen
from devops_tycoon.tui.room.confirm import ConfirmScreen
from devops_tycoon.tui.room.debrief import RoomDebriefScreen
from devops_tycoon.tui.room.incident import RoomIncidentScreen
from devops_tycoon.tui.room.planning import RoomPlanningScreen
from devops_tycoon.tui.room.poll import PollScreen
from devops_tycoon.tui.screens.clock import LONG_NOTICE
from devops_tycoon.tui.screens.play import PlayScreen
from devops_tycoon.tui.screens.small import SmallScreen
from devops_tycoon.tui.view.play_keys import RIGHT
from devops_tycoon.tui.view.room.fields import line, part, poll_open, whole
from devops_tycoon.tui.view.room.keys import room_keys
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.remote import RemoteSession

NO_CONTROL = "The facilitator controls the clock."
BUDGET_S = 0.12
"""How long one frame may play what was announced, so that keys are heard while a latecomer catches up."""
CLOSE = 60
"""Ticks behind from which every tick is drawn into the charts."""
STRIDE = 10
OVER = ("ended", "debrief")
LEAVING = "Your game continues without you. Join again with the same command."


class RoomPlayScreen(PlayScreen):
    """A player's seat in a room; the facilitator controls the clock."""

    PAUSES_BEHIND: ClassVar[bool] = False
    session: RemoteSession
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "board", "Board", id="room.board"),
        Binding("v", "vote", "Answer the facilitator's question", id="room.vote"),
    ]

    def __init__(self, session: RemoteSession, restart: Callable[[], None]) -> None:
        super().__init__(session)
        self._restart = restart
        self._version = -1
        self._reviewed = False
        self._phase = session.world.phase

    def compose(self) -> ComposeResult:
        """Lay out the room's lines above the game."""
        yield Rows(id="room")
        yield from super().compose()

    # ---- the room's clock ------------------------------------------------------------------------------------------

    def _frame(self) -> None:
        """Play what the room has announced, as much as a frame has time for, and show what is new."""
        link, session = self.session.link, self.session
        if not self.is_attached or link.bye:
            return  # the lobby below says why
        new = link.version != self._version
        self._version = link.version
        played = self._follow()
        if session.renewed:
            self._begin_anew()
            return
        told, self._notice_for = self._notice_for, max(0, self._notice_for - 1)
        if new or played or told == 1:
            self._phase_changed()
            self.draw()
            self._draw_above()
        self._end_of_lesson()

    def _follow(self) -> int:
        """Enter what came and play announced ticks until the budget is spent; return how many were played."""
        session, began, before = self.session, time.monotonic(), self.session.world.tick
        session.follow(0)
        while session.behind and not session.renewed and time.monotonic() < began + BUDGET_S:
            at = session.world.tick
            session.follow(1 if session.behind <= CLOSE else STRIDE)
            if session.world.tick == at:
                break
            self.history.add(session.seen, session.rules)
        return session.world.tick - before

    def _begin_anew(self) -> None:
        self.app.notify("The facilitator has reset the room.", timeout=4)
        self._restart()

    def _phase_changed(self) -> None:
        """Make way for a shift that has begun, and for a planning after it."""
        phase, before = self.session.world.phase, self._phase
        self._phase = phase
        if phase == before:
            return
        if phase == "shift" and any(isinstance(screen, RoomPlanningScreen) for screen in self.app.screen_stack):
            self._come_back()
        if phase == "planning" and before == "shift":
            if self.company_mode:
                self._come_back()
                self.action_plan()
            else:
                self.say("The shift is over. Plan the next one; the facilitator begins it.", LONG_NOTICE)

    def _come_back(self) -> None:
        """Close everything above this screen, unless the terminal is too small to show it."""
        if any(isinstance(screen, SmallScreen) for screen in self.app.screen_stack):
            return
        while self.app.screen is not self and self in self.app.screen_stack:
            self.app.pop_screen()

    def _end_of_lesson(self) -> None:
        """Show the debrief once, when the lesson has ended and its last tick was played."""
        if self._reviewed or line(self.session.link.now, "state", 20) not in OVER or self.session.behind:
            return
        self._reviewed = True
        self._come_back()
        self.app.push_screen(RoomDebriefScreen(self.session))

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
        show_bar(self, self.session)
        world = self.session.world
        self.query_one(Keys).offer(
            room_keys(world.phase, usable(self.session.rules), self.company_mode, poll_open(now)), RIGHT
        )

    def _draw_above(self) -> None:
        """Show what is new on the screen above this one."""
        above = self.app.screen
        if isinstance(above, RoomPlanningScreen | RoomIncidentScreen):
            above.follow()

    # ---- keys ------------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Say who controls the clock; after the end, show the debrief."""
        if self.session.world.phase == "over":
            self.app.push_screen(RoomDebriefScreen(self.session))
        else:
            self.say(NO_CONTROL)

    def action_faster(self) -> None:
        """Say who controls the clock."""
        self.say(NO_CONTROL)

    def action_slower(self) -> None:
        """Say who controls the clock."""
        self.say(NO_CONTROL)

    def action_one_tick(self) -> None:
        """Say who controls the clock."""
        self.say(NO_CONTROL)

    def action_plan(self) -> None:
        """Open planning, in company mode."""
        if not self.company_mode or self.session.world.phase != "planning":
            self.say("There is nothing to plan now.")
            return
        self.app.push_screen(RoomPlanningScreen(self.session), self._left_planning)

    def _left_planning(self, began: bool | None) -> None:
        if began is False:
            self.action_leave()
        self.draw()

    def action_locate(self) -> None:
        """Open the incident, while the clock keeps running, or select the service of the newest one."""
        if self.company_mode and open_incident(self.session.seen) is not None:
            self.app.push_screen(RoomIncidentScreen(self.session), self._ordered)
            return
        super().action_locate()

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
    """Show the game of a room where it stands: its planning, its briefing if it was not read, its debrief.

    `restart` closes the game when the room begins anew.
    """
    session.follow(0)
    play = RoomPlayScreen(session, restart)
    app.push_screen(play)
    if session.world.phase == "planning" and play.company_mode:
        play.action_plan()
    fresh = session.world.shift == 0 and session.world.tick == 0
    planning = session.world.phase == "planning" and line(session.link.now, "state", 20) == "planning"
    if planning and (fresh or not forecast_given(session)):
        app.push_screen(RoomBriefingScreen(session))


def forecast_given(session: RemoteSession) -> bool:
    """Return whether the lesson's question was answered, or there is none."""
    asked = session.rules.scenario.question is not None
    return not asked or any(recorded.order.startswith("forecast-answer") for recorded in session.orders)
