"""disable recommendations: switch a feature off."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import named
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.operations.measures import begun, in_force, only_in_a_shift, open_incident
from devops_tycoon.sim.operations.services import unknown
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Disable(TypedOrder):
    """Switch a feature off: whoever asks for it gets the prepared fallback at once.

    Answers are degraded and cheap: neither its workers nor what it calls are needed. Only what can be done without
    can be switched off. While the feature works this makes every answer worse for nothing. `enable` ends it.
    """

    verb: ClassVar[str] = "disable"
    examples: ClassVar[tuple[str, ...]] = ("disable recommendations",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    capability: Annotated[str, Word(named("CAPABILITY", "a capability"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what users or others cannot do without."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        known = [c.id for c in rules.capability.values() if c.kind == "capability"]
        if self.capability not in known:
            return unknown("capability", self.capability, known)
        if (why := unlocked(world, rules, self.verb)) is not None:
            return why
        if in_force(world, "disable", self.capability):
            return f"{self.capability} is switched off already."
        if any(journey.entry == self.capability for journey in rules.journeys):
            return f"Users come to {self.capability} itself; shed a share of them instead."
        calls = [(c.id, call) for c in rules.capability.values() for call in c.calls if call.to == self.capability]
        needing = [caller for caller, call in calls if not call.fallback]
        if needing or not calls:
            who = " and ".join(needing) or "Nobody"
            return f"{who} has no fallback for {self.capability}; only what can be done without can be switched off."
        return None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minute that a switch takes."""
        return 60

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Switch it off."""
        text = f"{self.capability} is switched off; its fallback is shown."
        return begun(world, "disable", self.capability), (Fact("order", text),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield every capability while an incident is open; what cannot be switched off is refused."""
        if open_incident(world) is not None:
            for capability in rules.capability:
                yield cls(capability)
