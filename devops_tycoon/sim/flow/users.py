"""What the users experience: outcomes, patience and their own retries, in the tick in which they learn of them."""

from dataclasses import dataclass, field

from devops_tycoon.sim.flow.answer_times import rest_of, time_of
from devops_tycoon.sim.flow.attempts import tries
from devops_tycoon.sim.flow.budget import granted
from devops_tycoon.sim.flow.jitter import push_spread
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.plan_numbers import HANG_S
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick


@dataclass(slots=True)
class Outcomes:
    """Per demand: what was noticed in this tick, and what was decided (to be noticed now or later)."""

    good: list[float] = field(default_factory=list)
    degraded: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    bad: list[float] = field(default_factory=list)
    attempts: list[float] = field(default_factory=list)
    mean: list[float] = field(default_factory=list)
    var: list[float] = field(default_factory=list)
    quick_fail: list[float] = field(default_factory=list)
    bounced: list[float] = field(default_factory=list)
    """Turned away at the entry for the last time: noticed at once."""
    held_back: list[float] = field(default_factory=list)
    """Never sent, because of throttling: noticed at once."""
    wrong: list[float] = field(default_factory=list)
    """Decided: answers that are failures."""
    slow: list[float] = field(default_factory=list)
    """Decided: given up or late."""
    stale: list[float] = field(default_factory=list)
    """Decided: answered in time, with data older than the user's own write."""
    lost: list[float] = field(default_factory=list)
    """Decided: attempts that reached nobody."""
    noticed: list[float] = field(default_factory=list)
    """Of earlier decisions: noticed now."""


