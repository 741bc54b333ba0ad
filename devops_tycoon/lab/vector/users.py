"""What the users of many runs experience: `sim/flow/users.py` for all demands of one kind at once."""

import numpy as np

from devops_tycoon.lab.vector.begin import stretched
from devops_tycoon.lab.vector.crossing import also_shed, granted, timed, tries, untimed
from devops_tycoon.lab.vector.exact import Array
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.lines import Delay
from devops_tycoon.lab.vector.tick import Before, Tick
from devops_tycoon.lab.vector.waiting_users import Users
from devops_tycoon.sim.flow.plan import OUTCOMES

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
    for users in layout.users:
        _ask(layout, before, tick, buffer, out, users)
    return out


def _ask(layout: Layout, before: Before, tick: Tick, buffer: Array, out: Outcomes, at: Users) -> None:
    dt = layout.plan.network.tick_s
    columns = tick.level.shape[1]
    n, p, d = at.timing.nodes, at.timing.pools, at.demands
    turned = np.minimum(1.0, tick.full_share.take(p, 0) + tick.down_share.take(p, 0))
    if layout.sheds:
        turned = also_shed(turned, tick.shed.take(at.streams, 0))
    taken = 1.0 - turned
    fail, soft = tick.fail.take(n, 0), tick.degraded.take(n, 0)
    if at.endless:
        tail, first, second, well = untimed(tick, at.timing)
        rest = tick.answer.take(n, 0)
        if at.timing.stretched:
            rest, _ = stretched(at.timing.stretch, rest, rest, tick.hold.take(n, 0), tick.hold.take(n, 0))
        after = np.maximum(0.0, rest - tick.hold.take(n, 0) * at.timing.stretch)
    else:
        tail, first, second, well = timed(before, tick, at.timing)
        limit = at.timing.limit
        after = np.where(tail < 1.0, np.maximum(0.0, (first - limit * tail) / (1.0 - tail)), limit)
    answered = 1.0 - tail
    late_share = np.zeros_like(tail)
    if at.late is not None:
        over = timed(before, tick, at.late)[0]
        late_share = np.where(tail < 1.0, np.minimum(1.0, np.maximum(0.0, (over - tail) / answered)), 0.0)
    fit = np.where((well < answered) & (tail < 1.0), np.maximum(0.0, well / answered), 1.0)
    flat = buffer.reshape(-1)
    ticks = at.ticks
    pause = at.pause
    delay = Delay(after / dt, ticks, columns)
    begin = at.begin * columns
    step = ticks * columns
    outcome = begin + at.retries * step
    bounced = wrong_all = slow_all = total = np.zeros_like(tail)
    soon = retried = given_up = delay
    if at.retries:
        soon = Delay(np.maximum(1.0, pause / dt), ticks, columns)
        retried = Delay(np.maximum(1.0, (after + pause) / dt), ticks, columns)
        if not at.endless:
            given_up = Delay(np.maximum(1.0, (at.timing.limit + pause) / dt), ticks, columns)
    grant: Array | None = None
    if len(at.budgets.rows):
        wanted = np.zeros_like(tail)
        for q in range(at.retries):
            asked = tick.attempts[at.streams + q]
            away = asked * turned
            done = tick.stream_served[at.streams + q] if at.endless else (asked - away) * answered
            wanted = wanted + (away + done * (1.0 - fit) + (0.0 if at.endless else (asked - away) * tail))
        tick.paid[at.budgets.entries] = tick.attempts.take(at.streams, 0)
        grant = granted(before, tick, at.budgets, wanted)
    for q in range(at.retries + 1):
        s = at.streams + q
        asked = tick.attempts.take(s, 0)
        total = total + asked
        away = asked * turned
        kept = asked - away
        done = tick.stream_served.take(s, 0) if at.endless else kept * answered
        gave_up = kept * tail
        right = done * fit
        wrong = done - right
        late = right * late_share
        good = right - late
        delay.push(flat, outcome, good * (1.0 - soft))
        delay.push(flat, outcome + step, good * soft)
        if at.late is not None:
            delay.push(flat, outcome + 2 * step, late)
        slow_all = slow_all + late
        if q < at.retries:
            again = begin + q * step
            share: Array | float = 1.0 if grant is None else grant
            soon.push(flat, again, away * share)
            retried.push(flat, again, wrong * share)
            if not at.endless:
                given_up.push(flat, again, gave_up * share)
            if grant is None:
                continue
            left = 1.0 - grant
            away, wrong, gave_up = away * left, wrong * left, gave_up * left
        bounced = bounced + away
        wrong_all = wrong_all + wrong
        delay.push(flat, outcome + 3 * step, wrong)
        if not at.endless:
            slow_all = slow_all + gave_up
            Delay(at.timing.limit / dt, ticks, columns).push(flat, outcome + 3 * step, gave_up)
    first_places = (at.begin + at.retries * ticks)[:, 0]
    places = [first_places + i * ticks[:, 0] for i in range(OUTCOMES)]
    whole, partly, late, other = (buffer[place] for place in places)
    for place in places:
        buffer[place] = 0.0
    out.good[d], out.degraded[d], out.late[d] = whole + partly, partly, late
    out.noticed[d] = late + other
    out.bad[d] = late + other + bounced
    out.attempts[d], out.bounced[d], out.wrong[d], out.slow[d] = total, bounced, wrong_all, slow_all
    out.quick_fail[d] = 1.0 - taken * (1.0 - fail)
    mean = taken * first
    var = np.maximum(0.0, taken * second - mean * mean)
    p_fail = 1.0 - taken * well
    if grant is not None:
        p_fail = p_fail * grant
    cost, cost_var = tries(p_fail, at.trials, mean, var, pause)
    lucky = p_fail <= 0.0
    out.mean[d], out.var[d] = np.where(lucky, mean, cost), np.where(lucky, var, cost_var)
