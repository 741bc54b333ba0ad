"""Saved games: continue, export or delete one."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon.content.problem import ContentError
from devops_tycoon.play.saves import Save, delete, export, listing
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys


class SavesScreen(ModalScreen[Path | None]):
    """A list, newest first; deleting asks for confirmation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "Back", id="saves.back"),
        Binding("j", "move(1)", "Down", id="saves.down"),
        Binding("k", "move(-1)", "Up", id="saves.up"),
        Binding("d,delete", "delete", "Delete", id="saves.delete"),
        Binding("x", "export", "Export", id="saves.export"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._saves: list[Save] = []
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="card") as card:
            card.border_title = "Saved games"
            yield OptionList(id="saves", markup=False)
            yield Static("", id="said", classes="dim", markup=False)
        yield Keys(
            (
                Key("enter", "Continue", "choose"),
                Key("x", "Export to this folder", "export"),
                Key("d", "Delete", "delete"),
            ),
            (Key("esc", "Back", "back"),),
        )

    def on_mount(self) -> None:
        """Read what there is."""
        self._fill()

    def _fill(self) -> None:
        choices = self.query_one(OptionList)
        at = choices.highlighted or 0
        self._saves = listing()
        choices.clear_options()
        choices.add_options([Option(look_of(self).says(_line(save))) for save in self._saves])
        choices.highlighted = min(at, len(self._saves) - 1) if self._saves else None
        choices.focus()
        if not self._saves:
            self._say("There are no saved games.")

    def _picked(self) -> Save | None:
        at = self.query_one(OptionList).highlighted
        return self._saves[at] if at is not None and at < len(self._saves) else None

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update("\n" + look_of(self).says(text))

    def on_option_list_option_selected(self) -> None:
        """Continue the game that was chosen."""
        self.action_choose()

    def action_choose(self) -> None:
        """Continue the selected game, or say why not."""
        save = self._picked()
        if save is None:
            return
        if save.problem or save.result:
            self._say(save.problem or "That game is over; see `devops-tycoon debrief`.")
            return
        self.dismiss(save.path)

    def action_delete(self) -> None:
        """Delete the picked game; the key is asked for twice."""
        save = self._picked()
        if save is None:
            return
        if self._asked != save.name:
            self._asked = save.name
            self._say(f"Press d again to delete {save.name} for good.")
            return
        self._asked = ""
        self._try(lambda: f"Deleted {delete(save.name).stem}.")
        self._fill()

    def action_export(self) -> None:
        """Copy the picked game into the folder that the game was started in."""
        save = self._picked()
        if save is not None:
            self._try(lambda: f"Exported to {export(save.name, Path.cwd())}.")

    def _try(self, act: Callable[[], str]) -> None:
        try:
            self._say(act())
        except (ContentError, OSError) as error:
            self._say(str(error))

    def action_move(self, step: int) -> None:
        """Pick another game."""
        choices = self.query_one(OptionList)
        if step > 0:
            choices.action_cursor_down()
        else:
            choices.action_cursor_up()

    def action_back(self) -> None:
        """Choose none."""
        self.dismiss(None)


def _line(save: Save) -> str:
    """Return a saved game in a line."""
    how = "cannot be read" if save.problem else save.result or f"in progress, tick {save.tick}"
    return f"{save.name:24} {how}"