def ask_users(plan: Plan, state: FlowState, tick: Tick) -> Outcomes:
    """Sort this tick's requests by their fate, put them into the delay lines and take out what is due."""
    network = plan.network
    dt = network.tick_s
    out = Outcomes()
    buffer = tick.buffer
    for d, demand in enumerate(network.demands):
        n = demand.entry
        p = plan.pool_of[n]
        entry = len(network.calls) + d
        at, ticks = plan.line[entry], plan.length[entry]
        outcome = at + demand.retries * ticks
        limit = demand.timeout_s
        turned = min(1.0, tick.full_share[p] + tick.down_share[p])
        shed = tick.shed[plan.demand_stream[d]]
        if shed > 0.0:
            turned = 1.0 - (1.0 - turned) * (1.0 - shed)
        fail, soft = tick.fail[n], tick.degraded[n]
        tail, first, second, well = time_of(plan, state, tick, n, limit)
        if limit is None:
            # outcomes follow what the entry finishes; only answers that do not hold its slot come later
            rest, _ = rest_of(plan, p, tick.answer[n], 0.0, tick.hold[n], 0.0)
            delay = max(0.0, rest - tick.hold[n] * plan.stretch[p])
        else:
            delay = max(0.0, (first - limit * tail) / (1.0 - tail)) if tail < 1.0 else limit
        late_share = 0.0
        if demand.threshold_s is not None and (limit is None or demand.threshold_s < limit) and tail < 1.0:
            over = time_of(plan, state, tick, n, demand.threshold_s)[0]
            late_share = min(1.0, max(0.0, (over - tail) / (1.0 - tail)))
        lost, hang = demand.lost, HANG_S if limit is None else limit
        tick.accepted[entry] = (1.0 - turned) * (1.0 - tail) * (1.0 - lost)
        fit = max(0.0, well / (1.0 - tail)) if well < 1.0 - tail and tail < 1.0 else 1.0
        bounced = wrong_all = slow_all = stale_all = lost_all = total = 0.0
        grant = 1.0
        if demand.budget is not None and demand.retries:
            wanted = 0.0
            for s in range(plan.demand_stream[d], plan.demand_stream[d] + demand.retries):
                asked = tick.attempts[s] * (1.0 - lost)
                if limit is not None:
                    wanted += tick.attempts[s] * lost
                away = asked * turned
                done = tick.stream_served[s] if limit is None else (asked - away) * (1.0 - tail)
                wanted += away + done * (1.0 - fit) + (0.0 if limit is None else (asked - away) * tail)
            tick.paid[entry], tick.wanted[entry] = tick.attempts[plan.demand_stream[d]], wanted
            grant = tick.grant[entry] = granted(plan, state, entry, demand.budget, tick.paid[entry], wanted)
        waited = delay / dt
        others = outcome + 3 * ticks
        pause = demand.backoff_s
        spread = pause * demand.jitter / dt
        for q in range(demand.retries + 1):
            s = plan.demand_stream[d] + q
            asked = tick.attempts[s]
            if asked <= 0.0 and tick.stream_served[s] <= 0.0:
                continue  # nobody tries so often
            total += asked
            gone = asked * lost
            asked -= gone
            away = asked * turned
            done = tick.stream_served[s] if limit is None else (asked - away) * (1.0 - tail)
            gave_up = 0.0 if limit is None else (asked - away) * tail
            right = done * fit
            wrong = done - right
            late = right * late_share
            good = right - late
            if plan.stale:
                old = good * tick.stale[n]
                good -= old
                push(buffer, others, ticks, waited, old)
                stale_all += old
            push(buffer, outcome, ticks, waited, good * (1.0 - soft))
            if soft > 0.0:
                push(buffer, outcome + ticks, ticks, waited, good * soft)
            if late > 0.0:
                push(buffer, outcome + 2 * ticks, ticks, waited, late)
                slow_all += late
            if q < demand.retries:
                again = at + q * ticks
                if away > 0.0:
                    push(buffer, again, ticks, max(1.0, pause / dt), away * grant, spread)
                if wrong > 0.0:
                    push(buffer, again, ticks, max(1.0, (delay + pause) / dt), wrong * grant, spread)
                if limit is not None:
                    push(buffer, again, ticks, max(1.0, (limit + pause) / dt), (gave_up + gone) * grant, spread)
                    gone *= 1.0 - grant
            if gone > 0.0:
                push(buffer, others, ticks, hang / dt, gone)
                lost_all += gone
            if q < demand.retries:
                if grant == 1.0:
                    continue
                away, wrong, gave_up = away * (1.0 - grant), wrong * (1.0 - grant), gave_up * (1.0 - grant)
            bounced += away
            wrong_all += wrong
            slow_all += gave_up
            push(buffer, others, ticks, waited, wrong)
            if limit is not None:
                push(buffer, others, ticks, limit / dt, gave_up)
        whole, partly, late, other = buffer[outcome : others + 1 : ticks]
        for place in range(outcome, others + 1, ticks):
            buffer[place] = 0.0
        out.good.append(whole + partly)
        out.degraded.append(partly)
        out.late.append(late)
        out.noticed.append(late + other)
        out.bad.append(late + other + bounced + tick.denied[entry])
        out.held_back.append(tick.denied[entry])
        out.attempts.append(total)
        out.bounced.append(bounced)
        out.wrong.append(wrong_all)
        out.slow.append(slow_all)
        out.stale.append(stale_all)
        out.lost.append(lost_all)
        out.quick_fail.append(1.0 - tick.passing[entry] * (1.0 - turned) * (1.0 - fail))
        mean = (1.0 - turned) * first
        var = max(0.0, (1.0 - turned) * second - mean * mean)
        p_fail = 1.0 - (1.0 - turned) * well
        if lost > 0.0:
            square = (1.0 - lost) * (var + mean * mean) + lost * hang * hang
            mean = (1.0 - lost) * mean + lost * hang
            var = max(0.0, square - mean * mean)
            p_fail = 1.0 - (1.0 - lost) * (1.0 - p_fail)
        _, mean, var = tries(p_fail * grant, demand.retries, mean, var, demand.backoff_s)
        share = tick.passing[entry]
        if share != 1.0:
            mean, var = share * mean, share * var + share * (1.0 - share) * mean * mean
        out.mean.append(mean)
        out.var.append(var)
    return out


def send_again(plan: Plan, tick: Tick) -> None:
    """Put the failed attempts of all calls with retries into the next generation's line (MODEL A)."""
    buffer, attempts_fail, att_slow, att_lost = tick.buffer, tick.att_fail, tick.att_slow, tick.att_lost
    for e, place, ticks, soon, wait, spread, knows in plan.retrying:
        slow = later = att_slow[e] + att_lost[e]
        if not knows:
            later = att_slow[e]  # without a timeout a lost attempt hangs forever and is never retried
        quick = attempts_fail[e] - slow
        if quick <= 0.0 and later <= 0.0:
            continue
        grant = tick.grant[e]
        for count in tick.generations[e]:
            if grant != 1.0:
                count *= grant
            if count > 0.0:
                if quick > 0.0:
                    push(buffer, place, ticks, soon, count * quick, spread)
                push(buffer, place, ticks, wait, count * later, spread)
            place += ticks


def push(buffer: list[float], at: int, ticks: int, delay: float, count: float, spread: float = 0.0) -> None:
    """Add `count` to a line after `delay` ticks, split between the two neighbouring ones; jitter spreads it."""
    if count <= 0.0:
        return
    if spread > 0.0:
        push_spread(buffer, at, ticks, delay, spread, count)
        return
    i = int(delay)
    if i >= ticks - 1:
        buffer[at + ticks - 1] += count
        return
    part = delay - i
    buffer[at + i] += count * (1.0 - part)
    if part > 0.0:
        buffer[at + i + 1] += count * part
