"""The incident in a room: time passes while a player chooses, so it is drawn again and closes by itself."""

from devops_tycoon.sim.operations.measures import open_incident
from devops_tycoon.tui.screens.incident import IncidentScreen


class RoomIncidentScreen(IncidentScreen):
    """The incident, on a clock that keeps running."""

    def follow(self) -> None:
        """Show what is known by now; close when the incident is over."""
        if not self.is_mounted:
            return
        if open_incident(self._session.seen) is None:
            self.notify("The incident is over.", timeout=3)
            self.dismiss(None)
        else:
            self._draw()
