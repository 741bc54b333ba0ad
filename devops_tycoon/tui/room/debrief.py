"""A player's own debrief at the end of a lesson; the room makes that of the class."""

from devops_tycoon.tui.screens.debrief import DebriefScreen
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys

ROOM = "In a room the facilitator starts the next round. To play alone: devops-tycoon play"


class RoomDebriefScreen(DebriefScreen):
    """The debrief without new games: a room's game is not saved here."""

    def on_mount(self) -> None:
        """Offer only what can be done here."""
        keys = Key("↑↓", "Scroll", "scroll(3)"), Key("space", "Page", "scroll(15)")
        self.query_one(Keys).offer(keys, (Key("q", "Lobby", "leave"),))

    def action_again(self, further: int) -> None:  # noqa: ARG002 — the key's number
        """Say who starts games in a room."""
        self.notify(ROOM, markup=False)

    def action_onward(self) -> None:
        """Say who starts games in a room."""
        self.notify(ROOM, markup=False)
