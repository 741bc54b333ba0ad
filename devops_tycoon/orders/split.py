"""split catalog: cut capabilities out of the service that contains them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from devops_tycoon.orders.notation import count, name, only
from devops_tycoon.sim.company import find, owner_of, unknown, with_service
from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.order import NotationError, Order
from devops_tycoon.sim.repartition import repartitioned
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World


@dataclass(frozen=True)
class Split(Order):
    """Cut one or more capabilities out of a service into a service of their own.

    All traffic is kept. What was a function call becomes a network call: slower by a little, able to fail, and free
    to scale, restart and be rolled back alone. New links begin with the default settings.
    """

    verb: ClassVar[str] = "split"
    key: ClassVar[str] = "s"
    usage: ClassVar[str] = "split CAPABILITY [CAPABILITY …] [into=NAME] [replicas=N]"
    capabilities: tuple[str, ...]
    into: str
    replicas: int

    @classmethod
    def parse(cls, words: list[str], options: dict[str, str]) -> Self:
        """Read `catalog search into=browse`."""
        only(options, "into", "replicas")
        if not words:
            raise NotationError("expected a capability")
        if len(set(words)) < len(words):
            raise NotationError("a capability is named twice")
        names = tuple(name(word) for word in words)
        return cls(names, name(options.get("into", names[0])), count(options.get("replicas", "2"), 1, 1000))

    def __str__(self) -> str:
        """Return the notation."""
        into = "" if self.into == self.capabilities[0] else f" into={self.into}"
        replicas = "" if self.replicas == 2 else f" replicas={self.replicas}"
        return f"{self.verb} {' '.join(self.capabilities)}{into}{replicas}"

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what is not a cut through one service."""
        owners = []
        for capability in self.capabilities:
            if capability not in rules.capability:
                whole = find(world, capability)
                if whole is not None and whole.kind != "service":
                    return f"{capability} is a {whole.kind}; only services can be split."
                return unknown("capability", capability, rules.capability)
            owners.append(owner_of(world, capability))
        parent = owners[0]
        if parent is None or parent.kind != "service":
            return f"{self.capabilities[0]} is a store or a provider; only services can be split."
        if any(owner is not parent for owner in owners):
            return f"{', '.join(self.capabilities)} are not all in one service."
        if len(self.capabilities) == len(parent.capabilities):
            return f"That is all of {parent.id}; nothing would be left in it."
        if find(world, self.into) is not None:
            return f"There is already a service {self.into}; choose another name with into=NAME."
        if any(isinstance(p.order, Split | _merge()) for p in world.pending):
            return "Traffic is already being moved; one split or merge at a time."
        if self.replicas > parent.most:
            return f"There is room for {parent.most} replicas."
        return None

    def price_cents(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the price of the new replicas."""
        parent = owner_of(world, self.capabilities[0])
        return parent.price_cents * self.replicas if parent else 0

    def delay_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Traffic is moved over minutes."""
        return rules.balance.split_s

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Make the new service."""
        parent = owner_of(world, self.capabilities[0])
        if parent is None:
            return world, ()
        rest = tuple(c for c in parent.capabilities if c not in self.capabilities)
        moved = tuple(c for c in parent.capabilities if c in self.capabilities)
        new = replace(
            parent,
            id=self.into,
            capabilities=moved,
            replicas=self.replicas,
            restart_until=0,
            restart_all=False,
        )
        before, world = world, with_service(world, replace(parent, capabilities=rest))
        at = next(i for i, s in enumerate(world.services) if s.id == parent.id) + 1
        world = replace(world, services=(*world.services[:at], new, *world.services[at:]))
        inherited = tuple(replace(link, caller=self.into) for link in world.links if link.caller == parent.id)
        inherited += tuple(replace(link, callee=self.into) for link in world.links if link.callee == parent.id)
        # What is wrong with a version is wrong with both halves of it.
        ill = tuple(
            replace(fault, id=world.next_fault + number, target=self.into)
            for number, fault in enumerate(f for f in world.faults if f.target == parent.id)
        )
        world = replace(world, faults=world.faults + ill, next_fault=world.next_fault + len(ill))
        after = repartitioned(before, replace(world, links=world.links + inherited), rules)
        return after, (
            Fact("order", f"{', '.join(moved)} left {parent.id} and became the service {self.into}.", self.into),
        )

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every capability that shares a service."""
        for service in world.services:
            if service.kind == "service" and len(service.capabilities) > 1:
                for capability in service.capabilities:
                    if capability != service.id:
                        yield cls((capability,), capability, 2)


def _merge() -> type[Order]:
    from devops_tycoon.orders.merge import Merge  # the two know each other

    return Merge
