"""drain: stop sending traffic to a zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Option, Order, Rules, TypedOrder, World
from devops_tycoon.orders.forms import ZONE
from devops_tycoon.sim.architecture.places import zones_of
from devops_tycoon.sim.effects.fault_effects import in_zone
from devops_tycoon.sim.operations.measures import begun, in_force, only_in_a_shift, open_incident
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.text import listed


@dataclass(frozen=True)
class Drain(TypedOrder):
    """Stop sending traffic to a zone.

    Calls to its dead replicas, or over its bad links, stop. The other zones carry all traffic with the capacity that
    they have: without spare capacity they fail too. A service that runs only in that zone stays in use. `undrain`
    sends traffic again.
    """

    verb: ClassVar[str] = "drain"
    examples: ClassVar[tuple[str, ...]] = ("drain zone=b",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    zone: Annotated[str, Option("zone", ZONE)]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse a zone that is not there, is drained, or is the last."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        zones = ascii_lowercase[: zones_of(world, rules)]
        if len(zones) < 2:
            ways = [practice.title for practice in rules.offers if any(s.dial == "zones" for s in practice.settings)]
            more = f"adopt {listed(ways, 'or')} while planning" if ways else "this scenario has no other"
            return f"Everything runs in one zone; {more}."
        if self.zone not in zones:
            return f"There is no zone {self.zone}; zones: {', '.join(zones)}."
        if (why := unlocked(world, rules, self.verb)) is not None:
            return why
        if in_force(world, "drain", self.zone):
            return f"Zone {self.zone} is already drained."
        if sum(measure.verb == "drain" for measure in world.measures) >= len(zones) - 1:
            return f"Zone {self.zone} is the last with traffic; undrain another first."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Stop its traffic."""
        zones = zones_of(world, rules)
        stay = [s.id for s in world.services if 0 < in_zone(s, zones, self.zone) == s.replicas and s.kind != "provider"]
        text = f"Zone {self.zone} is drained." + (f" Still in use, in this zone only: {listed(stay)}." if stay else "")
        return begun(world, "drain", self.zone), (Fact("order", text),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield every zone while an incident is open."""
        if open_incident(world) is not None:
            for zone in ascii_lowercase[: zones_of(world, rules)]:
                yield cls(zone)
