"""Demand goes down: attempts into pools, pools one step on, what they finish calls the next (MODEL A, B, C)."""

from devops_tycoon.sim.flow.cache import ask, thinned
from devops_tycoon.sim.flow.calls_in_turn import call_in_turn
from devops_tycoon.sim.flow.choice import share_of
from devops_tycoon.sim.flow.crowd import crowd_in
from devops_tycoon.sim.flow.gate import through_gate
from devops_tycoon.sim.flow.memory import QUOTA
from devops_tycoon.sim.flow.messages import MOST_ORDERED_CV2, call_again
from devops_tycoon.sim.flow.plan import MIN_HOLD_S, Plan
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
        g *= crowd_in(plan, state, p, c, arrived * mean / (c * dt))
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
        call_in_turn(plan, state.failing, visits, n, first)
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
