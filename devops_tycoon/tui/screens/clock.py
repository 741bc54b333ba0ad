"""A screen that plays a session in real time: one timer, pace, pauses."""

from textual.screen import Screen
from textual.timer import Timer

from devops_tycoon.orders.begin import Begin
from devops_tycoon.play.session import Session
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.pace import FRAMES_PER_SECOND, Pace
from devops_tycoon.tui.screens.debrief import DebriefScreen
from devops_tycoon.tui.screens.game_clock import GameClock
from devops_tycoon.tui.screens.review import ReviewScreen
from devops_tycoon.tui.view.history import History

INCIDENTS = ("incident", "alarm", "complaints")
NOTICE = 16
"""Frames that a notice stays."""
LONG_NOTICE = 40


class ClockScreen(Screen[None]):
    """The clock of the play screen; what it shows is left to `draw`. No pace ever changes an outcome."""

    def __init__(self, session: Session, clock: GameClock | None = None) -> None:
        super().__init__()
        self.session = session
        self.clock = clock or GameClock()
        self.pace = Pace(paused=True)
        self.history = History()
        self.paused_for_incident = False
        """A lesson pauses by itself once."""
        self._timer: Timer | None = None
        self._notice = ""
        self._notice_for = 0

    def draw(self) -> None:
        """Show this moment."""

    def say(self, text: str, frames: int = NOTICE) -> None:
        """Tell the player something for a while."""
        self._notice, self._notice_for = text, frames
        self.draw()

    @property
    def company_mode(self) -> bool:
        """Whether the game is in company mode."""
        return self.session.rules.scenario.in_company_mode

    def action_plan(self) -> None:
        """Open planning, in company mode."""

    @property
    def notice(self) -> str:
        """What the player is told now, or nothing."""
        return self._notice if self._notice_for else ""

    def count_notice(self) -> bool:
        """Count the frames of a notice down; return whether it has just ended."""
        told, self._notice_for = self._notice_for, max(0, self._notice_for - 1)
        return told == 1

    def on_mount(self) -> None:
        """Start the only timer."""
        self._timer = self.set_interval(1 / FRAMES_PER_SECOND, self.frame)

    def on_look_changed(self) -> None:
        """Show this moment in the new look."""
        self.draw()

    def on_unmount(self) -> None:
        """However the player leaves, the recording says where."""
        self.session.close()

    def on_screen_suspend(self) -> None:
        """Pause behind another screen."""
        if self._timer and not self.clock.hosted:
            self._timer.pause()

    def on_screen_resume(self) -> None:
        """Resume, unless this screen is only passed on the way back to the title."""
        if self._timer:
            self._timer.resume()
        if self.is_current:
            self.draw()

    def frame(self) -> None:
        """Let the clock move the game by a frame."""
        self.clock.frame(self)

    def play(self, ticks: int) -> None:
        """Play some ticks and show what came of them; stop early at the first incident of a lesson."""
        for _ in range(ticks):
            news = self.session.advance()
            self.history.add(self.session.seen, self.session.rules)
            if self._readable(news) or self.session.world.phase != "shift":
                break
        self._notice_for = max(0, self._notice_for - 1)
        if self.session.world.phase != "shift":
            self._shift_ended()
        self.draw()

    def _readable(self, news: list[Fact]) -> bool:
        """Slow down at a visible incident, and pause at a lesson's first one; return whether to stop."""
        if not any(fact.kind in INCIDENTS and not fact.hidden for fact in news):
            return False
        self.pace = self.pace.readable()
        if self.paused_for_incident or self.session.rules.scenario.kind != "lesson" or not look_of(self).stops:
            return False
        self.paused_for_incident = True
        self.pace = Pace(paused=True)
        self.say("First incident, game paused. i: where, w: why, Enter: act, Space: resume", 40)
        return True

    def _shift_ended(self) -> None:
        if self.session.world.phase == "over":
            self.app.push_screen(DebriefScreen(self.session, self.clock))
            return
        self.pace = Pace(self.pace.speed, paused=True)
        if self.company_mode:
            self.app.push_screen(ReviewScreen(self.session), lambda _: self.action_plan())
            return
        self.say("The shift is over. Plan the next one; Space begins it.", LONG_NOTICE)

    def action_pause(self) -> None:
        """Begin the shift, pause, or resume."""
        world = self.session.world
        if world.phase == "over":
            self.app.push_screen(DebriefScreen(self.session, self.clock))
            return
        if not self._controls_clock():
            return
        if world.phase == "planning" and self.company_mode:
            self.action_plan()
            return
        paused = not self.pace.paused
        if world.phase == "planning":
            self.session.place(Begin())
            paused = False
        self.pace, self._notice_for = Pace(self.pace.speed, paused), 0
        self.draw()

    def _has_begun(self) -> None:
        """Start the clock after planning; a company that could not pay its bills has no shift."""
        if self.session.over:
            self.app.push_screen(DebriefScreen(self.session, self.clock))
            return
        self.pace = Pace(self.pace.speed, paused=False)
        self.draw()

    def _controls_clock(self) -> bool:
        """Return whether the player controls the clock; if not, say who does."""
        if self.clock.refusal:
            self.say(self.clock.refusal)
        return not self.clock.refusal

    def action_faster(self) -> None:
        """Play faster."""
        if not self._controls_clock():
            return
        self.pace = self.pace.faster()
        self.draw()

    def action_slower(self) -> None:
        """Play slower."""
        if not self._controls_clock():
            return
        self.pace = self.pace.slower()
        self.draw()

    def action_one_tick(self) -> None:
        """Play one tick while paused."""
        if not self._controls_clock():
            return
        if self.session.world.phase == "shift" and self.pace.paused:
            self.play(1)
        else:
            self.say("Pause the game to step through single ticks.")
