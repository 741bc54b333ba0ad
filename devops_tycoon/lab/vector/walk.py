"""Who can pass blame to whom, by levels: the walk of `sim/flow/blame.py`, laid out for arrays.

A *hand-over* passes an amount on to a call: to its lost attempts, to the way, and to the callee's slowness. They are
numbered in the order in which the plain kernel makes them, so that what arrives at one place is added in its order. A
node's level is one more than that of all that can pass something to it.
"""

from dataclasses import dataclass

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.lab.vector.shares import Sums
from devops_tycoon.sim.flow.plan import Plan


@dataclass(frozen=True, slots=True)
class WalkLevel:
    """Nodes that cannot pass anything to each other; hand-overs by where they come from."""

    nodes: Index
    wrong_from: Index
    """Failures that arrive."""
    wrong: Sums
    slow_from: Index
    """Hand-overs that arrive."""
    slow: Sums
    failures: Index
    """Required calls: numbers of failures."""
    failing: Index
    """Their rows among the nodes."""
    failure_calls: Index
    crossing: Index
    """Failures of calls to other pools (rows of `failures`)."""
    crossing_calls: Index
    crossing_entries: Index
    crossing_pools: Index
    turned_parents: Index
    """Rows of `crossing`, per hand-over of requests that a full queue turned away."""
    turned_entries: Index
    turned_calls: Index
    time_rows: Index
    """Rows among the nodes, per call."""
    time_calls: Index
    time_entries: Index
    held_rows: Index
    held_calls: Index
    held_entries: Index
    passed: Sums
    """Of `held_entries`, by node."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The whole walk."""

    levels: tuple[WalkLevel, ...]
    entries: int
    by_call: Sums
    """Hand-overs by call."""
    failures: int
    failure_calls: Index
    failure_pools: Index
    failure_crossing: Index
    """Failures of calls to other pools."""
    turned_failures: Sums
    """Hand-overs after a full queue, by failure."""
    turned_calls: Index
    first_demands: Index
    first_entries: Index
    first_calls: Index
    first_passed: Sums
    overload: Sums
    """By pool: demands, then failures."""
    required: Array
    weight_sums: Sums
    """By node: nodes, then required calls."""
    weight_calls: Index
    time_sums: Sums
    """By node: nodes, then calls."""
    time_calls: Index
    held_sums: Sums
    """By pool: nodes (own work) and calls to others, in the plain kernel's order."""
    held_order: Index
    """Rows of nodes, then calls."""
    busy_sums: Sums
    busy_nodes: Index
    entries_at: tuple[int, ...]
    """Per demand: its node."""
    entry_pools: Index
    entry_streams: Index
    """Per demand: its first attempts."""
    callers: Index
    callees: Index
    caller_pools: Index
    """Per call."""
    own_s: Array
    """Per node: its work, stretched by a brown-out."""
    errors: Array
    """Per node: its own."""


