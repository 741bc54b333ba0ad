"""status-update: tell members about the incident."""

from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.basis import Fact, Rules, World, replace
from devops_tycoon.orders.pairs import OfIncident
from devops_tycoon.sim.demand.trust import HEARD_S
from devops_tycoon.sim.operations.measures import recently
from devops_tycoon.sim.values.tally import Incident


@dataclass(frozen=True)
class StatusUpdate(OfIncident):
    """Tell members what is broken and that someone is working on it.

    It repairs nothing and occupies a responder who could. For ten minutes, members whose requests fail lose less
    trust: silence hurts most.
    """

    verb: ClassVar[str] = "status-update"
    examples: ClassVar[tuple[str, ...]] = ("status-update",)
    nothing_open: ClassVar[str] = "No incident is open, so there is nothing to report."

    def refused(self, world: World, rules: Rules, incident: Incident) -> str | None:
        """Refuse where members were just told."""
        return "Members were told a few minutes ago." if recently(world, rules, incident.updated, HEARD_S / 2) else None

    def changed(self, world: World, rules: Rules, incident: Incident) -> tuple[Incident, Fact]:  # noqa: ARG002
        """Keep the time."""
        return replace(incident, updated=world.tick), Fact("order", f"Members were told about incident {incident.id}.")
