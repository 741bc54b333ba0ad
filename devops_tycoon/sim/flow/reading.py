"""What remains of a tick: the next state and the reading, as tuples of clean numbers."""

from collections.abc import Iterable, Sequence
from itertools import chain
from math import isfinite

from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import Floats, FlowState, Reading
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.flow.users import Outcomes


def clean(values: Sequence[float]) -> Floats:
    """Return the values as a tuple without −0.0; raise ArithmeticError if one is not finite.

    Most columns of a healthy network are zero throughout, and most others nowhere: both are done without a look at
    each number in Python.
    """
    if not any(values):
        return (0.0,) * len(values)
    if not isfinite(sum(values)):  # only a hint, and a quick one: a sum of finite numbers may overflow
        for value in values:
            if not isfinite(value):
                raise ArithmeticError("the flow model produced a number that is not finite; please report the network")
    if 0.0 in values:
        return tuple([value + 0.0 for value in values])
    return tuple(values)


def all_clean(parts: Iterable[Sequence[float]]) -> Floats:
    """Return the parts, one after another, in one clean tuple."""
    return tuple(chain.from_iterable(map(clean, parts)))


def next_state(
    state: FlowState, tick: Tick, plan: Plan, pot: Iterable[Sequence[float]], memory: Floats, step: float = 1.0
) -> FlowState:
    """Return what the next tick begins with; `pot` in parts, one per kind of cause."""
    lines = tick.buffer[1:]
    if tick.buffer:
        lines.append(0.0)  # the first place of each line is empty by now: all lines move on at once
    return FlowState(
        level=clean(tick.level),
        variance=clean(tick.variance),
        waiting=clean(tick.waiting),
        fixed_s=clean(tick.fixed),
        theta_s=clean(tick.theta),
        inside=clean(tick.inside),
        hold_s=clean(tick.hold),
        hold_var_s2=clean(tick.hold_var),
        answer_s=clean(tick.answer),
        answer_var_s2=clean(tick.answer_var),
        branch=clean(tick.branch),
        branch_s=clean(tick.branch_s),
        branch_var_s2=clean(tick.branch_var),
        failing=clean(tick.failing),
        first=clean(tick.first),
        lines=tuple(lines),
        shape=plan.shape,
        pot=all_clean(pot),
        clock=(state.clock[0] + step,),
        memory=memory,
        layout=plan.memory.layout,
    )


def reading_of(
    plan: Plan, state: FlowState, tick: Tick, new: FlowState, outcomes: Outcomes, causes: list[list[float]]
) -> Reading:
    """Return what the tick looked like; `new` is the state after it, `causes` are in parts, one per kind."""
    calls = len(plan.network.calls)
    wait = [p * (fixed + theta) for p, fixed, theta in zip(tick.waiting, tick.fixed, tick.theta, strict=True)]
    attempts = tick.attempts[:calls]
    (
        overload,
        down,
        node_errors,
        lost_calls,
        call_errors,
        slow_calls,
        shedding,
        open_calls,
        full_bulkheads,
        stale_calls,
        slow_entries,
    ) = map(clean, causes)
    return Reading(
        arrivals=clean(tick.arrivals),
        served=clean(tick.served),
        rejected=clean(tick.rejected),
        refused=clean(tick.refused),
        shed=clean(tick.shed_count),
        in_system=new.level,
        slots=plan.in_effect,
        utilisation=clean(_busy(plan, tick)),
        wait_probability=new.waiting,
        wait_fixed_s=new.fixed_s,
        wait_theta_s=new.theta_s,
        wait_s=clean(wait),
        hold_s=clean(tick.pool_hold),
        hold_var_s2=clean(tick.pool_hold_var),
        visits=clean(tick.visits),
        fail=clean(tick.fail),
        degraded=clean(tick.degraded),
        mean_s=clean(_means(plan, tick, wait)),
        attempts=clean(attempts),
        timeouts=clean(_timeouts(tick, attempts)),
        call_rejected=clean(_bounced(tick, attempts)),
        errors=clean(_errors(tick, attempts)),
        call_mean_s=clean(tick.attempt_mean),
        attempt_fail=clean(tick.att_fail),
        quick_fail=clean(tick.quick_fail),
        dead_letters=clean(tick.dead),
        hit=clean(tick.hit),
        joined=clean(tick.joined),
        valid=clean([x + y for x, y in zip(outcomes.good, outcomes.bad, strict=True)]),
        good=clean(outcomes.good),
        good_degraded=clean(outcomes.degraded),
        bad=clean(outcomes.bad),
        late=clean(outcomes.late),
        demand_attempts=clean(outcomes.attempts),
        request_s=clean(outcomes.mean),
        request_var_s2=clean(outcomes.var),
        demand_quick_fail=clean(outcomes.quick_fail),
        grant=clean(tick.grant),
        passing=clean(tick.passing),
        overload=overload,
        down=down,
        node_errors=node_errors,
        lost_calls=lost_calls,
        call_errors=call_errors,
        slow_calls=slow_calls,
        shedding=shedding,
        open_calls=open_calls,
        full_bulkheads=full_bulkheads,
        stale_calls=stale_calls or (0.0,) * calls,
        slow_entries=slow_entries,
        clock=state.clock[0],
    )


def _busy(plan: Plan, tick: Tick) -> list[float]:
    """Return the share of each pool's slots that is held; of a pool without any, whether requests wait for one."""
    dt = plan.network.tick_s
    busy: list[float] = []
    for c, served, hold, level in zip(plan.slots, tick.served, tick.pool_hold, tick.level, strict=True):
        if c:
            share = served * hold / (c * dt)
            busy.append(share if share < 1.0 else 1.0)
        else:
            busy.append(1.0 if level > 0.0 else 0.0)
    return busy


def _means(plan: Plan, tick: Tick, wait: list[float]) -> list[float]:
    """Return the mean time of each node's answers; a brown-out stretches what holds the slot."""
    stretch, hold = plan.stretch, tick.hold
    means: list[float] = []
    for n, (p, answer) in enumerate(zip(plan.pool_of, tick.answer, strict=True)):
        if stretch[p] != 1.0:
            answer += (stretch[p] - 1.0) * hold[n]
        means.append(wait[p] + answer)
    return means


def _timeouts(tick: Tick, attempts: list[float]) -> list[float]:
    if not any(tick.att_slow) and not any(tick.att_lost):
        return [0.0] * len(attempts)
    return [x * (y + z) for x, y, z in zip(attempts, tick.att_slow, tick.att_lost, strict=True)]


def _bounced(tick: Tick, attempts: list[float]) -> list[float]:
    if not any(tick.bounced):
        return [0.0] * len(attempts)
    return [x * y for x, y in zip(attempts, tick.bounced, strict=True)]


def _errors(tick: Tick, attempts: list[float]) -> list[float]:
    """Return the attempts that failed on the way, or by what the callee answered."""
    if not any(tick.att_fail) and not any(tick.att_error):
        return [0.0] * len(attempts)
    return [
        x * (error + max(0.0, fail - (slow + lost + bounced + error)))
        for x, error, fail, slow, lost, bounced in zip(
            attempts, tick.att_error, tick.att_fail, tick.att_slow, tick.att_lost, tick.bounced, strict=True
        )
    ]
