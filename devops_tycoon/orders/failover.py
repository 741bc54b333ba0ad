"""failover: promote a store's standby."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import named
from devops_tycoon.sim.operations.measures import begun, in_force, only_in_a_shift, open_incident
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.text import listed

PROMOTE_S = 180
LOST_WRITES = 2_000
"""Parts per million of trust that the lost writes cost [design value]."""


@dataclass(frozen=True)
class Failover(TypedOrder):
    """Promote a store's standby to primary.

    It takes minutes. The faults of the old primary are left behind, and so are the last writes that had not reached
    the standby, which members notice. Until the old primary is rebuilt after the shift, the store has one replica
    fewer. A standby copies every byte, wrong ones included: failover does not help where the data itself is corrupt.
    """

    verb: ClassVar[str] = "failover"
    examples: ClassVar[tuple[str, ...]] = ("failover main-db",)
    company_only: ClassVar[str] = NEEDS_COMPANY
    store: Annotated[str, Word(named("STORE", "a store"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse where there is no standby."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        service = find(world, self.store)
        if service is None:
            return no_such(world, self.store)
        if service.kind != "store":
            return f"{service.id} is a {service.kind}, not a store; restart it or roll it back."
        if in_force(world, "failover", self.store):
            return f"{self.store} already runs on its standby; the old primary is rebuilt after the shift."
        if any(pending.order == self for pending in world.pending):
            return f"The standby of {self.store} is already being promoted."
        return None if self._standby(world, rules) else self._nothing(rules)

    def _standby(self, world: World, rules: Rules) -> bool:
        """Say whether an active practice keeps a standby of this store."""
        return any(
            self.verb in rules.practice[adopted.practice].unlocks and adopted.target in ("", self.store)
            for adopted in world.practices
        )

    def _nothing(self, rules: Rules) -> str:
        ways = [practice.title for practice in rules.offers if self.verb in practice.unlocks]
        what = f"adopt {listed(ways, 'or')} while planning" if ways else "none is available in this scenario"
        return f"{self.store} has no standby; {what}."

    def delay_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the time that it takes to promote a standby [design value]."""
        return PROMOTE_S

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Leave the old primary with its faults behind, and lose the last writes."""
        trust = max(0, world.business.trust - LOST_WRITES)
        world = replace(begun(world, "failover", self.store), business=replace(world.business, trust=trust))
        return world, (
            Fact("order", f"{self.store}: its standby is primary now; the last writes are lost.", self.store),
        )

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every store while an incident is open."""
        if open_incident(world) is not None:
            for service in world.services:
                if service.kind == "store":
                    yield cls(service.id)
