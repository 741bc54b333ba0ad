"""Percentiles of whole requests, for display: 512 stratified samples walk the call tree (MODEL L).

All visits of one sample to a pool share one draw of its wait; every call and attempt has its own draw of the work.
The draws are fixed permutations, rotated per tick and draw by a hash of both; there is no generator.
"""

from collections.abc import Iterator
from math import sqrt

from devops_tycoon.sim.flow.cache import sampled
from devops_tycoon.sim.flow.choice import Choice
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.path_samples import SAMPLES, exponentials, mixed, permuted_draws
from devops_tycoon.sim.flow.plan import Plan, plan_of
from devops_tycoon.sim.flow.plan_numbers import HANG_S
from devops_tycoon.sim.flow.state import FlowState, Reading
from devops_tycoon.sim.flow.station import NEVER_S
from devops_tycoon.sim.numerics.exact import log

_VISITS = 400
"""Most visits of one request that are drawn one by one; beyond, the mean is used."""
_DEPTH = 100
"""Most calls one below the other that are walked (three frames of the stack each); beyond, the mean"""


class _Walk:
    """One evaluation: which draws come next."""

    __slots__ = ("clock", "depth", "draw", "plan", "reading", "state", "visits", "waits")

    def __init__(self, plan: Plan, state: FlowState, reading: Reading) -> None:
        self.plan = plan
        self.state = state
        self.reading = reading
        self.clock = int(reading.clock)
        self.draw = 0
        self.visits = 0
        self.depth = 0
        self.waits: dict[int, list[float]] = {}

    def turned(self, values: tuple[float, ...]) -> list[float]:
        """Return the values rotated by this tick's step for the next draw."""
        self.draw += 1
        step = mixed(self.clock * 4096 + self.draw) % SAMPLES
        return [*values[step:], *values[:step]]

    def exponential(self) -> list[float]:
        """Return the next 512 exponentials of mean 1."""
        return self.turned(exponentials(1000 + self.draw % 900))

    def uniform(self) -> list[float]:
        """Return the next 512 numbers in 0…1."""
        return self.turned(permuted_draws(1000 + self.draw % 900))

    def wait(self, p: int) -> list[float]:
        """Return the waits in pool `p`, the same for all visits of a sample."""
        found = self.waits.get(p)
        if found is not None:
            return found
        waiting = self.reading.wait_probability[p]
        fixed, theta = self.reading.wait_fixed_s[p], self.reading.wait_theta_s[p]
        draws = permuted_draws(p)
        step = mixed(self.clock * 4096 + 4095 - p) % SAMPLES
        waits: list[float] = []
        for i in range(SAMPLES):
            u = draws[(i + step) % SAMPLES]  # u < waiting: waits; the same as 1 − u in MODEL L
            waits.append(fixed - theta * log(u / waiting) if u < waiting else 0.0)
        self.waits[p] = waits
        return waits


def request_times(network: Network, state: FlowState, reading: Reading, demand: int) -> list[float]:
    """Return 512 equally likely times (s) of a user's request, retries included, failures when noticed; unsorted."""
    walk = _Walk(plan_of(network), state, reading)
    asked = network.demands[demand]
    times, _ = _tried(
        walk,
        asked.entry,
        asked.timeout_s,
        asked.retries,
        asked.backoff_s,
        reading.demand_quick_fail[demand],
        0.0,
        asked.lost,
        reading.grant[len(network.calls) + demand],
        asked.jitter,
    )
    return times


def percentiles(
    network: Network, state: FlowState, reading: Reading, demand_index: int, qs: tuple[float, ...]
) -> tuple[float, ...]:
    """Return percentiles (`qs` in 0…1) in seconds of the requests of one demand in the tick just read."""
    times = sorted(request_times(network, state, reading, demand_index))
    found: list[float] = []
    for q in qs:
        x = min(max(q * SAMPLES - 0.5, 0.0), SAMPLES - 1.0)
        i = min(int(x), SAMPLES - 2)
        found.append(times[i] + (x - i) * (times[i + 1] - times[i]))
    return tuple(found)


