"""ack: acknowledge an incident."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import count
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.operations.measures import only_in_a_shift, open_incident, with_incident
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import duration
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Ack(TypedOrder):
    """Acknowledge the open incident: a responder is on it, and the pager stops.

    It repairs nothing, but an incident that nobody acknowledges pages again every five minutes, and every page tires
    the team. Any order that needs a responder acknowledges the incident too. MTTA is the mean time from detection to
    this moment.
    """

    verb: ClassVar[str] = "ack"
    examples: ClassVar[tuple[str, ...]] = ("ack", "ack 3")
    responder_s: ClassVar[int | None] = 60
    company_only: ClassVar[str] = NEEDS_COMPANY
    number: Annotated[int, Word(count(1, 999_999, noun="an incident's number"))] = 0
    """0: the incident that is open."""

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse where no incident waits for it."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        incident = open_incident(world)
        if incident is None:
            return "No incident is open."
        if self.number not in (0, incident.id):
            return f"Incident {self.number} is not open; incident {incident.id} is."
        if incident.acknowledged < FOREVER:
            return f"Incident {incident.id} is already acknowledged."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Keep the time."""
        incident = open_incident(world)
        if incident is None:
            return world, (Fact("refused", "No incident is open.", bad=True),)
        world = with_incident(world, replace(incident, acknowledged=min(incident.acknowledged, world.tick)))
        after = duration((world.tick - incident.detected) * rules.scenario.tick_s)
        return world, (Fact("order", f"Incident {incident.id} acknowledged after {after}."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield itself while an incident is open."""
        if open_incident(world) is not None:
            yield cls()
