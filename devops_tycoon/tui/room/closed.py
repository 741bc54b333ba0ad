"""The last screen of a room: why it is closed to this player."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys

LONGEST = 600


class ClosedScreen(ModalScreen[None]):
    """The reason, and the way out."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,enter,escape", "app.quit", "Close", id="closed.close")]

    def __init__(self, why: str) -> None:
        super().__init__()
        self._why = why

    def compose(self) -> ComposeResult:
        """Lay out the sentence."""
        with Vertical(classes="card") as card:
            card.border_title = "Room closed"
            yield Static(look_of(self).says(clean(self._why)[:LONGEST]), id="why", markup=False)
        yield Keys((Key("q", "Close", "app.quit"),))
