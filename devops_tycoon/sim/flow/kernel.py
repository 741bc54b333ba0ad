"""One tick of the whole graph: down, up, users, retries, blame, and the values that remain."""

from math import isfinite

from devops_tycoon.sim.flow.blame import bounced_at_entries, cause_count, decided
from devops_tycoon.sim.flow.cache import begun
from devops_tycoon.sim.flow.down import send_down
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.ordered import hold_for_all_tries
from devops_tycoon.sim.flow.plan import Plan, plan_of
from devops_tycoon.sim.flow.redelivery import deliver_again
from devops_tycoon.sim.flow.remember import remembered
from devops_tycoon.sim.flow.settle import settled
from devops_tycoon.sim.flow.shapes import refit
from devops_tycoon.sim.flow.staleness import mark_stale
from devops_tycoon.sim.flow.state import FlowState, Reading
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.flow.up import rest_of, send_up
from devops_tycoon.sim.flow.users import Outcomes, ask_users, send_again


def advance(network: Network, state: FlowState, rates: tuple[float, ...]) -> tuple[FlowState, Reading]:
    """Return the state after one tick of `network.tick_s` seconds, and what the tick looked like.

    `rates` are the demands' new requests per second. Pools, nodes, calls and demands must be those the state was
    made for (see `carry`); their numbers may differ. Raises ValueError if they cannot be.
    """
    if len(rates) != len(network.demands):
        raise ValueError(f"{len(rates)} rates for {len(network.demands)} demands; give one each")
    plan = plan_of(network)
    state = refit(plan, state)
    tick = settled(plan, state.hold_s, lambda hold: _pass(plan, state, rates, hold))
    if plan.stale:
        mark_stale(plan, state, tick)
    outcomes = ask_users(plan, state, tick)
    send_again(plan, tick)
    if plan.messages:
        deliver_again(plan, state, tick)
    pot, causes = _ledger(plan, state, tick, outcomes)
    return _state(state, tick, plan, pot, remembered(plan, state, tick)), _reading(plan, state, tick, outcomes, causes)


def _pass(plan: Plan, state: FlowState, rates: tuple[float, ...], hold: list[float]) -> Tick:
    """Compute the tick once, for a guess of the holding times in it."""
    tick = Tick(plan, state)
    for n, guess in enumerate(hold):
        if guess != tick.hold[n]:
            if tick.hold[n] > 0.0:  # no time at all has no spread that could grow with it
                ratio = guess / tick.hold[n]
                tick.hold_var[n] *= ratio * ratio
            tick.hold[n] = guess
    send_down(plan, state, tick, rates)
    send_up(plan, state, tick)
    if plan.ordered:
        hold_for_all_tries(plan, tick)
    return tick


def empty(network: Network) -> FlowState:
    """Return the state of a network without any requests in it."""
    plan = plan_of(network)
    pools, nodes, calls = len(plan.slots), len(plan.work), len(network.calls)
    none = (0.0,) * pools
    state = FlowState(
        level=none,
        variance=none,
        waiting=none,
        fixed_s=none,
        theta_s=none,
        inside=(0.0,) * len(plan.target),
        hold_s=plan.work,
        hold_var_s2=plan.work_var,
        answer_s=plan.work,
        answer_var_s2=plan.work_var,
        branch=(0.0,) * nodes,
        branch_s=(0.0,) * nodes,
        branch_var_s2=(0.0,) * nodes,
        failing=(0.0,) * calls,
        first=(0.0,) * calls,
        lines=(0.0,) * plan.line_total,
        shape=plan.shape,
        pot=(0.0,) * cause_count(plan),
        clock=(0.0,),
        memory=plan.memory.start,
        layout=plan.memory.layout,
    )
    tick = Tick(plan, state)
    send_up(plan, state, tick)  # twice: tails are means of the old and the new state
    state = _state(state, tick, plan, list(state.pot), state.memory)
    tick = Tick(plan, state)
    send_up(plan, state, tick)
    return _state(state, tick, plan, list(state.pot), begun(plan, tick, state.memory), 0.0)


def _ledger(plan: Plan, state: FlowState, tick: Tick, outcomes: Outcomes) -> tuple[list[float], list[float]]:
    """Return the new pot and the causes of what users noticed in this tick.

    Causes are decided when the request begins and noticed later. In between they wait in one pot that is drained in
    proportion: the sum is exact, only the order within a delay is blurred.
    """
    new = decided(plan, tick, outcomes)
    pot = [a + b for a, b in zip(state.pot, new, strict=True)]
    total = noticed = 0.0
    for amount in pot:
        total += amount
    for amount in outcomes.noticed:
        noticed += amount
    causes = bounced_at_entries(plan, tick, outcomes)
    if noticed > 0.0:
        if total > 0.0:
            share = noticed / total
            causes = [a + b * share for a, b in zip(causes, pot, strict=True)]
            pot = [b * (1.0 - share) if share < 1.0 else 0.0 for b in pot]
        else:
            causes[-len(plan.network.demands)] += noticed
    return pot, causes


def _clean(values: list[float]) -> tuple[float, ...]:
    """Return the values as a tuple without −0.0; raise ArithmeticError if one is not finite."""
    if not isfinite(sum(values)):  # only a hint, and a quick one: a sum of finite numbers may overflow
        for value in values:
            if not isfinite(value):
                raise ArithmeticError("the flow model produced a number that is not finite; please report the network")
    return tuple([value + 0.0 for value in values])


