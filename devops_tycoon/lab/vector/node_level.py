"""Nodes of one level: their calls, in the order in which the plain kernel adds them up."""

from dataclasses import dataclass

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.lab.vector.outgoing import Crossing, crossing_of
from devops_tycoon.lab.vector.rounds import rounds_of
from devops_tycoon.lab.vector.shares import GoodShare, MadeCalls, Sums
from devops_tycoon.sim.flow.plan import Plan


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


def a_node_level(plan: Plan, nodes: list[int], row_of_call: dict[int, int]) -> NodeLevel:
    """Prepare a level of nodes."""
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
        crossing=crossing_of(plan, [order[row] for row in cross], row_of_call) if cross else None,
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
        odd_rounds=rounds_of(
            [(i, [row for row in own if calls[order[row]].calls < 1.0]) for i, own in enumerate(parallel)]
        ),
        serial=indices(serial_rows),
        serial_calls=indices([order[row] for row in serial_rows]),
        serial_nodes=indices(serial_nodes),
        serial_starts=indices([serial_place[own[0]] for own in serial if own]),
        serial_owners=indices([i for i, own in enumerate(serial) if own]),
        serial_owner=indices([i for i, own in enumerate([own for own in serial if own]) for _ in own]),
        serial_rounds=rounds_of([(i, [serial_place[row] for row in own]) for i, own in enumerate(serial)]),
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
        rounds=rounds_of(places),
        group_nodes=indices(group_nodes),
        held_nodes=indices(held_nodes),
        held_tasks=indices(held_tasks),
        others_nodes=indices(others),
        others_first=others_first,
        others_entries=others_entries,
        others_node_of_entry=indices([i for i in others for _ in parallel[i]]),
    )
