"""The inspector: the selected service in numbers."""

from typing import ClassVar

from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.tui.view.inspector import inspector
from devops_tycoon.tui.view.panels import Moment, Panel
from devops_tycoon.tui.view.panes.pane import Pane, Region


class InspectorPane(Pane):
    """The selected service."""

    id: ClassVar[str] = "inspector"
    key: ClassVar[str] = "2"
    title: ClassVar[str] = "Service"
    region: ClassVar[Region] = "side"
    help: ClassVar[str] = (
        "The selected service: its workers, their utilisation, the queue, how long each request holds a worker, and "
        "how well its dependencies answer. w explains the numbers; Enter lists what you can order."
    )
    style: ClassVar[str] = "PlayScreen #inspector { height: 2fr; }"

    @classmethod
    def panels(cls, now: Moment) -> tuple[Panel, ...]:
        """Return the numbers of the selected service."""
        world, rules, chosen = now.session.seen, now.session.rules, now.chosen
        busy = tuple(now.history.busy.get(chosen, ()))
        title = f"{cls.key} {'members' if chosen == USERS else chosen}"
        return (Panel(cls.id, lambda w, h: inspector(world, rules, chosen, busy, w, h, now.glyphs), title),)
