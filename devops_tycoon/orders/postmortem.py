"""postmortem: learn from an incident."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import named
from devops_tycoon.orders.titles import title_of_card
from devops_tycoon.sim.operations.measures import only_in_a_plan
from devops_tycoon.sim.operations.services import unknown
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.text import listed


@dataclass(frozen=True)
class Postmortem(TypedOrder):
    """Hold a blameless postmortem: ask what made an incident possible, not whose fault it was.

    It takes half an engineer-week. From then on each practice that answers this kind of failure costs half, in effort
    and in money. It prevents nothing by itself: you still have to adopt one.
    """

    verb: ClassVar[str] = "postmortem"
    examples: ClassVar[tuple[str, ...]] = ("postmortem zone-loss",)
    planning_only: ClassVar[bool] = True
    company_only: ClassVar[str] = NEEDS_COMPANY
    card: Annotated[str, Word(named("CARD", "a failure card"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse a failure that the company has not had, or has held a postmortem of."""
        if (why := only_in_a_plan(world)) is not None:
            return why
        lived = sorted(_lived(world))
        if self.card not in lived:
            return unknown("past incident with the failure", self.card, lived)
        if (why := unlocked(world, rules, self.verb)) is not None:
            return why
        return (
            f"You already held a postmortem of {title_of_card(rules, self.card)}."
            if self.card in world.studied
            else None
        )

    def effort(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return half an engineer-week."""
        return 5

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Halve the price of the practices that answer the failure."""
        answers = [practice.title for practice in rules.offers if self.card in practice.answers]
        what = f"At half price now: {listed(answers)}." if answers else "No practice on offer answers it."
        return replace(world, studied=(*world.studied, self.card)), (
            Fact("order", f"Postmortem of {title_of_card(rules, self.card)}. {what}"),
        )

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every failure that the company has had."""
        for card in _lived(world):
            yield cls(card)


def _lived(world: World) -> dict[str, None]:
    """Return the failures behind past incidents, in this act and in those before."""
    tallies = (*(chapter.tally for chapter in world.chapters), world.tally)
    return {incident.fault: None for tally in tallies for incident in tally.incidents if incident.fault}
