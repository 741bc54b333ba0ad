"""The incident in a room: time goes on while one chooses, so what is shown moves, and ends by itself."""

from devops_tycoon.sim.operations.measures import open_incident
from devops_tycoon.tui.screens.incident import IncidentScreen


class RoomIncidentScreen(IncidentScreen):
    """As alone, on a clock that goes on."""

    def follow(self) -> None:
        """Show what is known by now; an incident that is over makes way."""
        if not self.is_mounted:
            return
        if open_incident(self._session.seen) is None:
            self.notify("The incident is over.", timeout=3)
            self.dismiss(None)
        else:
            self._draw()
