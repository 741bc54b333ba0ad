"""Demand goes down: attempts into pools, pools one step on, what they finish calls the next (MODEL A, B, C)."""

from devops_tycoon.sim.flow.cache import ask, thinned
from devops_tycoon.sim.flow.choice import fails, share_of
from devops_tycoon.sim.flow.gate import through_gate
from devops_tycoon.sim.flow.memory import QUOTA
from devops_tycoon.sim.flow.messages import MOST_ORDERED_CV2, call_again
from devops_tycoon.sim.flow.plan import MIN_HOLD_S, Plan
from devops_tycoon.sim.flow.queueing import finite, interpolate, waiting_table
from devops_tycoon.sim.flow.quota import refused
from devops_tycoon.sim.flow.shedding import shares
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.station import NEVER_S, advance_station
from devops_tycoon.sim.flow.tick import Tick

MOST = 1e15
"""Most requests per second a demand may have; more is taken as this."""

_MOST_CV2 = 4.0
"""Variation of arrivals and of holding times above this is taken as this: the model promises nothing there."""
_MOST_BUNCH = 20.0
"""More requests at once than this are taken as this."""


def send_down(plan: Plan, state: FlowState, tick: Tick, rates: tuple[float, ...]) -> None:
    """Fill in everything per pool, stream and node visit, and the calls' first attempts."""
    asked = [0.0] * len(plan.work)  # per node: requests of this tick, and the same times how many come at once
    packed = [0.0] * len(plan.work)
    _ask(plan, state, tick, rates)
    guarded, making = plan.guarded, plan.making
    for p in plan.topology.pools:
        came, content, bunched = _arrive(plan, state, tick, p, asked, packed)
        arrived = tick.arrivals[p]
        if guarded[p]:
            came, content, arrived, bunched = _guard(plan, state, tick, p, came, content, arrived, bunched)
        _work(plan, state, tick, p, came, content, arrived, bunched)
        if making[p]:
            _call_on(plan, state, tick, p, asked, packed)


def _ask(plan: Plan, state: FlowState, tick: Tick, rates: tuple[float, ...]) -> None:
    """Begin the users' attempts: new ones by the demands' rates, later ones from their delay lines."""
    network = plan.network
    dt = network.tick_s
    calls_count = len(network.calls)
    attempts, buffer = tick.attempts, tick.buffer
    for d, demand in enumerate(network.demands):
        s = plan.demand_stream[d]
        rate = rates[d]
        attempts[s] = min(rate, MOST) * dt if rate > 0.0 else 0.0
        place, step = plan.line[calls_count + d], plan.length[calls_count + d]
        for q in range(demand.retries):
            attempts[s + 1 + q] = buffer[place]
            buffer[place] = 0.0
            place += step
        if plan.gated[calls_count + d]:
            _hold_users_back(plan, state, tick, d)


def _arrive(
    plan: Plan, state: FlowState, tick: Tick, p: int, asked: list[float], packed: list[float]
) -> tuple[list[float], float, float]:
    """Let the streams into pool `p`; return what each brings, all that is then inside, and arrivals times their bunch.

    The pool's holding time is the mean over all that is inside, mean and variance.
    """
    last_first, first, inside, attempts = state.first, tick.first, tick.inside, tick.attempts
    hold, hold_var, buffer = tick.hold, tick.hold_var, tick.buffer
    arrived = content = mean = square = bunched = 0.0
    came: list[float] = []
    for s, n, reach, caller, bunch, back, place, step, lines, gated in plan.called[p]:
        count = last_first[s] if back else first[s]
        if place >= 0:
            tick.paid[s] = again = count
            generations = tick.generations[s]  # all but the last
            for _ in range(lines):
                generations.append(again)
                again = buffer[place]
                buffer[place] = 0.0
                count += again
                place += step
        if gated:
            share = through_gate(plan, state, tick, s, p, count, arrived)
            count *= share
            tick.generations[s] = [made * share for made in tick.generations[s]]
        attempts[s] = count
        count *= reach
        came.append(count)
        arrived += count
        if packed[caller] > asked[caller]:
            bunch = _bunch(plan, s, asked, packed)
        if tick.cached:
            bunch = thinned(tick, s, bunch)
        together = count * bunch
        bunched += together
        asked[n] += count
        packed[n] += together
        weight = inside[s] + count
        content += weight
        h = hold[n]
        mean += weight * h
        square += weight * (hold_var[n] + h * h)
    for s, n, reach in plan.asked[p]:
        count = attempts[s] * reach
        came.append(count)
        arrived += count
        bunched += count
        asked[n] += count
        packed[n] += count
        weight = inside[s] + count
        content += weight
        h = hold[n]
        mean += weight * h
        square += weight * (hold_var[n] + h * h)
    if content > 0.0:
        mean /= content
        square /= content
    else:
        entering = plan.entering[p]
        for s in entering:
            n = plan.target[s]
            mean += hold[n] / len(entering)
            square += (hold_var[n] + hold[n] * hold[n]) / len(entering)
    stretch = plan.stretch[p]
    mean *= stretch
    mean = NEVER_S if mean > NEVER_S else mean if mean > MIN_HOLD_S else MIN_HOLD_S
    spread = square * stretch * stretch - mean * mean
    tick.pool_hold[p] = mean
    tick.pool_hold_var[p] = spread if spread > 0.0 else 0.0
    tick.arrivals[p] = arrived
    return came, content, bunched


