"""The app in a workshop: a player's seat in a room, or the facilitator's console."""

from typing import ClassVar

from devops_tycoon.tui.app import TycoonApp
from devops_tycoon.tui.look import Look
from devops_tycoon.tui.room.lobby import LobbyScreen
from devops_tycoon.workshop.link import Link


class PlayerApp(TycoonApp):
    """A player's seat; nothing is saved here, the room keeps the game."""

    CSS_PATH: ClassVar[list[str]] = ["../tycoon.tcss", "room.tcss"]  # type: ignore[assignment]
    CLOCK_WORDS = "the room's clock keeps running"

    def __init__(self, link: Link, look: Look | None = None) -> None:
        super().__init__(None, look)
        self.link = link

    def show_first(self) -> None:
        """Wait in the lobby."""
        self.push_screen(LobbyScreen(self.link))


class ConsoleApp(TycoonApp):
    """The facilitator's console."""

    CSS_PATH: ClassVar[list[str]] = ["../tycoon.tcss", "room.tcss"]  # type: ignore[assignment]
    CLOCK_WORDS = "the room's clock keeps running"

    def __init__(self, link: Link, folder: str = "", look: Look | None = None) -> None:
        super().__init__(None, look)
        self.link = link
        self._folder = folder

    def show_first(self) -> None:
        """Show the console."""
        from devops_tycoon.tui.room.console import ConsoleScreen

        self.push_screen(ConsoleScreen(self.link, self._folder))
