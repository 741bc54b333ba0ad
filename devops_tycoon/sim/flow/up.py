"""Time and failure go up: what an answer costs, how often it fails, how long a slot is held (MODEL D, E, G)."""

from devops_tycoon.sim.flow.answer_times import MOST_VAR
from devops_tycoon.sim.flow.attempts import cross
from devops_tycoon.sim.flow.calls_in_turn import all_good, until_failure
from devops_tycoon.sim.flow.choice import Choice, Times, fails, mixed, parts_of_time, slowest
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.sojourn import later_of_two, latest
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.station import NEVER_S
from devops_tycoon.sim.flow.tick import Tick

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
                cost, cost_var, degraded = cross(plan, state, tick, e)
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
        answer_var[n] = var if var < MOST_VAR else MOST_VAR
        tick.branch[n] = branch
        tick.branch_fail[n] = branch_fail
        tick.branch_s[n] = branch_s if branch_s < NEVER_S else NEVER_S
        tick.branch_var[n] = branch_var if branch_var < MOST_VAR else MOST_VAR
        hold[n] = held if held < NEVER_S else NEVER_S
        hold_var[n] = held_var if held_var < MOST_VAR else MOST_VAR
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
    times = [cross(plan, state, tick, m) for m in one_of.members]
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
            cost, cost_var, degraded = cross(plan, state, tick, e)
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
