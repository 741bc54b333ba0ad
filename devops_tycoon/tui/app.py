"""The app: its look and its first screen; nothing here affects a replay.

Only what the first frame needs is imported here; the game itself is imported when it is played.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.geometry import Size
from textual.screen import Screen

from devops_tycoon.tui.look import Look, LookChanged, look_here, textual_themes
from devops_tycoon.tui.screens.small import SmallScreen, too_small
from devops_tycoon.tui.screens.title import TitleScreen
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.tui.widgets.scrollbar import draw_scroll_bars

if TYPE_CHECKING:
    from devops_tycoon.play.session import Session


class TycoonApp(App[None]):
    """DevOps Tycoon in a terminal."""

    TITLE = "DevOps Tycoon"
    CSS_PATH = "tycoon.tcss"
    CLOCK_WORDS = "the game is paused"
    """What the clock does while a player reads or chooses."""
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (140, "-wide")]  # noqa: RUF012 — Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "settings", "Settings", id="app.settings"),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True, id="app.quit"),
    ]

    def __init__(self, session: "Session | None" = None, look: Look | None = None) -> None:
        super().__init__()
        self.look = look or look_here()
        self._session = session
        for theme in textual_themes():
            self.register_theme(theme)
        self.use_look(self.look)

    def on_mount(self) -> None:
        """Show the first screens, and warn if the terminal is too small."""
        self.show_first()
        self._measure(self.size)

    def show_first(self) -> None:
        """Show the title, and on top of it the game that was asked for."""
        self.push_screen(TitleScreen())
        if self._session is not None:
            self.open_game(self._session)

    def on_resize(self, event: events.Resize) -> None:
        """Warn if the terminal is too small."""
        self._measure(event.size)

    def _measure(self, size: Size) -> None:
        begun = len(self.screen_stack) > 1
        if begun and too_small(size) and not any(isinstance(screen, SmallScreen) for screen in self.screen_stack):
            self.push_screen(SmallScreen())

    def open_game(self, session: "Session") -> None:
        """Show a game: its briefing if it is new, otherwise where it was left."""
        from devops_tycoon.tui.screens.briefing import BriefingScreen
        from devops_tycoon.tui.screens.play import PlayScreen

        begun = session.world.phase != "planning" or session.world.shift > 0
        fresh = not begun and (not session.orders or session.orders[-1].order == "onward")
        play = PlayScreen(session)
        self.push_screen(play)
        if session.rules.scenario.in_company_mode and session.world.phase == "planning":
            play.action_plan()
        if fresh:
            self.push_screen(BriefingScreen(session))

    def use_look(self, look: Look) -> None:
        """Apply a look to every screen."""
        self.look = look
        self.theme = f"tycoon-{look.theme}"
        self.set_class(look.glyphs == "ascii", "-ascii")
        draw_scroll_bars(plain=look.glyphs == "ascii")
        for screen in self.screen_stack if self.is_running else ():
            for rows in screen.query(Rows):
                rows.forget()
            screen.post_message(LookChanged())

    def action_help(self) -> None:
        """Explain the game."""
        from devops_tycoon.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_settings(self) -> None:
        """Open the settings, once."""
        from devops_tycoon.tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, (SettingsScreen, SmallScreen)):
            self.push_screen(SettingsScreen())

    def action_command_palette(self) -> None:
        """Open the palette, in characters that every terminal can show."""
        if not isinstance(self.screen, (CommandPalette, SmallScreen)):
            self.push_screen(CommandPalette(placeholder="Search for orders and commands", id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Offer the commands of this game in the palette, not those of every Textual app."""
        yield SystemCommand("Help", "How the game works, keys and orders", self.action_help)
        yield SystemCommand("Settings", "Colours, drawing, pausing", self.action_settings)
        yield SystemCommand("Quit", "Quit; your game is saved", self.exit)


def run_app(session: "Session | None" = None) -> None:
    """Run the app until the player leaves; a game that is open is saved."""
    TycoonApp(session).run()
