"""The plan's order by levels: pools on the way down and nodes on the way up that do not need each other.

Everything in a level is computed at once. A pool's level is one more than that of the pools that call it, calls that
close a circle of pools left out, since the plain kernel takes last tick's for them as well. A node's level is one more
than that of the nodes it calls.
"""

from dataclasses import dataclass

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.lab.vector.node_level import NodeLevel, a_node_level
from devops_tycoon.lab.vector.pool_level import PoolLevel, a_pool_level
from devops_tycoon.lab.vector.queueing import Tables, tables_for
from devops_tycoon.lab.vector.rounds import rounds_of
from devops_tycoon.lab.vector.shares import GoodShare, MadeCalls
from devops_tycoon.lab.vector.timing import Budgets, Timing, budgets_of, timing_of
from devops_tycoon.lab.vector.unsupported import unsupported
from devops_tycoon.lab.vector.waiting_users import Again, Users, again_of, users_of
from devops_tycoon.lab.vector.walk import Walk, walk_of
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.settle import TIGHT


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything about a plan that a vector tick needs and that does not change."""

    plan: Plan
    missing: str | None
    """What this kernel cannot compute (see `unsupported`)."""
    tables: Tables
    pool_levels: tuple[PoolLevel, ...]
    node_levels: tuple[NodeLevel, ...]
    timing: Timing
    """All timed requests: calls, then demands, then demands' thresholds."""
    users: tuple[Users, ...]
    budgets: Budgets
    """All of them."""
    sheds: bool
    """Some pool has a limit."""
    leaves: Index
    work: Array
    work_var: Array
    leaf_fail: Array
    leaf_degraded: Array
    line_rows: tuple[tuple[Index, Index], ...]
    """Per generation: calls and the places of their next attempts."""
    again: tuple[Again, ...]
    call_good: GoodShare
    call_made: MadeCalls
    call_required: Array
    call_plain: Array
    """1 for parallel calls to other pools: they do not stop at a failure of another."""
    call_count: Array
    reach_rounds: tuple[tuple[Index, Index], ...]
    """(nodes, calls) in the order in which a failure stops the rest."""
    crowd_pools: Index
    crowd_streams: Index
    crowd_at: Index
    crowd_limit: Array
    crowd_size: Array
    crowd_slots: Array
    crowd_stretch: Array
    crowd_target: Index
    crowd_caller: Index
    hold_nodes: Index
    hold_pools: Index
    hold_room: Array
    """How many requests' seconds make such a pool tight."""
    pool_of: Index
    """Per node."""
    stretch: Array
    """Per node."""
    slots: Array
    slots_in_effect: Array
    walk: Walk


def layout_of(plan: Plan) -> Layout:
    """Return the plan's layout; the last few are remembered."""
    for found in _last:
        if found.plan is plan:
            return found
    made = _compile(plan)
    _last[:] = [made, *_last[:7]]
    return made


_last: list[Layout] = []


