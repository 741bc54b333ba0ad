"""split: move capabilities into a service of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Option, Order, Rules, TypedOrder, Word, World
from devops_tycoon.orders.forms import count, either, named
from devops_tycoon.orders.titles import titles_of
from devops_tycoon.sim.operations.estate import tables_of
from devops_tycoon.sim.operations.services import find, owner_of, unknown
from devops_tycoon.sim.partition.moves import cut_over, too_many
from devops_tycoon.sim.partition.partition import Move, beside, effort_of_split, moved, weeks_of_split
from devops_tycoon.sim.text import listed, plural
from devops_tycoon.sim.values.service import Service

STORE_REPLICAS = 2
"""Disks of a store that is created for moved tables."""


@dataclass(frozen=True)
class Split(TypedOrder):
    """Move one or more capabilities out of a service into a service of their own.

    All traffic is kept. What was a function call becomes a network call: a little slower, able to fail, but the new
    service can be scaled, restarted and rolled back on its own. New links start with the default settings.

    In company mode it takes weeks: callers move to the new service one after the other, and both run and are paid for
    until the last has moved. Tables stay where they are (data=shared: quick, but both halves still fail with that
    store) or move too (data=moved: slower; until it is done every write goes to both stores, and copying takes part of
    the old store's capacity) into a store of their own with that many disks. Each extra service also has a pipeline to
    pay for and an on-call duty.
    """

    verb: ClassVar[str] = "split"
    key: ClassVar[str] = "s"
    footer: ClassVar[str] = "Split"
    footer_rank: ClassVar[int] = 4
    examples: ClassVar[tuple[str, ...]] = ("split catalog", "split catalog search into=browse data=moved")
    capabilities: Annotated[tuple[str, ...], Word(named("CAPABILITY", "a capability"), many=True)]
    into: Annotated[str, Option("into", named("NAME", "a name"), otherwise=lambda split: split["capabilities"][0])]
    replicas: Annotated[int, Option("replicas", count(1, 1000))] = 2
    moves_data: Annotated[bool, Option("data", either("moved", "shared"))] = False
    disks: Annotated[int, Option("disks", count(1, 1000), only_with="data=moved")] = STORE_REPLICAS
    """Replicas of the store for tables that move too."""

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what is not a part of one service, and data that cannot move."""
        owners = []
        for capability in self.capabilities:
            if capability not in rules.capability:
                whole = find(world, capability)
                if whole is not None and whole.kind != "service":
                    return f"{capability} is a {whole.kind}; only services can be split."
                return unknown("capability", capability, rules.capability)
            owners.append(owner_of(world, capability))
        parent, names = owners[0], titles_of(rules, self.capabilities)
        if parent is None or parent.kind != "service":
            return f"{names[0]} is a store or a provider; only services can be split."
        if any(owner is not parent for owner in owners):
            return f"{listed(names)} are not all in one service."
        if len(self.capabilities) == len(parent.capabilities):
            return f"Those are all capabilities of {parent.id}; at least one must stay."
        if find(world, self.into) is not None:
            return f"There is already a service {self.into}; choose another name with into=NAME."
        if (why := too_many(world, rules)) is not None:
            return why
        if self.replicas > parent.most:
            return f"{self.into} can have at most {plural(parent.most, 'replica')}."
        return self._stuck(world, rules) if self.moves_data else None

    def _stuck(self, world: World, rules: Rules) -> str | None:
        """Return the sentence that the tables cannot move too, or None."""
        if not rules.scenario.company_mode.plans:
            return "Moving data takes weeks, and this scenario has none; leave the data shared."
        tables = self.tables(rules)
        if not tables:
            return f"{listed(titles_of(rules, self.capabilities))}: no tables to move; leave the data shared."
        stores = [owner_of(world, table) for table in tables]
        if any(store is not stores[0] for store in stores):
            return f"{listed(tables)} are not all in one store; bring them together with move-data first."
        if stores[0] is not None and stores[0].capabilities == tables:
            return f"{stores[0].id} has no tables but {listed(tables)}; leave the data shared."
        if find(world, self.store) is not None:
            return f"There is already a store {self.store}; choose another name with into=NAME."
        if stores[0] is not None and self.disks > stores[0].most:
            return f"{self.store} can have at most {plural(stores[0].most, 'disk')}."
        return None

    @property
    def store(self) -> str:
        """The name of the store for moved tables."""
        return f"{self.into}-db"

    def tables(self, rules: Rules) -> tuple[str, ...]:
        """Return the tables that move too."""
        return tables_of(rules, self.capabilities) if self.moves_data else ()

    def price_cents(self, world: World, rules: Rules) -> int:
        """Return the price of the new replicas, and of the disks for moved tables."""
        parent, price = owner_of(world, self.capabilities[0]), 0
        if parent is not None:
            price = parent.price_cents * self.replicas
        for table in self.tables(rules)[:1]:
            store = owner_of(world, table)
            price += store.price_cents * self.disks if store else 0
        return price

    def delay_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minutes in which traffic moves."""
        return rules.balance.split_s

    def effort(self, world: World, rules: Rules) -> int:
        """Return its engineer-weeks: more where more calls become network calls, and for each table."""
        return effort_of_split(world, rules, self.capabilities, self.tables(rules))

    def lead_weeks(self, world: World, rules: Rules) -> int:
        """Return the weeks until the last caller has moved."""
        return weeks_of_split(world, rules, self.capabilities, self.tables(rules))

    def _moves(self, world: World, rules: Rules) -> tuple[Move, ...]:
        parent = owner_of(world, self.capabilities[0])
        if parent is None:
            return ()
        nodes = tuple(c for c in parent.capabilities if c in self.capabilities)
        moves = (Move(nodes, parent.id, self.into, self.replicas),)
        tables = self.tables(rules)
        store = owner_of(world, tables[0]) if tables else None
        return (*moves, Move(tables, store.id, self.store, self.disks)) if store else moves

    def under_way(self, world: World, rules: Rules, done: int) -> World:
        """Run both ways."""
        for move in self._moves(world, rules):
            world = beside(world, move, done)
        return world

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Create the new service, and the store of its tables if they move too."""
        facts: list[Fact] = []
        for move in self._moves(world, rules):
            tables = move.into == self.store and self.moves_data
            before, world = world, moved(world, rules, move)
            kind = "store" if tables else "service"
            text = f"{listed(titles_of(rules, move.nodes))} moved from {move.source} to the new {kind} {move.into}."
            facts.append(Fact("order", text, move.into))
            if tables:
                world, news = cut_over(before, world, rules, move.source, move.into, len(move.nodes))
                facts.extend(news)
        return world, tuple(facts)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield every capability that shares a service, with and without its tables."""
        for service in world.services:
            if service.kind == "service" and len(service.capabilities) > 1:
                yield from cls._cuts(rules, service)

    @classmethod
    def _cuts(cls, rules: Rules, service: Service) -> Iterator[Order]:
        for capability in service.capabilities:
            if capability != service.id:
                yield cls((capability,), capability, 2)
                if rules.scenario.company_mode.plans and tables_of(rules, (capability,)):
                    yield cls((capability,), capability, 2, moves_data=True)
