"""restart: restart the replicas of a service."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Option, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import choice, named
from devops_tycoon.sim.faults.cure import begun_again, cured_by
from devops_tycoon.sim.operations.control import no_control
from devops_tycoon.sim.operations.services import find, no_such, with_service
from devops_tycoon.sim.timing.clock import ticks


@dataclass(frozen=True)
class Restart(TypedOrder):
    """Restart the replicas of a service, one after the other or all at once.

    `how=rolling` keeps the others working and takes one boot time per replica; `how=all` refuses every request for one
    boot time. A restart cures what lives in memory (a leak, a stuck process) and nothing else.
    """

    verb: ClassVar[str] = "restart"
    key: ClassVar[str] = "r"
    footer: ClassVar[str] = "Restart"
    footer_rank: ClassVar[int] = 6
    footer_phases: ClassVar[tuple[str, ...]] = ("shift",)
    examples: ClassVar[tuple[str, ...]] = ("restart web", "restart web how=all")
    service: Annotated[str, Word(named("SERVICE", "a service"))]
    how: Annotated[str, Option("how", choice("rolling", "all"))] = "rolling"

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse what is not yours or is already restarting."""
        service = find(world, self.service)
        if service is None:
            return no_such(world, self.service)
        if service.kind == "provider":
            return f"{service.id} belongs to an external provider; you cannot restart it."
        if service.restart_until > world.tick:
            return f"{service.id} is already restarting."
        if world.phase == "planning":
            return f"{service.id} does not run yet; begin the shift first."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Begin the restart; what it cures is cured at once."""
        service = find(world, self.service)
        if service is None:
            return world, (Fact("refused", no_such(world, self.service), bad=True),)
        if (why := no_control(world, rules)) is not None:  # only found out by trying
            return world, (Fact("refused", f"{self}: {why}", bad=True),)
        every = self.how == "all" or service.replicas == 1
        lasts = ticks(service.boot_s * (1 if every else service.replicas), rules)
        world = with_service(world, replace(service, restart_until=world.tick + max(1, lasts), restart_all=every))
        way = "all at once" if every else "one after the other"
        world, cured = cured_by(world, rules, self.verb, self.service)
        world = begun_again(world, rules, self.service)
        return world, (Fact("order", f"The replicas of {service.id} restart, {way}.", service.id), *cured)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield a rolling restart of everything."""
        for service in world.services:
            yield cls(service.id, "rolling")
