"""The facilitator's command line: what is typed goes to the room, and a refusal is shown where it was typed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.room.warnings import warning
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.workshop.commands import USAGE
from devops_tycoon.workshop.link import Link

LONGEST = 600


class CommandScreen(ModalScreen[str | None]):
    """Ends with the command that the room has stored, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="command.back"),
        Binding("enter", "place", "Send", id="command.place"),
        Binding("tab", "complete", "Complete", id="command.complete", priority=True),
    ]

    def __init__(self, link: Link, text: str = "", title: str = "Command") -> None:
        super().__init__()
        self._link, self._text, self._title = link, text, title
        self._asked = ""
        """The command that asks for confirmation: entering it again confirms it."""

    def compose(self) -> ComposeResult:
        """Lay out the line and the commands that fit it."""
        with Vertical(classes="card") as card:
            card.border_title = self._title
            yield Input(self._text, id="line", max_length=LONGEST, select_on_focus=False)
            yield Static(id="why", markup=False)
            with VerticalScroll(id="usage"):
                yield Static(id="commands", markup=False)
        keys = Key("enter", "Send", "place"), Key("tab", "Complete", "complete")
        yield Keys(keys, (Key("esc", "Back", "leave"),))

    def on_mount(self) -> None:
        """Type behind what is there."""
        typed = self.query_one("#line", Input)
        typed.focus()
        typed.cursor_position = len(self._text)
        self._help()

    def on_input_submitted(self) -> None:
        """Take enter from the line itself: then it comes behind what was typed before it, however fast."""
        self.action_place()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the commands that fit; nothing that was pasted may steer the terminal."""
        if clean(event.value) != event.value:
            event.input.value = clean(event.value)
        self._help()

    def _fitting(self) -> list[str]:
        verb, space, _ = self.query_one("#line", Input).value.lstrip().partition(" ")
        return [known for known in USAGE if (known == verb if space else known.startswith(verb))]

    def _help(self) -> None:
        shown = [USAGE[known] for known in self._fitting()] or list(USAGE.values())
        self.query_one("#commands", Static).update(look_of(self).says("\n".join(shown)))

    def action_complete(self) -> None:
        """Write the verb out, if there is only one."""
        fitting, typed = self._fitting(), self.query_one("#line", Input)
        if len(fitting) == 1 and " " not in typed.value:
            typed.value = f"{fitting[0]} "
            typed.cursor_position = len(typed.value)

    def action_place(self) -> None:
        """Send it; the room decides."""
        text = self.query_one("#line", Input).value.strip()
        if not text:
            return
        warned = warning(text, self._link.now)
        if warned and text != self._asked:
            self._asked = text
            self._say(f"{warned} Enter again confirms, Esc cancels.")
            return
        answer = self._link.send("do", text)
        if answer.stored:
            self.dismiss(text)
        else:
            self._say(answer.why)

    def _say(self, text: str) -> None:
        self.query_one("#why", Static).update(look_of(self).says(clean(text)))

    def action_leave(self) -> None:
        """Close without sending."""
        self.dismiss(None)
