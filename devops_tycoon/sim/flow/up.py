"""Time and failure go up: what an answer costs, how often it fails, how long a slot is held (MODEL D, E, G)."""

from devops_tycoon.sim.flow.budget import granted
from devops_tycoon.sim.flow.cache import answered
from devops_tycoon.sim.flow.choice import Choice, Times, fails, mixed, parts_of_time, slowest
from devops_tycoon.sim.flow.down import all_good, until_failure
from devops_tycoon.sim.flow.messages import handed_over
from devops_tycoon.sim.flow.network import Call
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.sojourn import later_of_two, latest, limited
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.station import NEVER_S
from devops_tycoon.sim.flow.tick import Tick

_MOST_VAR = NEVER_S * NEVER_S
Timed = tuple[float, float, float, float]
"""P(T > limit), mean (s) and second moment (s²) of min(T, limit), probability of a good answer in time."""
_APART = 0.2
"""From this part of the variance on, answers with and without a node's branch are fitted separately."""


Branch = tuple[float, float, float, float, float]
"""The weightiest fractional call of a node: weight (s²), share, mean and variance it adds, failures by it."""
Group = tuple[float, float, float, float, float, float, Branch]
"""Calls that go out together: mean and variance of the latest, the same of those that hold, all good, none degraded."""
_NO_BRANCH: Branch = (0.0, 0.0, 0.0, 0.0, 0.0)


def send_up(plan: Plan, state: FlowState, tick: Tick) -> None:
    """Fill in everything about answers per node and per call; holding times are next tick's."""
    answer, answer_var, hold, hold_var = tick.answer, tick.answer_var, tick.hold, tick.hold_var
    failing, dep_s, held_s = tick.failing, tick.dep_s, tick.held_s
    work, work_var, right = plan.work, plan.work_var, plan.right
    together, in_turn, choices = plan.together, plan.in_turn, plan.choices
    for n in plan.upwards:
        mean = held = work[n]
        var = held_var = work_var[n]
        good = right[n]
        clean = reached = 1.0
        weight, branch, branch_s, branch_var, branch_fail = _NO_BRANCH
        if together[n]:
            group, group_var, held_group, held_group_var, reached, clean, found = _at_once(plan, state, tick, n)
            weight, branch, branch_s, branch_var, branch_fail = found
            good *= reached
            mean += group
            var += group_var
            held += held_group
            held_var += held_group_var
        for e, often, required, holds, local in in_turn[n]:
            one_of: Choice | None = None
            times: Times = ()
            if local:
                cost, cost_var, held_cost, held_cost_var, degraded = _inside(plan, tick, e)
                fail = failing[e]
            elif choices and e in choices:
                one_of = choices[e]
                if e != one_of.members[0]:
                    continue
                often = one_of.calls
                times, cost, cost_var, degraded, fail = _one_of(plan, state, tick, one_of)
            else:
                cost, cost_var, degraded = _cross(plan, state, tick, e)
                fail = failing[e]
            if not local:
                held_cost, held_cost_var = (cost, cost_var) if holds else (0.0, 0.0)
            k = reached * (until_failure(often, fail) if required and fail > 0.0 else often)
            part = k - int(k)
            ragged = part * (1.0 - part)
            dep_s[e] = k * cost
            held_s[e] = k * held_cost
            if one_of is not None:
                for m, part in parts_of_time(one_of, times):
                    dep_s[m], held_s[m] = k * cost * part, k * held_cost * part
                kinds = slowest(one_of, k, times, failing)
                if kinds is not None and kinds.weight > weight:
                    weight, branch = kinds.weight, kinds.share
                    branch_s, branch_var = kinds.extra_s, kinds.extra_var
                    branch_fail = kinds.fail if required else 0.0
            elif k < 1.0 and ragged * cost * cost > weight:
                weight = ragged * cost * cost
                branch, branch_s, branch_var = k, cost, cost_var
                branch_fail = fail if required else 0.0
            mean += k * cost
            var += k * cost_var + ragged * cost * cost
            held += k * held_cost
            held_var += k * held_cost_var + ragged * held_cost * held_cost
            if required and fail > 0.0:
                ok = all_good(often, fail)
                reached *= ok
                good *= ok
            if degraded > 0.0:
                clean *= all_good(often, degraded)
        answer[n] = mean if mean < NEVER_S else NEVER_S
        answer_var[n] = var if var < _MOST_VAR else _MOST_VAR
        tick.branch[n] = branch
        tick.branch_fail[n] = branch_fail
        tick.branch_s[n] = branch_s if branch_s < NEVER_S else NEVER_S
        tick.branch_var[n] = branch_var if branch_var < _MOST_VAR else _MOST_VAR
        hold[n] = held if held < NEVER_S else NEVER_S
        hold_var[n] = held_var if held_var < _MOST_VAR else _MOST_VAR
        tick.fail[n] = (1.0 - good if good > 0.0 else 1.0) if good < 1.0 else 0.0
        tick.degraded[n] = 1.0 - clean if clean < 1.0 else 0.0


