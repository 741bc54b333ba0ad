"""undrain zone=b: let traffic go into a zone again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import ZONE
from devops_tycoon.orders.notation import Option, TypedOrder
from devops_tycoon.sim.operations.measures import ended, in_force, only_in_a_shift
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Undrain(TypedOrder):
    """Let traffic go into a drained zone again, with all the capacity that stands there."""

    verb: ClassVar[str] = "undrain"
    examples: ClassVar[tuple[str, ...]] = ("undrain zone=b",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    zone: Annotated[str, Option("zone", ZONE)]

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse a zone that is not drained."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        if in_force(world, "drain", self.zone) is None:
            return f"Zone {self.zone} is not drained."
        return None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minute that it takes to turn it back."""
        return 60

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Give its traffic back."""
        return ended(world, "drain", self.zone), (Fact("order", f"Zone {self.zone} gets traffic again."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every drained zone."""
        for measure in world.measures:
            if measure.verb == "drain":
                yield cls(measure.target)
