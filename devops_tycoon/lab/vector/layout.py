"""The plan's order by levels: pools on the way down and nodes on the way up that do not need each other.

Everything in a level is computed at once. A pool's level is one more than that of the pools that call it, calls that
close a circle of pools left out, since the plain kernel takes last tick's for them as well. A node's level is one more
than that of the nodes it calls.
"""

from dataclasses import dataclass

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.lab.vector.queueing import Tables, tables_for
from devops_tycoon.lab.vector.shares import GoodShare, MadeCalls, Sums
from devops_tycoon.lab.vector.station import Stations, stations_of
from devops_tycoon.lab.vector.unsupported import unsupported
from devops_tycoon.lab.vector.walk import Walk, walk_of
from devops_tycoon.sim.flow.memory import BUDGET
from devops_tycoon.sim.flow.plan import HANG_S, Plan
from devops_tycoon.sim.flow.settle import TIGHT


@dataclass(frozen=True, slots=True)
class Crowd:
    """Pools of a level in front of which only so many callers can stand (see `_crowd` of the plain kernel)."""

    rows: Index
    """Of the level's live pools."""
    known: Index
    """Among all pools with a crowd."""
    places: Index
    c: Index
    base: Index


@dataclass(frozen=True, slots=True)
class Round:
    """Nodes of a level whose callers within their own pool are done, and the calls they make."""

    nodes: Index
    """That pool-mates call; empty in the first round."""
    inner: Index
    """The pool-mates' calls."""
    callers_of_inner: Index
    inner_alone: Array
    inner_together: Array
    sums: Sums
    """Nodes first, then the calls to them."""
    outgoing: Index
    callers: Index


@dataclass(frozen=True, slots=True)
class PoolLevel:
    """Pools that are independent of each other, and what enters them."""

    pools: Index
    stretch: Array
    down: Array
    """1 where new arrivals are refused."""
    live: Index
    """Rows with slots."""
    stations: Stations
    dead: Index
    dead_places: Array
    slots: Array
    queue: Array
    crowd: Crowd | None
    shut: Index
    """Rows without slots that have a queue with an end."""
    limited: tuple[tuple[int, Index, tuple[int, ...]], ...]
    """Rows with a limit: row, its rows among the streams, their priorities."""
    streams: Index
    target: Index
    at: Index
    """Per stream: row of its pool."""
    reach: Array
    crowded: Array
    """Per row: streams."""
    by_pool: Sums
    by_node: Sums
    nodes: Index
    calls: Index
    """Calls among the streams."""
    call_rows: Index
    callers: Index
    alone: Array
    together: Array
    generations: int
    rounds: tuple[Round, ...]


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


@dataclass(frozen=True, slots=True)
class Crossing:
    """Calls of a level of nodes that go to other pools."""

    calls: Index
    callee: Index
    pools: Index
    timed_rows: Index
    timed: Timing
    free_rows: Index
    free: Timing
    way: Array
    error: Array
    gone: Array
    arrives: Array
    hang: Array
    backoff: Array
    trials: tuple[Array, ...]
    """Per attempt after the first: 1 for calls that make it."""
    tried: tuple[Array, ...]
    """The same as masks."""
    optional: Array
    budgets: Budgets
    sheds: bool
    """Some of the pools have a limit."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The latest of a node's parallel calls: call after call, all nodes at once."""

    count: int
    entries: Index
    """Call positions, task after task."""
    rounds: tuple[tuple[Index, Index], ...]
    """(tasks, entries) per place in the order."""
    group_nodes: Index
    """Nodes with a task for all of their parallel calls: task i."""
    held_nodes: Index
    held_tasks: Index
    others_nodes: Index
    others_first: int
    """First task of the latest of all but the branch."""
    others_entries: int
    """First entry of these."""
    others_node_of_entry: Index


