"""Read replicas lag: a read that follows the user's own write too soon finds old data.

Every write is applied on each replica by a message to the apply pool (one thread unless said, so M/M/1). The lag of a
write is its way there plus its sojourn in that pool. A read that follows it after a gap of Exp(`gap_s`) is stale if the
lag is longer: P(lag > gap) = E[1 − e^(−lag/gap_s)], one minus the Laplace transform of the lag at 1/gap_s. (The
question and its answer by the distribution of the lag: P. Bailis and others, *Probabilistically Bounded Staleness*,
VLDB 2012; their t-visibility with the gap as t.) For M/M/1 with rate λ and mean work 1/µ that is
1 / (1 + (µ − λ)·gap_s).

Nobody in the machine notices: a stale answer is not tried again, and opens no breaker. The user notices. It is the lag
of one replica; all replicas apply every write, so they all lag alike, however many there are. Dead letters of the apply
pool (writes a replica never gets) are not taken into account.
"""

from devops_tycoon.sim.flow.calls_in_turn import all_good
from devops_tycoon.sim.flow.network import Stale
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.numerics.exact import exp, log

_SHORTEST_S = 1e-9
"""A shorter gap is taken as this: nothing is applied so soon."""


def mark_stale(plan: Plan, state: FlowState, tick: Tick) -> None:
    """Fill in, callees before callers, which share of good answers is stale."""
    network, local = plan.network, plan.topology.local
    way = {network.calls[e].callee: network.calls[e].latency_s for e in plan.messages}
    for e in plan.stale:
        setting = network.calls[e].stale
        if setting is not None:
            lag = _lag(plan, state, tick, setting, way.get(setting.node, 0.0))
            ok = 1.0 if network.calls[e].required else 1.0 - tick.failing[e]  # a fallback is not old
            tick.stale_calls[e] = lag * (1.0 - all_good(network.calls[e].calls, setting.share * ok))
    for n in reversed(plan.topology.order):
        fresh = 1.0
        for e in plan.topology.calls[n]:
            fresh *= 1.0 - _stale_by(plan, tick, e, local[e])
        tick.stale[n] = 1.0 - fresh if fresh < 1.0 else 0.0


def _stale_by(plan: Plan, tick: Tick, e: int, local: bool) -> float:
    """Return how likely a good answer has old data by the calls `e`.

    Reads of one request come at one time: they find the same lag, and only which of them follow a write differs.
    """
    call = plan.network.calls[e]
    if call.detached and not local:
        return 0.0
    ok = 1.0 if call.required else 1.0 - tick.failing[e]
    inner = all_good(call.calls, ok * tick.stale[call.callee])
    return 1.0 - (1.0 - tick.stale_calls.get(e, 0.0)) * inner


def _lag(plan: Plan, state: FlowState, tick: Tick, setting: Stale, way: float) -> float:
    """Return P(lag > gap) for a write of this tick: the mean of the start and the end of the tick, as in MODEL D."""
    n, s = setting.node, 1.0 / max(setting.gap_s, _SHORTEST_S)
    p = plan.network.nodes[n].pool
    stretch = plan.stretch[p]
    mean, var = tick.answer[n] * stretch, tick.answer_var[n] * stretch * stretch
    now = transform(tick.waiting[p], tick.fixed[p], tick.theta[p], mean, var, s)
    before = transform(state.waiting[p], state.fixed_s[p], state.theta_s[p], mean, var, s)
    return 1.0 - _power(way * s) * 0.5 * (now + before)


def transform(waiting: float, fixed: float, theta: float, mean: float, variance: float, s: float) -> float:
    """Return E[e^(−s·T)] of a wait (0, or `fixed` + Exp(`theta`) with probability `waiting`) and a rest (s, s²).

    The rest is a Gamma with its mean and variance: (1 + s·v/m)^(−m²/v), exact for exponential and constant work.
    """
    wait = 1.0 - waiting + waiting * _power(s * fixed) / (1.0 + s * theta)
    if mean <= 0.0 or variance <= 1e-9 * mean * mean:
        return wait * _power(s * mean)
    return wait * _power(mean * mean / variance * log(1.0 + s * variance / mean))


def _power(x: float) -> float:
    return exp(-x) if x < 700.0 else 0.0


def stale_causes(plan: Plan) -> int:
    """Return how many causes a ledger has for stale answers: one per call, none where nothing can be stale."""
    return len(plan.network.calls) if plan.stale else 0


def blame_stale(plan: Plan, tick: Tick, ledger: list[float], amounts: list[float]) -> None:
    """Send the users' stale answers (one amount per demand) down to the calls that gave them."""
    walk = [0.0] * len(plan.work)
    for demand, amount in zip(plan.network.demands, amounts, strict=True):
        walk[demand.entry] += amount
    for n in plan.topology.order:
        if walk[n] <= 0.0:
            continue
        weights = [(e, _stale_by(plan, tick, e, plan.topology.local[e])) for e in plan.topology.calls[n]]
        total = 0.0
        for _, weight in weights:
            total += weight
        for e, weight in weights:
            if weight > 0.0:
                j = plan.network.calls[e].callee
                own, inner = tick.stale_calls.get(e, 0.0), plan.network.calls[e].calls * tick.stale[j]
                part = walk[n] * weight / total
                ledger[e] += part * own / (own + inner)
                walk[j] += part * inner / (own + inner)


def fitted_pot(plan: Plan, pot: tuple[float, ...]) -> list[float]:
    """Return the pot of the same network with other settings: places for stale answers may have come or gone."""
    demands, calls = len(plan.network.demands), len(plan.network.calls)
    rest = len(pot) - demands
    plain = 3 * len(plan.slots) + len(plan.work) + 5 * calls
    values = list(pot)
    if plan.stale and rest == plain:
        return [*values[:rest], *[0.0] * calls, *values[rest:]]
    if not plan.stale and rest == plain + calls:
        kept = [*values[:plain], *values[rest:]]
        for amount in values[plain:rest]:
            kept[plain] += amount  # as where a cause is gone: slowness of the first entry
        return kept
    return values
