"""Choose one of many by typing some of its words: what to inject, what to lock."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys

MOST = 60


class PickerScreen(ModalScreen[str | None]):
    """Ends with the picked text; with a trailing blank if it shall be changed first; or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="pick.back"),
        Binding("down", "move(1)", "Down", priority=True, id="pick.down"),
        Binding("up", "move(-1)", "Up", show=False, priority=True, id="pick.up"),
        Binding("enter", "take(False)", "Send", id="pick.take"),
        Binding("tab", "take(True)", "Edit first", priority=True, id="pick.change"),
    ]

    def __init__(self, title: str, known: Sequence[str], hint: str) -> None:
        super().__init__()
        self._title, self._known, self._hint = title, tuple(clean(text) for text in known), hint
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the filter and the list."""
        with Vertical(classes="card") as card:
            card.border_title, card.border_subtitle = self._title, self._hint
            yield Input(placeholder="filter by words", id="words", max_length=80)
            yield OptionList(id="known", markup=False)
        keys = (
            Key("↑↓", "Select", "move(1)"),
            Key("enter", "Send", "take(False)"),
            Key("tab", "Edit first", "take(True)"),
        )
        yield Keys(keys, (Key("esc", "Back", "leave"),))

    def on_mount(self) -> None:
        """Show everything."""
        self.query_one("#known", OptionList).can_focus = False
        self.query_one("#words", Input).focus()
        self._fill()

    def on_input_submitted(self) -> None:
        """Take enter from the line itself: then it comes behind what was typed before it, however fast."""
        self.action_take(change=False)

    def on_input_changed(self) -> None:
        """Narrow the list."""
        self._fill()

    def _fill(self) -> None:
        words, known = self.query_one("#words", Input).value.split(), self.query_one("#known", OptionList)
        fitting = [text for text in self._known if all(word in text for word in words)]
        fitting.sort(key=lambda text: not all(word in text.split() for word in words))  # whole words first
        self._shown = fitting[:MOST]
        known.clear_options()
        known.add_options([Option(look_of(self).says(text)) for text in self._shown])
        known.highlighted = 0 if self._shown else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        self.dismiss(self._shown[event.option_index])

    def action_move(self, step: int) -> None:
        """Pick another."""
        known = self.query_one("#known", OptionList)
        (known.action_cursor_down if step > 0 else known.action_cursor_up)()

    def action_take(self, change: bool) -> None:
        """End with what is picked."""
        at = self.query_one("#known", OptionList).highlighted
        if at is not None and at < len(self._shown):
            self.dismiss(self._shown[at] + (" " if change else ""))

    def action_leave(self) -> None:
        """Take nothing."""
        self.dismiss(None)