def _inside(plan: Plan, tick: Tick, e: int) -> tuple[float, float, float, float, float]:
    """Note a call inside a pool; return its time, mean and variance, that of its slot, and its degraded share."""
    call = plan.network.calls[e]
    j = call.callee
    cost = tick.answer[j]
    fail = tick.failing[e] = tick.att_fail[e] = tick.quick_fail[e] = tick.fail[j]
    tick.core_s[e] = tick.attempt_mean[e] = cost
    degraded = fail + (1.0 - fail) * tick.degraded[j] if not call.required else tick.degraded[j]
    return cost, tick.answer_var[j], tick.hold[j], tick.hold_var[j], degraded


def _one_of(plan: Plan, state: FlowState, tick: Tick, one_of: Choice) -> tuple[Times, float, float, float, float]:
    """Work out alternatives; return their times, and of one call mean, variance, degraded share and failures."""
    times = [_cross(plan, state, tick, m) for m in one_of.members]
    return times, *mixed(one_of, times), fails(one_of, tick.failing)


def _at_once(plan: Plan, state: FlowState, tick: Tick, n: int) -> Group:
    """Work out the calls of node `n` that go out together: the latest of them counts."""
    choices = plan.choices
    group = group_var = held_group = held_group_var = 0.0
    reached = clean = 1.0
    weight, branch, branch_s, branch_var, branch_fail = _NO_BRANCH
    members: list[tuple[int, float, float]] = []
    odd = -1
    rest_s = rest_var = 0.0  # of the odd call's group without the odd call
    for e, k, required, holds in plan.together[n]:
        one_of: Choice | None = None
        times: Times = ()
        if choices and e in choices:
            one_of = choices[e]
            if e != one_of.members[0]:
                continue
            k = one_of.calls
            times, cost, cost_var, degraded, fail = _one_of(plan, state, tick, one_of)
            kinds = slowest(one_of, k, times, tick.failing)
            if kinds is not None and kinds.weight > weight:
                weight = kinds.weight
                odd, branch, branch_s, branch_var = e, kinds.share, kinds.extra_s, kinds.extra_var
                rest_s, rest_var = kinds.rest_s, kinds.rest_var
                branch_fail = kinds.fail if required else 0.0
        else:
            cost, cost_var, degraded = _cross(plan, state, tick, e)
            fail = tick.failing[e]
        if k != 1.0:
            whole = int(k)
            rest = k - whole
            one, one_var = cost, cost_var
            cost, cost_var = latest(one, one_var, whole)
            if one_of is None and whole == 0 and rest * (1.0 - rest) * one * one > weight:
                weight = rest * (1.0 - rest) * one * one
                odd, branch, branch_s, branch_var = e, rest, one, one_var
                rest_s = rest_var = 0.0
                branch_fail = fail if required else 0.0
            if rest > 0.0:
                cost, cost_var = later_of_two(
                    cost, cost_var, rest * one, rest * (one_var + one * one) - rest * rest * one * one
                )
        members.append((e, cost, cost_var))
        group, group_var = later_of_two(group, group_var, cost, cost_var)
        tick.dep_s[e] = cost
        if holds:
            held_group, held_group_var = later_of_two(held_group, held_group_var, cost, cost_var)
            tick.held_s[e] = cost
        if one_of is not None:
            for m, part in parts_of_time(one_of, times):
                tick.dep_s[m], tick.held_s[m] = cost * part, cost * part if holds else 0.0
        if required and fail > 0.0:
            reached *= all_good(k, fail)
        if degraded > 0.0:
            clean *= all_good(k, degraded)
    if odd >= 0 and len(members) > 1:  # what the branch adds to the group's latest
        others = others_var = 0.0
        for e, cost, cost_var in members:
            if e != odd:
                others, others_var = later_of_two(others, others_var, cost, cost_var)
        with_it, with_var = later_of_two(others, others_var, rest_s + branch_s, rest_var + branch_var)
        if rest_s > 0.0:
            others, others_var = later_of_two(others, others_var, rest_s, rest_var)
        branch_s, branch_var = max(0.0, with_it - others), with_var - others_var
        weight = branch * (1.0 - branch) * branch_s * branch_s
    found = weight, branch, branch_s, branch_var, branch_fail
    return group, group_var, held_group, held_group_var, reached, clean, found


