"""Time and failure go up, a level of nodes at a time: `sim/flow/up.py` for arrays."""

import numpy as np

from devops_tycoon.lab.vector.crossing import MOST_VAR, cross
from devops_tycoon.lab.vector.exact import Array, Index
from devops_tycoon.lab.vector.latest import later_of_two, latest
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.node_level import Fold, NodeLevel
from devops_tycoon.lab.vector.shares import product
from devops_tycoon.lab.vector.tick import Before, Tick
from devops_tycoon.sim.flow.station import NEVER_S


def send_up(layout: Layout, before: Before, tick: Tick) -> None:
    """Fill in everything about answers per node and per call; holding times are next tick's."""
    leaves = layout.leaves
    work, work_var = layout.work.take(leaves, 0), layout.work_var.take(leaves, 0)
    tick.answer[leaves] = tick.hold[leaves] = np.minimum(work, NEVER_S)
    tick.answer_var[leaves] = tick.hold_var[leaves] = np.minimum(work_var, MOST_VAR)
    for values in (tick.branch, tick.branch_fail, tick.branch_s, tick.branch_var, tick.degraded):
        values[leaves] = 0.0
    tick.fail[leaves] = layout.leaf_fail
    for level in layout.node_levels:
        _level(before, tick, level)


class _Branch:
    """Each node's weightiest fractional call so far; all arrays are (nodes, columns)."""

    __slots__ = ("fails", "odd", "share", "time", "var", "weight")

    def __init__(self, nodes: int, columns: int) -> None:
        shape = (nodes, columns)
        self.weight, self.share, self.fails = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self.time, self.var = np.zeros(shape), np.zeros(shape)
        self.odd = np.full(shape, -1, dtype=np.intp)

    def offer(
        self, nodes: Index, rows: Index, weight: Array, share: Array, time: Array, var: Array, fails: Array
    ) -> None:
        """Take these calls (one per node, rows of the level) where they weigh more than what there is."""
        more = weight > self.weight.take(nodes, 0)
        if not np.count_nonzero(more):
            return
        for name, value in (
            ("weight", weight),
            ("share", share),
            ("time", time),
            ("var", var),
            ("fails", fails),
            ("odd", rows[:, None]),
        ):
            held = getattr(self, name)
            held[nodes] = np.where(more, value, held.take(nodes, 0))


def _level(before: Before, tick: Tick, at: NodeLevel) -> None:
    columns = tick.level.shape[1]
    count = len(at.nodes)
    shape = (len(at.calls), columns)
    cost, cost_var, fail, soft = np.empty(shape), np.empty(shape), np.empty(shape), np.empty(shape)
    if at.crossing is not None:
        parts = cross(before, tick, at.crossing)
        if len(at.inner_rows):
            rows = at.cross_rows
            cost[rows], cost_var[rows], fail[rows], soft[rows] = parts
        else:
            cost, cost_var, fail, soft = parts
    held, held_var = cost, cost_var
    if len(at.inner_rows):
        held, held_var = _inside(tick, at, cost, cost_var, fail, soft)
    branch = _Branch(count, columns)
    total = np.empty((4, count + len(at.serial), columns))
    total[0, :count], total[1, :count], total[2, :count], total[3, :count] = (
        at.work,
        at.work_var,
        at.work,
        at.work_var,
    )
    if at.fold is not None:
        cost, cost_var = _parallel(tick, at, at.fold, cost, cost_var, fail, branch, total)
    good_share = at.good_share(fail)
    good_share = np.where(at.required > 0.0, good_share, 1.0)
    reached = np.ones((count, columns))
    if len(at.parallel):
        reached[at.parallel_nodes] = product(good_share.take(at.parallel, 0), at.parallel_starts)
    right = np.concatenate((np.repeat(at.right, columns, axis=1), reached, good_share.take(at.serial, 0)))
    good = product(right[at.good_entries], at.good_starts)
    clean = product(at.good_share(soft), at.clean_starts)
    if len(at.serial):
        _serial(tick, at, cost, cost_var, held, held_var, fail, good_share, reached, branch, total)
    mean, var, hold, hold_var = at.sums(total.reshape(-1, columns)).reshape(4, count, columns)
    nodes = at.nodes
    tick.answer[nodes] = np.minimum(mean, NEVER_S)
    tick.answer_var[nodes] = np.minimum(var, MOST_VAR)
    tick.branch[nodes] = branch.share
    tick.branch_fail[nodes] = branch.fails
    tick.branch_s[nodes] = np.minimum(branch.time, NEVER_S)
    tick.branch_var[nodes] = np.minimum(branch.var, MOST_VAR)
    tick.hold[nodes] = np.minimum(hold, NEVER_S)
    tick.hold_var[nodes] = np.minimum(hold_var, MOST_VAR)
    tick.fail[nodes] = np.where(good < 1.0, np.minimum(1.0, 1.0 - good), 0.0)
    tick.degraded[nodes] = np.where(clean < 1.0, 1.0 - clean, 0.0)


