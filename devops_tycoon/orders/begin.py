"""begin: end planning and start the shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.basis import Fact, Order, Rules, TypedOrder, World, replace
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import empty
from devops_tycoon.sim.money.spending import hourly
from devops_tycoon.sim.partition.repartition import at_rest
from devops_tycoon.sim.planning.quarter import weeks_passed
from devops_tycoon.sim.timing.clock import shift_of


@dataclass(frozen=True)
class Begin(TypedOrder):
    """End planning and start the shift. From then on time passes, and orders take time and responders."""

    verb: ClassVar[str] = "begin"
    examples: ClassVar[tuple[str, ...]] = ("begin",)
    responder_s: ClassVar[int | None] = 0
    planning_only: ClassVar[bool] = True
    undoable: ClassVar[bool] = False

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse when the shift has begun."""
        return None if world.phase == "planning" else "The shift has already begun."

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Let the planned weeks pass and start the clock."""
        shift = shift_of(world, rules)
        news: tuple[Fact, ...] = ()
        if rules.scenario.in_company_mode:
            world, news = weeks_passed(world, rules)
            if world.phase == "over":
                return world, news
            world = at_rest(replace(world, flow=empty(network_in_effect(world, rules))), rules)
            world = replace(world, rent_at_first=hourly(world))
        return replace(world, phase="shift"), (*news, Fact("shift", f"{shift.day}: {shift.title}."))

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield itself while planning."""
        yield cls()
