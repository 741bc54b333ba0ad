"""merge: merge one service into another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import named
from devops_tycoon.orders.titles import titles_of
from devops_tycoon.sim.operations.services import find, neighbours, no_such, with_service
from devops_tycoon.sim.partition.moves import cut_over, foreign, too_many
from devops_tycoon.sim.partition.partition import Move, beside, effort_of_merge, weeks_of_merge
from devops_tycoon.sim.partition.repartition import repartitioned
from devops_tycoon.sim.text import listed


@dataclass(frozen=True)
class Merge(TypedOrder):
    """Merge one service (or store) into another; its replicas move too.

    Network calls between the two become function calls again: faster, and unable to fail on the way. From then on
    they share one pool of workers and fail together, with one pipeline and one on-call duty fewer.
    """

    verb: ClassVar[str] = "merge"
    examples: ClassVar[tuple[str, ...]] = ("merge catalog web",)
    service: Annotated[str, Word(named("SERVICE", "a service"))]
    into: Annotated[str, Word(named("INTO", "a service to merge it into"))]

    def conflict(self) -> str | None:
        """Refuse to merge a service into itself."""
        return "expected two different services" if self.service == self.into else None

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what is not two services, or two stores."""
        kinds = []
        for end in (self.service, self.into):
            found = find(world, end)
            if found is None:
                return no_such(world, end)
            kinds.append(found.kind)
        for end, kind, other in ((self.service, *kinds), (self.into, *reversed(kinds))):
            if kind != "service" and not kind == other == "store":
                return f"{end} is a {kind}; only two services or two stores can be merged."
        if (why := too_many(world, rules)) is not None:
            return why
        return foreign(world, rules, self._nodes(world), self.into) if kinds[0] == "store" else None

    def _nodes(self, world: World) -> tuple[str, ...]:
        service = find(world, self.service)
        return service.capabilities if service is not None else ()

    def delay_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minutes in which traffic moves."""
        return rules.balance.split_s

    def effort(self, world: World, rules: Rules) -> int:
        """Return its engineer-weeks."""
        return effort_of_merge(rules, self._nodes(world))

    def lead_weeks(self, world: World, rules: Rules) -> int:
        """Return the weeks until the last caller has moved."""
        return weeks_of_merge(rules, self._nodes(world))

    def under_way(self, world: World, rules: Rules, done: int) -> World:  # noqa: ARG002
        """Run both ways."""
        return beside(world, Move(self._nodes(world), self.service, self.into, 0), done)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Move the capabilities with their faults, and drop the empty service with its links."""
        old, into = find(world, self.service), find(world, self.into)
        if old is None or into is None:
            return world, (Fact("refused", no_such(world, self.service if old is None else self.into), bad=True),)
        joined = replace(
            into,
            capabilities=into.capabilities + old.capabilities,
            replicas=min(into.most, into.replicas + old.replicas),
            version=max(into.version, old.version),
            arriving=(),
            arrived=0,
        )
        before = world
        world = with_service(world, joined)
        services = tuple(service for service in world.services if service.id != old.id)
        links = tuple(link for link in world.links if old.id not in (link.caller, link.callee))
        text = f"{listed(titles_of(rules, old.capabilities))} moved into {into.id}."
        faults = tuple(replace(f, target=into.id) if f.target == old.id else f for f in world.faults)
        after = repartitioned(before, replace(world, services=services, links=links, faults=faults), rules)
        tables = len(old.capabilities) if old.kind == "store" else 0
        after, news = cut_over(before, after, rules, old.id, into.id, tables)
        return after, (Fact("order", text, into.id), *news)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield pairs of services that call each other."""
        kinds = {service.id: service.kind for service in world.services}
        for caller, callee in neighbours(world, rules):
            if kinds[caller] == kinds[callee] == "service":
                yield cls(callee, caller)