def _inside(tick: Tick, at: NodeLevel, cost: Array, cost_var: Array, fail: Array, soft: Array) -> tuple[Array, Array]:
    """Put in the function calls within a pool; return what holds the callers' workers."""
    rows, calls, j = at.inner_rows, at.inner_calls, at.inner_callee
    failing = tick.fail.take(j, 0)
    cost[rows], cost_var[rows], fail[rows] = tick.answer.take(j, 0), tick.answer_var.take(j, 0), failing
    tick.failing[calls] = failing
    tick.att_fail[calls] = failing
    tick.quick_fail[calls] = failing
    tick.core_s[calls] = tick.answer.take(j, 0)
    tick.attempt_mean[calls] = tick.answer.take(j, 0)
    degraded = tick.degraded.take(j, 0)
    soft[rows] = np.where(at.inner_optional > 0.0, failing + (1.0 - failing) * degraded, degraded)
    held, held_var = cost.copy(), cost_var.copy()
    held[rows], held_var[rows] = tick.hold.take(j, 0), tick.hold_var.take(j, 0)
    return held, held_var


def _parallel(
    tick: Tick,
    at: NodeLevel,
    fold: Fold,
    cost: Array,
    cost_var: Array,
    fail: Array,
    branch: _Branch,
    total: Array,
) -> tuple[Array, Array]:
    """Work out the latest of the parallel calls; return the costs with those of several calls at once."""
    one, one_var = cost, cost_var
    if at.copies or len(at.partial):
        cost, cost_var = cost.copy(), cost_var.copy()
        for copies, rows in at.copies:
            cost[rows], cost_var[rows] = latest(one.take(rows, 0), one_var.take(rows, 0), copies)
    if len(at.partial):
        rows, rest = at.partial, at.partial_rest
        alone, alone_var = one.take(rows, 0), one_var.take(rows, 0)
        part = rest * alone
        part_var = rest * (alone_var + alone * alone) - rest * rest * alone * alone
        if at.partial_alone:
            cost[rows], cost_var[rows] = part, part_var
        else:
            cost[rows], cost_var[rows] = later_of_two(cost.take(rows, 0), cost_var.take(rows, 0), part, part_var)
        if at.odd_rounds:
            calls_rest = np.zeros((len(at.calls), 1))
            calls_rest[rows] = rest
            for nodes, odd in at.odd_rounds:
                share = calls_rest[odd]
                weight = share * (1.0 - share) * one.take(odd, 0) * one.take(odd, 0)
                risk = np.where(at.required.take(odd, 0) > 0.0, fail.take(odd, 0), 0.0)
                branch.offer(nodes, odd, weight, share, one.take(odd, 0), one_var.take(odd, 0), risk)
    calls = at.parallel_calls
    tick.dep_s[calls] = cost.take(at.parallel, 0)
    tick.held_s[calls] = np.where(at.parallel_holds > 0.0, cost.take(at.parallel, 0), 0.0)
    entry, entry_var = cost.take(fold.entries, 0), cost_var.take(fold.entries, 0)
    others = fold.others_nodes
    some = len(others) > 0 and bool((branch.odd.take(others, 0) >= 0).any())
    if some:
        begin = fold.others_entries
        skip = fold.entries[begin:, None] == branch.odd.take(fold.others_node_of_entry, 0)
        entry[begin:] = np.where(skip, 0.0, entry[begin:])
        entry_var[begin:] = np.where(skip, 0.0, entry_var[begin:])
    columns = cost.shape[1]
    mean, var = np.zeros((fold.count, columns)), np.zeros((fold.count, columns))
    for k, (tasks, entries) in enumerate(fold.rounds):
        if k == 0:
            mean[tasks], var[tasks] = entry.take(entries, 0), entry_var.take(entries, 0)
        else:
            mean[tasks], var[tasks] = later_of_two(
                mean.take(tasks, 0), var.take(tasks, 0), entry.take(entries, 0), entry_var.take(entries, 0)
            )
    nodes = fold.group_nodes
    total[0, nodes] += mean[: len(nodes)]
    total[1, nodes] += var[: len(nodes)]
    total[2, fold.held_nodes] += mean.take(fold.held_tasks, 0)
    total[3, fold.held_nodes] += var.take(fold.held_tasks, 0)
    if some:
        rest_mean, rest_var = mean[fold.others_first :], var[fold.others_first :]
        with_it, with_var = later_of_two(rest_mean, rest_var, branch.time.take(others, 0), branch.var.take(others, 0))
        has = branch.odd.take(others, 0) >= 0
        branch.time[others] = np.where(has, np.maximum(0.0, with_it - rest_mean), branch.time.take(others, 0))
        branch.var[others] = np.where(has, with_var - rest_var, branch.var.take(others, 0))
        share, time = branch.share.take(others, 0), branch.time.take(others, 0)
        branch.weight[others] = np.where(has, share * (1.0 - share) * time * time, branch.weight.take(others, 0))
    return cost, cost_var


