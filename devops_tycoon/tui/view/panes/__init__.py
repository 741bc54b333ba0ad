"""The panes of the play screen, each declared in a file of its own; this is their layout."""

from devops_tycoon.tui.view.panes.charts import ChartsPane
from devops_tycoon.tui.view.panes.feed import FeedPane
from devops_tycoon.tui.view.panes.goals import GoalsPane
from devops_tycoon.tui.view.panes.inspector import InspectorPane
from devops_tycoon.tui.view.panes.map import MapPane
from devops_tycoon.tui.view.panes.pane import Pane, Region

__all__ = ["IDS", "PANES", "Pane", "css", "in_region", "pane"]

PANES: tuple[type[Pane], ...] = (MapPane, InspectorPane, FeedPane, ChartsPane, GoalsPane)
"""In the order of their tabs; within a region, from the top and from the left."""
IDS = tuple(pane.id for pane in PANES)


def pane(name: str) -> type[Pane]:
    """Return a pane by its id."""
    return PANES[IDS.index(name)]


def in_region(region: Region) -> tuple[type[Pane], ...]:
    """Return the panes of a region in their order."""
    return tuple(pane for pane in PANES if pane.region == region)


def css() -> str:
    """Return the style sheet of all panes."""
    band = in_region("band")
    shown = (
        f"PlayScreen.-band-{current.id} #{name} {{ display: {'block' if one is current else 'none'}; }}"
        for current in band
        for one in band
        for name in one.ids()
    )
    return "\n".join((*shown, *(pane.css() for pane in PANES)))
