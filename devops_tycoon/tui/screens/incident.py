"""The incident: what is known, the actions so far, and the options. Outside rooms it pauses the game."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen

from devops_tycoon.play.session import Session
from devops_tycoon.sim.operations.measures import open_incident
from devops_tycoon.tui.look import clock_words_of, look_of, style_sheet
from devops_tycoon.tui.screens.order import OrderScreen
from devops_tycoon.tui.view.company.incident import about, course, known, option_rows, title
from devops_tycoon.tui.view.company.incident_options import Option, options
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.choosable import ChoosableRows
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.rows import Rows

BLIND = ("close", "freeze")
"""Orders that should not be placed by pressing enter without reading."""


class IncidentScreen(ModalScreen[str | None]):
    """Ends with the order that was placed, or None."""

    CSS_PATH = style_sheet(__file__, "incident.tcss")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Place order", id="incident.choose"),
        *[Binding(str(number), f"choose({number})", "Place that order", show=False) for number in range(1, 10)],
        Binding("down,j", "move(1)", "Pick", id="incident.down"),
        Binding("up,k", "move(-1)", "Pick", id="incident.up"),
        Binding("colon,o", "order", "Any order", id="incident.order"),
        Binding("escape,i,q,space", "leave", "Later", id="incident.back"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._options: tuple[Option, ...] = options(session.seen, session.rules)
        able = [n for n, option in enumerate(self._options) if not option.waits and str(option.order) not in BLIND]
        self._picked = able[0]  # one can always wait
        self._why = ""

    def compose(self) -> ComposeResult:
        """Lay out what is known, the actions so far, the options, and the effect of the selected one."""
        with Vertical(classes="card"):
            with Horizontal(id="facts"):
                yield Rows(id="known")
                yield Rows(id="course")
            yield ChoosableRows(id="options")
            yield Rows(id="about")
        yield Keys(
            (
                Key("⏎", "Order", "choose"),
                Key("1-9", "Order by number", "choose"),
                Key("↑↓", "Select", "move(1)"),
                Key(":", "Any order", "order"),
            ),
            (Key("esc", "Back to the shift", "leave"),),
        )

    def on_mount(self) -> None:
        """Draw."""
        self.query_one("#options", Rows).styles.height = len(self._options) + 2
        self._draw()

    def follow(self) -> None:
        """Show what is known by now, on a clock that keeps running; close when the incident is over."""
        if not self.is_mounted:
            return
        if open_incident(self._session.seen) is None:
            self.notify("The incident is over.", timeout=3)
            self.dismiss(None)
        else:
            self._draw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._draw()

    def _draw(self) -> None:
        session, glyphs = self._session, look_of(self).glyphs
        world, rules = session.seen, session.rules
        incident = open_incident(world)
        if incident is None:
            return
        card = self.query_one(".card")
        card.border_title = look_of(self).says(title(incident, world, rules))
        card.border_subtitle = f"{clock_words_of(self)} while you choose"
        self.query_one("#known", Rows).show(
            lambda w, h: [(("Known", "accent"),), *known(world, rules, w - 1, glyphs, h - 1)]
        )
        self.query_one("#course", Rows).show(
            lambda w, h: [(("Actions", "accent"),), *course(incident, world, rules, session.orders, w, h - 1)]
        )
        picked = self._picked
        self.query_one("#options", Rows).show(lambda w, _: option_rows(self._options, picked, w, glyphs))
        told, why = self._options[picked], self._why
        self.query_one("#about", Rows).show(lambda w, h: [((why, "failing"),)] if why else about(told, w, h))

    def action_move(self, step: int) -> None:
        """Pick another option."""
        self._picked = (self._picked + step) % len(self._options)
        self._why = ""
        self._draw()

    def on_choosable_rows_clicked(self, event: ChoosableRows.Clicked) -> None:
        """Pick what was clicked; do it on the second click."""
        if 1 <= event.line <= len(self._options):
            self._picked = event.line - 1
            self._draw()
            if event.twice:
                self.action_choose()

    def action_choose(self, number: int = 0) -> None:
        """Order the picked option, or the one of that number."""
        if number > len(self._options):
            return
        self._picked = number - 1 if number else self._picked
        order = self._options[self._picked].order
        if order is None:
            self.dismiss(None)
            return
        why = self._session.place(order)
        if why is None:
            self.dismiss(str(order))
        else:
            self._why = look_of(self).says(why)
            self._draw()

    def action_order(self) -> None:
        """Type any other order."""
        self.app.push_screen(OrderScreen(self._session), self._ordered)

    def _ordered(self, text: str | None) -> None:
        if text is not None:
            self.dismiss(text)

    def action_leave(self) -> None:
        """Go back to the shift; the incident continues."""
        self.dismiss(None)
