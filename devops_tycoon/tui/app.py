"""The app: themes, the first screen, and nothing that a game would need to be replayed."""

from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.tui.look import Look, look_here, textual_themes
from devops_tycoon.tui.screens.briefing import BriefingScreen
from devops_tycoon.tui.screens.play import PlayScreen
from devops_tycoon.tui.screens.title import TitleScreen

THEMES = ("safe", "light", "contrast", "mono")


class TycoonApp(App[None]):
    """DevOps Tycoon in a terminal."""

    TITLE = "DevOps Tycoon"
    CSS_PATH = "tycoon.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (140, "-wide")]  # noqa: RUF012 — Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "next_theme", "Theme", show=False, id="app.theme"),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True, id="app.quit"),
    ]

    def __init__(self, session: Session | None = None, look: Look | None = None) -> None:
        super().__init__()
        self.look = look or look_here()
        self._session = session
        for theme in textual_themes():
            self.register_theme(theme)
        self.theme = f"tycoon-{self.look.theme}"

    def on_mount(self) -> None:
        """Show the title, and above it the game that was asked for."""
        self.push_screen(TitleScreen())
        if self._session is not None:
            self.open_game(self._session)

    def open_game(self, session: Session) -> None:
        """Show a game: its briefing if it is new, else where it was left."""
        fresh = session.world.tick == 0 and session.world.phase == "planning" and not session.orders
        self.push_screen(PlayScreen(session))
        if fresh:
            self.push_screen(BriefingScreen(session))

    def action_next_theme(self) -> None:
        """Go through the themes; every one stays readable without colour."""
        now = self.theme.removeprefix("tycoon-")
        following = THEMES[(THEMES.index(now) + 1) % len(THEMES)]
        self.theme = f"tycoon-{following}"
        self.notify(f"Theme: {following}", timeout=2)


def run_app(game: Game | None = None, session: Session | None = None) -> None:
    """Run the app until the player leaves; whatever is being played is closed properly."""
    if session is None and game is not None:
        session = Session(game)
    TycoonApp(session).run()
