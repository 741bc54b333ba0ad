"""A confirmation of what cannot be undone."""

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


class ConfirmScreen(ModalScreen[bool]):
    """Ends with True only after a key that means yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes", id="confirm.yes"),
        Binding("n,escape,q", "answer(False)", "No", id="confirm.no"),
    ]

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__()
        self._title, self._text, self._yes = title, text, yes

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="card") as card:
            card.border_title = self._title
            yield Static(look_of(self).says(clean(self._text)), markup=False)
        yield Keys((Key("y", self._yes, "answer(True)"),), (Key("esc", "No", "answer(False)"),))

    def action_answer(self, yes: bool) -> None:
        """End with the answer."""
        self.dismiss(yes)
