"""The goals: what to reach, and the score so far."""

from typing import ClassVar

from devops_tycoon.tui.view.band import goals_panel
from devops_tycoon.tui.view.panels import Moment, Panel
from devops_tycoon.tui.view.panes.pane import Pane, Region


class GoalsPane(Pane):
    """Goals and score."""

    id: ClassVar[str] = "goals"
    key: ClassVar[str] = "5"
    title: ClassVar[str] = "Goals"
    region: ClassVar[Region] = "band"
    help: ClassVar[str] = "The goals, how close you are to each, and the parts of the score so far."
    style: ClassVar[str] = "PlayScreen #goals { width: 1fr; }"

    @classmethod
    def panels(cls, now: Moment) -> tuple[Panel, ...]:
        """Return the goals as they stand."""
        world, rules = now.session.seen, now.session.rules
        return (Panel(cls.id, lambda w, h: goals_panel(world, rules, w, h, now.glyphs), f"{cls.key} Goals"),)
