"""enable recommendations: switch a feature on again."""

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
class Enable(TypedOrder):
    """Switch a feature on again that was switched off. Its service takes its full load at once."""

    verb: ClassVar[str] = "enable"
    examples: ClassVar[tuple[str, ...]] = ("enable recommendations",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    capability: Annotated[str, Word(named("CAPABILITY", "a capability"))]

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse what is on."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        if in_force(world, "disable", self.capability) is None:
            return f"{self.capability} is not switched off."
        return None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minute that a switch takes."""
        return 60

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Switch it on."""
        return ended(world, "disable", self.capability), (Fact("order", f"{self.capability} is on again."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield everything that is off."""
        for measure in world.measures:
            if measure.verb == "disable":
                yield cls(measure.target)