def rest_of(plan: Plan, p: int, answer: float, answer_var: float, hold: float, hold_var: float) -> tuple[float, float]:
    """Return mean and variance of an answer from the slot on; a brown-out stretches what holds the slot."""
    stretch = plan.stretch[p]
    if stretch == 1.0:
        return answer, answer_var
    return answer + (stretch - 1.0) * hold, answer_var + (stretch * stretch - 1.0) * hold_var


def time_of(plan: Plan, state: FlowState, tick: Tick, n: int, limit: float | None) -> Timed:
    """Return how a request to node `n` from outside its pool ends, if the pool takes it.

    It is the mean of the start and the end of the tick, whose tails differ in a transient.
    """
    p = plan.pool_of[n]
    good = 1.0 - tick.fail[n]
    waiting, fixed, theta = tick.waiting[p], tick.fixed[p], tick.theta[p]
    mean, var = tick.answer[n], tick.answer_var[n]
    stretched = plan.stretch[p] != 1.0
    if stretched:
        mean, var = rest_of(plan, p, mean, var, tick.hold[n], tick.hold_var[n])
    if limit is None:
        wait = fixed + theta
        first = waiting * wait + mean
        second = waiting * (wait * wait + theta * theta) + 2.0 * waiting * wait * mean + var + mean * mean
        return 0.0, min(first, NEVER_S), min(second, 4.0 * _MOST_VAR), good
    fails = tick.branch_fail[n]
    share, extra = tick.branch[n], tick.branch_s[n]
    if share * (1.0 - share) * extra * extra <= _APART * var:
        tail, first, second = limited(waiting, fixed, theta, mean, var, limit)
        well = (1.0 - tail) * good
    else:
        branch = share, extra, tick.branch_var[n]
        tail, first, second, well = _two_kinds(waiting, fixed, theta, mean, var, branch, fails, good, limit)
    if plan.slots[p] == 0:
        return tail, first, second, well  # frozen since the tick began: its start tells nothing
    before, before_fixed, before_theta = state.waiting[p], state.fixed_s[p], state.theta_s[p]
    was, was_var = state.answer_s[n], state.answer_var_s2[n]
    if stretched:
        was, was_var = rest_of(plan, p, was, was_var, state.hold_s[n], state.hold_var_s2[n])
    if before != waiting or before_fixed != fixed or before_theta != theta or was != mean or was_var != var:
        share, extra = state.branch[n], state.branch_s[n]
        if share * (1.0 - share) * extra * extra <= _APART * was_var:
            tail0, first0, second0 = limited(before, before_fixed, before_theta, was, was_var, limit)
            well0 = (1.0 - tail0) * good
        else:
            branch = share, extra, state.branch_var_s2[n]
            tail0, first0, second0, well0 = _two_kinds(
                before, before_fixed, before_theta, was, was_var, branch, fails, good, limit
            )
        tail, first = 0.5 * (tail + tail0), 0.5 * (first + first0)
        second, well = 0.5 * (second + second0), 0.5 * (well + well0)
    return tail, first, second, well


def _two_kinds(
    waiting: float,
    fixed: float,
    theta: float,
    mean: float,
    var: float,
    branch: tuple[float, float, float],
    fails: float,
    good: float,
    limit: float,
) -> Timed:
    """Limit answers with and without the node's branch by one fit each; those with it may fail by it."""
    share, extra, extra_var = branch
    apart = share * (1.0 - share) * extra * extra
    base = max(0.0, mean - share * extra)
    base_var = max(0.0, var - share * extra_var - apart)
    with_it = limited(waiting, fixed, theta, base + extra, max(0.0, base_var + extra_var), limit)
    without = limited(waiting, fixed, theta, base, base_var, limit)
    rest = 1.0 - share
    plain = min(1.0, good / (1.0 - share * fails)) if share * fails < 1.0 else 0.0
    return (
        share * with_it[0] + rest * without[0],
        share * with_it[1] + rest * without[1],
        share * with_it[2] + rest * without[2],
        plain * (share * (1.0 - fails) * (1.0 - with_it[0]) + rest * (1.0 - without[0])),
    )


def tries(p: float, retries: int, mean: float, var: float, backoff: float) -> tuple[float, float, float]:
    """Return attempts, mean and variance of the time of a request that is tried again after a failure (share `p`)."""
    if retries == 0 or p <= 0.0:
        return 1.0, mean, var
    power = 1.0
    attempts = square = 0.0
    for q in range(retries + 1):
        attempts += power
        square += (2 * q + 1) * power
        power *= p
    both = mean + backoff
    return (
        attempts,
        attempts * mean + (attempts - 1.0) * backoff,
        attempts * var + max(0.0, square - attempts * attempts) * both * both,
    )


