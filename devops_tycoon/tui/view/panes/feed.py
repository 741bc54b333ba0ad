"""The feed: incidents and news, newest first."""

from typing import ClassVar

from devops_tycoon.tui.view.feed import feed
from devops_tycoon.tui.view.panels import Moment, Panel, facts_of
from devops_tycoon.tui.view.panes.pane import Pane, Region


class FeedPane(Pane):
    """Incidents and news."""

    id: ClassVar[str] = "feed"
    key: ClassVar[str] = "3"
    title: ClassVar[str] = "News"
    region: ClassVar[Region] = "side"
    help: ClassVar[str] = (
        "Incidents and news, newest first. Page Up and Page Down scroll; i selects the service of the newest incident."
    )
    style: ClassVar[str] = "PlayScreen #feed { height: 1fr; }"

    @classmethod
    def panels(cls, now: Moment) -> tuple[Panel, ...]:
        """Return the newest facts, or older ones where the player has scrolled."""
        facts, scrolled = facts_of(now), f"{now.back} newer above" if now.back else ""
        return (Panel(cls.id, lambda w, h: feed(facts, w, h, now.glyphs), f"{cls.key} Incidents and news", scrolled),)
