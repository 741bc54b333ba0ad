"""One's own debrief at the end of a lesson; that of the class is made by the room."""

from devops_tycoon.tui.screens.debrief import DebriefScreen
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys

ROOM = "This game is the room's; the facilitator begins another round. Alone: devops-tycoon play."


class RoomDebriefScreen(DebriefScreen):
    """As alone, without starting anything: nothing of a room is saved here."""

    def on_mount(self) -> None:
        """Offer only what can be done here."""
        keys = Key("↑↓", "Scroll", "scroll(3)"), Key("space", "Page", "scroll(15)")
        self.query_one(Keys).offer(keys, (Key("q", "Lobby", "leave"),))

    def action_again(self, further: int) -> None:  # noqa: ARG002 — the key's number
        """Say whose game it is."""
        self.notify(ROOM, markup=False)

    def action_onward(self) -> None:
        """Say whose game it is."""
        self.notify(ROOM, markup=False)
