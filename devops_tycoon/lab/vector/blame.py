"""Why requests of many runs went bad: `sim/flow/blame.py` for arrays, both of its walks at once."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, Mask
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.tick import Tick
from devops_tycoon.lab.vector.users import Outcomes
from devops_tycoon.lab.vector.walk import Walk, WalkLevel
from devops_tycoon.sim.flow.blame import HOT, cause_count


class _Times:
    """Where the time of each call's attempts goes."""

    __slots__ = ("core", "lost", "mean")

    def __init__(self, tick: Tick) -> None:
        self.mean, self.lost, self.core = tick.attempt_mean, tick.lost_s, tick.core_s


class _Given:
    """What the hand-overs passed on; all arrays are (hand-overs, columns)."""

    __slots__ = ("core", "lost", "times", "way")

    def __init__(self, entries: int, times: _Times) -> None:
        shape = (entries, times.mean.shape[1])
        self.lost, self.core, self.way = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self.times = times

    def descend(self, entries: Index, calls: Index, amount: Array) -> None:
        """Blame calls for some time: lost attempts and the way are their own, the rest is the callee's."""
        if not len(entries):
            return
        total = self.times.mean.take(calls, 0)
        some = total > 0.0
        lost = np.where(some, np.minimum(amount, amount * self.times.lost[calls] / total), 0.0)
        core = np.where(some, np.minimum(amount - lost, amount * self.times.core[calls] / total), 0.0)
        self.lost[entries] = lost
        self.core[entries] = core
        self.way[entries] = np.where(some, np.maximum(0.0, amount - lost - core), amount)


def causes(layout: Layout, walk: Walk, tick: Tick, out: Outcomes) -> tuple[Array, Array]:
    """Return what this tick decided to become bad, and what was turned away at once, both by cause."""
    plan = layout.plan
    columns = tick.level.shape[1]
    none = np.zeros((cause_count(plan), columns))
    at_once = bool((out.bounced > 0.0).any())
    if not at_once and not (out.wrong > 0.0).any() and not (out.slow > 0.0).any():
        return none, none
    of = _Parts(layout, walk, tick)
    decided = _walked(layout, walk, tick, of, out.wrong, out.slow, None)
    if not at_once:
        return decided, none
    idle = np.zeros_like(out.bounced)
    return decided, _walked(layout, walk, tick, of, None, idle, out.bounced)


class _Parts:
    """What is asked of a tick whoever is to blame: how a node's failures, slots and time are made up."""

    __slots__ = (
        "busy",
        "down",
        "here",
        "inner",
        "late",
        "own_error",
        "part",
        "passed",
        "reasons",
        "share",
        "span",
        "total",
        "weight",
    )

    def __init__(self, layout: Layout, walk: Walk, tick: Tick) -> None:
        columns = tick.level.shape[1]
        # what the slots of a pool are held for
        self.busy = busy = tick.visits * layout.work * layout.stretch
        for_calls = tick.visits.take(walk.callers, 0) * np.where(tick.held_s > 0.0, tick.held_s, 0.0)
        held = walk.held_sums(np.concatenate((busy, for_calls)).take(walk.held_order, 0)).take(walk.caller_pools, 0)
        self.part = np.where((for_calls > 0.0) & (held > 0.0), for_calls / held, 0.0)
        # failures: which share of a node's each required call has, and what becomes of it
        self.own_error = np.repeat(walk.errors, columns, axis=1)
        e = walk.failure_calls
        failing = tick.failing.take(e, 0)
        self.weight = np.where(failing > 0.0, failing * walk.required, 0.0)
        self.total = walk.weight_sums(np.concatenate((self.own_error, self.weight)))
        self.late = tick.att_slow.take(e, 0)
        known = tick.att_error.take(e, 0) + tick.att_lost.take(e, 0) + tick.bounced.take(e, 0) + self.late
        self.inner = np.maximum(0.0, tick.att_fail.take(e, 0) - known)
        self.reasons = known + self.inner
        self.passed = (
            walk.turned_failures(self.part.take(walk.turned_calls, 0))
            if len(walk.turned_calls) and tick.bounced.any()
            else np.zeros((walk.failures, columns))
        )
        self.down = tick.down_share.take(walk.failure_pools, 0) > 0.0
        # time
        wait = (tick.waiting * (tick.fixed + tick.theta)).take(layout.pool_of, 0)
        self.span = walk.time_sums(np.concatenate((wait + walk.own_s, tick.dep_s.take(walk.time_calls, 0))))
        self.here, self.share = walk.own_s / self.span, wait / self.span


