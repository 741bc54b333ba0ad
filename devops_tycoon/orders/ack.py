"""ack: take an incident in hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import count
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.operations.measures import only_in_a_shift, open_incident, with_incident
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.replace import replace
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Ack(TypedOrder):
    """Take the open incident in hand: somebody has it, and the pager stops.

    Nothing is repaired by it. But an incident that nobody has taken pages again every five minutes, and that tires
    everybody. Whoever gives an order that needs hands has taken the incident in hand by that; the time from notice to
    this moment is what MTTA is the mean of.
    """

    verb: ClassVar[str] = "ack"
    examples: ClassVar[tuple[str, ...]] = ("ack", "ack 3")
    company_only: ClassVar[str] = NEEDS_COMPANY
    number: Annotated[int, Word(count(1, 999_999, noun="an incident's number"))] = 0
    """0: the incident that is open."""

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse where nobody has to be told."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        incident = open_incident(world)
        if incident is None:
            return "No incident is open."
        if self.number not in (0, incident.id):
            return f"Incident {self.number} is not open; incident {incident.id} is."
        if incident.acknowledged < FOREVER:
            return f"Incident {incident.id} is in somebody's hands already."
        return None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minute in which the page is read."""
        return 60

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Write down when."""
        incident = open_incident(world)
        if incident is None:
            return world, (Fact("refused", "No incident is open.", bad=True),)
        world = with_incident(world, replace(incident, acknowledged=min(incident.acknowledged, world.tick)))
        minutes = (world.tick - incident.detected) * rules.scenario.tick_s // 60
        return world, (Fact("order", f"Incident {incident.id} is in hand after {minutes} min."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield itself while an incident is open."""
        if open_incident(world) is not None:
            yield cls()
