"""Planning in a room: orders are the room's to store, and the facilitator begins the shift."""

from textual.app import ComposeResult

from devops_tycoon.orders.begin import Begin
from devops_tycoon.tui.screens.planning import PlanningScreen
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.remote import RemoteSession


class RoomPlanningScreen(PlanningScreen):
    """As alone, with the room's lines; it closes by itself when the shift begins."""

    session: RemoteSession

    def compose(self) -> ComposeResult:
        """Lay out the room's lines above the plan."""
        yield Rows(id="room")
        yield from super().compose()

    def _draw(self) -> None:
        from devops_tycoon.tui.room.play import show_bar

        super()._draw()
        show_bar(self, self.session)

    def follow(self) -> None:
        """Show what is new, without losing what is picked."""
        if self.is_mounted and self.session.world.phase == "planning":
            self._again()

    def action_begin(self) -> None:
        """Let the room say who begins."""
        self.say(self.session.place(Begin()) or "")
