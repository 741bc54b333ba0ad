"""postmortem zone-loss: learn from an incident."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import named
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.operations.measures import only_in_a_plan
from devops_tycoon.sim.operations.services import unknown
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.replace import replace
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Postmortem(TypedOrder):
    """Sit down after an incident and ask what made it possible, and nobody whose fault it was.

    It takes half an engineer-week. Whatever practice answers this kind of failure costs half from then on, in work
    and in money. It prevents nothing by itself: something has to be adopted afterwards.
    """

    verb: ClassVar[str] = "postmortem"
    examples: ClassVar[tuple[str, ...]] = ("postmortem zone-loss",)
    planning_only: ClassVar[bool] = True
    company_only: ClassVar[str] = NEEDS_COMPANY
    card: Annotated[str, Word(named("CARD", "a failure card"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what the company has not lived through, or has studied."""
        if (why := only_in_a_plan(world)) is not None:
            return why
        lived = sorted(_lived(world))
        if self.card not in lived:
            return unknown("incident with the failure", self.card, lived)
        if (why := unlocked(world, rules, self.verb)) is not None:
            return why
        return f"{self.card} was studied already." if self.card in world.studied else None

    def effort(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return half a week of somebody's time."""
        return 5

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Open what was learned to the plan."""
        answers = [practice.id for practice in rules.offers if self.card in practice.answers]
        what = f"{', '.join(answers)}: half the price." if answers else "No practice on offer answers it."
        return replace(world, studied=(*world.studied, self.card)), (
            Fact("order", f"Postmortem of {self.card}. {what}"),
        )

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every failure that the company lived through."""
        for card in _lived(world):
            yield cls(card)


def _lived(world: World) -> dict[str, None]:
    """Return the failures that the company has lived through, in this act and in those before."""
    tallies = (*(chapter.tally for chapter in world.chapters), world.tally)
    return {incident.fault: None for tally in tallies for incident in tally.incidents if incident.fault}
