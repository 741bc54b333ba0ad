"""rollback: roll a service back to its previous version."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import named
from devops_tycoon.sim.delivery.rollback import came_otherwise, taken_back
from devops_tycoon.sim.delivery.rollout import under_way
from devops_tycoon.sim.faults.cure import cured_by
from devops_tycoon.sim.operations.services import find, no_such, with_service
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.values.delivery import BLUE_GREEN

FLAG_S = 60
"""A feature flag is switched off within a minute (Slack on 12 May 2020 needed three)."""


@dataclass(frozen=True)
class Rollback(TypedOrder):
    """Roll a service back to its previous version.

    It takes minutes. It cures faults that came with the last version, or come with the one that is rolling out, and
    nothing else.
    """

    verb: ClassVar[str] = "rollback"
    key: ClassVar[str] = "b"
    footer: ClassVar[str] = "Roll back"
    footer_rank: ClassVar[int] = 7
    footer_phases: ClassVar[tuple[str, ...]] = ("shift",)
    examples: ClassVar[tuple[str, ...]] = ("rollback web",)
    service: Annotated[str, Word(named("SERVICE", "a service"))]

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse where there is no earlier version."""
        service = find(world, self.service)
        if service is None:
            return no_such(world, self.service)
        if service.version <= 1:
            return f"{service.id} runs its first version; there is none to roll back to."
        if any(p.order == self for p in world.pending):
            return f"{service.id} is already rolling back."
        return None

    def delay_s(self, world: World, rules: Rules) -> int:
        """Return the time in which the old version starts; after a blue-green switch it still runs."""
        service, rollout = find(world, self.service), under_way(world, self.service)
        if rollout is not None and rollout.how == BLUE_GREEN:
            return 0
        if dial(world, rules, "flags"):
            return FLAG_S
        return rules.balance.hand_s + (service.boot_s if service else 0)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Go back a version and cure what came with the new one."""
        service = find(world, self.service)
        if service is None or service.version <= 1:
            return world, (Fact("refused", f"{self.service} has no version to roll back to.", bad=True),)
        news: tuple[Fact, ...] = ()
        if not came_otherwise(world, rules, service.id):
            world, news = taken_back(world, rules, service.id)
        if not news:
            world = with_service(world, replace(service, version=service.version - 1))
        world, cured = cured_by(world, rules, self.verb, self.service)
        now = find(world, self.service) or service
        return world, (Fact("order", f"{service.id} runs version {now.version} again.", service.id), *news, *cured)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield a rollback of everything that can be rolled back."""
        for service in world.services:
            if service.version > 1:
                yield cls(service.id)
