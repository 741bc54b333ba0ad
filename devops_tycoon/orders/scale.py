"""scale: add or remove replicas of a service."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import SIGNED, named
from devops_tycoon.sim.money.spending import anomaly, too_dear
from devops_tycoon.sim.operations.control import control_plane, no_control
from devops_tycoon.sim.operations.services import coming, find, no_such, with_service
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.text import plural
from devops_tycoon.sim.values.world import Pending


@dataclass(frozen=True)
class Scale(TypedOrder):
    """Add replicas to a service or store, or remove some.

    New replicas cost money at once and join when they have booted. While planning in company mode, replicas that you
    remove are sold for half of their price. More replicas help when the service's own workers are the bottleneck; when
    its workers only wait for another service, more of them wait.
    """

    verb: ClassVar[str] = "scale"
    key: ClassVar[str] = "u"
    footer: ClassVar[str] = "Scale"
    footer_rank: ClassVar[int] = 3
    examples: ClassVar[tuple[str, ...]] = ("scale web +2", "scale web -1")
    service: Annotated[str, Word(named("SERVICE", "a service"))]
    by: Annotated[int, Word(SIGNED)]

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what does not exist or does not fit, and what cannot be started now."""
        service = find(world, self.service)
        if service is None:
            return no_such(world, self.service)
        if service.kind == "provider":
            return f"{service.id} belongs to an external provider; you cannot scale it."
        planned = service.replicas + sum(
            p.order.by for p in coming(world, self.verb, self.service) if isinstance(p.order, Scale)
        )
        if planned + self.by > service.most:
            return f"{service.id} has {plural(planned, 'replica')} and can have at most {service.most}."
        if planned + self.by < 1:
            return f"{service.id} has {plural(planned, 'replica')} and needs at least one."
        return too_dear(world, rules, service, self.by) or no_control(world, rules)

    def price_cents(self, world: World, rules: Rules) -> int:
        """Return the price of what is bought; what a plan gives back is sold for half of it [design value]."""
        service = find(world, self.service)
        if service is None:
            return 0
        if self.by < 0 and world.phase == "planning":
            return -(service.price_cents * -self.by * rules.scenario.company_mode.resale_percent // 100)
        return service.price_cents * max(0, self.by)

    def delay_s(self, world: World, rules: Rules) -> int:
        """Return the boot time of new replicas; removing some is quick."""
        service = find(world, self.service)
        return int(service.boot_s * dial(world, rules, "boot", service.id)) if service and self.by > 0 else 0

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Change the number of replicas; without a control plane it changes later."""
        service = find(world, self.service)
        if service is None:
            return world, (Fact("refused", no_such(world, self.service), bad=True),)
        if world.phase == "shift" and not control_plane(world, rules):
            return replace(world, pending=(*world.pending, Pending(world.tick + 1, self, ""))), ()
        now = min(service.most, max(1, service.replicas + self.by))  # a merge may have filled the room meanwhile
        text = f"{service.id} now has {plural(now, 'replica')}."
        after = with_service(world, replace(service, replicas=now))
        return after, (Fact("order", text, service.id), *anomaly(world, after, rules))

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield one more and one fewer of everything."""
        for service in world.services:
            if service.kind != "provider":
                yield cls(service.id, 1)
                yield cls(service.id, -1)