def _guard(
    plan: Plan, state: FlowState, tick: Tick, p: int, came: list[float], content: float, arrived: float, bunched: float
) -> tuple[list[float], float, float, float]:
    """Return what a quota leaves of what came into pool `p`: per stream, inside, arrivals, arrivals times bunch."""
    pool = plan.network.pools[p]
    if pool.quota is not None and arrived > 0.0 and not pool.down:
        memory = state.memory[plan.memory.at[QUOTA][len(plan.line) + p]]
        over = refused(pool.quota, memory, arrived, plan.network.tick_s)
        came = _above_quota(plan, tick, p, came, over / arrived)
        content -= over
        bunched *= 1.0 - over / arrived
        arrived = 0.0
        for count in came:
            arrived += count
    return came, content, arrived, bunched


def _work(
    plan: Plan, state: FlowState, tick: Tick, p: int, came: list[float], content: float, arrived: float, bunched: float
) -> None:
    """Move pool `p` one step on and let go what it finishes."""
    c, places, limit, is_down, crowd = plan.stations[p]
    dt, mean = plan.network.tick_s, tick.pool_hold[p]
    lost = arrived if is_down else 0.0
    # an exponential rest keeps g at exactly 1
    cv2 = tick.pool_hold_var[p] / (mean * mean)
    if 0.999999999 < cv2 < 1.000000001:
        cv2 = 1.0
    elif cv2 > _MOST_CV2:
        cv2 = min(cv2, _MOST_CV2 if p not in plan.in_order else MOST_ORDERED_CV2)
    ragged = bunched / arrived if arrived > 0.0 else 1.0
    g = 0.5 * ((ragged if ragged < _MOST_CV2 else _MOST_CV2) + cv2)
    if c > 0 and arrived > 0.0 and crowd >= 0.0:
        g *= _crowd(plan, state, p, c, arrived * mean / (c * dt))
    served, rejected, level, tick.variance[p], tick.waiting[p], tick.fixed[p], tick.theta[p] = advance_station(
        c, c / mean, g, places, dt, tick.level[p], tick.variance[p], tick.waiting[p], arrived - lost, limit
    )
    if rejected > 0.0 and limit is not None:
        came = _shed(plan, tick, p, came, rejected)
        content -= rejected
        arrived -= rejected
        rejected = 0.0
    tick.served[p], tick.rejected[p], tick.level[p], tick.refused[p] = served, rejected, level, lost
    turned = 0.0
    if is_down:
        tick.down_share[p] = turned = 1.0
    elif rejected > 0.0 and arrived > 0.0:
        tick.full_share[p] = turned = min(1.0, rejected / arrived)
    elif c == 0 and not arrived > 0.0 and places is not None and level >= places:
        tick.full_share[p] = turned = 1.0
    # the pool is well mixed: everybody has the same chance to be among those served
    mixed = content - arrived * turned
    keep = level / mixed if mixed > 0.0 else 0.0
    if keep > 1.0:
        keep = 1.0
    inside, stream_served, visits, target = tick.inside, tick.stream_served, tick.visits, plan.target
    enters = 1.0 - turned
    for s, count in zip(plan.entering[p], came, strict=True):
        there = inside[s] + count * enters
        stays = there * keep
        inside[s] = stays
        stream_served[s] = there - stays
        visits[target[s]] += there - stays


def _call_on(plan: Plan, state: FlowState, tick: Tick, p: int, asked: list[float], packed: list[float]) -> None:
    """Make the calls of what pool `p` finished; those inside the pool are answered at once."""
    first, visits = tick.first, tick.visits
    for n in plan.making[p]:
        _call(plan, state.failing, visits, n, first)
        if n in plan.ordered:
            call_again(plan, state, n, first)
        for e, j, local in plan.nearby[n]:
            if local:
                visits[j] += first[e]
                tick.attempts[e] = first[e]
                asked[j] += first[e]
                packed[j] += first[e] * _bunch(plan, e, asked, packed)
            else:
                first[e] = ask(plan, state, tick, e, first[e])


