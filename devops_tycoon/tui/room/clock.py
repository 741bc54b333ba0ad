"""The clock of a game in a room: it follows the ticks that the room has announced."""

import time
from collections.abc import Callable
from typing import Any, ClassVar, cast

from textual.screen import Screen

from devops_tycoon.tui.room.bar import show_bar
from devops_tycoon.tui.screens.clock import LONG_NOTICE
from devops_tycoon.tui.screens.debrief import DebriefScreen
from devops_tycoon.tui.screens.game_clock import GameClock, Played
from devops_tycoon.tui.screens.incident import IncidentScreen
from devops_tycoon.tui.screens.planning import PlanningScreen
from devops_tycoon.tui.screens.small import SmallScreen
from devops_tycoon.tui.view.room.fields import line
from devops_tycoon.workshop.remote import RemoteSession

BUDGET_S = 0.12
"""How long one frame may play what was announced, so that keys are heard while a latecomer catches up."""
CLOSE = 60
"""Ticks behind from which every tick is drawn into the charts."""
STRIDE = 10
OVER = ("ended", "debrief")


class RoomClock(GameClock):
    """The facilitator controls it; `restart` closes the game when the room is reset."""

    hosted: ClassVar[bool] = True
    refusal: ClassVar[str] = "The facilitator controls the clock."

    def __init__(self, session: RemoteSession, restart: Callable[[], None]) -> None:
        self._session, self._restart = session, restart
        self._version = -1
        self._reviewed = False
        self._phase = session.world.phase

    def frame(self, screen: Played) -> None:
        """Play what the room has announced, as much as a frame has time for, and show what is new."""
        link, session = self._session.link, self._session
        if not screen.is_attached or link.bye:
            return  # the lobby below says why
        new = link.version != self._version
        self._version = link.version
        played = self._follow(screen)
        if session.renewed:
            screen.app.notify("The facilitator has reset the room.", timeout=4)
            self._restart()
            return
        if screen.count_notice() or new or played:
            self._phase_changed(screen)
            screen.draw()
            _draw_above(screen)
        self._end_of_lesson(screen)

    def show_lines(self, screen: Screen[Any]) -> None:
        """Show who the player is, what the room does and what the facilitator says."""
        show_bar(screen, self._session)

    def _follow(self, screen: Played) -> int:
        """Enter what came and play announced ticks until the budget is spent; return how many were played."""
        session, began, before = self._session, time.monotonic(), self._session.world.tick
        session.follow(0)
        while session.behind and not session.renewed and time.monotonic() < began + BUDGET_S:
            at = session.world.tick
            session.follow(1 if session.behind <= CLOSE else STRIDE)
            if session.world.tick == at:
                break
            screen.history.add(session.seen, session.rules)
        return session.world.tick - before

    def _phase_changed(self, screen: Played) -> None:
        """Close planning for a shift that has begun, and open it after one."""
        phase, before = self._session.world.phase, self._phase
        self._phase = phase
        if phase == before:
            return
        if phase == "shift" and any(isinstance(above, PlanningScreen) for above in screen.app.screen_stack):
            _come_back(screen)
        if phase == "planning" and before == "shift":
            if screen.company_mode:
                _come_back(screen)
                screen.action_plan()
            else:
                screen.say("The shift is over. Plan the next one; the facilitator begins it.", LONG_NOTICE)

    def _end_of_lesson(self, screen: Played) -> None:
        """Show the debrief once, when the lesson has ended and its last tick was played."""
        if self._reviewed or line(self._session.link.now, "state", 20) not in OVER or self._session.behind:
            return
        self._reviewed = True
        _come_back(screen)
        screen.app.push_screen(DebriefScreen(self._session, self))


def _come_back(screen: Played) -> None:
    """Close everything above a screen, unless the terminal is too small to show it."""
    if any(isinstance(above, SmallScreen) for above in screen.app.screen_stack):
        return
    app, this = screen.app, cast("Screen[Any]", screen)
    while app.screen is not this and this in app.screen_stack:
        app.pop_screen()


def _draw_above(screen: Played) -> None:
    """Show what is new on the screen above."""
    above = screen.app.screen
    if isinstance(above, PlanningScreen | IncidentScreen):
        above.follow()
