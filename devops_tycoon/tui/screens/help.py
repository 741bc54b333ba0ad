"""Help: made from the orders, the keys and the words that the game itself uses."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from devops_tycoon.tui.view.help import GUIDE, KEYS, SIGNS, orders_help


class HelpScreen(ModalScreen[None]):
    """Help on one page; `first` are sentences about what was asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,w", "dismiss", "Back", id="help.back"),
    ]

    def __init__(self, title: str = "Help", first: list[str] | None = None) -> None:
        super().__init__()
        self._title = title
        self._first = first or []

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(classes="card") as card:
            card.border_title = self._title
            if self._first:
                yield Static("\n\n".join(self._first), markup=False)
            else:
                yield from self._everything()
        yield Footer()

    def _everything(self) -> ComposeResult:
        yield Static("How it works", classes="heading")
        yield Static(GUIDE, markup=False)
        yield Static("\nSigns on the map", classes="heading")
        yield Static(SIGNS, markup=False)
        yield Static("\nKeys", classes="heading")
        yield Static("\n".join(f"{key:<12} {what}" for key, what in KEYS), markup=False)
        yield Static("\nOrders", classes="heading")
        yield Static(orders_help(), markup=False)

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(".card").focus()