def _behind_gate(
    tick: Tick, e: int, call: Call, p_fail: float, grant: float, mean: float, var: float
) -> tuple[float, float, float]:
    """Return final failures, mean and variance of the time of a call whose attempts have to pass a gate."""
    share = tick.passing[e]
    again = share * p_fail * grant
    fail, denied = 1.0 - share * (1.0 - p_fail), 1.0 - share
    for _ in range(call.retries):
        fail = 1.0 - share + share * p_fail * (1.0 - grant) + again * fail
        denied = 1.0 - share + again * denied
    tick.gate_fail[e] = min(denied, fail)
    _, cost, cost_var = tries(again, call.retries, mean, var, call.backoff_s)
    return min(1.0, fail), share * cost, share * cost_var + share * (1.0 - share) * cost * cost


def _cross(plan: Plan, state: FlowState, tick: Tick, e: int) -> tuple[float, float, float]:
    """Work out one call to another pool; return mean and variance of its time and its share of degraded answers."""
    way = plan.ways[e]
    if way is None:
        return _send(plan, tick, e)
    j, p, limit, arrives, accepts, spent, square, twice_way, retries, backoff, required, protected = way
    tail, first, second, well = time_of(plan, state, tick, j, limit)
    turned = tick.full_share[p] + tick.down_share[p]
    if turned > 1.0:
        turned = 1.0
    if tick.shed[e] > 0.0:
        turned = 1.0 - (1.0 - turned) * (1.0 - tick.shed[e])
    queued = arrives * (1.0 - turned)
    tick.bounced[e] = arrives * turned
    tick.att_slow[e] = queued * tail
    p_fail = 1.0 - queued * well
    p_fail = (p_fail if p_fail < 1.0 else 1.0) if p_fail > 1e-15 else 0.0
    tick.att_fail[e] = p_fail
    tick.quick_fail[e] = 1.0 - accepts * (1.0 - turned) * (1.0 - tick.fail[j])
    mean = spent + queued * first
    square += queued * (twice_way * first + second)
    var = square - mean * mean
    if var < 0.0:
        var = 0.0
    tick.core_s[e] = queued * first
    tick.attempt_mean[e] = mean
    soft = tick.degraded[j]
    if protected:
        mean, var, soft = _protected(plan, state, tick, e, p_fail, mean, var, queued * (1.0 - tail))
    elif p_fail > 0.0:
        fail = p_fail
        for _ in range(retries):
            fail = p_fail * fail
        tick.failing[e] = fail
        if retries:
            _, mean, var = tries(p_fail, retries, mean, var, backoff)
        if not required:
            soft = fail + (1.0 - fail) * soft
    else:
        tick.failing[e] = 0.0
    return mean if mean < NEVER_S else NEVER_S, var if var < _MOST_VAR else _MOST_VAR, soft


def _send(plan: Plan, tick: Tick, e: int) -> tuple[float, float, float]:
    """Work out a message, for whose answer nobody waits."""
    call = plan.network.calls[e]
    j = call.callee
    rest = rest_of(plan, plan.pool_of[j], tick.answer[j], tick.answer_var[j], tick.hold[j], tick.hold_var[j])
    return handed_over(plan, tick, e, call, rest)


def _protected(
    plan: Plan, state: FlowState, tick: Tick, e: int, p_fail: float, mean: float, var: float, accepted: float
) -> tuple[float, float, float]:
    """Work out a call with a retry budget, a gate or a cache from what one attempt is like."""
    call = plan.network.calls[e]
    grant = 1.0
    if call.budget is not None and call.retries:
        wanted = 0.0
        for count in tick.generations[e]:
            wanted += count * p_fail
        grant = granted(plan, state, e, call.budget, tick.paid[e], wanted)
        tick.wanted[e], tick.grant[e] = wanted, grant
    _, cost, cost_var = tries(p_fail * grant, call.retries, mean, var, call.backoff_s)
    fail = p_fail
    for _ in range(call.retries):
        fail = p_fail * (1.0 - grant + grant * fail)
    if plan.gated[e]:
        tick.accepted[e] = accepted
        fail, cost, cost_var = _behind_gate(tick, e, call, p_fail, grant, mean, var)
    tick.failing[e] = fail
    soft = tick.degraded[call.callee]
    if not call.required:
        soft = fail + (1.0 - fail) * soft
    if call.cache is not None:
        cost, cost_var, asked = answered(plan, state, tick, e, call, min(cost, NEVER_S), min(cost_var, _MOST_VAR))
        soft *= asked
    return cost, cost_var, soft