@dataclass(frozen=True, slots=True)
class NodeLevel:
    """Nodes that do not call each other, and their calls: per node the parallel ones, then the others."""

    nodes: Index
    work: Array
    work_var: Array
    right: Array
    calls: Index
    cross_rows: Index
    crossing: Crossing | None
    inner_rows: Index
    inner_calls: Index
    inner_callee: Index
    inner_optional: Array
    holds: Array
    """Per call: 1 where it holds its caller's worker (or is within it)."""
    required: Array
    good_share: GoodShare
    parallel: Index
    parallel_calls: Index
    parallel_holds: Array
    fold: Fold | None
    copies: tuple[tuple[int, Index], ...]
    """Whole number of parallel calls and the calls with it, where it is not exactly one."""
    partial: Index
    """Parallel calls with a part that is made with a probability."""
    partial_rest: Array
    partial_alone: bool
    partial_nothing: Array
    odd_rounds: tuple[tuple[Index, Index], ...]
    """(nodes, call positions) of parallel calls that may not be made at all."""
    serial: Index
    serial_calls: Index
    serial_nodes: Index
    serial_starts: Index
    """Where the calls of each node that has any begin in `serial`."""
    serial_owners: Index
    """These nodes."""
    serial_owner: Index
    """Per call: its node among these."""
    serial_rounds: tuple[tuple[Index, Index], ...]
    """(nodes, places in `serial`)."""
    made: MadeCalls
    sums: Sums
    parallel_starts: Index
    parallel_nodes: Index
    good_starts: Index
    good_entries: Index
    clean_starts: Index


@dataclass(frozen=True, slots=True)
class Again:
    """Where one generation's failures go: those known at once and those known after the timeout."""

    soon: Index
    soon_share: Array
    soon_next: Index
    soon_next_share: Array
    late: Index
    late_share: Array
    late_next: Index
    late_next_share: Array
    endless: Array
    """True for calls without a timeout: a lost attempt is never tried again."""


@dataclass(frozen=True, slots=True)
class Users:
    """Demands of one kind: the same number of retries, with or without patience and threshold."""

    demands: Index
    timing: Timing
    endless: bool
    """Nobody gives up."""
    late: Timing | None
    retries: int
    trials: tuple[Array, ...]
    streams: Index
    """Their first attempts."""
    begin: Index
    """Their first lines, as a column like `ticks` and `pause`."""
    ticks: Index
    pause: Array
    budgets: Budgets


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
        pool_levels=tuple([_pool_level(plan, tables, pools, crowd_place) for pools in pools_by_level]),
        node_levels=tuple([_node_level(plan, nodes, row_of_call) for nodes in nodes_by_level[1:]]),
        timing=_timing(plan, [n for n, _ in wanted], [t for _, t in wanted], list(range(len(wanted)))),
        users=_users(plan, entry_rows, late_rows),
        budgets=_budgets(plan, list(range(len(plan.line)))),
        sheds=any(pool.limit is not None for pool in network.pools),
        leaves=indices(leaves),
        work=column(plan.work),
        work_var=column(plan.work_var),
        leaf_fail=column([1.0 - g if g < 1.0 else 0.0 for g in good]),
        leaf_degraded=column([0.0] * len(leaves)),
        line_rows=tuple(lines),
        again=tuple([_again(plan, rows, places) for rows, places in lines]),
        call_good=GoodShare([call.calls for call in calls]),
        call_made=MadeCalls(
            [call.calls for call in calls],
            [call.required and not free for call, free in zip(calls, plain, strict=True)],
        ),
        call_required=column([float(call.required) for call in calls]),
        call_plain=column([float(free) for free in plain]),
        call_count=column([call.calls for call in calls]),
        reach_rounds=_rounds(
            [
                (n, [e for e in topology.calls[n] if plain[e]] + [e for e in topology.calls[n] if not plain[e]])
                for n in topology.order
            ]
        ),
        crowd_pools=indices(crowds),
        crowd_streams=indices([s for _, s in crowd_streams]),
        crowd_at=indices([i for i, _ in crowd_streams]),
        crowd_limit=column([np.inf if limit is None else limit for limit in limits]),
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


