"""What a pane of the play screen declares."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from devops_tycoon.tui.view.panels import Moment, Panel

Region = Literal["map", "side", "band"]


class Pane(ABC):
    """One pane of the play screen: its title, key, help and style, and what it draws.

    A wide screen shows all panes; a narrow one shows the current pane. The key selects it.
    """

    id: ClassVar[str]
    key: ClassVar[str]
    title: ClassVar[str]
    """Its tab on a narrow screen."""
    region: ClassVar[Region]
    """Its place on a wide screen: the map, the side next to it, or the band below."""
    widgets: ClassVar[tuple[str, ...]] = ()
    """The ids of its panels; empty: one with the id of the pane."""
    help: ClassVar[str]
    style: ClassVar[str] = ""
    """Rules of its own, in Textual's CSS."""

    @classmethod
    @abstractmethod
    def panels(cls, now: Moment) -> tuple[Panel, ...]:
        """Return the content of its panels at one moment."""

    @classmethod
    def ids(cls) -> tuple[str, ...]:
        """Return the ids of its panels."""
        return cls.widgets or (cls.id,)

    @classmethod
    def css(cls) -> str:
        """Return the rules of every pane (its frame when it is current, and the narrow screen), then its own."""
        own = [f"#{name}" for name in cls.ids()]

        def of(state: str) -> str:
            return ", ".join(f"{state} {name}" for name in own)

        narrow = f"PlayScreen.-narrow.-pane-{cls.id}"
        shown = ", ".join((f"{narrow} #{cls.region}", *(f"{narrow} {name}" for name in own)))
        hidden = "" if cls.region == "map" else f"PlayScreen.-narrow #{cls.region} {{ display: none; }}"
        middle = f"{narrow} #middle {{ display: none; }}" if cls.region == "band" else ""
        return f"""
            {of(f"PlayScreen.-pane-{cls.id}")} {{ border: heavy $accent; border-title-color: $accent; }}
            {of(f".-ascii PlayScreen.-pane-{cls.id}")} {{ border: ascii $accent; }}
            {of("PlayScreen.-narrow")} {{ display: none; border: none; width: 1fr; height: 1fr; }}
            {of(".-ascii PlayScreen.-narrow")} {{ border: none; }}
            {hidden}
            {shown} {{ display: block; }}
            {middle}
            {cls.style}
        """
