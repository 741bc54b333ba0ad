"""Requests that wait for an answer: which node and pool, how long at most, and who pays for trying again."""

from dataclasses import dataclass

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.sim.flow.memory import BUDGET
from devops_tycoon.sim.flow.plan import Plan


@dataclass(frozen=True, slots=True)
class Timing:
    """Requests that are given up after a time: each with its node, pool and limit."""

    nodes: Index
    pools: Index
    limit: Array
    stretch: Array
    stretched: bool
    frozen: Array
    """1 where the pool has no slots."""
    any_frozen: bool
    rows: Index
    """Among all timed requests of the network."""


@dataclass(frozen=True, slots=True)
class Budgets:
    """Retry budgets of some calls or demands."""

    rows: Index
    """Those with a budget, among the calls of a level or the demands of a kind."""
    entries: Index
    """Their numbers: calls, then demands."""
    places: Index
    """In the memory."""
    beta: Array


def timing_of(plan: Plan, nodes: list[int], limits: list[float], rows: list[int]) -> Timing:
    """Return the requests to these nodes with these limits; `rows` are their places among all."""
    pools = [plan.network.nodes[n].pool for n in nodes]
    stretch = [plan.stretch[p] for p in pools]
    still = [plan.slots[p] == 0 for p in pools]
    return Timing(
        indices(nodes),
        indices(pools),
        column(limits),
        column(stretch),
        any(s != 1.0 for s in stretch),
        column([float(x) for x in still]),
        any(still),
        indices(rows),
    )


def budgets_of(plan: Plan, entries: list[int]) -> Budgets:
    """Return the budgets among these calls and demands."""
    network, at = plan.network, plan.memory.at[BUDGET]
    owners = [(row, entry) for row, entry in enumerate(entries) if entry in at]
    settings = [call.budget for call in network.calls] + [demand.budget for demand in network.demands]
    return Budgets(
        indices([row for row, _ in owners]),
        indices([entry for _, entry in owners]),
        indices([at[entry] for _, entry in owners]),
        column([settings[entry] or 0.0 for _, entry in owners]),
    )
