"""undo: undo the last order of a plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.basis import Fact, Order, Rules, TypedOrder, World, replace


@dataclass(frozen=True)
class Undo(TypedOrder):
    """Undo the last order of this plan and get back its price and engineer-weeks. After `begin` it is too late."""

    verb: ClassVar[str] = "undo"
    examples: ClassVar[tuple[str, ...]] = ("undo",)
    responder_s: ClassVar[int | None] = 0
    planning_only: ClassVar[bool] = True
    company_only: ClassVar[str] = "This scenario has no plan to undo."
    undoable: ClassVar[bool] = False

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse where there is nothing to undo."""
        if world.phase != "planning":
            return "The shift has begun; the plan can no longer be changed."
        return None if world.planned else "This plan has no orders yet."

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Go back to the world before the last order of the plan."""
        return replace(world.planned[-1], planned=world.planned[:-1]), (Fact("order", "The last order was undone."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield nothing: it leads nowhere new."""
        return iter(())
