"""How long an answer of a node takes, with all that it waits for (MODEL E and G)."""

from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.sojourn import limited
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.station import NEVER_S
from devops_tycoon.sim.flow.tick import Tick

MOST_VAR = NEVER_S * NEVER_S


Timed = tuple[float, float, float, float]
"""P(T > limit), mean (s) and second moment (s²) of min(T, limit), probability of a good answer in time."""


_APART = 0.2
"""From this part of the variance on, answers with and without a node's branch are fitted separately."""


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
        return 0.0, min(first, NEVER_S), min(second, 4.0 * MOST_VAR), good
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
