"""The facilitator's question: answered by a number, changed as long as it is open, counted when it is closed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.room.fields import items, line, part, poll_open, whole
from devops_tycoon.tui.view.room.poll import choice_lines
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.workshop.link import Link


class PollScreen(ModalScreen[str | None]):
    """Ends with a sentence about the answer, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,v", "leave", "Back", id="poll.back"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
        *[Binding(str(number), f"choose({number})", "Answer", show=False) for number in range(1, 7)],
    ]

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self._poll = dict(part(link.now, "poll"))

    def compose(self) -> ComposeResult:
        """Lay out the question and its answers."""
        says = look_of(self).says
        with Vertical(classes="card") as card:
            card.border_title = "Question" if self._poll.get("open") else "Answers"
            yield Static(says(line(self._poll, "text")) + "\n", markup=False)
            choices = OptionList(id="choices", markup=False)
            choices.add_options([Option(says(text)) for text in choice_lines(self._poll)])
            yield choices
            yield Static(id="why", markup=False)
        yield Keys((Key("1-6", "Answer", "move(0)"), Key("↑↓", "Select", "move(1)")), (Key("esc", "Later", "leave"),))

    def on_mount(self) -> None:
        """Pick the answer that was given."""
        choices = self.query_one("#choices", OptionList)
        choices.highlighted = max(0, whole(self._poll, "mine") - 1) if choices.option_count else None
        choices.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with what was picked."""
        self.action_choose(event.option_index + 1)

    def action_move(self, step: int) -> None:
        """Pick another answer."""
        choices = self.query_one("#choices", OptionList)
        if step:
            (choices.action_cursor_down if step > 0 else choices.action_cursor_up)()

    def action_choose(self, number: int) -> None:
        """Send the answer; a refusal is shown here."""
        same = whole(part(self._link.now, "poll"), "id") == whole(self._poll, "id")
        if number > len(items(self._poll, "choices")):
            return
        if not same or not poll_open(self._link.now):
            self.query_one("#why", Static).update("This question is closed.")
            return
        answer = self._link.send("answer", f"{whole(self._poll, 'id')} {number}")
        if answer.stored:
            self.dismiss(f"Answered: {number}. v changes it while the question is open.")
        else:
            self.query_one("#why", Static).update(look_of(self).says(answer.why))

    def action_leave(self) -> None:
        """Answer later."""
        self.dismiss(None)