def _users(plan: Plan, entry_rows: list[int | None], late_rows: list[int | None]) -> tuple[Users, ...]:
    demands = plan.network.demands
    kinds: dict[tuple[bool, bool, int, bool], list[int]] = {}
    for d, demand in enumerate(demands):
        kind = entry_rows[d] is None, late_rows[d] is None, demand.retries, demand.budget is None
        kinds.setdefault(kind, []).append(d)
    found: list[Users] = []
    for (endless, never_late, retries, _), members in kinds.items():
        own = [demands[d] for d in members]
        entries = [len(plan.network.calls) + d for d in members]
        found.append(
            Users(
                demands=indices(members),
                timing=_timing(
                    plan,
                    [x.entry for x in own],
                    [x.timeout_s or 0.0 for x in own],
                    [entry_rows[d] or 0 for d in members],
                ),
                endless=endless,
                late=None
                if never_late
                else _timing(
                    plan,
                    [x.entry for x in own],
                    [x.threshold_s or 0.0 for x in own],
                    [late_rows[d] or 0 for d in members],
                ),
                retries=retries,
                trials=tuple([column([1.0] * len(members))] * retries),
                streams=indices([plan.demand_stream[d] for d in members]),
                begin=indices([plan.line[entry] for entry in entries]).reshape(-1, 1),
                ticks=indices([plan.length[entry] for entry in entries]).reshape(-1, 1),
                pause=column([x.backoff_s for x in own]),
                budgets=_budgets(plan, entries),
            )
        )
    return tuple(found)


def _again(plan: Plan, rows: Index, begin: Index) -> Again:
    calls, dt = [plan.network.calls[e] for e in rows], plan.network.tick_s
    ticks = indices([plan.length[e] for e in rows])
    soon = np.array([max(1.0, call.backoff_s / dt) for call in calls])
    late = np.array([max(1.0, ((call.timeout_s or 0.0) + call.backoff_s) / dt) for call in calls])
    return Again(
        *_places(begin, ticks, soon),
        *_places(begin, ticks, late),
        np.array([call.timeout_s is None for call in calls]).reshape(-1, 1),
    )


def _places(begin: Index, ticks: Index, delay: Array) -> tuple[Index, Array, Index, Array]:
    """Return where fixed delays end in their lines: place, share and those of the next place."""
    short = np.minimum(delay, ticks - 1.0)
    i = short.astype(np.intp)
    part = short - i
    following = np.minimum(i + 1, ticks - 1)
    return begin + i, (1.0 - part)[:, None], begin + following, part[:, None]


def _rounds(lists: list[tuple[int, list[int]]]) -> tuple[tuple[Index, Index], ...]:
    """Return (keys, k-th items) for k = 0, 1, …: what can be done at once if each list has its order."""
    rounds: list[tuple[Index, Index]] = []
    left = [pair for pair in lists if pair[1]]
    k = 0
    while left:
        rounds.append((indices([key for key, _ in left]), indices([items[k] for _, items in left])))
        k += 1
        left = [pair for pair in left if len(pair[1]) > k]
    return tuple(rounds)


def _timing(plan: Plan, nodes: list[int], limits: list[float], rows: list[int]) -> Timing:
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


