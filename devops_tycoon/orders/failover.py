"""failover main-db: let a standby take over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import named
from devops_tycoon.orders.notation import TypedOrder, Word
from devops_tycoon.sim.operations.measures import begun, in_force, only_in_a_shift, open_incident
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, Order
from devops_tycoon.sim.values.replace import replace
from devops_tycoon.sim.values.world import World

PROMOTE_S = 180
LOST_WRITES = 2_000
"""Parts per million of trust that the lost writes cost [design value]."""


@dataclass(frozen=True)
class Failover(TypedOrder):
    """Let a store's standby take over from its primary.

    It takes minutes. What was wrong with the primary is left behind, and so are the last writes that had not reached
    the standby: members notice. Until the old primary is rebuilt after the shift, the store has one replica fewer.
    A standby has a copy of every byte, of the wrong ones too: nothing is won where the data themselves are broken.
    """

    verb: ClassVar[str] = "failover"
    examples: ClassVar[tuple[str, ...]] = ("failover main-db",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    store: Annotated[str, Word(named("STORE", "a store"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse where nothing stands by."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        service = find(world, self.store)
        if service is None:
            return no_such(world, self.store)
        if service.kind != "store":
            return f"{service.id} is a {service.kind}, not a store; restart it or roll it back."
        if in_force(world, "failover", self.store):
            return f"{self.store}'s standby serves already; the old primary is rebuilt after the shift."
        if any(pending.order == self for pending in world.pending):
            return f"{self.store}'s standby is being promoted already."
        return None if self._standby(world, rules) else self._nothing(rules)

    def _standby(self, world: World, rules: Rules) -> bool:
        """Say whether a practice in force keeps a standby of this store."""
        return any(
            self.verb in rules.practice[adopted.practice].unlocks and adopted.target in ("", self.store)
            for adopted in world.practices
        )

    def _nothing(self, rules: Rules) -> str:
        ways = [practice.id for practice in rules.offers if self.verb in practice.unlocks]
        what = f"adopt {' or '.join(ways)} while planning" if ways else "none can be had in this scenario"
        return f"{self.store} has no standby that could take over; {what}."

    def delay_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the time that it takes to promote a standby [design value]."""
        return PROMOTE_S

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Leave the old primary and its trouble behind, and the last writes with it."""
        trust = max(0, world.business.trust - LOST_WRITES)
        world = replace(begun(world, "failover", self.store), business=replace(world.business, trust=trust))
        return world, (Fact("order", f"{self.store}: the standby serves; the last writes are lost.", self.store),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every store while an incident is open."""
        if open_incident(world) is not None:
            for service in world.services:
                if service.kind == "store":
                    yield cls(service.id)
