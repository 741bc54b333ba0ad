"""The briefing: what this is about, what must be reached, and what the player expects to happen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from devops_tycoon.orders.forecast_answer import ForecastAnswer
from devops_tycoon.play.session import Session


class BriefingScreen(ModalScreen[None]):
    """Shown before the first planning."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "leave", "Go on without", id="briefing.skip"),
        Binding("1", "choose(1)", "Answer", key_display="1-4", id="briefing.number"),
        *[Binding(str(number), f"choose({number})", show=False) for number in range(2, 7)],
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Lay out the texts and the question."""
        scenario = self._session.rules.scenario
        with VerticalScroll(classes="card") as card:
            card.border_title = scenario.title
            yield Static(joined(scenario.briefing), markup=False)
            yield Static("\nYou must reach", classes="heading")
            yield Static("\n".join(f"• {goal.text}" for goal in scenario.goals), markup=False)
            question = scenario.question
            if question is not None:
                yield Static("\nBefore you begin: what do you expect?", classes="heading")
                yield Static(joined(question.text), markup=False)
                options = [f"{number}  {choice}" for number, choice in enumerate(question.choices, 1)]
                yield OptionList(*[Option(plain(text)) for text in options], id="choices")
                yield Static("It never changes your score; the debrief comes back to it.", classes="dim")
        yield Footer()

    def on_mount(self) -> None:
        """Show the text from its beginning; the question can be answered by number from anywhere."""
        card = self.query_one(".card")
        card.focus()
        card.scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep the chosen answer and go on."""
        self._session.place(ForecastAnswer(event.option_index + 1))
        self.dismiss()

    def action_choose(self, number: int) -> None:
        """Answer by number."""
        if self._session.place(ForecastAnswer(number)) is None:
            self.dismiss()

    def action_leave(self) -> None:
        """Go on without an answer."""
        self.dismiss()


def joined(text: str) -> str:
    """Return paragraphs as one line each, so that they wrap at the card's width."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def plain(text: str) -> str:
    """Return a text in which nothing is markup."""
    return text.replace("[", r"\[")
