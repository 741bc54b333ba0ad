"""unshed browse: let everybody in again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import named
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.operations.measures import ended, in_force, only_in_a_shift
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Unshed(TypedOrder):
    """Let all users of a journey in again. If the crowd is still too large for the company, its queues fill again."""

    verb: ClassVar[str] = "unshed"
    examples: ClassVar[tuple[str, ...]] = ("unshed browse",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    journey: Annotated[str, Word(named("JOURNEY", "a journey"))]

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse a journey whose users are all let in."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        if in_force(world, "shed", self.journey) is None:
            return f"Nobody is turned away from {self.journey}."
        return None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minute that it takes to turn it back."""
        return 60

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Let them in."""
        return ended(world, "shed", self.journey), (Fact("order", f"Everybody is let in to {self.journey} again."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every journey that is shed."""
        for measure in world.measures:
            if measure.verb == "shed":
                yield cls(measure.target)
