"""Calls to other pools, many at once: how they end and what they cost their callers (`_cross` of `up.py`)."""

import numpy as np

from devops_tycoon.lab.vector.begin import stretched
from devops_tycoon.lab.vector.exact import Array
from devops_tycoon.lab.vector.outgoing import Crossing
from devops_tycoon.lab.vector.tails import tails_of
from devops_tycoon.lab.vector.tick import Before, Tick
from devops_tycoon.lab.vector.timing import Budgets, Timing
from devops_tycoon.sim.flow.station import NEVER_S

MOST_VAR = NEVER_S * NEVER_S
Timed = tuple[Array, Array, Array, Array]
"""P(T > limit), mean and second moment of min(T, limit), probability of a good answer in time."""


def timed(before: Before, tick: Tick, of: Timing) -> Timed:
    """Return how requests with a limit end: the mean of the start and the end of the tick."""
    n, p = of.nodes, of.pools
    waiting, fixed, theta = tick.waiting.take(p, 0), tick.fixed.take(p, 0), tick.theta.take(p, 0)
    mean, var = _rest(tick, of)
    good, fails = 1.0 - tick.fail.take(n, 0), tick.branch_fail.take(n, 0)
    new = tails_of(
        waiting,
        fixed,
        theta,
        mean,
        var,
        tick.branch.take(n, 0),
        tick.branch_s.take(n, 0),
        tick.branch_var.take(n, 0),
        of.limit,
    )
    tick.tails.put(of.rows, slice(None), new)
    well = new.well(fails, good)
    state = before.state
    was, was_var = state["answer_s"].take(n, 0), state["answer_var_s2"].take(n, 0)
    if of.stretched:
        was, was_var = stretched(of.stretch, was, was_var, state["hold_s"].take(n, 0), state["hold_var_s2"].take(n, 0))
    changed = waiting != state["waiting"].take(p, 0)
    changed |= fixed != state["fixed_s"].take(p, 0)
    changed |= theta != state["theta_s"].take(p, 0)
    changed |= was != mean
    changed |= was_var != var
    if of.any_frozen:
        changed &= of.frozen == 0.0
    if not np.count_nonzero(changed):
        return new.tail, new.first, new.second, well
    old = before.tails.rows(of.rows)
    pairs = (
        (new.tail, old.tail),
        (new.first, old.first),
        (new.second, old.second),
        (well, old.well(fails, good)),
    )
    if changed.all():
        tail, first, second, well = (0.5 * (x + y) for x, y in pairs)
    else:
        tail, first, second, well = (np.where(changed, 0.5 * (x + y), x) for x, y in pairs)
    return tail, first, second, well


def untimed(tick: Tick, of: Timing) -> Timed:
    """Return how requests that are never given up end."""
    n, p = of.nodes, of.pools
    waiting, theta = tick.waiting.take(p, 0), tick.theta.take(p, 0)
    mean, var = _rest(tick, of)
    wait = tick.fixed.take(p, 0) + theta
    first = waiting * wait + mean
    second = waiting * (wait * wait + theta * theta) + 2.0 * waiting * wait * mean + var + mean * mean
    return (
        np.zeros_like(first),
        np.minimum(first, NEVER_S),
        np.minimum(second, 4.0 * MOST_VAR),
        1.0 - tick.fail.take(n, 0),
    )


def _rest(tick: Tick, of: Timing) -> tuple[Array, Array]:
    n = of.nodes
    if not of.stretched:
        return tick.answer.take(n, 0), tick.answer_var.take(n, 0)
    return stretched(
        of.stretch, tick.answer.take(n, 0), tick.answer_var.take(n, 0), tick.hold.take(n, 0), tick.hold_var.take(n, 0)
    )


def tries(p: Array, trials: tuple[Array, ...], mean: Array, var: Array, backoff: Array) -> tuple[Array, Array]:
    """Return mean and variance of the time of requests that are tried again after a failure (share `p`)."""
    if not trials:
        return mean, var
    attempts, square = np.ones_like(p), np.ones_like(p)
    power = np.ones_like(p)
    for q, made in enumerate(trials, 1):
        power = power * p
        power *= made
        attempts += power
        square += (2 * q + 1) * power
    both = mean + backoff
    return (
        attempts * mean + (attempts - 1.0) * backoff,
        attempts * var + np.maximum(0.0, square - attempts * attempts) * both * both,
    )