def _state(
    state: FlowState, tick: Tick, plan: Plan, pot: list[float], memory: tuple[float, ...], step: float = 1.0
) -> FlowState:
    lines = tick.buffer[1:]
    if tick.buffer:
        lines.append(0.0)  # the first place of each line is empty by now: all lines move on at once
    return FlowState(
        level=_clean(tick.level),
        variance=_clean(tick.variance),
        waiting=_clean(tick.waiting),
        fixed_s=_clean(tick.fixed),
        theta_s=_clean(tick.theta),
        inside=_clean(tick.inside),
        hold_s=_clean(tick.hold),
        hold_var_s2=_clean(tick.hold_var),
        answer_s=_clean(tick.answer),
        answer_var_s2=_clean(tick.answer_var),
        branch=_clean(tick.branch),
        branch_s=_clean(tick.branch_s),
        branch_var_s2=_clean(tick.branch_var),
        failing=_clean(tick.failing),
        first=_clean(tick.first),
        lines=tuple(lines),
        shape=plan.shape,
        pot=_clean(pot),
        clock=(state.clock[0] + step,),
        memory=memory,
        layout=plan.memory.layout,
    )


def _reading(plan: Plan, state: FlowState, tick: Tick, outcomes: Outcomes, causes: list[float]) -> Reading:
    network = plan.network
    dt = network.tick_s
    pools, nodes, calls = len(plan.slots), len(plan.work), len(network.calls)
    busy: list[float] = []
    wait: list[float] = []
    for p in range(pools):
        c = plan.slots[p]
        if c:
            busy.append(min(1.0, tick.served[p] * tick.pool_hold[p] / (c * dt)))
        else:
            busy.append(1.0 if tick.level[p] > 0.0 else 0.0)
        wait.append(tick.waiting[p] * (tick.fixed[p] + tick.theta[p]))
    mean: list[float] = []
    for n, node in enumerate(network.nodes):
        rest, _ = rest_of(plan, node.pool, tick.answer[n], 0.0, tick.hold[n], 0.0)
        mean.append(wait[node.pool] + rest)
    attempts = tick.attempts[:calls]
    a, b, c, d, e, f = (
        pools,
        2 * pools,
        2 * pools + nodes,
        2 * pools + nodes + calls,
        2 * pools + nodes + 2 * calls,
        2 * pools + nodes + 3 * calls,
    )
    known = [
        x + y + z + w for x, y, z, w in zip(tick.att_slow, tick.att_lost, tick.bounced, tick.att_error, strict=True)
    ]
    return Reading(
        arrivals=_clean(tick.arrivals),
        served=_clean(tick.served),
        rejected=_clean(tick.rejected),
        refused=_clean(tick.refused),
        shed=_clean(tick.shed_count),
        in_system=_clean(tick.level),
        slots=tuple([max(0.0, pool.slots) for pool in network.pools]),
        utilisation=_clean(busy),
        wait_probability=_clean(tick.waiting),
        wait_fixed_s=_clean(tick.fixed),
        wait_theta_s=_clean(tick.theta),
        wait_s=_clean(wait),
        hold_s=_clean(tick.pool_hold),
        hold_var_s2=_clean(tick.pool_hold_var),
        visits=_clean(tick.visits),
        fail=_clean(tick.fail),
        degraded=_clean(tick.degraded),
        mean_s=_clean(mean),
        attempts=_clean(attempts),
        timeouts=_clean([x * (y + z) for x, y, z in zip(attempts, tick.att_slow, tick.att_lost, strict=True)]),
        call_rejected=_clean([x * y for x, y in zip(attempts, tick.bounced, strict=True)]),
        errors=_clean(
            [
                x * (err + max(0.0, p - k))
                for x, err, p, k in zip(attempts, tick.att_error, tick.att_fail, known, strict=True)
            ]
        ),
        call_mean_s=_clean(tick.attempt_mean),
        attempt_fail=_clean(tick.att_fail),
        quick_fail=_clean(tick.quick_fail),
        dead_letters=_clean(tick.dead),
        hit=_clean(tick.hit),
        joined=_clean(tick.joined),
        valid=_clean([x + y for x, y in zip(outcomes.good, outcomes.bad, strict=True)]),
        good=_clean(outcomes.good),
        good_degraded=_clean(outcomes.degraded),
        bad=_clean(outcomes.bad),
        late=_clean(outcomes.late),
        demand_attempts=_clean(outcomes.attempts),
        request_s=_clean(outcomes.mean),
        request_var_s2=_clean(outcomes.var),
        demand_quick_fail=_clean(outcomes.quick_fail),
        grant=_clean(tick.grant),
        passing=_clean(tick.passing),
        overload=_clean(causes[:a]),
        down=_clean(causes[a:b]),
        node_errors=_clean(causes[b:c]),
        lost_calls=_clean(causes[c:d]),
        call_errors=_clean(causes[d:e]),
        slow_calls=_clean(causes[e:f]),
        shedding=_clean(causes[f : f + a]),
        open_calls=_clean(causes[f + a : f + a + calls]),
        full_bulkheads=_clean(causes[f + a + calls : f + a + 2 * calls]),
        stale_calls=_clean(causes[f + a + 2 * calls : -len(network.demands)] or [0.0] * calls),
        slow_entries=_clean(causes[len(causes) - len(network.demands) :]),
        clock=state.clock[0],
    )
