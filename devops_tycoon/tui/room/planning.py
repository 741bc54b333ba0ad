"""Planning in a room: orders are the room's to store, and the facilitator begins the shift."""

from textual.app import ComposeResult

from devops_tycoon.orders.begin import Begin
from devops_tycoon.tui.room.bar import show_bar
from devops_tycoon.tui.screens.planning import PlanningScreen
from devops_tycoon.tui.widgets.rows import Rows
from devops_tycoon.workshop.remote import RemoteSession


class RoomPlanningScreen(PlanningScreen):
    """Planning with the room's lines; it closes by itself when the shift begins."""

    ALONE = False
    session: RemoteSession
    _shown_orders = -1

    def compose(self) -> ComposeResult:
        """Lay out the room's lines above the plan."""
        yield Rows(id="room")
        yield from super().compose()

    def _draw(self) -> None:
        super()._draw()
        self._shown_orders = len(self.session.orders)
        show_bar(self, self.session)

    def follow(self) -> None:
        """Show what is new, without losing what is picked; the plan is worked out anew only after an order."""
        if not self.is_mounted or self.session.world.phase != "planning":
            return
        if len(self.session.orders) != self._shown_orders:
            self._again()
        else:
            show_bar(self, self.session)

    def action_begin(self) -> None:
        """Let the room say who begins."""
        self.say(self.session.place(Begin()) or "")
