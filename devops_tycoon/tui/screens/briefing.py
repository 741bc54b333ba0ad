"""The briefing: the story, the goals, and the question what the player expects to happen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon.orders.forecast_answer import ForecastAnswer
from devops_tycoon.play.session import Session
from devops_tycoon.tui.look import look_of
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.wrap import joined
from devops_tycoon.tui.widgets.keys import Keys

SKIP = Key("esc", "Skip", "leave")


class BriefingScreen(ModalScreen[None]):
    """Shown before the first planning: the story on one page, the forecast question on the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", "Continue", id="briefing.go_on"),
        Binding("escape,q", "leave", "Skip", id="briefing.skip"),
        Binding("j", "down", "Down", id="briefing.down"),
        Binding("k", "up", "Up", id="briefing.up"),
        *[Binding(str(number), f"choose({number})", "Answer") for number in range(1, 7)],
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Lay out both pages; the second is hidden at first."""
        scenario, says = self._session.rules.scenario, look_of(self).says
        with VerticalScroll(id="story", classes="card") as card:
            card.border_title = says(scenario.title)
            yield Static(says(joined(scenario.briefing)), markup=False)
            yield Static("\nGoals", classes="heading")
            yield Static("\n".join(says(f"• {goal.text}") for goal in scenario.goals), markup=False)
        if scenario.question is not None:
            with VerticalScroll(id="question", classes="card") as card:
                card.border_title = "Before you begin: what do you expect?"
                yield Static(says(joined(scenario.question.text)) + "\n", markup=False)
                choices = OptionList(id="choices", markup=False)
                choices.add_options(
                    Option(says(f"{number}  {choice}")) for number, choice in enumerate(scenario.question.choices, 1)
                )
                yield choices
                yield Static("\nYour answer is not scored; the debrief comes back to it.", classes="dim")
        yield Keys()

    def on_mount(self) -> None:
        """Show the story from its beginning."""
        for question in self.query("#question"):
            question.display = False
        self.query_one("#story").focus()
        word = "Next" if self._session.rules.scenario.question is not None else "Start planning"
        self.query_one(Keys).offer((Key("enter", word, "go_on"), Key("↑↓", "Scroll", "down")), (SKIP,))

    @property
    def _asking(self) -> bool:
        return any(question.display for question in self.query("#question"))

    def action_go_on(self) -> None:
        """Turn the page; after the last one, start planning."""
        if self._session.rules.scenario.question is None:
            self.dismiss()
        elif not self._asking:
            self.query_one("#story").display = False
            self.query_one("#question").display = True
            choices = self.query_one("#choices", OptionList)
            choices.highlighted = 0
            choices.focus()
            numbers = f"1-{choices.option_count}"
            keys = Key(numbers, "Answer", "choose_picked"), Key("↑↓", "Pick", "down")
            self.query_one(Keys).offer((*keys, Key("enter", "Choose the selected answer", "choose_picked")), (SKIP,))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep the chosen answer and close."""
        self._answer(event.option_index + 1)

    def action_choose(self, number: int) -> None:
        """Answer by number, once the question can be read."""
        if self._asking:
            self._answer(number)

    def action_choose_picked(self) -> None:
        """Answer with the picked choice."""
        self._answer(1 + (self.query_one("#choices", OptionList).highlighted or 0))

    def _answer(self, number: int) -> None:
        why = self._session.place(ForecastAnswer(number))
        if why is None:
            self.dismiss()
        else:
            self.notify(look_of(self).says(why), markup=False, severity="warning")

    def action_down(self) -> None:
        """Scroll, or pick the next answer."""
        if self._asking:
            self.query_one("#choices", OptionList).action_cursor_down()
        else:
            self.query_one("#story").scroll_relative(y=2, animate=False)

    def action_up(self) -> None:
        """Scroll back, or pick the previous answer."""
        if self._asking:
            self.query_one("#choices", OptionList).action_cursor_up()
        else:
            self.query_one("#story").scroll_relative(y=-2, animate=False)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss()
