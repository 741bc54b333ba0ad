"""reserve: reserve replicas for a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Order, Rules, TypedOrder, Word, World
from devops_tycoon.orders.forms import count, named
from devops_tycoon.sim.money.reserved import contract, reserved_replicas, signed
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.text import dollars, plural


@dataclass(frozen=True)
class Reserve(TypedOrder):
    """Reserve replicas of a service for a year: they cost 40% less than rented ones, whether they run or not.

    It buys no replicas; it only lowers the price of those that run. A contract cannot be ended, so reserve only what
    will run even in a bad year.
    """

    verb: ClassVar[str] = "reserve"
    examples: ClassVar[tuple[str, ...]] = ("reserve web 4",)
    planning_only: ClassVar[bool] = True
    company_only: ClassVar[str] = NEEDS_COMPANY
    service: Annotated[str, Word(named("SERVICE", "a service"))]
    replicas: Annotated[int, Word(count(1, 100_000, noun="a number of replicas"))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what does not exist, or more than the service can have."""
        if world.phase != "planning":
            return "Contracts are signed only while planning."
        if (locked := unlocked(world, rules, self.verb)) is not None:
            return locked
        service = find(world, self.service)
        if service is None:
            return no_such(world, self.service)
        if not service.rent_cents_per_hour:
            return f"{service.id} has no rent that a contract could lower."
        had = reserved_replicas(world, service.id, world.week)
        if had + self.replicas > service.most:
            return f"{service.id} can have at most {plural(service.most, 'replica')}; reserved so far: {had}."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Sign the contract."""
        new = contract(world, rules, self.service, self.replicas)
        if new is None:
            return world, (Fact("refused", no_such(world, self.service), bad=True),)
        price = f"{dollars(new.cents_per_week)} a week"
        text = f"{plural(self.replicas, 'replica')} of {self.service} reserved for a year, {price}."
        return signed(world, new), (Fact("order", text, self.service),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield one contract for each service that is rented: for what runs and is not reserved."""
        for service in world.services:
            free = service.replicas - reserved_replicas(world, service.id, world.week)
            if service.rent_cents_per_hour and free > 0:
                yield cls(service.id, free)
