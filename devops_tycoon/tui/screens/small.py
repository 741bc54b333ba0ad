"""The message of a terminal that is smaller than the game needs; it closes by itself."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from devops_tycoon.tui.look import clock_words_of, look_of

LEAST = Size(80, 24)


def too_small(size: Size) -> bool:
    """Return whether the game would be cut off."""
    return size.width < LEAST.width or size.height < LEAST.height


class SmallScreen(ModalScreen[None]):
    """The message; a game behind it is paused."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "Quit", id="small.quit")]

    def compose(self) -> ComposeResult:
        """Lay out the message."""
        yield Static(id="message", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Close when there is room, otherwise say what is missing."""
        if not too_small(event.size):
            if self.is_current:
                self.dismiss()
            return
        text = (
            f"This terminal is {event.size.width}×{event.size.height}; the game needs {LEAST.width}×{LEAST.height}. "
            f"Enlarge it to continue; {clock_words_of(self)}.\n\nq quits; your game is saved. "
            "devops-tycoon play --text works at any size."
        )
        self.query_one("#message", Static).update(look_of(self).says(text))