def _compile(plan: Plan) -> Layout:
    network, topology = plan.network, plan.topology
    calls = network.calls
    tables = tables_for(set(plan.slots))
    pool_level = [0] * len(plan.slots)
    for p in topology.pools:
        for s in plan.entering[p]:
            if s < len(calls) and not topology.back[s]:
                pool_level[p] = max(pool_level[p], pool_level[network.nodes[calls[s].caller].pool] + 1)
    node_level = [0] * len(plan.work)
    for n in reversed(topology.order):
        for e in topology.calls[n]:
            node_level[n] = max(node_level[n], node_level[calls[e].callee] + 1)
    wanted: list[tuple[int, float]] = []
    row_of_call: dict[int, int] = {}
    for e, call in enumerate(calls):
        if not topology.local[e] and call.timeout_s is not None:
            row_of_call[e] = len(wanted)
            wanted.append((call.callee, max(0.0, call.timeout_s - call.latency_s)))
    entry_rows: list[int | None] = []
    late_rows: list[int | None] = []
    for demand in network.demands:
        if demand.timeout_s is None:
            entry_rows.append(None)
        else:
            entry_rows.append(len(wanted))
            wanted.append((demand.entry, demand.timeout_s))
    for demand in network.demands:
        if demand.threshold_s is not None and (demand.timeout_s is None or demand.threshold_s < demand.timeout_s):
            late_rows.append(len(wanted))
            wanted.append((demand.entry, demand.threshold_s))
        else:
            late_rows.append(None)
    pools_by_level: list[list[int]] = [[] for _ in range(max(pool_level, default=-1) + 1)]
    for p in topology.pools:
        pools_by_level[pool_level[p]].append(p)
    nodes_by_level: list[list[int]] = [[] for _ in range(max(node_level, default=-1) + 1)]
    for n in topology.order:
        nodes_by_level[node_level[n]].append(n)
    leaves = nodes_by_level[0] if nodes_by_level else []
    good = [1.0 - network.nodes[n].error for n in leaves]
    lines: list[tuple[Index, Index]] = []
    for q in range(max(plan.line_count[: len(calls)], default=0)):
        with_it = [e for e in range(len(calls)) if plan.line_count[e] > q]
        lines.append((indices(with_it), indices([plan.line[e] + q * plan.length[e] for e in with_it])))
    crowds = [p for p in topology.pools if plan.crowd[p] >= 0.0]
    crowd_place = {p: i for i, p in enumerate(crowds)}
    crowd_streams = [(i, s) for i, p in enumerate(crowds) for s in plan.entering[p]]
    limits = [calls[s].timeout_s for _, s in crowd_streams]
    held = [(n, p) for p in range(len(plan.slots)) for n in plan.holds[p]]
    plain = [call.parallel and not inside for call, inside in zip(calls, topology.local, strict=True)]
    return Layout(
        plan=plan,
        missing=unsupported(network),
        tables=tables,
        pool_levels=tuple([a_pool_level(plan, tables, pools, crowd_place) for pools in pools_by_level]),
        node_levels=tuple([a_node_level(plan, nodes, row_of_call) for nodes in nodes_by_level[1:]]),
        timing=timing_of(plan, [n for n, _ in wanted], [t for _, t in wanted], list(range(len(wanted)))),
        users=users_of(plan, entry_rows, late_rows),
        budgets=budgets_of(plan, list(range(len(plan.line)))),
        sheds=any(pool.limit is not None for pool in network.pools),
        leaves=indices(leaves),
        work=column(plan.work),
        work_var=column(plan.work_var),
        leaf_fail=column([min(1.0, 1.0 - g) if g < 1.0 else 0.0 for g in good]),
        leaf_degraded=column([0.0] * len(leaves)),
        line_rows=tuple(lines),
        again=tuple([again_of(plan, rows, places) for rows, places in lines]),
        call_good=GoodShare([call.calls for call in calls]),
        call_made=MadeCalls(
            [call.calls for call in calls],
            [call.required and not free for call, free in zip(calls, plain, strict=True)],
        ),
        call_required=column([float(call.required) for call in calls]),
        call_plain=column([float(free) for free in plain]),
        call_count=column([call.calls for call in calls]),
        reach_rounds=rounds_of(
            [
                (n, [e for e in topology.calls[n] if plain[e]] + [e for e in topology.calls[n] if not plain[e]])
                for n in topology.order
            ]
        ),
        crowd_pools=indices(crowds),
        crowd_streams=indices([s for _, s in crowd_streams]),
        crowd_at=indices([i for i, _ in crowd_streams]),
        crowd_limit=column([np.inf if limit is None else limit for limit in limits]),
        crowd_size=column([plan.crowd[crowds[i]] for i, _ in crowd_streams]),
        crowd_slots=column([max(1, plan.slots[crowds[i]]) for i, _ in crowd_streams]),
        crowd_stretch=column([plan.stretch[crowds[i]] for i, _ in crowd_streams]),
        crowd_target=indices([plan.target[s] for _, s in crowd_streams]),
        crowd_caller=indices([network.nodes[calls[s].caller].pool for _, s in crowd_streams]),
        hold_nodes=indices([n for n, _ in held]),
        hold_pools=indices([p for _, p in held]),
        hold_room=column([TIGHT * plan.slots[p] * network.tick_s for _, p in held]),
        pool_of=indices([node.pool for node in network.nodes]),
        stretch=column([plan.stretch[node.pool] for node in network.nodes]),
        slots=column(plan.slots),
        slots_in_effect=column([max(0.0, pool.slots) for pool in network.pools]),
        walk=walk_of(plan),
    )