def _bunch(plan: Plan, e: int, asked: list[float], packed: list[float]) -> float:
    """Return E[N²]/E[N] of the requests that call `e` sends at once (MODEL M), the caller's own bunch included.

    M callers at once send N = ΣK: E[N²]/E[N] = E[K²]/E[K] + E[K]·(E[M²]/E[M] − 1). Calls one after another are
    bunched only as far as their callers are.
    """
    call = plan.network.calls[e]
    alone = plan.batch[e] if not plan.topology.local[e] else 1.0
    n = call.caller
    if packed[n] <= asked[n]:
        return alone
    k = call.calls if call.calls < 1.0 or (call.parallel and not plan.topology.local[e]) else 1.0
    if e in plan.choices and not call.parallel:
        k = min(1.0, plan.choices[e].calls) * share_of(plan.choices, e)
    return min(_MOST_BUNCH, alone + k * (packed[n] / asked[n] - 1.0))


def _hold_users_back(plan: Plan, state: FlowState, tick: Tick, d: int) -> None:
    """Let only those attempts of a demand happen that its gate lets pass."""
    network = plan.network
    first = plan.demand_stream[d]
    wanted = 0.0
    for s in range(first, first + network.demands[d].retries + 1):
        wanted += tick.attempts[s]
    p = network.nodes[network.demands[d].entry].pool
    share = through_gate(plan, state, tick, len(network.calls) + d, p, wanted, 0.0)
    for s in range(first, first + network.demands[d].retries + 1):
        tick.attempts[s] *= share


def _shed(plan: Plan, tick: Tick, p: int, came: list[float], shed: float) -> list[float]:
    """Return what is left of the streams that came into a pool with a limit, which sheds so many, the best last."""
    arrived = 0.0
    for count in came:
        arrived += count
    gone = shares(max(0.0, 1.0 - shed / arrived), came, [plan.priority[s] for s in plan.entering[p]])
    left: list[float] = []
    for s, count, part in zip(plan.entering[p], came, gone, strict=True):
        tick.shed[s] = 1.0 - (1.0 - tick.shed[s]) * (1.0 - part) if tick.shed[s] > 0.0 else part
        left.append(count * (1.0 - part))
    tick.shed_count[p] += shed
    return left


def _above_quota(plan: Plan, tick: Tick, p: int, came: list[float], share: float) -> list[float]:
    """Return what is left of the streams into a pool whose quota refuses a share of everybody's."""
    if share > 0.0:
        for s, count in zip(plan.entering[p], came, strict=True):
            tick.shed[s] = share
            tick.shed_count[p] += count * share
    return [count * (1.0 - share) for count in came]


def _crowd(plan: Plan, state: FlowState, p: int, c: int, rho: float) -> float:
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


def _call(plan: Plan, failing: tuple[float, ...], visits: list[float], n: int, first: list[float]) -> None:
    """Write the first attempts of the calls of node `n`; serial calls stop at the first failed required one."""
    choices = plan.choices
    v = visits[n]
    reached = 1.0
    for e, often, required, _ in plan.together[n]:
        first[e] = v * often
        if choices and e in choices:
            one_of = choices[e]
            if required and e == one_of.members[0]:
                reached *= all_good(one_of.calls, fails(one_of, failing))
        elif required and failing[e] > 0.0:
            reached *= all_good(often, failing[e])
    for e, often, required, _, _ in plan.in_turn[n]:
        if choices and e in choices:
            one_of = choices[e]
            if e != one_of.members[0]:
                continue
            risk = fails(one_of, failing)
            k = v * reached * (until_failure(one_of.calls, risk) if required else one_of.calls)
            for m, share in zip(one_of.members, one_of.shares, strict=True):
                first[m] = k * share
            if required and risk > 0.0:
                reached *= all_good(one_of.calls, risk)
        elif required and failing[e] > 0.0:
            first[e] = v * reached * until_failure(often, failing[e])
            reached *= all_good(often, failing[e])
        else:
            first[e] = v * reached * often


def all_good(k: float, fail: float) -> float:
    """Return the probability that all of `k` calls succeed: ⌊k⌋ and one more with the rest as probability."""
    if k == 1.0:
        return 1.0 - fail
    whole = int(k)
    good = 1.0
    base = 1.0 - fail
    rest = whole
    while rest > 0:  # base to the power `whole`, by squaring
        if rest & 1:
            good *= base
        base *= base
        rest >>= 1
    return good * (1.0 - (k - whole) * fail)


def until_failure(k: float, fail: float) -> float:
    """Return how many of `k` calls, one after another, are made on average if a failure stops the rest."""
    if fail <= 0.0 or k <= 1.0:
        return k
    whole = int(k)
    base = 1.0 - fail
    total, power = 0.0, 1.0  # Σ base^i for i < n, and base^n: doubled, since (1 − base^n)/fail is noise for a tiny fail
    for bit in bin(whole)[2:]:
        total += power * total
        power *= power
        if bit == "1":
            total += power
            power *= base
    return total + (k - whole) * power