def walk_of(plan: Plan) -> Walk:
    """Return the walk of a plan."""
    network, topology = plan.network, plan.topology
    calls, rank = network.calls, topology.rank
    pools = [node.pool for node in network.nodes]
    outs: list[list[int]] = [
        [] if plan.slots[p] == 0 else [e for m in members for e in topology.calls[m] if not topology.local[e]]
        for p, members in enumerate(topology.members)
    ]
    entry_call: list[int] = []

    def hand_over(e: int) -> int:
        entry_call.append(e)
        return len(entry_call) - 1

    def held_for(p: int, after: int) -> list[int]:
        return [e for e in outs[p] if rank[calls[e].callee] > after]

    def may_turn_away(p: int) -> bool:
        pool = network.pools[p]
        return not pool.down and (pool.queue is not None or pool.limit is not None)

    level = [0] * len(plan.work)
    first: list[tuple[int, int]] = []
    for d, demand in enumerate(network.demands):
        p = pools[demand.entry]
        if may_turn_away(p):
            first += [(d, hand_over(e)) for e in held_for(p, -1)]
    failures: list[tuple[int, int]] = []  # node, call
    failure_entry: list[int] = []
    turned: list[tuple[int, int]] = []  # failure, hand-over
    own_time: list[tuple[int, int]] = []  # node, hand-over
    others: list[tuple[int, int]] = []
    for n in topology.order:
        mine: list[int] = []
        for e in topology.calls[n]:
            if not calls[e].required:
                continue
            failures.append((n, e))
            mine.append(calls[e].callee)
            if topology.local[e]:
                failure_entry.append(-1)
                continue
            p = pools[calls[e].callee]
            if may_turn_away(p):
                for out in held_for(p, rank[n]):
                    turned.append((len(failures) - 1, hand_over(out)))
                    mine.append(calls[out].callee)
            failure_entry.append(hand_over(e))
        for e in topology.calls[n]:
            own_time.append((n, hand_over(e)))
            mine.append(calls[e].callee)
        for e in held_for(pools[n], rank[n]):
            others.append((n, hand_over(e)))
            mine.append(calls[e].callee)
        for j in mine:
            level[j] = max(level[j], level[n] + 1)
    count = max(level, default=-1) + 1
    nodes: list[list[int]] = [[] for _ in range(count)]
    row = [0] * len(level)
    for n in topology.order:
        row[n] = len(nodes[level[n]])
        nodes[level[n]].append(n)
    wrong_in: list[list[int]] = [[] for _ in range(count)]
    slow_in: list[list[int]] = [[] for _ in range(count)]
    mine_failures: list[list[int]] = [[] for _ in range(count)]
    mine_turned: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    mine_time: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    mine_held: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for f, (n, e) in enumerate(failures):
        mine_failures[level[n]].append(f)
        wrong_in[level[calls[e].callee]].append(f)
    for i, e in enumerate(entry_call):
        slow_in[level[calls[e].callee]].append(i)
    for f, i in turned:
        mine_turned[level[failures[f][0]]].append((f, i))
    for n, i in own_time:
        mine_time[level[n]].append((n, i))
    for n, i in others:
        mine_held[level[n]].append((n, i))
    levels: list[WalkLevel] = []
    for k in range(count):
        here = nodes[k]
        size = len(here)
        crossing = [f for f in mine_failures[k] if failure_entry[f] >= 0]
        place = {f: i for i, f in enumerate(crossing)}
        own = {f: i for i, f in enumerate(mine_failures[k])}
        levels.append(
            WalkLevel(
                nodes=indices(here),
                wrong_from=indices(wrong_in[k]),
                wrong=Sums([*range(size), *[row[calls[failures[f][1]].callee] for f in wrong_in[k]]], size),
                slow_from=indices(slow_in[k]),
                slow=Sums([*range(size), *[row[calls[entry_call[i]].callee] for i in slow_in[k]]], size),
                failures=indices(mine_failures[k]),
                failing=indices([row[failures[f][0]] for f in mine_failures[k]]),
                failure_calls=indices([failures[f][1] for f in mine_failures[k]]),
                crossing=indices([own[f] for f in crossing]),
                crossing_calls=indices([failures[f][1] for f in crossing]),
                crossing_entries=indices([failure_entry[f] for f in crossing]),
                crossing_pools=indices([pools[calls[failures[f][1]].callee] for f in crossing]),
                turned_parents=indices([place[f] for f, _ in mine_turned[k]]),
                turned_entries=indices([i for _, i in mine_turned[k]]),
                turned_calls=indices([entry_call[i] for _, i in mine_turned[k]]),
                time_rows=indices([row[n] for n, _ in mine_time[k]]),
                time_calls=indices([entry_call[i] for _, i in mine_time[k]]),
                time_entries=indices([i for _, i in mine_time[k]]),
                held_rows=indices([row[n] for n, _ in mine_held[k]]),
                held_calls=indices([entry_call[i] for _, i in mine_held[k]]),
                held_entries=indices([i for _, i in mine_held[k]]),
                passed=Sums([row[n] for n, _ in mine_held[k]], size),
            )
        )
    required = [e for _, e in failures]
    in_order = [e for n in topology.order for e in topology.calls[n]]
    held_order: list[int] = []
    held_at: list[int] = []
    for p, members in enumerate(topology.members):
        for m in members:
            held_order.append(m)
            held_at.append(p)
            for e in topology.calls[m]:
                if not topology.local[e]:
                    held_order.append(len(level) + e)
                    held_at.append(p)
    busy = [m for members in topology.members for m in members]
    return Walk(
        levels=tuple(levels),
        entries=len(entry_call),
        by_call=Sums(entry_call, len(calls)),
        failures=len(failures),
        failure_calls=indices(required),
        failure_pools=indices([pools[calls[e].callee] for e in required]),
        failure_crossing=indices([f for f, i in enumerate(failure_entry) if i >= 0]),
        turned_failures=Sums([f for f, _ in turned], len(failures)),
        turned_calls=indices([entry_call[i] for _, i in turned]),
        first_demands=indices([d for d, _ in first]),
        first_entries=indices([i for _, i in first]),
        first_calls=indices([entry_call[i] for _, i in first]),
        first_passed=Sums([d for d, _ in first], len(network.demands)),
        overload=Sums(
            [
                *[pools[demand.entry] for demand in network.demands],
                *[pools[calls[e].callee] for e in required],
            ],
            len(plan.slots),
        ),
        required=column([calls[e].calls for e in required]),
        weight_sums=Sums([*range(len(level)), *[n for n, _ in failures]], len(level)),
        weight_calls=indices(required),
        time_sums=Sums([*range(len(level)), *[calls[e].caller for e in in_order]], len(level)),
        time_calls=indices(in_order),
        held_sums=Sums(held_at, len(plan.slots)),
        held_order=indices(held_order),
        busy_sums=Sums([pools[m] for m in busy], len(plan.slots)),
        busy_nodes=indices(busy),
        entries_at=tuple([demand.entry for demand in network.demands]),
        entry_pools=indices([pools[demand.entry] for demand in network.demands]),
        entry_streams=indices(list(plan.demand_stream)),
        callers=indices([call.caller for call in calls]),
        callees=indices([call.callee for call in calls]),
        caller_pools=indices([pools[call.caller] for call in calls]),
        own_s=column([work * plan.stretch[p] for work, p in zip(plan.work, pools, strict=True)]),
        errors=column([node.error for node in network.nodes]),
    )
