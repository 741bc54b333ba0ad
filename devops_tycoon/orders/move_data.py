"""move-data: move tables to another store."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Option, Order, Rules, TypedOrder, Word, World
from devops_tycoon.orders.forms import count, named
from devops_tycoon.sim.operations.services import find, owner_of, unknown
from devops_tycoon.sim.partition.moves import cut_over, foreign, too_many
from devops_tycoon.sim.partition.partition import Move, beside, effort_of_split, moved, weeks_of_split
from devops_tycoon.sim.text import listed, plural


@dataclass(frozen=True)
class MoveData(TypedOrder):
    """Move tables to another store, which is created if it does not exist.

    Reads move gradually over the weeks, while every write goes to both stores and copying takes part of the old
    store's capacity. If the old store is busy, the last copy is not ready in the morning, and writes are refused until
    it is. Services that use these tables then call the new store; none loses access.
    """

    verb: ClassVar[str] = "move-data"
    examples: ClassVar[tuple[str, ...]] = ("move-data titles-data into=catalog-db",)
    planning_only: ClassVar[bool] = True
    company_only: ClassVar[str] = NEEDS_COMPANY
    tables: Annotated[tuple[str, ...], Word(named("TABLE", "a table"), many=True)]
    into: Annotated[str, Option("into", named("STORE", "a store, or a name for a new one"))]
    replicas: Annotated[int, Option("replicas", count(1, 1000))] = 2

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what is not a table, or does not belong into that store."""
        known = [node.id for node in rules.capability.values() if node.kind == "store"]
        for table in self.tables:
            if table not in known:
                return unknown("table", table, known)
        stores = [owner_of(world, table) for table in self.tables]
        if any(store is not stores[0] for store in stores):
            return f"{listed(self.tables)} are not all in one store."
        source, into = stores[0], find(world, self.into)
        if into is not None and into.kind != "store":
            return f"{self.into} is a {into.kind}, not a store; choose another name."
        if source is None or source is into:
            return f"{listed(self.tables)}: already in {self.into}."
        if into is None and len(self.tables) == len(source.capabilities):
            return f"Those are all the tables of {source.id}; at least one must stay."
        if (why := too_many(world, rules)) is not None:
            return why
        if into is None and self.replicas > source.most:
            return f"{self.into} can have at most {plural(source.most, 'replica')}."
        return foreign(world, rules, self.tables, self.into)

    def _move(self, world: World) -> Move | None:
        source = owner_of(world, self.tables[0])
        if source is None:
            return None
        return Move(tuple(t for t in source.capabilities if t in self.tables), source.id, self.into, self.replicas)

    def price_cents(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the price of a new store's replicas."""
        source = owner_of(world, self.tables[0])
        return source.price_cents * self.replicas if source is not None and find(world, self.into) is None else 0

    def effort(self, world: World, rules: Rules) -> int:
        """Return its engineer-weeks: for each table, and for each table that another service uses."""
        return effort_of_split(world, rules, (), self.tables)

    def lead_weeks(self, world: World, rules: Rules) -> int:
        """Return the weeks of dual writes, backfill and cut-over."""
        return weeks_of_split(world, rules, (), self.tables)

    def under_way(self, world: World, rules: Rules, done: int) -> World:  # noqa: ARG002
        """Run both stores."""
        move = self._move(world)
        return world if move is None else beside(world, move, done)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Put the tables into their new store."""
        move = self._move(world)
        if move is None or move.source == self.into:
            return world, ()
        before, world = world, moved(world, rules, move)
        text = f"{listed(move.nodes)} moved from {move.source} to {self.into}."
        world, news = cut_over(before, world, rules, move.source, self.into, len(move.nodes))
        return world, (Fact("order", text, self.into), *news)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield every table that shares a store, into a store of its own."""
        if rules.scenario.in_company_mode:
            for service in world.services:
                if service.kind == "store" and len(service.capabilities) > 1:
                    for table in service.capabilities:
                        yield cls((table,), f"{rules.capability[table].owner}-db", 2)
