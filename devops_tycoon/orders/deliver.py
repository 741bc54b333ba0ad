"""deliver all how=canary: decide how new versions reach their replicas from now on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import choice, named
from devops_tycoon.orders.notation import Option, TypedOrder, Word
from devops_tycoon.sim.delivery.methods import EVERYWHERE, decided, why_not
from devops_tycoon.sim.kinds import Method
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.delivery import METHODS
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NO_DEPLOYMENTS, Order
from devops_tycoon.sim.values.replace import replace
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Deliver(TypedOrder):
    """Decide how new versions of a service, or of `all`, are rolled out from now on, also by the pipeline.

    While planning it costs nothing. A service with a method of its own keeps it when `all` is decided. Where a method
    cannot be used (a canary of a single replica) the next simpler one is.
    """

    verb: ClassVar[str] = "deliver"
    examples: ClassVar[tuple[str, ...]] = ("deliver all how=canary", "deliver web how=rolling")
    company_only: ClassVar[str] = NO_DEPLOYMENTS
    service: Annotated[str, Word(named("SERVICE|all", "a service or all"))]
    how: Annotated[Method, Option("how", choice(*METHODS))]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse methods that are not open yet."""
        service = find(world, self.service)
        if service is None and self.service != EVERYWHERE:
            return no_such(world, self.service)
        if service is not None and service.kind != "service":
            return f"{service.id} is a {service.kind}; changes are made to services."
        return why_not(world, rules, self.service, self.how)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Remember it."""
        others = tuple(pair for pair in world.delivery.methods if pair[0] != self.service)
        methods = tuple(sorted((*others, (self.service, self.how))))
        where = "Everything" if self.service == EVERYWHERE else self.service
        fact = Fact("order", f"{where} is rolled out {self.how} from now on.", self.service)
        return replace(world, delivery=replace(world.delivery, methods=methods)), (fact,)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every method for everything that is not decided already."""
        for how in METHODS:
            if decided(world, EVERYWHERE) != how:
                yield cls(EVERYWHERE, how)
