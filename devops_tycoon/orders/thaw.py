"""thaw: end a freeze."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.notation import TypedOrder
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NO_DEPLOYMENTS, Order
from devops_tycoon.sim.values.replace import replace
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Thaw(TypedOrder):
    """End a freeze. What piled up meanwhile can be deployed again.

    With a pipeline it is deployed within minutes, all of it; without one, service by service when you say so.
    """

    verb: ClassVar[str] = "thaw"
    examples: ClassVar[tuple[str, ...]] = ("thaw",)
    company_only: ClassVar[str] = NO_DEPLOYMENTS

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse where nothing is frozen."""
        return None if world.delivery.frozen else "No freeze is on."

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Nobody is busy with it."""
        return 0

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Let deploys happen again."""
        delivery = replace(world.delivery, frozen=False)
        return replace(world, delivery=delivery), (Fact("order", "Deploys are possible again."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield itself."""
        yield cls()
