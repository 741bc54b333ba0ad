"""How many requests meet in a pool at once."""

from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.queueing import finite, interpolate, waiting_table
from devops_tycoon.sim.flow.state import FlowState


def crowd_in(plan: Plan, state: FlowState, p: int, c: int, rho: float) -> float:
    """Return how much shorter the queue is because only so many callers can stand in it.

    Callers that hold a slot each are a bounded crowd of N: the queue of M/M/c with N − c waiting places, relative to
    the unbounded one. It does not hold for users, callers that do not hold, and calls given up but still worked on:
    where timeouts are not far away, unless the whole crowd is served before they are over.
    """
    crowd = plan.crowd[p]
    if crowd < 0.0:
        return 1.0
    wait = state.waiting[p] * (state.fixed_s[p] + state.theta_s[p])
    answer_s, hold_s, stretch = state.answer_s, state.hold_s, plan.stretch[p]
    for limit, n in plan.patience[p]:
        if 5.0 * (wait + answer_s[n]) <= limit:
            continue
        if crowd * (hold_s[n] * stretch) / c + answer_s[n] > limit:
            return 1.0
    places = int(crowd) - c
    if places <= 0:
        return 0.0
    if places > 150 or (rho <= 0.8 and places > 30) or (rho <= 0.5 and places > 10):
        return 1.0
    rho = min(rho, 0.98)
    inside = finite(c, places, rho)
    waiting = interpolate(waiting_table(c), rho) * rho / (1.0 - rho)
    queued = inside.mean - c * rho * (1.0 - inside.loss)
    shorter = min(1.0, max(0.0, queued / waiting)) if waiting > 1e-9 else 1.0
    return 1.0 - max(_all_out(plan, state, p), 1.0 / places) * (1.0 - shorter)


def _all_out(plan: Plan, state: FlowState, p: int) -> float:
    """Return how likely all callers of a pool are busy: only then is the crowd as large as it gets, and closed.

    With slots to spare the callers are an open stream: what the crowd's end would cut off here waits there instead
    (150 and 160 requests a second of tests/lab/test_settle.py's graph: mean 116 and 187 ms; request by request 114 and
    171 to 206; with the crowd always closed 102 and 117). A crowd of one or two is felt all the time.
    """
    waiting = state.waiting
    most = 0.0
    for caller in plan.callers[p]:
        if waiting[caller] > most:
            most = waiting[caller]
    return most
