"""onward: start the next act of a campaign."""

from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Rules, TypedOrder, World
from devops_tycoon.sim.planning.next_act import may_go_on, onward


@dataclass(frozen=True)
class Onward(TypedOrder):
    """Start the next act of the campaign, once you have won this one.

    The company stays as you built it: services, practices, people, members, money and debts. The world around it grows.
    """

    verb: ClassVar[str] = "onward"
    examples: ClassVar[tuple[str, ...]] = ("onward",)
    responder_s: ClassVar[int | None] = 0
    company_only: ClassVar[str] = NEEDS_COMPANY
    after_the_end: ClassVar[bool] = True

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse before the act is won, or where it is the last."""
        if may_go_on(world, rules):
            return None
        if rules.next is None:
            return "No act follows this one." if rules.campaign else "This is not a campaign; no act follows."
        return "You did not win this act; play it again." if world.phase == "over" else "The act is not over yet."

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Carry the company over to the next act."""
        then = rules.next
        title = then.scenario.title if then else ""
        return onward(world, rules), (Fact("shift", f"{title} begins."),)
