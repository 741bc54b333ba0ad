"""A network under construction, and the few things that are done to one."""

from dataclasses import dataclass
from typing import Self

from devops_tycoon.sim.flow.network import Call, Demand, Network, Node, Pool
from devops_tycoon.sim.numerics.replace import replace


@dataclass(slots=True)
class Draft:
    """Lists that correspond to the network's tuples. The first pools are the services, in their order."""

    pools: list[Pool]
    nodes: list[Node]
    calls: list[Call]
    demands: list[Demand]
    changed: bool = False

    @classmethod
    def of(cls, network: Network) -> Self:
        """Return the draft that a network was made from."""
        return cls(list(network.pools), list(network.nodes), list(network.calls), list(network.demands))

    def network(self, before: Network) -> Network:
        """Return the network; the one before if nothing was changed."""
        if not self.changed:
            return before
        return replace(
            before,
            pools=tuple(self.pools),
            nodes=tuple(self.nodes),
            calls=tuple(self.calls),
            demands=tuple(self.demands),
        )

    def add_pool(self, pool: Pool) -> int:
        """Add a pool and return its number."""
        self.pools.append(pool)
        self.changed = True
        return len(self.pools) - 1

    def add_node(self, node: Node) -> int:
        """Add a node and return its number."""
        self.nodes.append(node)
        self.changed = True
        return len(self.nodes) - 1

    def resize(self, pool: int, factor: float) -> None:
        """Give a pool another number of workers; none at all refuse everything."""
        if factor != 1.0:
            old = self.pools[pool]
            self.pools[pool] = replace(old, slots=old.slots * factor, down=old.down or factor <= 0.0)
            self.changed = True

    def slowed(self, pool: int, factor: float) -> None:
        """Multiply the work of a pool's nodes."""
        if factor != 1.0:
            for at in self.within(pool):
                self.nodes[at] = replace(self.nodes[at], work_s=self.nodes[at].work_s * factor)
            self.changed = True

    def within(self, pool: int) -> list[int]:
        """Return the numbers of a pool's nodes."""
        return [at for at, node in enumerate(self.nodes) if node.pool == pool]

    def enters(self, call: Call, pool: int) -> bool:
        """Say whether a call enters a pool from another one whose caller waits for the answer."""
        return self.nodes[call.callee].pool == pool != self.nodes[call.caller].pool and not call.detached

    def fresh_choice(self) -> int:
        """Return a number for alternatives that no call has."""
        return max([call.choice for call in self.calls if call.choice is not None], default=-1) + 1


def backstage(network: Network, call: Call) -> bool:
    """Say whether a call is only how the parts of a store keep each other up to date."""
    pool = network.pools[network.nodes[call.callee].pool]
    return call.detached and owner(pool) != pool.id


def owner(pool: Pool) -> str:
    """Return the name of the service (or door) that a pool is a part of: `main-db#2` is one of main-db."""
    return pool.id.partition("#")[0]
