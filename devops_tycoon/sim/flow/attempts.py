"""What the attempts of a call cost, and how often they fail (MODEL E)."""

from devops_tycoon.sim.flow.answer_times import MOST_VAR, rest_of, time_of
from devops_tycoon.sim.flow.budget import granted
from devops_tycoon.sim.flow.cache import answered
from devops_tycoon.sim.flow.messages import handed_over
from devops_tycoon.sim.flow.network import Call
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.station import NEVER_S
from devops_tycoon.sim.flow.tick import Tick


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


def behind_gate(
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


def cross(plan: Plan, state: FlowState, tick: Tick, e: int) -> tuple[float, float, float]:
    """Work out one call to another pool; return mean and variance of its time and its share of degraded answers."""
    way = plan.ways[e]
    if way is None:
        return send(plan, tick, e)
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
    return mean if mean < NEVER_S else NEVER_S, var if var < MOST_VAR else MOST_VAR, soft


def send(plan: Plan, tick: Tick, e: int) -> tuple[float, float, float]:
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
        fail, cost, cost_var = behind_gate(tick, e, call, p_fail, grant, mean, var)
    tick.failing[e] = fail
    soft = tick.degraded[call.callee]
    if not call.required:
        soft = fail + (1.0 - fail) * soft
    if call.cache is not None:
        cost, cost_var, asked = answered(plan, state, tick, e, call, min(cost, NEVER_S), min(cost_var, MOST_VAR))
        soft *= asked
    return cost, cost_var, soft
