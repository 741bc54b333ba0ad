"""Placing an order: type it, or select one of those that make sense now."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon.orders import NotationError, kinds, parse, usable
from devops_tycoon.orders.inject import Inject
from devops_tycoon.play.session import Session
from devops_tycoon.sim.text import dollars
from devops_tycoon.sim.values.order import Order
from devops_tycoon.tui.draw.text import clean
from devops_tycoon.tui.look import clock_words_of, look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys

MOST = 40
"""Suggestions shown at once."""
LONGEST = 300
"""Characters of an order that is typed."""


class OrderScreen(ModalScreen[str | None]):
    """Ends with the order that was placed, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="order.back"),
        Binding("down", "down", "Next", id="order.down", priority=True),
        Binding("up", "up", "Pick", show=False, id="order.up", priority=True),
        Binding("tab", "take", "Edit the selected order", id="order.take", priority=True),
        Binding("enter", "place", "Place order", id="order.place"),
    ]

    def __init__(self, session: Session, text: str = "") -> None:
        super().__init__()
        self._session = session
        self._text = text
        self._moves = _all_moves(session)
        self._shown: list[Order] = []
        self._filled = ""
        """The text that the suggestions were made for."""

    def compose(self) -> ComposeResult:
        """Lay out the line and the suggestions."""
        with Vertical(classes="card") as card:
            card.border_title, card.border_subtitle = "Order", f"{clock_words_of(self)} while you choose"
            yield Input(
                self._text,
                placeholder="type an order, e.g. scale web +1",
                id="line",
                max_length=LONGEST,
                select_on_focus=False,
            )
            yield OptionList(id="moves", markup=False)
            yield Static(id="why", markup=False)
        yield Keys(
            (
                Key("↑↓", "Select", "down"),
                Key("enter", "Place order", "place"),
                Key("tab", "Edit", "take"),
            ),
            (Key("esc", "Back", "leave"),),
        )

    def on_mount(self) -> None:
        """Show what fits the text so far."""
        self.query_one("#moves", OptionList).can_focus = False
        self.query_one("#line", Input).focus()
        self._fill()

    def on_input_submitted(self) -> None:
        """Take enter from the line itself: then it comes behind what was typed before it, however fast."""
        self.action_place()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the suggestions; nothing that was pasted may steer the terminal."""
        if clean(event.value) != event.value:
            event.input.value = clean(event.value)
        else:
            self._fill()

    def _fill(self) -> None:
        text = self._filled = self.query_one("#line", Input).value.strip()
        fitting = [move for move in self._moves if all(word in str(move) for word in text.split())]
        self._shown = fitting[:MOST]
        moves = self.query_one("#moves", OptionList)
        moves.clear_options()
        moves.add_options([Option(self._line(move)) for move in self._shown])
        moves.highlighted = 0 if self._shown and not self._is_order(text) else None
        self._explain()

    def _line(self, order: Order) -> str:
        """Return a suggestion with its price in time."""
        world, rules = self._session.seen, self._session.rules
        if self._session.why_not(order) is not None:
            return f"{order}   (not now)"
        if isinstance(order, Inject):
            return f"{order}   {rules.failure[order.card].title}"
        price, delay = order.price_cents(world, rules), order.delay_s(world, rules)
        notes = [dollars(price)] if price else []
        if world.phase != "planning":
            notes.append("immediate" if delay <= 0 else f"in {delay // 60}:{delay % 60:02}")
        return f"{order}   {', '.join(notes)}"

    def _is_order(self, text: str) -> bool:
        try:
            parse(text)
        except NotationError:
            return False
        return True

    def _picked(self) -> Order | None:
        at = self.query_one("#moves", OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def _explain(self) -> None:
        """Say why the picked or typed order cannot be, or what its kind does."""
        text = self.query_one("#line", Input).value.strip()
        order = self._picked()
        try:
            order = order or (parse(text) if text else None)
        except NotationError as error:
            said = str(error)
            self._say((said if said.endswith("?") else f"{said}.") if text else "")
            return
        if order is None:
            self._say("There is no order to place here.")
            return
        why = self._session.why_not(order)
        self._say(why or type(order).summary())

    def _say(self, text: str) -> None:
        self.query_one("#why", Static).update(look_of(self).says(clean(text)))

    def on_option_list_option_highlighted(self) -> None:
        """Explain the picked order."""
        self._explain()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Place the order that was clicked."""
        self._place(str(self._shown[event.option_index]))

    def action_down(self) -> None:
        """Pick the next suggestion."""
        self.query_one("#moves", OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Pick the previous suggestion."""
        self.query_one("#moves", OptionList).action_cursor_up()

    def action_take(self) -> None:
        """Copy the picked suggestion into the line, to be changed."""
        picked = self._picked()
        if picked is not None:
            line = self.query_one("#line", Input)
            line.value = str(picked)
            line.cursor_position = len(line.value)

    def action_place(self) -> None:
        """Place what is picked, else what is typed: of the text as it is now, however fast it came."""
        line = self.query_one("#line", Input)
        if line.value.strip() != self._filled:
            self._fill()
        picked = self._picked()
        self._place(str(picked) if picked is not None else self.query_one("#line", Input).value)

    def _place(self, text: str) -> None:
        why = self._session.place(text)
        if why is None:
            self.dismiss(text)
        else:
            self._say(why)

    def action_leave(self) -> None:
        """Go back without an order."""
        self.dismiss(None)


def _all_moves(session: Session) -> list[Order]:
    """Return suggestions: those that can be done now first, kinds with a key of their own before the others."""
    world, rules = session.seen, session.rules
    mine = usable(rules)
    known = [kind for kind in kinds().values() if kind in mine or not kind.facilitator]
    moves = [move for kind in known for move in kind.moves(world, rules)]
    return sorted(
        moves, key=lambda move: (session.why_not(move) is not None, move.facilitator, move.key == "", move.verb)
    )
