"""The page of a practice, and what to adopt it for."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon.play.session import Session
from devops_tycoon.sim.values.order import Order
from devops_tycoon.tui.look import look_of, style_sheet
from devops_tycoon.tui.view.company.choices import Choice
from devops_tycoon.tui.view.company.practice_page import page, targets
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.widgets.keys import Keys


class PracticeScreen(ModalScreen[str | None]):
    """Ends with the order that was placed, or None."""

    CSS_PATH = style_sheet(__file__, "practice.tcss")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="practice.back"),
        Binding("j", "move(1)", "Down", id="practice.down"),
        Binding("k", "move(-1)", "Up", id="practice.up"),
        Binding("space,pagedown", "scroll(6)", "Scroll", id="practice.page", priority=True),
        Binding("pageup", "scroll(-6)", "Scroll back", id="practice.page_up", priority=True),
    ]

    def __init__(self, session: Session, choice: Choice) -> None:
        super().__init__()
        self._session = session
        self._choice = choice
        self._orders: list[Order] = []

    def compose(self) -> ComposeResult:
        """Lay out the page and, below it, what can be ordered."""
        says, world, rules = look_of(self).says, self._session.seen, self._session.rules
        with Vertical(classes="card") as card:
            card.border_title = says(self._choice.title)
            with VerticalScroll(id="text"):
                for heading, text in page(self._choice, world, rules):
                    if heading:
                        yield Static(says(heading), classes="heading", markup=False)
                    yield Static(says(text) + "\n", markup=False)
            yield Static(says(self._asks()), classes="heading", markup=False)
            yield OptionList(id="targets", markup=False)
            yield Static(id="why", markup=False)
        yield Keys(
            (Key("⏎", "Adopt", "place"), Key("↑↓", "Select", "move(1)"), Key("space", "Scroll", "scroll(6)")),
            (Key("esc", "Back", "leave"),),
        )

    def _asks(self) -> str:
        scope = self._choice.practice.scope if self._choice.practice else "company"
        return "Adopt it?" if scope == "company" else f"For which {scope}?"

    def on_mount(self) -> None:
        """List what it can be adopted for."""
        known = targets(self._choice, self._session.seen, self._session.rules)
        self._orders = [target.order for target in known]
        options = self.query_one("#targets", OptionList)
        options.add_options([Option(look_of(self).says(target.line)) for target in known])
        options.highlighted = 0 if known else None
        options.focus()
        self._explain()

    def on_option_list_option_highlighted(self) -> None:
        """Say why the picked one cannot be."""
        self._explain()

    def _picked(self) -> Order | None:
        at = self.query_one("#targets", OptionList).highlighted
        return self._orders[at] if at is not None and at < len(self._orders) else None

    def _explain(self) -> None:
        picked = self._picked()
        self._say((self._session.why_not(picked) or "") if picked else "")

    def _say(self, text: str) -> None:
        self.query_one("#why", Static).update(look_of(self).says(text))

    def on_option_list_option_selected(self) -> None:
        """Order it."""
        self.action_place()

    def action_place(self) -> None:
        """Place the order for the picked target."""
        picked = self._picked()
        if picked is None:
            return
        why = self._session.place(picked)
        if why is None:
            self.dismiss(str(picked))
        else:
            self._say(why)

    def action_move(self, step: int) -> None:
        """Pick another target."""
        options = self.query_one("#targets", OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one("#text").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Go back without it."""
        self.dismiss(None)
