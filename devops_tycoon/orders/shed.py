"""shed: reject a share of a journey's requests."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Option, Order, Rules, TypedOrder, Word, World
from devops_tycoon.orders.forms import named, percent
from devops_tycoon.orders.titles import title_of_journey
from devops_tycoon.sim.operations.measures import begun, in_force, only_in_a_shift, open_incident
from devops_tycoon.sim.operations.services import unknown
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.values.units import WHOLE


@dataclass(frozen=True)
class Shed(TypedOrder):
    """Shed load: reject a share of a journey's requests at the edge, at once.

    They are lost and count as shed on purpose. The requests that are admitted find a company that is not overloaded:
    where queues are full, rejecting a third saves the rest. Where they are not, it only loses requests. `unshed` ends
    it.
    """

    verb: ClassVar[str] = "shed"
    examples: ClassVar[tuple[str, ...]] = ("shed browse share=30%",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    journey: Annotated[str, Word(named("JOURNEY", "a journey"))]
    percent: Annotated[int, Option("share", percent(1))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse a journey that does not exist, and shedding that is not available yet."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        known = [journey.id for journey in rules.journeys]
        if self.journey not in known:
            return unknown("journey", self.journey, known)
        if (why := unlocked(world, rules, self.verb)) is not None:
            return why
        now = in_force(world, "shed", self.journey)
        return (
            f"{self.percent}% of {title_of_journey(rules, self.journey)} requests are already rejected."
            if now and now.share == self._share
            else None
        )

    @property
    def _share(self) -> int:
        return self.percent * (WHOLE // 100)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Reject them from this tick on."""
        text = f"{self.percent}% of {title_of_journey(rules, self.journey)} requests are rejected at the edge."
        return begun(world, "shed", self.journey, self._share), (Fact("order", text),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield a third of every journey while an incident is open."""
        if open_incident(world) is not None:
            for journey in rules.journeys:
                yield cls(journey.id, 30)
