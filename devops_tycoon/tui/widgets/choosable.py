"""Rows that can be clicked: the screen decides what a line means."""

from textual import events
from textual.message import Message

from devops_tycoon.tui.widgets.rows import Rows


class ChoosableRows(Rows):
    """A list drawn as rows; a click picks a line, a second one opens it."""

    class Clicked(Message):
        """A line was clicked; `twice` on the second click."""

        def __init__(self, line: int, twice: bool) -> None:
            super().__init__()
            self.line = line
            self.twice = twice

    def on_click(self, event: events.Click) -> None:
        """Tell the screen."""
        at = event.get_content_offset(self)
        if at is not None:
            self.post_message(self.Clicked(at.y, event.chain == 2))
