"""forecast-answer: answer the forecast question."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import count
from devops_tycoon.sim.text import plural


@dataclass(frozen=True)
class ForecastAnswer(TypedOrder):
    """Answer the lesson's forecast question with the number of a choice. It never changes the score."""

    verb: ClassVar[str] = "forecast-answer"
    examples: ClassVar[tuple[str, ...]] = ("forecast-answer 2",)
    responder_s: ClassVar[int | None] = 0
    planning_only: ClassVar[bool] = True
    undoable: ClassVar[bool] = False
    choice: Annotated[int, Word(count(1, 9, "NUMBER", "the number of a choice"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse where there is no question, or it is too late."""
        question = rules.scenario.question
        if question is None:
            return "This scenario has no forecast question."
        if world.tick > 0 or world.phase != "planning":
            return "The forecast question is answered before the first shift."
        if self.choice > len(question.choices):
            return f"The question has {plural(len(question.choices), 'choice')}."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Keep the answer."""
        return replace(world, answer=self.choice - 1), (Fact("order", f"Your forecast: answer {self.choice}."),)
