"""ack: acknowledge an incident."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Rules, Word, World, replace
from devops_tycoon.orders.forms import count
from devops_tycoon.orders.pairs import OfIncident
from devops_tycoon.sim.text import duration
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.units import FOREVER


@dataclass(frozen=True)
class Ack(OfIncident):
    """Acknowledge the open incident: a responder is on it, and the pager stops.

    It repairs nothing, but an incident that nobody acknowledges pages again every five minutes, and every page tires
    the team. Any order that needs a responder acknowledges the incident too. MTTA is the mean time from detection to
    this moment.
    """

    verb: ClassVar[str] = "ack"
    examples: ClassVar[tuple[str, ...]] = ("ack", "ack 3")
    responder_s: ClassVar[int | None] = 60
    number: Annotated[int, Word(count(1, 999_999, noun="an incident's number"))] = 0
    """0: the incident that is open."""

    def refused(self, world: World, rules: Rules, incident: Incident) -> str | None:  # noqa: ARG002
        """Refuse another incident than the open one, and one that is acknowledged."""
        if self.number not in (0, incident.id):
            return f"Incident {self.number} is not open; incident {incident.id} is."
        return f"Incident {incident.id} is already acknowledged." if incident.acknowledged < FOREVER else None

    def changed(self, world: World, rules: Rules, incident: Incident) -> tuple[Incident, Fact]:
        """Keep the time."""
        after = duration((world.tick - incident.detected) * rules.scenario.tick_s)
        fact = Fact("order", f"Incident {incident.id} acknowledged after {after}.")
        return replace(incident, acknowledged=min(incident.acknowledged, world.tick)), fact