def _pool_level(plan: Plan, tables: Tables, pools: list[int], crowd_place: dict[int, int]) -> PoolLevel:
    network, topology = plan.network, plan.topology
    count = len(network.calls)
    live = [i for i, p in enumerate(pools) if plan.slots[p] > 0]
    dead = [i for i, p in enumerate(pools) if plan.slots[p] == 0]
    streams = [(i, s) for i, p in enumerate(pools) for s in plan.entering[p]]
    nodes = [n for p in pools for n in topology.members[p]]
    spot = {n: i for i, n in enumerate(nodes)}
    made = [(row, s) for row, (_, s) in enumerate(streams) if s < count]
    crowds: list[tuple[int, int, int]] = []
    for row, i in enumerate(live):
        p = pools[i]
        if plan.crowd[p] >= 0.0:
            places = int(plan.crowd[p]) - plan.slots[p]
            if places <= 150:
                crowds.append((row, p, places))
    queues = [network.pools[p].queue for p in pools]
    limits = [network.pools[p].limit for p in pools]
    dead_places: list[int | None] = []
    for i in dead:
        ends = [int(end) for end in (queues[i], limits[i]) if end is not None]
        dead_places.append(min(ends, default=None))
    return PoolLevel(
        pools=indices(pools),
        stretch=column([plan.stretch[p] for p in pools]),
        down=column([float(network.pools[p].down) for p in pools]),
        live=indices(live),
        stations=stations_of(
            tables, [plan.slots[pools[i]] for i in live], [queues[i] for i in live], [limits[i] for i in live]
        ),
        dead=indices(dead),
        dead_places=column([np.inf if q is None else float(q) for q in dead_places]),
        slots=column([float(plan.slots[p]) for p in pools]),
        queue=column([np.inf if q is None else float(q) for q in queues]),
        crowd=Crowd(
            indices([row for row, _, _ in crowds]),
            indices([crowd_place[p] for _, p, _ in crowds]),
            indices([k for _, _, k in crowds]),
            indices([plan.slots[p] for _, p, _ in crowds]),
            indices([257 * tables.row[plan.slots[p]] for _, p, _ in crowds]),
        )
        if crowds
        else None,
        shut=indices([i for i in dead if queues[i] is not None]),
        limited=tuple(
            [
                (
                    i,
                    indices([row for row, (j, _) in enumerate(streams) if i == j]),
                    tuple([plan.priority[s] for s in plan.entering[p]]),
                )
                for i, p in enumerate(pools)
                if limits[i] is not None
            ]
        ),
        streams=indices([s for _, s in streams]),
        target=indices([plan.target[s] for _, s in streams]),
        at=indices([i for i, _ in streams]),
        reach=column([plan.reach[s] for _, s in streams]),
        crowded=column([float(len(plan.entering[p])) for p in pools]),
        by_pool=Sums([i for i, _ in streams], len(pools)),
        by_node=Sums([spot[plan.target[s]] for _, s in streams], len(nodes)),
        nodes=indices(nodes),
        calls=indices([s for _, s in made]),
        call_rows=indices([row for row, _ in made]),
        callers=indices([network.calls[s].caller for _, s in made]),
        alone=column([plan.batch[s] for _, s in made]),
        together=column([_together(plan, s) for _, s in made]),
        generations=max([plan.line_count[s] for _, s in made], default=0),
        rounds=_inner_rounds(plan, nodes),
    )


def _together(plan: Plan, e: int) -> float:
    call = plan.network.calls[e]
    return call.calls if call.calls < 1.0 or (call.parallel and not plan.topology.local[e]) else 1.0


def _inner_rounds(plan: Plan, nodes: list[int]) -> tuple[Round, ...]:
    topology, calls = plan.topology, plan.network.calls
    into: dict[int, list[int]] = {}
    depth: dict[int, int] = {}
    for n in nodes:  # members in the order of computation
        depth.setdefault(n, 0)
        for e in topology.calls[n]:
            if topology.local[e]:
                into.setdefault(calls[e].callee, []).append(e)
                depth[calls[e].callee] = max(depth.get(calls[e].callee, 0), depth[n] + 1)
    rounds: list[Round] = []
    for k in range(max(depth.values(), default=-1) + 1):
        here = [n for n in nodes if depth[n] == k]
        called = here if k > 0 else []
        inner = [(i, e) for i, n in enumerate(called) for e in into[n]]
        outgoing = [e for n in here for e in topology.calls[n]]
        rounds.append(
            Round(
                indices(called),
                indices([e for _, e in inner]),
                indices([calls[e].caller for _, e in inner]),
                column([1.0 for _ in inner]),
                column([_together(plan, e) for _, e in inner]),
                Sums([*range(len(called)), *[i for i, _ in inner]], len(called)),
                indices(outgoing),
                indices([calls[e].caller for e in outgoing]),
            )
        )
    return tuple(rounds)


def _budgets(plan: Plan, entries: list[int]) -> Budgets:
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


