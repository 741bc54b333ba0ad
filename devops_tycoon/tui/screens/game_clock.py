"""Who moves the clock of a game: outside rooms the player."""

from typing import Any, ClassVar, Protocol

from textual.app import App
from textual.screen import Screen

from devops_tycoon.play.session import Session
from devops_tycoon.tui.pace import Pace
from devops_tycoon.tui.view.history import History


class Played(Protocol):
    """The screen whose session a clock moves."""

    session: Session
    pace: Pace
    history: History

    @property
    def app(self) -> App[Any]: ...  # noqa: D102
    @property
    def is_attached(self) -> bool: ...  # noqa: D102
    @property
    def company_mode(self) -> bool: ...  # noqa: D102
    def play(self, ticks: int) -> None: ...  # noqa: D102
    def draw(self) -> None: ...  # noqa: D102
    def say(self, text: str, frames: int = ...) -> None: ...  # noqa: D102
    def count_notice(self) -> bool: ...  # noqa: D102
    def action_plan(self) -> None: ...  # noqa: D102


class GameClock:
    """The clock of a game outside rooms: the player controls it, and it pauses behind other screens."""

    hosted: ClassVar[bool] = False
    """True: a facilitator controls the clock, begins shifts and starts games; it never pauses behind a screen."""
    refusal: ClassVar[str] = ""
    """Why the player cannot move the clock; empty: they can."""

    def frame(self, screen: Played) -> None:
        """Play the ticks of one frame."""
        if screen.session.world.phase != "shift":
            return
        ticks, screen.pace = screen.pace.frame()
        if ticks:
            screen.play(ticks)

    def show_lines(self, screen: Screen[Any]) -> None:
        """Show the lines of the room on a screen that has a place for them."""
