"""What the users of many runs experience: `sim/flow/users.py` for arrays of one demand's runs."""

import numpy as np

from devops_tycoon.lab.vector.begin import stretched
from devops_tycoon.lab.vector.crossing import timed, tries, untimed
from devops_tycoon.lab.vector.exact import Array
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.lines import push
from devops_tycoon.lab.vector.tick import Before, Tick

_OUTCOMES = (
    "good",
    "degraded",
    "late",
    "bad",
    "attempts",
    "mean",
    "var",
    "quick_fail",
    "bounced",
    "wrong",
    "slow",
    "noticed",
)


class Outcomes:
    """As in the plain kernel; all arrays are (demands, columns)."""

    __slots__ = _OUTCOMES

    good: Array
    degraded: Array
    late: Array
    bad: Array
    attempts: Array
    mean: Array
    var: Array
    quick_fail: Array
    bounced: Array
    wrong: Array
    slow: Array
    noticed: Array

    def __init__(self, demands: int, columns: int) -> None:
        for name in _OUTCOMES:
            setattr(self, name, np.zeros((demands, columns)))


def ask_users(layout: Layout, before: Before, tick: Tick, buffer: Array) -> Outcomes:
    """Sort this tick's requests by their fate, put them into the delay lines and take out what is due."""
    out = Outcomes(len(layout.plan.network.demands), tick.level.shape[1])
    for d in range(len(layout.plan.network.demands)):
        _ask(layout, before, tick, buffer, out, d)
    return out


def _ask(layout: Layout, before: Before, tick: Tick, buffer: Array, out: Outcomes, d: int) -> None:
    plan = layout.plan
    network = plan.network
    dt, demand = network.tick_s, network.demands[d]
    n = demand.entry
    p = network.nodes[n].pool
    entry = len(network.calls) + d
    at, ticks = plan.line[entry], plan.length[entry]
    outcome = at + demand.retries * ticks
    limit = demand.timeout_s
    turned = np.minimum(1.0, tick.full_share[p] + tick.down_share[p])
    taken = 1.0 - turned
    fail, soft = tick.fail[n], tick.degraded[n]
    if limit is None:
        tail, first, second, well = (x[0] for x in untimed(tick, layout.entry_timing[d]))
        rest = tick.answer[n]
        if plan.stretch[p] != 1.0:
            stretch = np.array([[plan.stretch[p]]])
            rest = stretched(stretch, rest[None], rest[None], tick.hold[n][None], tick.hold[n][None])[0][0]
        delay = np.maximum(0.0, rest - tick.hold[n] * plan.stretch[p])
    else:
        tail, first, second, well = (x[0] for x in timed(before, tick, layout.entry_timing[d]))
        delay = np.where(tail < 1.0, np.maximum(0.0, (first - limit * tail) / (1.0 - tail)), limit)
    answered = 1.0 - tail
    late_share = np.zeros_like(tail)
    late_timing = layout.late_timing[d]
    if late_timing is not None:
        over = timed(before, tick, late_timing)[0][0]
        late_share = np.where(tail < 1.0, np.minimum(1.0, np.maximum(0.0, (over - tail) / answered)), 0.0)
    fit = np.where((well < answered) & (tail < 1.0), np.maximum(0.0, well / answered), 1.0)
    bounced = wrong_all = slow_all = total = np.zeros_like(tail)
    for q in range(demand.retries + 1):
        s = plan.demand_stream[d] + q
        asked = tick.attempts[s]
        total = total + asked
        away = asked * turned
        kept = asked - away
        done = tick.stream_served[s] if limit is None else kept * answered
        gave_up = kept * tail
        right = done * fit
        wrong = done - right
        late = right * late_share
        good = right - late
        push(buffer, outcome, ticks, delay / dt, good * (1.0 - soft))
        push(buffer, outcome + ticks, ticks, delay / dt, good * soft)
        push(buffer, outcome + 2 * ticks, ticks, delay / dt, late)
        slow_all = slow_all + late
        if q < demand.retries:
            again = at + q * ticks
            pause = demand.backoff_s
            push(buffer, again, ticks, np.full_like(tail, max(1.0, pause / dt)), away)
            push(buffer, again, ticks, np.maximum(1.0, (delay + pause) / dt), wrong)
            if limit is not None:
                push(buffer, again, ticks, np.full_like(tail, max(1.0, (limit + pause) / dt)), gave_up)
            continue
        bounced = bounced + away
        wrong_all = wrong_all + wrong
        push(buffer, outcome + 3 * ticks, ticks, delay / dt, wrong)
        if limit is not None:
            slow_all = slow_all + gave_up
            push(buffer, outcome + 3 * ticks, ticks, np.full_like(tail, limit / dt), gave_up)
    whole, partly, late, other = (buffer[outcome + i * ticks].copy() for i in range(4))
    for i in range(4):
        buffer[outcome + i * ticks] = 0.0
    out.good[d], out.degraded[d], out.late[d] = whole + partly, partly, late
    out.noticed[d] = late + other
    out.bad[d] = late + other + bounced
    out.attempts[d], out.bounced[d], out.wrong[d], out.slow[d] = total, bounced, wrong_all, slow_all
    out.quick_fail[d] = 1.0 - taken * (1.0 - fail)
    mean = taken * first
    var = np.maximum(0.0, taken * second - mean * mean)
    p_fail = 1.0 - taken * well
    again_made = tuple([np.ones(1)] * demand.retries)
    cost, cost_var = tries(p_fail, again_made, mean, var, np.full(1, demand.backoff_s))
    lucky = p_fail <= 0.0
    out.mean[d], out.var[d] = np.where(lucky, mean, cost), np.where(lucky, var, cost_var)