def _crossing(plan: Plan, crossing: list[int], row_of_call: dict[int, int]) -> Crossing:
    calls = [plan.network.calls[e] for e in crossing]
    timed = [i for i, call in enumerate(calls) if call.timeout_s is not None]
    free = [i for i, call in enumerate(calls) if call.timeout_s is None]
    retries = max([call.retries for call in calls], default=0)
    masks = [np.array([call.retries >= q for call in calls]).reshape(-1, 1) for q in range(1, retries + 1)]
    arrives = [(1.0 - call.error) * (1.0 - call.lost) for call in calls]
    return Crossing(
        calls=indices(crossing),
        callee=indices([call.callee for call in calls]),
        pools=indices([plan.network.nodes[call.callee].pool for call in calls]),
        timed_rows=indices(timed),
        timed=_timing(
            plan,
            [calls[i].callee for i in timed],
            [max(0.0, (calls[i].timeout_s or 0.0) - calls[i].latency_s) for i in timed],
            [row_of_call[crossing[i]] for i in timed],
        ),
        free_rows=indices(free),
        free=_timing(plan, [calls[i].callee for i in free], [0.0] * len(free), [0] * len(free)),
        way=column(
            [
                call.latency_s if call.timeout_s is None or call.latency_s < call.timeout_s else call.timeout_s
                for call in calls
            ]
        ),
        error=column([call.error for call in calls]),
        gone=column([(1.0 - call.error) * call.lost for call in calls]),
        arrives=column(arrives),
        hang=column([HANG_S if call.timeout_s is None else call.timeout_s for call in calls]),
        backoff=column([call.backoff_s for call in calls]),
        trials=tuple([mask.astype(np.float64) for mask in masks]),
        tried=tuple(masks),
        optional=column([float(not call.required) for call in calls]),
        budgets=_budgets(plan, crossing),
        sheds=any(plan.network.pools[plan.network.nodes[call.callee].pool].limit is not None for call in calls),
    )


def _fold(plan: Plan, parallel: list[list[int]], order: list[int]) -> Fold | None:
    calls = plan.network.calls
    tasks: list[list[int]] = []
    group_nodes = [i for i, own in enumerate(parallel) if own]
    if not group_nodes:
        return None
    tasks += [parallel[i] for i in group_nodes]
    task_of = {i: t for t, i in enumerate(group_nodes)}
    held_nodes: list[int] = []
    held_tasks: list[int] = []
    for i in group_nodes:
        holding = [row for row in parallel[i] if calls[order[row]].hold]
        if not holding:
            continue
        held_nodes.append(i)
        if len(holding) == len(parallel[i]):
            held_tasks.append(task_of[i])
        else:
            held_tasks.append(len(tasks))
            tasks.append(holding)
    others_first = len(tasks)
    others = [
        i for i in group_nodes if len(parallel[i]) > 1 and any(calls[order[row]].calls < 1.0 for row in parallel[i])
    ]
    others_entries = 0
    for task in tasks:
        others_entries += len(task)
    tasks += [parallel[i] for i in others]
    entries: list[int] = []
    places: list[tuple[int, list[int]]] = []
    for t, task in enumerate(tasks):
        places.append((t, list(range(len(entries), len(entries) + len(task)))))
        entries += task
    return Fold(
        count=len(tasks),
        entries=indices(entries),
        rounds=_rounds(places),
        group_nodes=indices(group_nodes),
        held_nodes=indices(held_nodes),
        held_tasks=indices(held_tasks),
        others_nodes=indices(others),
        others_first=others_first,
        others_entries=others_entries,
        others_node_of_entry=indices([i for i in others for _ in parallel[i]]),
    )