def also_shed(turned: Array, shed: Array) -> Array:
    """Return the share turned away, that shed by a limit included."""
    return np.where(shed > 0.0, 1.0 - (1.0 - turned) * (1.0 - shed), turned)


def granted(before: Before, tick: Tick, of: Budgets, wanted: Array) -> Array:
    """Return the shares of the wanted retries that the budgets cover, after the first attempts paid; note them."""
    entries = of.entries
    tokens = before.state["memory"][of.places] + of.beta * tick.paid.take(entries, 0)
    grant = np.where((wanted <= 0.0) | (wanted <= tokens), 1.0, tokens / wanted)
    tick.wanted[entries], tick.grant[entries] = wanted, grant
    return grant


def _granted(before: Before, tick: Tick, at: Crossing, p_fail: Array) -> Array:
    """Return the grant of each call; 1 without a budget."""
    rows, calls = at.budgets.rows, at.budgets.entries
    risk = p_fail[rows]
    first = tick.generations.take(calls, 0)
    tick.paid[calls] = first
    wanted = first * risk
    for due, more in zip(before.again, at.tried[1:], strict=False):
        wanted = np.where(more[rows], wanted + due.take(calls, 0) * risk, wanted)
    grant = np.ones_like(p_fail)
    grant[rows] = granted(before, tick, at.budgets, wanted)
    return grant


def cross(before: Before, tick: Tick, at: Crossing) -> tuple[Array, Array, Array, Array]:
    """Work out the calls; return mean and variance of their time, their failures and their degraded answers."""
    calls, p = at.calls, at.pools
    if not len(at.free_rows):
        tail, first, second, well = timed(before, tick, at.timed)
    elif not len(at.timed_rows):
        tail, first, second, well = untimed(tick, at.free)
    else:
        shape = (len(calls), tick.level.shape[1])
        tail, first, second, well = np.empty(shape), np.empty(shape), np.empty(shape), np.empty(shape)
        for rows, parts in (
            (at.timed_rows, timed(before, tick, at.timed)),
            (at.free_rows, untimed(tick, at.free)),
        ):
            tail[rows], first[rows], second[rows], well[rows] = parts
    turned = np.minimum(1.0, tick.full_share.take(p, 0) + tick.down_share.take(p, 0))
    if at.sheds:
        turned = also_shed(turned, tick.shed.take(calls, 0))
    f = tick.fail.take(at.callee, 0)
    taken = 1.0 - turned
    queued = at.arrives * taken
    tick.att_error[calls] = at.error
    tick.att_lost[calls] = at.gone
    tick.bounced[calls] = at.arrives * turned
    tick.att_slow[calls] = queued * tail
    p_fail = 1.0 - queued * well
    p_fail = np.where(p_fail > 1e-15, np.minimum(1.0, p_fail), 0.0)
    tick.att_fail[calls] = p_fail
    tick.quick_fail[calls] = 1.0 - (1.0 - at.error) * taken * (1.0 - f)
    lost_s = at.gone * at.hang
    arrives_s = at.arrives * at.way
    core = queued * first
    mean = lost_s + arrives_s + core
    square = lost_s * at.hang + arrives_s * at.way + queued * (2.0 * at.way * first + second)
    var = np.maximum(0.0, square - mean * mean)
    tick.lost_s[calls] = lost_s
    tick.core_s[calls] = core
    tick.attempt_mean[calls] = mean
    fail = p_fail
    if len(at.budgets.rows):
        grant = _granted(before, tick, at, p_fail)
        cost, cost_var = tries(p_fail * grant, at.trials, mean, var, at.backoff)
        for again in at.tried:
            fail = np.where(again, p_fail * (1.0 - grant + grant * fail), fail)
    else:
        cost, cost_var = tries(p_fail, at.trials, mean, var, at.backoff)
        for again in at.tried:
            fail = np.where(again, p_fail * fail, fail)
    tick.failing[calls] = fail
    soft = tick.degraded.take(at.callee, 0)
    soft = np.where(at.optional > 0.0, fail + (1.0 - fail) * soft, soft)
    return np.minimum(cost, NEVER_S), np.minimum(cost_var, MOST_VAR), fail, soft