def _walked(
    layout: Layout, walk: Walk, tick: Tick, of: _Parts, wrong: Array | None, slow: Array, bounced: Array | None
) -> Array:
    plan = layout.plan
    network = plan.network
    columns = slow.shape[1]
    nodes, calls = len(plan.work), len(network.calls)
    entry, pool_of = walk.entries_at, layout.pool_of
    all_wrong, all_slow = np.zeros((nodes, columns)), np.zeros((nodes, columns))
    for d, j in enumerate(entry):
        all_slow[j] += slow[d]
        if wrong is not None:
            all_wrong[j] += wrong[d]
    given = _Given(walk.entries, _Times(tick))
    part, weight, total, passed = of.part, of.weight, of.total, of.passed
    turned_at_entry = np.zeros((len(entry), columns))
    down_at_entry = np.zeros((len(entry), columns))
    entry_pools = walk.entry_pools
    shed_at_entry = np.zeros((len(entry), columns))
    if bounced is not None:
        if layout.sheds:
            full = tick.full_share.take(walk.entry_pools, 0) + tick.down_share.take(walk.entry_pools, 0)
            shed_at_entry, bounced = _without_shed(full, tick.shed.take(walk.entry_streams, 0), bounced)
        is_down = tick.down_share[entry_pools] > 0.0
        down_at_entry = np.where(is_down, bounced, 0.0)
        turned = np.where(is_down, 0.0, bounced)
        shares = part.take(walk.first_calls, 0)
        gone_on = walk.first_passed(shares) if len(walk.first_calls) else np.zeros_like(turned)
        given.descend(walk.first_entries, walk.first_calls, turned.take(walk.first_demands, 0) * shares)
        turned_at_entry = turned * np.maximum(0.0, 1.0 - gone_on)
    failed, errors = np.zeros((walk.failures, columns)), np.zeros((walk.failures, columns))
    over, refused = np.zeros((walk.failures, columns)), np.zeros((walk.failures, columns))
    shed = np.zeros((walk.failures, columns))
    own_share = np.zeros((nodes, columns))
    for at in walk.levels:
        n = at.nodes
        if wrong is not None and len(at.wrong_from):
            all_wrong[n] = at.wrong(np.concatenate((all_wrong.take(n, 0), failed.take(at.wrong_from, 0))))
        if len(at.slow_from):
            all_slow[n] = at.slow(np.concatenate((all_slow.take(n, 0), given.core.take(at.slow_from, 0))))
        if wrong is not None and len(at.failures):
            f = at.failures
            bad, sums = all_wrong.take(n, 0).take(at.failing, 0), total.take(n, 0).take(at.failing, 0)
            amount = np.where(sums > 0.0, bad * weight.take(f, 0) / sums, 0.0)
            failed[f] = amount
            x = at.crossing
            if len(x):
                f = f[x]
                pieces = _crossed(tick, at, given, f, amount[x], of, failed, errors, shed)
                refused[f] = np.where(of.down.take(f, 0), pieces, 0.0)
                over[f] = np.where(of.down.take(f, 0), 0.0, pieces * np.maximum(0.0, 1.0 - passed.take(f, 0)))
        spent = all_slow.take(n, 0)
        if len(at.time_calls):
            dep = tick.dep_s.take(at.time_calls, 0)
            amount = np.where(dep > 0.0, spent.take(at.time_rows, 0) * dep / of.span.take(n, 0)[at.time_rows], 0.0)
            given.descend(at.time_entries, at.time_calls, amount)
        gone: Array | float = 0.0
        if len(at.held_calls):
            some = part.take(at.held_calls, 0)
            waited = spent * of.share.take(n, 0)
            given.descend(at.held_entries, at.held_calls, waited[at.held_rows] * some)
            gone = at.passed(some)
        own_share[n] = of.here.take(n, 0) + of.share.take(n, 0) * np.maximum(0.0, 1.0 - gone)
    node_errors = np.where(total > 0.0, all_wrong * of.own_error / total, all_wrong)
    overload = walk.overload(np.concatenate((turned_at_entry, over)))
    refusals = walk.overload(np.concatenate((down_at_entry, refused)))
    lost = walk.by_call(given.lost)
    slow_calls = walk.by_call(given.way) + walk.by_call(given.core) * own_share.take(walk.callees, 0)
    call_errors = np.zeros((calls, columns))
    call_errors[walk.failure_calls] = errors
    slow_entries = np.zeros((len(entry), columns))
    used = walk.busy_sums(of.busy.take(walk.busy_nodes, 0))
    overload = overload.copy()
    for d, j in enumerate(entry):
        p = int(pool_of[j])
        amount = slow[d] * own_share[j]
        c = plan.slots[p]
        hot = np.ones(columns, dtype=bool) if c == 0 else used[p] >= HOT * c * network.tick_s
        overload[p] += np.where(hot, amount, 0.0)
        slow_entries[d] += np.where(hot, 0.0, amount)
    return np.concatenate(
        (
            overload,
            refusals,
            node_errors,
            lost,
            call_errors,
            slow_calls,
            walk.overload(np.concatenate((shed_at_entry, shed))),
            np.zeros((2 * calls, columns)),
            slow_entries,
        )
    )


def _without_shed(full: Array, shed: Array, amount: Array) -> tuple[Array, Array]:
    """Split what was turned away into what a limit shed and the rest."""
    some = shed > 0.0
    turned = 1.0 - (1.0 - np.minimum(1.0, full)) * (1.0 - shed)
    part = np.where(some, amount * shed / turned, 0.0)
    return part, np.where(some, np.maximum(0.0, amount - part), amount)


def _crossed(
    tick: Tick,
    at: WalkLevel,
    given: _Given,
    f: Index,
    amount: Array,
    of: _Parts,
    failed: Array,
    errors: Array,
    shed: Array,
) -> Array:
    """Split failures of calls to other pools by their reasons; return those of a full queue or a pool that is down."""
    e = at.crossing_calls
    each = np.where(of.reasons.take(f, 0) > 0.0, amount / of.reasons.take(f, 0), 0.0)
    errors[f] = each * tick.att_error.take(e, 0)
    given.lost[at.crossing_entries] = each * tick.att_lost.take(e, 0)
    given.core[at.crossing_entries] = each * of.late.take(f, 0)
    failed[f] = each * of.inner.take(f, 0)
    turned: Array = each * tick.bounced.take(e, 0)
    if len(tick.shed):
        full = tick.full_share.take(at.crossing_pools, 0) + tick.down_share.take(at.crossing_pools, 0)
        shed[f], turned = _without_shed(full, tick.shed.take(e, 0), turned)
    if len(at.turned_entries):
        full_queues: Mask = np.any(turned > 0.0, axis=1)  # mostly none
        some = full_queues[at.turned_parents].nonzero()[0]
        calls = at.turned_calls[some]
        given.descend(at.turned_entries[some], calls, turned[at.turned_parents[some]] * of.part.take(calls, 0))
    return turned