def _node_level(plan: Plan, nodes: list[int], row_of_call: dict[int, int]) -> NodeLevel:
    network, topology = plan.network, plan.topology
    calls, local = network.calls, topology.local
    order: list[int] = []
    parallel: list[list[int]] = []
    serial: list[list[int]] = []
    for n in nodes:
        together = [e for e in topology.calls[n] if calls[e].parallel and not local[e]]
        after = [e for e in topology.calls[n] if local[e] or not calls[e].parallel]
        parallel.append(list(range(len(order), len(order) + len(together))))
        order += together
        serial.append(list(range(len(order), len(order) + len(after))))
        order += after
    cross = [row for row, e in enumerate(order) if not local[e]]
    inner = [row for row, e in enumerate(order) if local[e]]
    rows = [row for own in parallel for row in own]
    places = {row: i for i, row in enumerate(rows)}
    whole: dict[int, list[int]] = {}
    for row in rows:
        if calls[order[row]].calls != 1.0:
            whole.setdefault(int(calls[order[row]].calls), []).append(row)
    partial = [row for row in rows if calls[order[row]].calls > int(calls[order[row]].calls)]
    serial_rows = [row for own in serial for row in own]
    serial_place = {row: i for i, row in enumerate(serial_rows)}
    serial_nodes = [i for i, own in enumerate(serial) for _ in own]
    # the good share of a node: its own, then that of all parallel calls together, then call by call
    good_entries: list[int] = []
    good_starts: list[int] = []
    for i, own in enumerate(serial):
        good_starts.append(len(good_entries))
        good_entries += [i, len(nodes) + i, *[2 * len(nodes) + serial_place[row] for row in own]]
    with_parallel = [i for i, own in enumerate(parallel) if own]
    starts = [places[parallel[i][0]] for i in with_parallel]
    clean_starts = [own[0] if own else after[0] for own, after in zip(parallel, serial, strict=True)]
    return NodeLevel(
        nodes=indices(nodes),
        work=column([plan.work[n] for n in nodes]),
        work_var=column([plan.work_var[n] for n in nodes]),
        right=column([1.0 - network.nodes[n].error for n in nodes]),
        calls=indices(order),
        cross_rows=indices(cross),
        crossing=_crossing(plan, [order[row] for row in cross], row_of_call) if cross else None,
        inner_rows=indices(inner),
        inner_calls=indices([order[row] for row in inner]),
        inner_callee=indices([calls[order[row]].callee for row in inner]),
        inner_optional=column([float(not calls[order[row]].required) for row in inner]),
        holds=column([float(local[e] or calls[e].hold) for e in order]),
        required=column([float(calls[e].required) for e in order]),
        good_share=GoodShare([calls[e].calls for e in order]),
        parallel=indices(rows),
        parallel_calls=indices([order[row] for row in rows]),
        parallel_holds=column([float(calls[order[row]].hold) for row in rows]),
        fold=_fold(plan, parallel, order),
        copies=tuple([(k, indices(found)) for k, found in sorted(whole.items()) if k != 1]),
        partial=indices(partial),
        partial_rest=column([calls[order[row]].calls - int(calls[order[row]].calls) for row in partial]),
        partial_alone=all(calls[order[row]].calls < 1.0 for row in partial),
        partial_nothing=column([float(calls[order[row]].calls < 1.0) for row in partial]),
        odd_rounds=_rounds(
            [(i, [row for row in own if calls[order[row]].calls < 1.0]) for i, own in enumerate(parallel)]
        ),
        serial=indices(serial_rows),
        serial_calls=indices([order[row] for row in serial_rows]),
        serial_nodes=indices(serial_nodes),
        serial_starts=indices([serial_place[own[0]] for own in serial if own]),
        serial_owners=indices([i for i, own in enumerate(serial) if own]),
        serial_owner=indices([i for i, own in enumerate([own for own in serial if own]) for _ in own]),
        serial_rounds=_rounds([(i, [serial_place[row] for row in own]) for i, own in enumerate(serial)]),
        made=MadeCalls(
            [calls[order[row]].calls for row in serial_rows], [calls[order[row]].required for row in serial_rows]
        ),
        sums=Sums(
            [part * len(nodes) + i for part in range(4) for i in [*range(len(nodes)), *serial_nodes]],
            4 * len(nodes),
        ),
        parallel_starts=indices(starts),
        parallel_nodes=indices(with_parallel),
        good_starts=indices(good_starts),
        good_entries=indices(good_entries),
        clean_starts=indices(clean_starts),
    )
