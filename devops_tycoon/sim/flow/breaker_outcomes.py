"""What circuit breakers know after a tick, and whether they open, probe or close (MODEL H)."""

from collections.abc import Mapping

from devops_tycoon.sim.flow.breaker import CLOSED, HALF_OPEN, HEAD, OPEN, sizes
from devops_tycoon.sim.flow.network import Breaker, Network
from devops_tycoon.sim.flow.tick import Tick


def watch(network: Network, at: Mapping[int, int], tick: "Tick", memory: list[float]) -> None:
    """Write what the breakers know after this tick; `at` has the place of each call's."""
    dt = network.tick_s
    for e, place in at.items():
        call = network.calls[e]
        if call.breaker is None:
            continue
        window, later = sizes(call.breaker, call.timeout_s, dt)
        size = HEAD + 2 * window + 2 * later
        memory[place : place + size] = _watched(call.breaker, memory[place : place + size], window, later, dt, tick, e)


def _watched(
    breaker: Breaker, old: list[float], window: int, later: int, dt: float, tick: "Tick", e: int
) -> list[float]:
    mode, left, probes_left, probes_failed = old[:HEAD]
    made, fail = tick.attempts[e], tick.att_fail[e]
    slow = min(fail, tick.att_slow[e] + tick.att_lost[e])
    limit = (later - 2) * dt if later > 2 else 0.0
    empty = [0.0] * (len(old) - HEAD)
    if mode == OPEN:
        left -= dt
        if left >= 0.5 * dt:
            return [OPEN, left, 0.0, 0.0, *empty]
        return [HALF_OPEN, 0.0, float(breaker.probes), 0.0, *empty]
    if mode == HALF_OPEN:
        probes_left -= made
        probes_failed += made * fail
        if probes_left > 1e-9 * breaker.probes:
            return [HALF_OPEN, 0.0, probes_left, probes_failed, *empty]
        p = min(1.0, probes_failed / breaker.probes)
        if _power(1.0 - p, breaker.probes) > 0.5:
            return [CLOSED, 0.0, 0.0, 0.0, *empty]
        spent = dt * (1.0 - tick.passing[e])  # the rest of this tick after the last probe
        known = limit * (slow / fail) if fail > 0.0 else 0.0
        return [OPEN, max(dt, breaker.open_s + known - spent), 0.0, 0.0, *empty]
    calls, fails = old[HEAD : HEAD + window], old[HEAD + window : HEAD + 2 * window]
    calls_later = old[HEAD + 2 * window : HEAD + 2 * window + later]
    fails_later = old[HEAD + 2 * window + later :]
    if made > 0.0:
        soon = max(0.0, tick.attempt_mean[e] - limit * slow) / (1.0 - slow) if slow < 1.0 else 0.0
        _push(calls_later, soon / dt, made * (1.0 - slow))
        _push(fails_later, soon / dt, made * (fail - slow))
        _push(calls_later, limit / dt, made * slow)
        _push(fails_later, limit / dt, made * slow)
    calls = [*calls[1:], calls_later[0]]
    fails = [*fails[1:], fails_later[0]]
    known = failed = 0.0
    for x, y in zip(calls, fails, strict=True):
        known += x
        failed += y
    if known >= breaker.min_calls and failed >= breaker.threshold * known:
        return [OPEN, breaker.open_s, 0.0, 0.0, *empty]
    return [CLOSED, 0.0, 0.0, 0.0, *calls, *fails, *calls_later[1:], 0.0, *fails_later[1:], 0.0]


def _push(line: list[float], delay: float, count: float) -> None:
    i = min(int(delay), len(line) - 2)
    part = min(1.0, delay - i)
    line[i] += count * (1.0 - part)
    line[i + 1] += count * part


def _power(x: float, n: int) -> float:
    """Return x to the power n, by squaring."""
    done = 1.0
    while n > 0:
        if n & 1:
            done *= x
        x *= x
        n >>= 1
    return done
