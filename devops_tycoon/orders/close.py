"""close: declare an incident over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import count
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.detection.eyes import sight_level
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.operations.measures import failed_share, only_in_a_shift, open_incident, with_incident
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import percent, target
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.watching import PERCENTILES
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Close(TypedOrder):
    """Declare the open incident over although some requests still fail.

    An incident ends by itself when almost no request fails. At a failure rate of about 1% it can stay open for long
    and tire the team. If you close it too early, it opens again, with another page.
    """

    verb: ClassVar[str] = "close"
    examples: ClassVar[tuple[str, ...]] = ("close", "close 3")
    responder_s: ClassVar[int | None] = 0
    company_only: ClassVar[str] = NEEDS_COMPANY
    number: Annotated[int, Word(count(1, 999_999, noun="an incident's number"))] = 0
    """0: the incident that is open."""

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse while the company measures that too many requests fail; without metrics nothing speaks against it."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        incident = open_incident(world)
        if incident is None:
            return "No incident is open."
        if self.number not in (0, incident.id):
            return f"Incident {self.number} is not open; incident {incident.id} is."
        share = failed_share(world)
        if sight_level(world, rules) >= PERCENTILES and share > rules.balance.alarm_on:
            most = target(rules.balance.alarm_on)
            return f"{percent(share)} of requests failed in the last minute; you can close it at {most} or below."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """End the incident."""
        incident = open_incident(world)
        if incident is None:
            return world, (Fact("refused", "No incident is open.", bad=True),)
        world = with_incident(world, replace(incident, mitigated=world.tick))
        watch = replace(world.watch, bad_since=-1, looks=(world.watch.counts,))  # what comes after it opens the next
        world = replace(world, watch=watch)
        return world, (Fact("resolved", f"Incident {incident.id} declared over."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield itself while an incident is open."""
        if open_incident(world) is not None:
            yield cls()