def _serial(
    tick: Tick,
    at: NodeLevel,
    cost: Array,
    cost_var: Array,
    held: Array,
    held_var: Array,
    fail: Array,
    good_share: Array,
    reached: Array,
    branch: _Branch,
    total: Array,
) -> None:
    """Add up the calls that follow one another."""
    rows = at.serial
    time, time_var = cost.take(rows, 0), cost_var.take(rows, 0)
    risk = fail.take(rows, 0)
    ok = good_share.take(rows, 0)
    passed = np.empty_like(time)
    so_far = reached
    if len(at.serial_rounds) > 1:
        so_far = reached.copy()
    for k, (nodes, entries) in enumerate(at.serial_rounds):
        passed[entries] = so_far.take(nodes, 0)
        if k + 1 < len(at.serial_rounds):
            so_far[nodes] *= ok.take(entries, 0)
    k_ = passed * at.made(risk)
    rest = k_ - np.floor(k_)
    ragged = np.maximum(0.0, rest * (1.0 - rest))
    spent = k_ * time
    holding = at.holds.take(rows, 0) > 0.0
    busy = np.where(holding, held.take(rows, 0), 0.0)
    busy_var = np.where(holding, held_var.take(rows, 0), 0.0)
    calls = at.serial_calls
    busy_spent = k_ * busy
    tick.dep_s[calls] = spent
    tick.held_s[calls] = busy_spent
    weight = ragged * time * time
    offered = np.where(k_ < 1.0, weight, 0.0)
    if np.count_nonzero(offered):
        risky = np.where(at.required.take(rows, 0) > 0.0, risk, 0.0)
        _offer_first(at, branch, offered, k_, time, time_var, risky)
    count = len(at.nodes)
    total[0, count:] = spent
    total[1, count:] = k_ * time_var + weight
    total[2, count:] = busy_spent
    total[3, count:] = k_ * busy_var + ragged * busy * busy


def _offer_first(
    at: NodeLevel, branch: _Branch, offered: Array, share: Array, time: Array, var: Array, fails: Array
) -> None:
    """Take each node's weightiest serial call, the first among equals, where it weighs more than the parallel one."""
    nodes = at.serial_owners
    most = np.maximum.reduceat(offered, at.serial_starts, axis=0)
    more = most > branch.weight.take(nodes, 0)
    size = len(offered)
    places = np.where(offered == most[at.serial_owner], np.arange(size)[:, None], size)
    pick = np.minimum.reduceat(places, at.serial_starts, axis=0)
    columns = np.arange(offered.shape[1])
    for held, value in (
        (branch.weight, offered),
        (branch.share, share),
        (branch.time, time),
        (branch.var, var),
        (branch.fails, fails),
    ):
        held[nodes] = np.where(more, value[pick, columns], held.take(nodes, 0))