def _own(walk: _Walk, n: int) -> list[float]:
    node = walk.plan.network.nodes[n]
    mean, cv2 = node.work_s, node.cv2
    draws = walk.exponential()
    if cv2 == 1.0:
        times = [mean * x for x in draws]
    elif cv2 < 1.0:  # shifted exponential with the same mean and variance
        scale = mean * sqrt(cv2)
        times = [mean - scale + scale * x for x in draws]
    else:  # two exponentials with balanced means
        w = 0.5 * (1.0 + sqrt((cv2 - 1.0) / (cv2 + 1.0)))
        fast, slow = mean / (2.0 * w), mean / (2.0 * (1.0 - w))
        times = [(fast if u < w else slow) * x for u, x in zip(walk.uniform(), draws, strict=True)]
    if node.slow_s > 0.0:
        times = [t + node.slow_s * x for t, x in zip(times, walk.exponential(), strict=True)]
    stretch = walk.plan.stretch[node.pool]
    return times if stretch == 1.0 else [t * stretch for t in times]


def _answer(walk: _Walk, n: int) -> list[float]:
    """Return the times of node `n` from its slot on."""
    plan = walk.plan
    walk.visits += 1
    if walk.visits > _VISITS or walk.depth >= _DEPTH:
        return [walk.state.answer_s[n]] * SAMPLES
    walk.depth += 1
    times = _own(walk, n)
    failed: list[bool] | None = None
    group: list[float] | None = None
    calls, local = plan.network.calls, plan.topology.local
    outgoing = plan.topology.calls[n]
    for e in outgoing:
        call = calls[e]
        if local[e] or not call.parallel:
            continue
        for share, _ in _shares(walk, _together(walk, e)):
            spent, lost = _called(walk, e, share)
            group = spent if group is None else [a if a > b else b for a, b in zip(group, spent, strict=True)]
            if call.required and lost is not None:
                failed = lost if failed is None else [a or b for a, b in zip(failed, lost, strict=True)]
    if group is not None:
        times = [a + b for a, b in zip(times, group, strict=True)]
    for e in outgoing:
        call = calls[e]
        if not local[e] and call.parallel:
            continue
        for share, times_over in _shares(walk, _together(walk, e)):
            spent, lost = _called(walk, e, share)
            if times_over != 1.0:
                spent = [times_over * t for t in spent]
            if failed is None:
                times = [a + b for a, b in zip(times, spent, strict=True)]
            else:
                times = [a if stop else a + b for a, b, stop in zip(times, spent, failed, strict=True)]
            if call.required and lost is not None:
                failed = lost if failed is None else [a or b for a, b in zip(failed, lost, strict=True)]
    walk.depth -= 1
    return times


def _together(walk: _Walk, e: int) -> float:
    """Return the calls that call `e` stands for: its own, those of all alternatives if it is the first, or none."""
    choice = walk.plan.choices.get(e)
    if choice is None:
        return walk.plan.network.calls[e].calls
    return choice.calls if e == choice.members[0] else 0.0


def _chosen(walk: _Walk, choice: Choice) -> tuple[list[float], list[bool] | None]:
    """Return times and failures of one call that goes to one of several: one draw says to which."""
    draws = walk.uniform()
    times, failed = [0.0] * SAMPLES, [False] * SAMPLES
    low = 0.0
    for m, part in zip(choice.members, choice.shares, strict=True):
        if part <= 0.0:
            continue
        spent, lost = _asked(walk, m)
        high = low + part
        for i, u in enumerate(draws):
            if low <= u < high:
                times[i] = spent[i]
                failed[i] = lost is not None and lost[i]
        low = high
    return times, failed if True in failed else None


def _shares(walk: _Walk, k: float) -> Iterator[tuple[float, float]]:
    """Yield (probability, how many alike) of each call; what is no longer drawn one by one comes together."""
    whole = int(k)
    for i in range(whole):
        if walk.visits > _VISITS:
            yield 1.0, float(whole - i)
            break
        yield 1.0, 1.0
    if k > whole:
        yield k - whole, 1.0


