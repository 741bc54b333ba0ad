"""Settings: the look, and whether a lesson pauses at its first incident. Nothing here changes an outcome."""

from dataclasses import replace
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon.tui.draw.palette import THEMES
from devops_tycoon.tui.look import GLYPHS, HasLook, Look, look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys

_WORDS = {
    "safe": "colour-blind safe",
    "light": "light",
    "contrast": "high contrast",
    "mono": "no colour",
    "braille": "fine (braille)",
    "block": "blocks",
    "ascii": "plain ASCII",
}


class SettingsScreen(ModalScreen[None]):
    """A short list; enter changes the selected setting at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f2", "dismiss", "Back", id="settings.back"),
        Binding("j", "move(1)", "Down", id="settings.down"),
        Binding("k", "move(-1)", "Up", id="settings.up"),
        Binding("space", "change", "Change", id="settings.change"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="card") as card:
            card.border_title = "Settings"
            yield OptionList(id="settings", markup=False)
            yield Static("\nSettings last until you quit.", classes="dim")
        yield Keys((Key("↑↓", "Select", "move(1)"), Key("enter", "Change", "change")), (Key("esc", "Back", "dismiss"),))

    def on_mount(self) -> None:
        """Fill in the values."""
        self._fill(0)
        self.query_one(OptionList).focus()

    def _fill(self, picked: int) -> None:
        look, choices = look_of(self), self.query_one(OptionList)
        choices.clear_options()
        choices.add_options(
            [
                Option(f"Colours          {_WORDS[look.theme]}"),
                Option(f"Drawing          {_WORDS[look.glyphs]}"),
                Option(f"First incident   {'pauses the game' if look.stops else 'does not pause'}"),
            ]
        )
        choices.highlighted = picked

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change what was chosen."""
        cast(HasLook, self.app).use_look(_changed(look_of(self), event.option_index))
        self._fill(event.option_index)

    def action_change(self) -> None:
        """Change what is picked."""
        self.query_one(OptionList).action_select()

    def action_move(self, step: int) -> None:
        """Pick another setting."""
        choices = self.query_one(OptionList)
        if step > 0:
            choices.action_cursor_down()
        else:
            choices.action_cursor_up()


def _changed(look: Look, setting: int) -> Look:
    """Return the look with the next value of a setting."""
    if setting == 0:
        names = tuple(THEMES)
        return replace(look, theme=names[(names.index(look.theme) + 1) % len(names)])
    if setting == 1:
        return replace(look, glyphs=GLYPHS[(GLYPHS.index(look.glyphs) + 1) % len(GLYPHS)])
    return replace(look, stops=not look.stops)
