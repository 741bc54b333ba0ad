"""The help page, made from the classes of orders, the keys and the texts that the game itself uses."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.help import GUIDE, SIGNS, keys_help, orders_help
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys


class HelpScreen(ModalScreen[None]):
    """One page: the sentences of `only`, or else all help, that of the current pane first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,w,f1", "dismiss", "Back", id="help.back"),
        Binding("down,j", "scroll(1)", "Down", id="help.down"),
        Binding("up,k", "scroll(-1)", "Up", id="help.up"),
        Binding("pagedown,space", "scroll(12)", "Page down", id="help.page"),
        Binding("pageup", "scroll(-12)", "Page up", id="help.page_up"),
    ]

    def __init__(
        self, title: str = "Help", only: list[str] | None = None, pane: str = "", rules: Rules | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._only = only or []
        self._pane = pane
        self._rules = rules

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        says = look_of(self).says
        with VerticalScroll(classes="card") as card:
            card.border_title = self._title
            for heading, text in self._parts():
                if heading:
                    yield Static(heading, classes="heading")
                yield Static(says(text) + "\n", markup=False)
        yield Keys(
            (Key("↑↓", "Scroll", "scroll(4)"), Key("space", "Page", "scroll(12)")), (Key("esc", "Back", "dismiss"),)
        )

    def _parts(self) -> list[tuple[str, str]]:
        if self._only:
            return [("", "\n\n".join(self._only))]
        here = [("This pane", self._pane)] if self._pane else []
        return [
            *here,
            ("How it works", GUIDE),
            ("Signs on the map", SIGNS),
            ("Keys", keys_help()),
            ("Orders", orders_help(self._rules)),
        ]

    def on_mount(self) -> None:
        """Let the wheel and the arrow keys scroll."""
        self.query_one(".card").focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one(".card").scroll_relative(y=lines, animate=False)