def _called(walk: _Walk, e: int, share: float) -> tuple[list[float], list[bool] | None]:
    """Return times and failures of one call that is made with probability `share`."""
    choice = walk.plan.choices.get(e)
    times, lost = _asked(walk, e) if choice is None else _chosen(walk, choice)
    if share < 1.0:
        made = [u < share for u in walk.uniform()]
        times = [t if yes else 0.0 for t, yes in zip(times, made, strict=True)]
        if lost is not None:
            lost = [a and b for a, b in zip(lost, made, strict=True)]
    return times, lost


def _asked(walk: _Walk, e: int) -> tuple[list[float], list[bool] | None]:
    """Return times and failures of one call."""
    call = walk.plan.network.calls[e]
    if walk.plan.topology.local[e]:
        times = _answer(walk, call.callee)
        risk = walk.reading.quick_fail[e]
        lost = [u < risk for u in walk.uniform()] if risk > 0.0 else None
    elif call.detached:
        times, lost = [call.latency_s] * SAMPLES, None
    else:
        times, lost = _tried(
            walk,
            call.callee,
            call.timeout_s,
            call.retries,
            call.backoff_s,
            walk.reading.quick_fail[e],
            call.latency_s,
            call.lost * (1.0 - call.error),
            walk.reading.grant[e],
            call.jitter,
        )
        asks = walk.reading.passing[e]
        if asks < 1.0:
            made = [u < asks for u in walk.uniform()]
            times = [t if yes else 0.0 for t, yes in zip(times, made, strict=True)]
            lost = [not yes or no for yes, no in zip(made, lost or [False] * SAMPLES, strict=True)]
        if call.cache is not None:
            hit, joined = walk.reading.hit[e], walk.reading.joined[e]
            times, lost = sampled(call.cache, hit, joined, times, lost, walk.uniform())
    return times, lost


def _tried(
    walk: _Walk,
    n: int,
    limit: float | None,
    retries: int,
    backoff: float,
    risk: float,
    latency: float,
    lost: float,
    grant: float,
    jitter: float = 0.0,
) -> tuple[list[float], list[bool] | None]:
    """Return times and final failures of a request to node `n` from outside, with timeout and retries."""
    total: list[float] = [0.0] * SAMPLES
    failed: list[bool] | None = None
    denied: list[bool] = [False] * SAMPLES
    waits = walk.wait(walk.plan.network.nodes[n].pool)
    longest = NEVER_S if limit is None else limit
    hang = HANG_S if limit is None else limit
    for q in range(retries + 1):
        times = [latency + a + b for a, b in zip(waits, _answer(walk, n), strict=True)]
        bad = [t > longest for t in times]
        times = [longest if b else t for t, b in zip(times, bad, strict=True)]
        if risk > 0.0:
            bad = [b or u < risk for b, u in zip(bad, walk.uniform(), strict=True)]
        if lost > 0.0:
            gone = [u < lost for u in walk.uniform()]
            times = [hang if g else t for t, g in zip(times, gone, strict=True)]
            bad = [b or g for b, g in zip(bad, gone, strict=True)]
        if failed is None:
            total = times
            failed = bad
        else:
            if grant < 1.0:
                denied = [no or u >= grant for no, u in zip(denied, walk.uniform(), strict=True)]
            again = [f and not no for f, no in zip(failed, denied, strict=True)]
            if jitter > 0.0:  # who tries again has paused for longer or shorter
                pauses = [backoff * (1.0 + jitter * (2.0 * u - 1.0)) for u in walk.uniform()]
                times = [t + pause - backoff for t, pause in zip(times, pauses, strict=True)]
            total = [a + backoff + b if f else a for a, b, f in zip(total, times, again, strict=True)]
            failed = [f and (b or no) for f, b, no in zip(failed, bad, denied, strict=True)]
        if q < retries and True not in failed:
            break
    return total, failed if failed is not None and True in failed else None
