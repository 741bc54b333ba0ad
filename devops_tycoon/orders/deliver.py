"""deliver: choose how new versions are rolled out from now on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Option, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import choice, named
from devops_tycoon.sim.delivery.methods import EVERYWHERE, decided, why_not
from devops_tycoon.sim.kinds import Method
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.values.delivery import METHODS
from devops_tycoon.sim.values.order import NO_DEPLOYMENTS


@dataclass(frozen=True)
class Deliver(TypedOrder):
    """Choose how new versions of a service, or of `all`, are rolled out from now on, by the pipeline too.

    While planning it costs nothing. A service with a method of its own keeps it when you choose one for `all`. Where
    a method cannot be used (a canary of a single replica), the next simpler one is used.
    """

    verb: ClassVar[str] = "deliver"
    examples: ClassVar[tuple[str, ...]] = ("deliver all how=canary", "deliver web how=rolling")
    company_only: ClassVar[str] = NO_DEPLOYMENTS
    service: Annotated[str, Word(named("SERVICE|all", "a service or all"))]
    how: Annotated[Method, Option("how", choice(*METHODS))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse methods that are not available yet."""
        service = find(world, self.service)
        if service is None and self.service != EVERYWHERE:
            return no_such(world, self.service)
        if service is not None and service.kind != "service":
            return f"{service.id} is a {service.kind}; only services are deployed."
        return why_not(world, rules, self.service, self.how)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Keep the choice."""
        others = tuple(pair for pair in world.delivery.methods if pair[0] != self.service)
        methods = tuple(sorted((*others, (self.service, self.how))))
        where = "all services" if self.service == EVERYWHERE else self.service
        fact = Fact("order", f"From now on, new versions of {where} roll out by {self.how}.", self.service)
        return replace(world, delivery=replace(world.delivery, methods=methods)), (fact,)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every method that is not the one for all already."""
        for how in METHODS:
            if decided(world, EVERYWHERE) != how:
                yield cls(EVERYWHERE, how)
