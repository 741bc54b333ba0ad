"""freeze: no deploys until the thaw."""

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
class Freeze(TypedOrder):
    """Deploy nothing until the thaw: no new version, no new trouble that comes with one.

    Roll-outs under way go on. Changes go on piling up, and wait: the first deploy after the thaw is a large one, and
    large ones are bad more often. Every day of a freeze adds half a point of debt besides, because what should be
    repaired is not. Shopify freezes before its November peak, for a few days and with a way out.
    """

    verb: ClassVar[str] = "freeze"
    examples: ClassVar[tuple[str, ...]] = ("freeze",)
    company_only: ClassVar[str] = NO_DEPLOYMENTS

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse where there is nothing to freeze, or it is frozen."""
        return "A freeze is on already." if world.delivery.frozen else None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Nobody is busy with it."""
        return 0

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Stop deploys."""
        delivery = replace(world.delivery, frozen=True)
        return replace(world, delivery=delivery), (Fact("order", "Deploys are frozen."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield itself."""
        yield cls()
