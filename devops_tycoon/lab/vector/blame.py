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
    if not at_once:
        return _walked(layout, walk, tick, out.wrong, out.slow, None), none
    idle = np.zeros_like(out.bounced)
    both = _walked(
        layout,
        walk,
        _doubled(tick),
        np.concatenate((out.wrong, idle), axis=1),
        np.concatenate((out.slow, idle), axis=1),
        np.concatenate((idle, out.bounced), axis=1),
    )
    return both[:, :columns], both[:, columns:]


_NEEDED = (
    "waiting",
    "fixed",
    "theta",
    "full_share",
    "down_share",
    "visits",
    "dep_s",
    "held_s",
    "failing",
    "att_error",
    "att_lost",
    "bounced",
    "att_slow",
    "att_fail",
    "attempt_mean",
    "lost_s",
    "core_s",
    "shed",
)


def _doubled(tick: Tick) -> Tick:
    """Return what the walk reads of a tick, its columns twice."""
    twice = Tick.__new__(Tick)
    for name in _NEEDED:
        values = getattr(tick, name)
        setattr(twice, name, np.concatenate((values, values), axis=1))
    return twice


def _walked(layout: Layout, walk: Walk, tick: Tick, wrong: Array, slow: Array, bounced: Array | None) -> Array:
    plan = layout.plan
    network = plan.network
    columns = wrong.shape[1]
    nodes, calls = len(plan.work), len(network.calls)
    entry, pool_of = walk.entries_at, layout.pool_of
    all_wrong, all_slow = np.zeros((nodes, columns)), np.zeros((nodes, columns))
    for d, j in enumerate(entry):
        all_wrong[j] += wrong[d]
        all_slow[j] += slow[d]
    given = _Given(walk.entries, _Times(tick))
    # what the slots of a pool are held for
    own = walk.own_s
    busy = tick.visits * layout.work * layout.stretch
    callers = walk.callers
    for_calls = tick.visits.take(callers, 0) * np.where(tick.held_s > 0.0, tick.held_s, 0.0)
    held = walk.held_sums(np.concatenate((busy, for_calls))[walk.held_order])[walk.caller_pools]
    part = np.where((for_calls > 0.0) & (held > 0.0), for_calls / held, 0.0)
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
        passed = walk.first_passed(shares) if len(walk.first_calls) else np.zeros_like(turned)
        given.descend(walk.first_entries, walk.first_calls, turned.take(walk.first_demands, 0) * shares)
        turned_at_entry = turned * np.maximum(0.0, 1.0 - passed)
    # failures: which share of a node's each required call has, and what becomes of it
    own_error = np.repeat(walk.errors, columns, axis=1)
    e = walk.failure_calls
    failing = tick.failing.take(e, 0)
    weight = np.where(failing > 0.0, failing * walk.required, 0.0)
    total = walk.weight_sums(np.concatenate((own_error, weight)))
    late = tick.att_slow.take(e, 0)
    known = tick.att_error.take(e, 0) + tick.att_lost.take(e, 0) + tick.bounced.take(e, 0) + late
    inner = np.maximum(0.0, tick.att_fail.take(e, 0) - known)
    reasons = known + inner
    passed = (
        walk.turned_failures(part.take(walk.turned_calls, 0))
        if len(walk.turned_calls) and tick.bounced.any()
        else np.zeros((walk.failures, columns))
    )
    down = tick.down_share.take(walk.failure_pools, 0) > 0.0
    failed, errors = np.zeros((walk.failures, columns)), np.zeros((walk.failures, columns))
    over, refused = np.zeros((walk.failures, columns)), np.zeros((walk.failures, columns))
    shed = np.zeros((walk.failures, columns))
    # time
    wait = (tick.waiting * (tick.fixed + tick.theta))[pool_of]
    span = walk.time_sums(np.concatenate((wait + own, tick.dep_s.take(walk.time_calls, 0))))
    here, share = own / span, wait / span
    own_share = np.zeros((nodes, columns))
    for at in walk.levels:
        n = at.nodes
        if len(at.wrong_from):
            all_wrong[n] = at.wrong(np.concatenate((all_wrong.take(n, 0), failed[at.wrong_from])))
        if len(at.slow_from):
            all_slow[n] = at.slow(np.concatenate((all_slow.take(n, 0), given.core.take(at.slow_from, 0))))
        if len(at.failures):
            f = at.failures
            bad, sums = all_wrong.take(n, 0)[at.failing], total.take(n, 0)[at.failing]
            amount = np.where(sums > 0.0, bad * weight.take(f, 0) / sums, 0.0)
            failed[f] = amount
            x = at.crossing
            if len(x):
                f = f[x]
                pieces = _crossed(tick, at, given, f, amount[x], reasons, inner, late, part, failed, errors, shed)
                refused[f] = np.where(down.take(f, 0), pieces, 0.0)
                over[f] = np.where(down.take(f, 0), 0.0, pieces * np.maximum(0.0, 1.0 - passed.take(f, 0)))
        spent = all_slow.take(n, 0)
        if len(at.time_calls):
            dep = tick.dep_s.take(at.time_calls, 0)
            amount = np.where(dep > 0.0, spent.take(at.time_rows, 0) * dep / span.take(n, 0)[at.time_rows], 0.0)
            given.descend(at.time_entries, at.time_calls, amount)
        gone: Array | float = 0.0
        if len(at.held_calls):
            some = part.take(at.held_calls, 0)
            waited = spent * share.take(n, 0)
            given.descend(at.held_entries, at.held_calls, waited[at.held_rows] * some)
            gone = at.passed(some)
        own_share[n] = here.take(n, 0) + share.take(n, 0) * np.maximum(0.0, 1.0 - gone)
    node_errors = np.where(total > 0.0, all_wrong * own_error / total, all_wrong)
    overload = walk.overload(np.concatenate((turned_at_entry, over)))
    refusals = walk.overload(np.concatenate((down_at_entry, refused)))
    lost = walk.by_call(given.lost)
    slow_calls = walk.by_call(given.way) + walk.by_call(given.core) * own_share.take(walk.callees, 0)
    call_errors = np.zeros((calls, columns))
    call_errors[e] = errors
    slow_entries = np.zeros((len(entry), columns))
    used = walk.busy_sums(busy[walk.busy_nodes])
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
    reasons: Array,
    inner: Array,
    late: Array,
    part: Array,
    failed: Array,
    errors: Array,
    shed: Array,
) -> Array:
    """Split failures of calls to other pools by their reasons; return those of a full queue or a pool that is down."""
    e = at.crossing_calls
    each = np.where(reasons.take(f, 0) > 0.0, amount / reasons.take(f, 0), 0.0)
    errors[f] = each * tick.att_error.take(e, 0)
    given.lost[at.crossing_entries] = each * tick.att_lost.take(e, 0)
    given.core[at.crossing_entries] = each * late.take(f, 0)
    failed[f] = each * inner.take(f, 0)
    turned: Array = each * tick.bounced.take(e, 0)
    if len(tick.shed):
        full = tick.full_share.take(at.crossing_pools, 0) + tick.down_share.take(at.crossing_pools, 0)
        shed[f], turned = _without_shed(full, tick.shed.take(e, 0), turned)
    if len(at.turned_entries):
        full_queues: Mask = np.any(turned > 0.0, axis=1)  # mostly none
        some = np.flatnonzero(full_queues[at.turned_parents])
        calls = at.turned_calls[some]
        given.descend(at.turned_entries[some], calls, turned[at.turned_parents[some]] * part.take(calls, 0))
    return turned
