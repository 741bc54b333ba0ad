"""disable: switch a capability off."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Order, Rules, TypedOrder, Word, World
from devops_tycoon.orders.forms import named
from devops_tycoon.sim.operations.measures import begun, in_force, only_in_a_shift, open_incident
from devops_tycoon.sim.operations.services import unknown
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.text import listed


@dataclass(frozen=True)
class Disable(TypedOrder):
    """Switch a capability off: requests for it get the prepared fallback at once.

    Answers are degraded and cheap: neither its workers nor what it calls are used. Only a capability that its callers
    can do without can be switched off. While it works, this makes every answer worse for nothing. `enable` switches it
    on again.
    """

    verb: ClassVar[str] = "disable"
    examples: ClassVar[tuple[str, ...]] = ("disable recommendations",)
    responder_s: ClassVar[int | None] = 60
    company_only: ClassVar[str] = NEEDS_COMPANY
    capability: Annotated[str, Word(named("CAPABILITY", "a capability"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what members or other capabilities cannot do without."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        known = [c.id for c in rules.capability.values() if c.kind == "capability"]
        if self.capability not in known:
            return unknown("capability", self.capability, known)
        if (why := unlocked(world, rules, self.verb)) is not None:
            return why
        title = rules.capability[self.capability].title
        if in_force(world, "disable", self.capability):
            return f"{title} is already switched off."
        if any(journey.entry == self.capability for journey in rules.journeys):
            return f"Members start at {title}; shed a share of their requests instead."
        calls = [(c.id, call) for c in rules.capability.values() for call in c.calls if call.to == self.capability]
        needing = [rules.capability[caller].title for caller, call in calls if not call.fallback]
        if needing:
            return f"{title} cannot be switched off: {listed(needing)} would have no fallback for it."
        if not calls:
            return f"{title} cannot be switched off: there is no fallback for it."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Switch it off."""
        text = f"{rules.capability[self.capability].title} is switched off; members get its fallback."
        return begun(world, "disable", self.capability), (Fact("order", text),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield every capability while an incident is open; what cannot be switched off is refused."""
        if open_incident(world) is not None:
            for capability in rules.capability:
                yield cls(capability)
