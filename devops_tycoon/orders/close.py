"""close: declare an incident over."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Rules, Word, World, replace
from devops_tycoon.orders.forms import count
from devops_tycoon.orders.pairs import OfIncident
from devops_tycoon.sim.detection.eyes import sight_level
from devops_tycoon.sim.operations.measures import failed_share, open_incident
from devops_tycoon.sim.text import percent, target
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.watching import PERCENTILES


@dataclass(frozen=True)
class Close(OfIncident):
    """Declare the open incident over although some requests still fail.

    An incident ends by itself when almost no request fails. At a failure rate of about 1% it can stay open for long
    and tire the team. If you close it too early, it opens again, with another page.
    """

    verb: ClassVar[str] = "close"
    examples: ClassVar[tuple[str, ...]] = ("close", "close 3")
    responder_s: ClassVar[int | None] = 0
    number: Annotated[int, Word(count(1, 999_999, noun="an incident's number"))] = 0
    """0: the incident that is open."""

    def refused(self, world: World, rules: Rules, incident: Incident) -> str | None:
        """Refuse while the company measures that too many requests fail; without metrics nothing speaks against it."""
        if self.number not in (0, incident.id):
            return f"Incident {self.number} is not open; incident {incident.id} is."
        share = failed_share(world)
        if sight_level(world, rules) >= PERCENTILES and share > rules.balance.alarm_on:
            most = target(rules.balance.alarm_on)
            return f"{percent(share)} of requests failed in the last minute; you can close it at {most} or below."
        return None

    def changed(self, world: World, rules: Rules, incident: Incident) -> tuple[Incident, Fact]:  # noqa: ARG002
        """End the incident."""
        return replace(incident, mitigated=world.tick), Fact("resolved", f"Incident {incident.id} declared over.")

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """End the incident, if it is still open; what fails after it opens the next."""
        after, facts = super().apply(world, rules)
        if open_incident(world) is not None:
            after = replace(after, watch=replace(after.watch, bad_since=-1, looks=(after.watch.counts,)))
        return after, facts
