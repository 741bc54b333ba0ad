"""The map: requests flow from left to right; the screen draws it with a widget of its own."""

from typing import ClassVar

from devops_tycoon.tui.view.panels import Moment, Panel
from devops_tycoon.tui.view.panes.pane import Pane, Region


class MapPane(Pane):
    """Services and the calls between them."""

    id: ClassVar[str] = "map"
    key: ClassVar[str] = "1"
    title: ClassVar[str] = "Map"
    region: ClassVar[Region] = "map"
    help: ClassVar[str] = (
        "The map: requests flow from left to right along the arrows, from members to the services that do the work. "
        "Thick lines carry heavy traffic, orange lines lead to hot services, broken red lines lose requests. The "
        "number next to a bar is requests per second; the bar is worker utilisation. If there is room for one line "
        "only, the number is utilisation in percent. Arrow keys follow the calls, z zooms, f shows the selection and "
        "its neighbours, T tidies up the layout."
    )
    style: ClassVar[str] = "PlayScreen #map { width: 1fr; }"

    @classmethod
    def panels(cls, now: Moment) -> tuple[Panel, ...]:  # noqa: ARG003 — the widget draws it
        """Return nothing: the map draws itself."""
        return ()
