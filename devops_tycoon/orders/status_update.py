"""status-update: tell members about the incident."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.notation import TypedOrder
from devops_tycoon.sim.demand.trust import HEARD_S
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.operations.measures import only_in_a_shift, open_incident, recently, with_incident
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class StatusUpdate(TypedOrder):
    """Tell members what is broken and that someone is working on it.

    It repairs nothing and occupies a responder who could. For ten minutes, members whose requests fail lose less
    trust: silence hurts most.
    """

    verb: ClassVar[str] = "status-update"
    examples: ClassVar[tuple[str, ...]] = ("status-update",)
    company_only: ClassVar[str] = NEEDS_COMPANY

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse where there is nothing to report."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        incident = open_incident(world)
        if incident is None:
            return "No incident is open, so there is nothing to report."
        if recently(world, rules, incident.updated, HEARD_S / 2):
            return "Members were told a few minutes ago."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Keep the time."""
        incident = open_incident(world)
        if incident is None:
            return world, (Fact("refused", "No incident is open, so there is nothing to report.", bad=True),)
        world = with_incident(world, replace(incident, updated=world.tick))
        return world, (Fact("order", f"Members were told about incident {incident.id}."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield itself while an incident is open."""
        if open_incident(world) is not None:
            yield cls()
